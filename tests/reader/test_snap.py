import cv2
import numpy as np
import pytest

from kryds.reader.settings import DEFAULT
from kryds.reader.snap import smooth_field
from tests.reader import drawn
from tests.reader.test_measure import EDITION, registered


def stretched(page: drawn.Gray, sag_mm: float) -> drawn.Gray:
    """The middle of the page fed ``sag_mm`` too far down, the ends left where they are."""
    rows = np.arange(page.shape[0], dtype=np.float32)
    shift = sag_mm * drawn.PX_PER_MM * np.sin(np.pi * rows / page.shape[0]) ** 2
    x, y = np.meshgrid(np.arange(page.shape[1], dtype=np.float32), rows - shift.astype(np.float32))
    return np.asarray(cv2.remap(page, x, y, cv2.INTER_LINEAR, borderValue=255), np.uint8)


def test_a_true_page_needs_no_snapping() -> None:
    page = registered(drawn.draw_page(EDITION))

    assert np.abs(page.offset_mm).max() < 0.06
    assert page.outline.min() > DEFAULT.outline_weak


@pytest.mark.parametrize("sag_mm", [-1.6, 1.0, 1.6])
def test_boxes_are_followed_where_the_feed_was_uneven(sag_mm: float) -> None:
    page = registered(stretched(drawn.draw_page(EDITION), sag_mm))
    heights = [box.rect.centre.y for box in page.candidate.layout.boxes]
    expected = [sag_mm * np.sin(np.pi * height / drawn.HEIGHT_MM) ** 2 for height in heights]

    assert page.offset_mm[:, 1] == pytest.approx(expected, abs=0.15)
    assert np.abs(page.offset_mm[:, 0]).max() < 0.1


LONG, ROW = drawn.edition(drawn.form(items=16)), "1.4"


def jerked(page: drawn.Gray, by_mm: float) -> drawn.Gray:
    """The page with one row fed ``by_mm`` too far down, and all others left where they are."""
    middle = drawn.box_of(LONG, ROW, 1).centre.y
    top, bottom = (round((middle + way * 4.5) * drawn.PX_PER_MM) for way in (-1, 1))
    moved = page.copy()
    moved[top:bottom] = np.roll(page, round(by_mm * drawn.PX_PER_MM), axis=0)[top:bottom]
    return moved


@pytest.mark.parametrize("by_mm", [-1.4, -0.8, 0.8, 1.4])
def test_a_row_that_was_fed_in_a_jerk_is_followed_as_one(by_mm: float) -> None:
    page = registered(jerked(drawn.draw_page(LONG), by_mm), LONG)
    row = [box.item_id == ROW for box in page.candidate.layout.boxes]

    assert page.offset_mm[row, 1] == pytest.approx(by_mm, abs=0.12)
    assert page.outline[row].min() > DEFAULT.outline_weak


def test_a_crossed_box_of_such_a_row_stands_where_its_row_does() -> None:
    page = drawn.draw_page(LONG)
    drawn.fill(page, drawn.box_of(LONG, ROW, 2).inset(-0.6))

    found = registered(jerked(page, 1.0), LONG)
    filled = next(i for i, box in enumerate(found.candidate.layout.boxes) if (box.item_id, box.choice) == (ROW, 2))

    assert found.offset_mm[filled, 1] == pytest.approx(1.0, abs=0.12)


def test_a_filled_box_is_placed_like_its_neighbours() -> None:
    page = drawn.draw_page(EDITION)
    drawn.fill(page, drawn.box_of(EDITION, "1.2", 2).inset(-0.6))

    assert np.abs(registered(page).offset_mm).max() < 0.2


def test_strokes_beside_a_box_are_not_taken_for_its_line() -> None:
    page = drawn.draw_page(EDITION)
    box = drawn.box_of(EDITION, "1.2", 2)
    for x in (-4.4, 1.6):
        drawn.stroke(page, box, ((x, -5.0), (x, 5.0)), (0.3, 0))

    assert np.abs(registered(page).offset_mm).max() < 0.2


def test_a_page_without_outlines_fits_badly() -> None:
    page = drawn.draw_page(EDITION)
    page[round(55 * drawn.PX_PER_MM) : round(110 * drawn.PX_PER_MM)] = 255

    assert registered(page).fit < DEFAULT.outline_page


def test_two_columns_that_are_seen_do_not_tell_wildly_where_the_others_are() -> None:
    x, y = (grid.ravel() for grid in np.meshgrid(np.arange(5) * 15.5, np.arange(12) * 12.0))
    places = np.column_stack([x + 0.1 * np.sin(y), y])
    seen = np.where(x > 40, 1.0, 0.0)
    noise = np.random.default_rng(3).normal(0, 0.1, places.shape)

    field = smooth_field(places, 0.4 + noise, seen)

    assert np.abs(field - 0.4).max() < 1.0


def test_paper_that_bends_is_followed_as_far_as_it_is_seen() -> None:
    x, y = (grid.ravel() for grid in np.meshgrid(np.arange(5) * 15.5, np.arange(12) * 12.0))
    bent = np.column_stack([0.5 + ((y - 60) / 100) ** 2 * 4, (x - 30) / 100 * 2])

    assert smooth_field(np.column_stack([x, y]), bent, np.ones(60)) == pytest.approx(bent, abs=0.02)
