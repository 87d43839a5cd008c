from dataclasses import replace

import numpy as np
import pytest

from kryds.model.reading import AnswerState
from kryds.reader.lost_row import find_lost_rows
from kryds.reader.patches import sample_boxes, to_ink
from kryds.reader.picture import picture_of
from kryds.reader.read import read_page
from kryds.reader.settings import DEFAULT
from kryds.reader.snap import RegisteredPage, snap_boxes
from tests.reader import drawn
from tests.reader.test_bend import flat_candidate

EDITION = drawn.edition(drawn.form(items=24))
ROWS = [row.item_id for row in EDITION.layout.pages[0].rows]


def _with_row_off(item_id: str, down_mm: float, away: int = 0) -> drawn.Gray:
    """A page of crosses in 2 whose row stands so far down, ``away`` of its boxes wiped out."""
    page = drawn.draw_page(EDITION)
    for item in ROWS:
        drawn.cross(page, drawn.box_of(EDITION, item, 2))
    boxes = [box.rect for box in EDITION.layout.pages[0].boxes if box.item_id == item_id]
    for box in boxes[:away]:
        drawn.cover(page, box)
    margin, off = 1.5, round(down_mm * drawn.PX_PER_MM)
    top, bottom = (round(edge * drawn.PX_PER_MM) for edge in (boxes[0].y - margin, boxes[0].bottom + margin))
    left, right = (round(edge * drawn.PX_PER_MM) for edge in (boxes[0].x - margin, boxes[-1].right + margin))
    strip = page[top:bottom, left:right].copy()
    page[top:bottom, left:right] = 255
    page[top + off : bottom + off, left:right] = np.minimum(page[top + off : bottom + off, left:right], strip)
    return page


def _found(page: drawn.Gray) -> tuple[RegisteredPage, RegisteredPage]:
    """The page's boxes where they agree, and with its lost rows."""
    candidate, _ = flat_candidate(page, EDITION)
    source = picture_of(drawn.scan_page(page), DEFAULT), 0.0
    patches = to_ink(sample_boxes(source[0], candidate.registration, candidate.layout, DEFAULT), 0.0, DEFAULT)
    snapped = snap_boxes(patches, candidate, DEFAULT)
    return snapped, find_lost_rows(snapped, source, DEFAULT)


def _of(item_id: str) -> list[int]:
    return [i for i, box in enumerate(EDITION.layout.pages[0].boxes) if box.item_id == item_id]


@pytest.mark.parametrize(("item_id", "down_mm"), [(ROWS[0], -3.0), (ROWS[5], 3.4)], ids=["first row", "another"])
def test_a_row_that_stands_farther_off_than_boxes_are_sought_is_found(item_id: str, down_mm: float) -> None:
    snapped, found = _found(_with_row_off(item_id, down_mm))
    row = _of(item_id)
    others = [i for i in range(len(snapped.outline)) if i not in row]

    assert (snapped.outline[row] == 0).all()
    assert (found.outline[row] > 0).sum() >= 3
    assert found.offset_mm[row, 1] == pytest.approx(np.full(4, down_mm), abs=0.4)
    assert (found.offset_mm[others] == snapped.offset_mm[others]).all()


def test_two_boxes_alone_are_no_row() -> None:
    snapped, found = _found(_with_row_off(ROWS[5], 3.0, away=2))

    assert (found.offset_mm == snapped.offset_mm).all()
    assert (found.outline == snapped.outline).all()


def test_a_page_whose_rows_are_all_seen_or_all_lost_stays_as_it_is() -> None:
    snapped, found = _found(drawn.draw_page(EDITION))
    source = picture_of(drawn.scan_page(drawn.draw_page(EDITION)), DEFAULT), 0.0
    unseen = replace(snapped, outline=np.zeros_like(snapped.outline))

    assert found is snapped
    assert find_lost_rows(unseen, source, DEFAULT) is unseen


def test_such_a_row_is_read() -> None:
    reading = read_page(drawn.scan_page(_with_row_off(ROWS[0], -3.0)), {EDITION.digest: EDITION}).reading

    assert [(a.state, a.choice) for a in reading.answers] == [(AnswerState.ANSWERED, 2)] * len(ROWS)
