from dataclasses import replace

import cv2
import numpy as np
import pytest

from kryds.reader.patches import patch_side_px, sample_boxes, to_ink
from kryds.reader.picture import picture_of
from kryds.reader.register import Leans, Registration
from kryds.reader.settings import DEFAULT
from tests.reader import drawn

EDITION = drawn.edition()
LAYOUT = EDITION.layout.pages[0]
SIDE = patch_side_px(DEFAULT)


def upright(px_per_mm: float) -> Registration:
    return Registration(np.diag([px_per_mm, px_per_mm, 1.0]), 0.0, 4)


@pytest.mark.parametrize("px_per_mm", [4.0, 5.9, 7.9, 11.8, 23.6])
def test_the_middle_of_a_patch_is_the_middle_of_its_box(px_per_mm: float) -> None:
    gray = np.full((round(297 * px_per_mm), round(210 * px_per_mm)), 255, np.uint8)
    centre = LAYOUT.boxes[0].rect.centre
    x, y, half = round(centre.x * px_per_mm), round(centre.y * px_per_mm), round(px_per_mm)
    gray[y - half : y + half, x - half : x + half] = 0
    patch = sample_boxes(picture_of(drawn.scan_page(gray), DEFAULT), upright(px_per_mm), LAYOUT, DEFAULT)[0]

    rows, columns = np.nonzero(patch < 128)
    assert patch.shape == (SIDE, SIDE)
    assert (rows.mean(), columns.mean()) == pytest.approx(((SIDE - 1) / 2,) * 2, abs=1.0)


@pytest.mark.parametrize(("paper", "black"), [(250, 0), (200, 60), (255, 120)])
def test_ink_is_measured_between_local_paper_and_printed_black(paper: int, black: int) -> None:
    patch = np.full((1, SIDE, SIDE), paper, np.uint8)
    patch[0, 20:30, 20:30] = black
    patch[0, 40:44, 40:44] = (paper + black) // 2
    ink = to_ink(patch, float(black), DEFAULT).ink[0]

    assert ink[0, 0] == pytest.approx(0, abs=0.01)
    assert ink[25, 25] == pytest.approx(1, abs=0.01)
    assert ink[41, 41] == pytest.approx(0.5, abs=0.02)


def test_paper_white_is_taken_per_box_under_a_shadow() -> None:
    patches = np.stack([np.full((SIDE, SIDE), white, np.uint8) for white in (250, 140)])

    assert np.abs(to_ink(patches, 20.0, DEFAULT).ink).max() < 0.01


def test_noise_is_measured_on_the_paper() -> None:
    patches = np.random.default_rng(1).normal(200, 10, (30, SIDE, SIDE)).astype(np.uint8)

    assert to_ink(patches, 0.0, DEFAULT).noise == pytest.approx(0.05, abs=0.01)


def test_fog_is_not_stretched_into_ink() -> None:
    patches = np.random.default_rng(1).integers(200, 204, (2, SIDE, SIDE)).astype(np.uint8)

    assert to_ink(patches, 199.0, DEFAULT).ink.max() < DEFAULT.ink_threshold


def test_a_box_that_leans_is_sampled_upright() -> None:
    gray = drawn.draw_page(EDITION)
    height, width = gray.shape
    middle = LAYOUT.boxes[0].rect.centre
    down = 0.15 * (np.arange(width) - middle.x * drawn.PX_PER_MM)
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    leaning = np.asarray(cv2.remap(gray, x, (y - down).astype(np.float32), cv2.INTER_LINEAR), np.uint8)
    bent = Leans(np.array([[middle.x, middle.y]]), np.array([[[1.0, 0.0], [0.15, 1.0]]]))

    def patch(of: drawn.Gray, registration: Registration) -> np.ndarray:
        patches = sample_boxes(picture_of(drawn.scan_page(of), DEFAULT), registration, LAYOUT, DEFAULT)
        return np.asarray(patches[0], np.int64)

    flat = upright(drawn.PX_PER_MM)
    assert np.abs(patch(leaning, replace(flat, bent=bent)) - patch(gray, flat)).mean() < 3
    assert np.abs(patch(leaning, flat) - patch(gray, flat)).mean() > 6
