import cv2
import numpy as np
import pytest
from PIL import Image

from kryds.reader.grain import from_reading_distance, is_bilevel
from kryds.reader.read import read_page
from kryds.reader.settings import DEFAULT
from tests.reader import drawn

EDITION = drawn.edition()
PAGE = drawn.draw_page(EDITION)
BLACK_AND_WHITE = np.where(PAGE < 160, 0, 255).astype(np.uint8)


def _as_jpeg(gray: drawn.Gray, quality: int) -> drawn.Gray:
    _, data = cv2.imencode(".jpg", gray, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def test_a_page_with_soft_edges_is_not_bilevel() -> None:
    assert not is_bilevel(cv2.GaussianBlur(PAGE, (0, 0), 0.8).astype(np.uint8), DEFAULT)


@pytest.mark.parametrize("gray", [BLACK_AND_WHITE, _as_jpeg(BLACK_AND_WHITE, 95)], ids=["bare", "jpeg"])
def test_a_page_of_black_and_white_is_bilevel(gray: drawn.Gray) -> None:
    assert is_bilevel(gray, DEFAULT)


def _of_dots(gray: drawn.Gray) -> drawn.Gray:
    """The page at 300 dpi as a copier set to photo has it: greys are finer or coarser dots."""
    large = cv2.resize(gray, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR)
    return np.asarray(Image.fromarray(large).convert("1").convert("L"), np.uint8)


def test_a_page_of_black_and_white_stays_as_it_is() -> None:
    assert from_reading_distance(BLACK_AND_WHITE, DEFAULT) is BLACK_AND_WHITE


@pytest.mark.parametrize(("noise", "stays"), [(0, True), (12, True), (40, False)])
def test_a_page_of_greys_is_averaged_where_its_pixels_are_mostly_noise(noise: float, stays: bool) -> None:  # noqa: FBT001 - a parameter
    page = _with_noise(PAGE, noise)

    assert (from_reading_distance(page, DEFAULT) is page) is stays


def test_crosses_are_read_through_noise_that_hides_every_pixel_of_them() -> None:
    small = drawn.draw_page(EDITION)
    for item_id, choice in (("1.1", 2), ("1.2", 3)):
        drawn.cross(small, drawn.box_of(EDITION, item_id, choice), darkness=110)
    page = np.asarray(cv2.resize(small, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR), np.uint8)

    answers = read_page(drawn.scan_page(_with_noise(page, 60)), {EDITION.digest: EDITION}).reading.answers

    assert [answer.choice for answer in answers[:2]] == [2, 3]


def _with_noise(gray: drawn.Gray, deviation: float) -> drawn.Gray:
    noise = np.random.default_rng(1).normal(0, deviation, gray.shape)
    return np.clip(gray * 0.8 + noise, 0, 255).astype(np.uint8)


def test_pale_crosses_on_grey_paper_are_read_from_a_page_of_dots() -> None:
    page = drawn.draw_page(EDITION)
    chosen = {"1.1": 2, "1.2": 3}
    for item_id, choice in chosen.items():
        drawn.cross(page, drawn.box_of(EDITION, item_id, choice), darkness=130)
    dotted = _of_dots(np.minimum(page, 190))

    answers = read_page(drawn.scan_page(dotted), {EDITION.digest: EDITION}).reading.answers

    assert is_bilevel(dotted, DEFAULT)
    assert not is_bilevel(from_reading_distance(dotted, DEFAULT), DEFAULT)
    assert {answer.item_id: answer.choice for answer in answers if answer.choice} == chosen
    assert {answer.state for answer in answers if not answer.choice} == {"blank"}
