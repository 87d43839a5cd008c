import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.samples.paper.warp import Warp, quarter_turn, turned

SIZE = (300, 400)
BENT = Warp(turned(2.0, SIZE, (3, -4)), feed=((2.0, 1 / 200, 0.3),), curl=(4.0, 1 / 400, 1.0))


def _spots(size: tuple[int, int] = SIZE) -> tuple[np.ndarray, np.ndarray]:
    """A page with soft dots, and where they are."""
    points = np.array([[60.0, 80], [200, 90], [70, 300], [230, 320], [150, 200]])
    y, x = np.mgrid[: size[1], : size[0]]
    page = sum(np.exp(-((x - a) ** 2 + (y - b) ** 2) / 18) for a, b in points)
    return (255 - 255 * np.clip(page, 0, 1)).astype(np.uint8), points


def _middle_of_ink_near(picture: np.ndarray, at: np.ndarray) -> np.ndarray:
    x, y = (int(v) for v in at.round())
    ink = 255.0 - picture[y - 14 : y + 15, x - 14 : x + 15]
    rows, columns = np.mgrid[y - 14 : y + 15, x - 14 : x + 15]
    return np.asarray([(columns * ink).sum() / ink.sum(), (rows * ink).sum() / ink.sum()])


@pytest.mark.parametrize("warp", [Warp(turned(2.0, SIZE, (3, -4))), BENT])
def test_the_picture_shows_paper_points_where_the_warp_says(warp: Warp) -> None:
    page, points = _spots()
    picture = warp.photograph(page, SIZE, 255.0)
    for place in warp.to_picture(points):
        assert _middle_of_ink_near(picture, place) == pytest.approx(place, abs=0.25)


@given(st.floats(0, 300), st.floats(0, 400))
def test_there_and_back_is_where_one_began(x: float, y: float) -> None:
    point = np.array([[x, y]])
    assert BENT.to_paper(BENT.to_picture(point)) == pytest.approx(point, abs=1e-3)


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_quarter_turn_moves_points_as_the_pixels_move(quarters: int) -> None:
    page, points = _spots()
    picture = np.rot90(page, -quarters)
    for place in Warp(np.eye(3)).then(quarter_turn(quarters, SIZE)).to_picture(points):
        assert _middle_of_ink_near(picture, place) == pytest.approx(place, abs=0.05)


def test_beyond_the_paper_lies_what_is_around_it() -> None:
    page = np.full((400, 300, 3), 255, np.uint8)
    picture = Warp(turned(0, SIZE, (40, 0))).photograph(page, SIZE, (10.0, 20.0, 30.0))
    assert picture[200, 5].tolist() == [10, 20, 30]
    assert cv2.countNonZero(picture[:, 60:, 0] - 255) == 0
