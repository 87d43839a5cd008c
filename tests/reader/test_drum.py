from dataclasses import replace

import numpy as np
import pytest

from kryds.model.reading import AnswerState, PageState
from kryds.reader.drum import lines_down, without_lines
from kryds.reader.picture import picture_of
from kryds.reader.read import read_page
from kryds.reader.scan_page import ScanPage, Whole
from kryds.reader.settings import DEFAULT
from tests.reader import drawn

EDITION = drawn.edition()
BOX = drawn.box_of(EDITION, "1.2", 3)


def _streaked(page: drawn.Gray, *x_mm: float, gray: int = 90, width_px: int = 2) -> drawn.Gray:
    page = page.copy()
    for x in x_mm:
        left = round(x * drawn.PX_PER_MM)
        page[:, left : left + width_px] = np.minimum(page[:, left : left + width_px], gray)
    return page


def _cleaned(page: drawn.Gray) -> drawn.Gray:
    return without_lines(picture_of(drawn.scan_page(page), DEFAULT)).at_hand.gray


def test_a_line_right_down_the_page_is_found_with_its_soft_edges() -> None:
    left = round(100 * drawn.PX_PER_MM)

    assert list(lines_down(_streaked(drawn.draw_page(EDITION), 100))) == [(left - 1, left + 3)]


@pytest.mark.parametrize(
    "page",
    [
        drawn.draw_page(drawn.edition(drawn.form(items=36))),
        _streaked(drawn.draw_page(EDITION), 100, width_px=16),
        _streaked(drawn.draw_page(EDITION), 100, gray=248),
        drawn.turned(_streaked(drawn.draw_page(EDITION), 100), 0.5),
        _streaked(drawn.draw_page(EDITION), 0, 209.8),
    ],
    ids=["boxes below each other", "wide", "pale", "aslant", "the edges of the page"],
)
def test_nothing_else_is_taken_for_one(page: drawn.Gray) -> None:
    picture = picture_of(drawn.scan_page(page), DEFAULT)

    assert without_lines(picture) is picture


@pytest.mark.parametrize("quarters", [0, 1])
def test_what_stands_beside_a_line_takes_its_place(quarters: int) -> None:
    page = drawn.draw_page(EDITION)
    drawn.cross(page, BOX)
    clean = _cleaned(np.ascontiguousarray(np.rot90(_streaked(page, BOX.centre.x + 1), quarters)))
    differ = np.abs(np.rot90(clean, -quarters).astype(int) - page).max(axis=0) > 0

    assert 0 < np.count_nonzero(differ) <= 4


def test_the_stored_picture_of_a_page_that_came_reduced_is_cleaned_as_well() -> None:
    page = _streaked(drawn.draw_page(EDITION), 100)
    stored = np.ascontiguousarray(page.repeat(2, axis=0).repeat(2, axis=1))
    whole = Whole(2, (stored.shape[1], stored.shape[0]), lambda: stored)
    picture = without_lines(picture_of(replace(drawn.scan_page(page), whole=whole), DEFAULT))

    assert picture.at_hand.factor == 2
    for gray in (picture.reduced.gray, picture.stored):
        assert not lines_down(gray[:: len(gray) // 1000])
    assert picture.stored.shape == stored.shape


@pytest.mark.parametrize("quarters", [0, 1])
def test_a_page_is_read_though_lines_run_through_all_its_fiducials(quarters: int) -> None:
    page = _streaked(drawn.draw_page(EDITION), 14.0, 196.5)
    drawn.cross(page, BOX)
    scan: ScanPage = drawn.scan_page(np.ascontiguousarray(np.rot90(page, quarters)))

    reading = read_page(scan, {EDITION.digest: EDITION}).reading

    assert reading.state is PageState.READ
    assert [answer.choice for answer in reading.answers] == [None, 3, None]


@pytest.mark.parametrize("at_mm", [0.0, 2.0, 3.3])
def test_a_line_through_boxes_or_beside_them_leaves_a_blank_row_blank(at_mm: float) -> None:
    page = drawn.draw_page(EDITION)
    for item_id in ("1.1", "1.3"):
        drawn.cross(page, drawn.box_of(EDITION, item_id, 1))

    answers = read_page(
        drawn.scan_page(_streaked(page, BOX.centre.x + at_mm)), {EDITION.digest: EDITION}
    ).reading.answers

    assert [answer.choice for answer in answers] == [1, None, 1]
    assert answers[1].state is AnswerState.BLANK


def test_a_person_is_shown_the_row_as_it_was_scanned() -> None:
    page = drawn.draw_page(EDITION)
    for choice in (1, 2):
        drawn.cross(page, drawn.box_of(EDITION, "1.2", choice))
    (crop,) = read_page(drawn.scan_page(_streaked(page, BOX.centre.x, gray=0)), {EDITION.digest: EDITION}).crops

    assert (drawn.picture(crop) < drawn.PRINTED).all(axis=0).any()
