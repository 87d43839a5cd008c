from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kryds.reader.fiducials import FoundFiducial, Reduced
from kryds.reader.register import Leans, Registration, dark_reference, register_page
from kryds.reader.settings import DEFAULT
from tests.reader import drawn

EDITION = drawn.edition()
LAYOUT = EDITION.layout.pages[0]


def seen(matrix: np.ndarray, slots: tuple[int, ...] = (0, 1, 2, 3, 4, 5)) -> list[FoundFiducial]:
    """The fiducials as a camera with this mm-to-px matrix sees them."""
    places = [LAYOUT.fiducials[slot].centre for slot in slots]
    corners = [[(p.x + dx, p.y + dy, 1) for dx, dy in ((-4, -4), (4, -4), (4, 4), (-4, 4))] for p in places]
    pixels = [np.array(quad) @ matrix.T for quad in corners]
    return [FoundFiducial(slot, p[:, :2] / p[:, 2:]) for slot, p in zip(slots, pixels, strict=True)]


def similarity(degrees: float, scale: float) -> np.ndarray:
    c, s = np.cos(np.radians(degrees)) * scale, np.sin(np.radians(degrees)) * scale
    return np.array([[c, -s, 2000], [s, c, 1500], [0, 0, 1.0]])


@settings(max_examples=30, deadline=None)
@given(st.floats(-180, 180), st.floats(3, 25), st.sets(st.integers(0, 5), min_size=2))
def test_any_two_fiducials_give_the_map_of_a_turned_and_scaled_page(
    degrees: float, scale: float, slots: set[int]
) -> None:
    registration = register_page(seen(similarity(degrees, scale), tuple(sorted(slots))), LAYOUT, DEFAULT)

    assert registration is not None
    assert registration.residual_mm < 0.01
    expected = similarity(degrees, scale) @ (100, 200, 1)
    assert registration.to_px([(100, 200)])[0] == pytest.approx(expected[:2], abs=0.05 * scale)


@pytest.mark.parametrize(("degrees", "turn"), [(0, 0), (3, 0), (-3, 0), (90, 270), (178, 180), (-91, 90)])
def test_the_rotation_says_how_to_turn_the_page_upright(degrees: float, turn: int) -> None:
    registration = register_page(seen(similarity(degrees, 6)), LAYOUT, DEFAULT)

    assert registration is not None
    assert registration.rotation_deg == turn
    assert registration.px_per_mm == pytest.approx(6, rel=0.001)


def test_perspective_is_recovered_from_the_corners() -> None:
    tilted = np.array([[6.0, 0.1, 40], [-0.2, 5.8, 90], [1e-4, 2e-4, 1]])
    registration = register_page(seen(tilted, (0, 1, 4, 5)), LAYOUT, DEFAULT)

    assert registration is not None
    expected = tilted @ (60, 150, 1)
    assert registration.to_px([(60, 150)])[0] == pytest.approx(expected[:2] / expected[2], abs=0.01)


def test_a_fiducial_that_contradicts_the_others_is_left_out() -> None:
    fiducials = seen(similarity(1, 6))
    fiducials[2] = replace(fiducials[2], corners_px=fiducials[2].corners_px + 80)
    registration = register_page(fiducials, LAYOUT, DEFAULT)

    assert registration is not None
    assert (registration.fiducials, registration.residual_mm < 0.01) == (5, True)


def test_one_fiducial_is_not_enough() -> None:
    assert register_page(seen(similarity(0, 6), (3,)), LAYOUT, DEFAULT) is None


def test_two_fiducials_that_do_not_fit_each_other_are_refused() -> None:
    fiducials = seen(similarity(0, 6), (0, 5))
    twisted = replace(fiducials[1], corners_px=np.roll(fiducials[1].corners_px, 1, axis=0) + np.array([30, -90]))

    assert register_page([fiducials[0], twisted], LAYOUT, DEFAULT) is None


def test_black_is_what_the_fiducials_are_printed_in() -> None:
    page = np.full((400, 400), 240, np.uint8)
    page[100:180, 100:180] = 90
    corners = np.array([(100, 100), (179, 100), (179, 179), (100, 179)], float)

    assert dark_reference(Reduced(page, 1), [FoundFiducial(0, corners)]) == 90


def test_fiducials_off_the_picture_leave_black_black() -> None:
    corners = np.array([(-100, -100), (-60, -100), (-60, -60), (-100, -60)], float)

    assert dark_reference(Reduced(np.full((50, 50), 240, np.uint8), 1), [FoundFiducial(0, corners)]) == 0


def test_paper_leans_as_it_does_at_the_nearest_place_that_is_known() -> None:
    leaning = np.array([[1.0, 0.0], [0.2, 1.0]])
    bent = Leans(np.array([[10.0, 10.0], [90.0, 10.0]]), np.array([np.eye(2), leaning]))
    flat = Registration(np.eye(3), 0.0, 4)
    places = np.array([[20.0, 12.0], [80.0, 9.0]])

    assert (replace(flat, bent=bent).leans_at(places) == [np.eye(2), leaning]).all()
    assert replace(flat, bent=bent).leans_by == pytest.approx(0.2)
    assert (flat.leans_at(places) == np.eye(2)).all()
    assert flat.leans_by == 0
