from importlib import resources

import cv2
import numpy as np
import pytest

from kryds.reader.network import Likeness, mark_chances, second_chances
from kryds.reader.page_pen import PagePen

PEN = PagePen(0.5, 0.8, 0.01)
FIRST = np.full((1, len(Likeness)), 0.2)
"""A first look that says nothing."""


@pytest.mark.parametrize("count", [0, 1, 3, 40, 2])
def test_any_number_of_windows_can_be_asked_about(count: int) -> None:
    chances = mark_chances(np.random.default_rng(1).random((count, 48, 48)).astype(np.float32), PEN)

    assert chances.shape == (count, len(Likeness))
    assert chances.sum(axis=1) == pytest.approx(np.ones(count), abs=1e-5)


def test_the_answer_does_not_depend_on_the_company() -> None:
    windows = np.random.default_rng(2).random((5, 48, 48)).astype(np.float32)

    assert mark_chances(windows, PEN)[2] == pytest.approx(mark_chances(windows[2:3], PEN)[0], abs=1e-5)


def test_a_dark_box_is_likelier_a_cross_where_the_pen_is_thick() -> None:
    window = np.zeros((1, 48, 48), np.float32)
    for left, right in ((12, 36), (36, 12)):
        cv2.line(window[0], (left, 12), (right, 36), 0.9, 19)
    thick, thin = (mark_chances(window, PagePen(width, 0.9, 0.01))[0] for width in (1.7, 0.4))
    assert thick[Likeness.CROSSED] / thick[Likeness.CANCELLED] > 1.5 * thin[Likeness.CROSSED] / thin[Likeness.CANCELLED]


def test_a_mark_means_the_same_in_a_mirror() -> None:
    windows, around = np.random.default_rng(3).random((2, 2, 48, 48)).astype(np.float32)
    first = np.full((2, len(Likeness)), 0.2)
    seen = second_chances(first, (windows, around), PEN)

    for turn in (np.s_[:, :, ::-1], np.s_[:, ::-1], np.s_[:, ::-1, ::-1]):
        assert second_chances(first, (windows[turn], around[turn]), PEN) == pytest.approx(seen, abs=1e-5)
    assert seen.sum(axis=1) == pytest.approx(np.ones(2))


def test_a_second_look_sees_the_surroundings() -> None:
    window, around = np.zeros((2, 1, 48, 48), np.float32)
    window[0, 10:38, 22:26] = 0.9  # a stroke down the box ...
    around[0, 17:31, 23:25] = 0.9
    across = around.copy()  # ... which is one of many across the row
    for x in range(2, 46, 6):
        across[0, 17:31, x : x + 2] = 0.9
    across[0, 24:26] = 0.9
    alone, one_of_many = (second_chances(FIRST, (window, each), PEN)[0] for each in (around, across))

    assert alone[Likeness.CROSSED] > alone[Likeness.WRITTEN]
    assert one_of_many[Likeness.CROSSED] < one_of_many[Likeness.WRITTEN]


def test_neither_look_decides_alone() -> None:
    window = np.zeros((1, 48, 48), np.float32)
    sure = np.full((1, len(Likeness)), 1e-4)
    sure[0, Likeness.CROSSED] = 0.9996
    alone, against = (second_chances(first, (window, window), PEN)[0] for first in (FIRST, sure))

    assert alone[Likeness.CROSSED] < against[Likeness.CROSSED] < sure[0, Likeness.CROSSED]


def test_no_window_to_look_at_again_is_no_trouble() -> None:
    nothing = np.zeros((0, 48, 48), np.float32)

    assert second_chances(FIRST[:0], (nothing, nothing), PEN).shape == (0, len(Likeness))


def test_both_networks_are_small() -> None:
    folder = resources.files("kryds.reader")

    assert sum(len(folder.joinpath(name).read_bytes()) for name in ("marks.onnx", "second_look.onnx")) < 500_000
