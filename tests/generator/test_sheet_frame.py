from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.generator.sheet_frame import PageBox, SheetFrame, frame_of_page, frame_of_sheet
from kryds.generator.typeface import PT_MM
from kryds.model.geometry import Point
from kryds.model.reading import PixelRect
from tests.generator import annotated

A4_MM = (210.0, 297.0)
BOX = PageBox(0, 0, 604.8, 855.36)


def on_page(frame: SheetFrame, place: Point) -> tuple[float, float]:
    """Where a place on the sheet (mm) is drawn, in user space."""
    a, b, c, d, e, f = frame.matrix
    x, y = place.x / PT_MM, -place.y / PT_MM
    return a * x + c * y + e, b * x + d * y + f


@pytest.mark.parametrize(("rotate", "top_left"), [(0, (10, 200)), (90, (10, 20)), (180, (110, 20)), (270, (110, 200))])
def test_the_corner_shown_at_the_top_left_follows_the_turning(rotate: int, top_left: tuple[float, float]) -> None:
    corner = PageBox(10, 20, 110, 200, rotate).corners[0]

    assert (corner.x, corner.y) == top_left


@given(st.sampled_from([0, 1, 2, 3]), st.floats(0, 210), st.floats(0, 297))
def test_a_place_on_the_sheet_is_drawn_where_the_scan_has_it(quarters: int, x: float, y: float) -> None:
    reading = annotated.reading(quarters)

    frame = frame_of_sheet(reading, A4_MM, BOX)

    pixel = np.array(reading.mm_to_px).reshape(3, 3) @ (x, y, 1)
    a, b, c, d, e, f = reading.px_to_pt
    expected = (a * pixel[0] + c * pixel[1] + e, b * pixel[0] + d * pixel[1] + f)
    assert on_page(frame, Point(x, y)) == pytest.approx(expected, abs=1e-6)


@given(st.floats(0, 200), st.floats(0, 280))
def test_a_box_found_on_the_scan_is_told_in_millimetres_of_the_sheet(x: float, y: float) -> None:
    reading = annotated.reading(quarters=3)
    px_per_mm = annotated.PX_PER_MM
    found = PixelRect(annotated.HEIGHT - y * px_per_mm - 12, x * px_per_mm - 12, 24, 24)

    middle = frame_of_sheet(reading, A4_MM, BOX).middle_mm(found, reading.px_to_pt)

    assert (middle.x, middle.y) == pytest.approx((x, y), abs=1e-6)


def test_a_photo_taken_at_a_slant_is_drawn_on_without_slanting_the_letters() -> None:
    reading = annotated.reading()
    slanted = np.array(reading.mm_to_px).reshape(3, 3)
    slanted[2] = (0.0002, 0.0004, 1)

    frame = frame_of_sheet(replace(reading, mm_to_px=tuple(slanted.ravel())), A4_MM, BOX)

    middle = slanted @ (105, 148.5, 1)
    expected = (0.72 * middle[0] / middle[2], BOX.top - 0.72 * middle[1] / middle[2])
    assert on_page(frame, Point(105, 148.5)) == pytest.approx(expected, abs=0.1)


def test_what_is_shown_of_the_sheet_is_told_in_its_millimetres() -> None:
    cropped = PageBox(28.8, 57.6, 604.8, 855.36)

    shown = frame_of_sheet(annotated.reading(), A4_MM, cropped).shown

    assert (shown.x, shown.y, shown.width, shown.height) == pytest.approx((10, 0, 200, 277))


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [(595.28, 841.89), (2480.0, 3508.0), (841.89, 595.28)])
def test_a_page_we_do_not_know_is_as_wide_as_a4_on_its_shorter_side(size: tuple[float, float], rotate: int) -> None:
    box = PageBox(50, -30, 50 + size[0], -30 + size[1], rotate)

    frame = frame_of_page(box)

    assert (frame.shown.x, frame.shown.y) == pytest.approx((0, 0), abs=1e-6)
    assert min(frame.shown.width, frame.shown.height) == pytest.approx(210)
    assert on_page(frame, Point(0, 0)) == pytest.approx((box.corners[0].x, box.corners[0].y))
