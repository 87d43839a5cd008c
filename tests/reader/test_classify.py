from dataclasses import replace
from itertools import pairwise

import pytest

from kryds.model.reading import BoxMeasurement, BoxState, PixelRect
from kryds.reader.classify import VACANT, classify_boxes, is_vacant_box, look_again
from kryds.reader.measure import measure_boxes
from kryds.reader.network import Likeness
from kryds.reader.settings import DEFAULT
from tests.reader import drawn
from tests.reader.test_measure import EDITION, registered
from tests.reader.test_surroundings import located

EMPTY = BoxMeasurement(
    item_id="1.1",
    choice=1,
    found=PixelRect(0, 0, 35, 35),
    found_offset_mm=0.0,
    outline=0.5,
    inner_ink=0.0,
    trace_ink=0.05,
    spill_ink=0.0,
)
BOX = drawn.box_of(EDITION, "1.1", 1)


def states(page: drawn.Gray) -> list[BoxState]:
    found = registered(page)
    return [mark.state for mark in classify_boxes(found, measure_boxes(found, DEFAULT), DEFAULT)]


@pytest.mark.parametrize(
    ("box", "vacant"),
    [
        (EMPTY, True),
        (replace(EMPTY, inner_ink=0.003), True),  # a speck of dust
        (replace(EMPTY, inner_ink=0.02), False),
        (replace(EMPTY, trace_ink=0.3), False),  # a trace of pencil
        (replace(EMPTY, spill_ink=0.1), False),  # something at its rim
    ],
)
def test_only_a_box_without_any_trace_is_empty_without_a_closer_look(box: BoxMeasurement, *, vacant: bool) -> None:
    assert is_vacant_box(box, DEFAULT) is vacant


def test_an_untouched_page_is_all_empty() -> None:
    assert set(states(drawn.draw_page(EDITION))) == {BoxState.EMPTY}


@pytest.mark.parametrize("width_mm", [0.3, 0.5, 0.9, 1.3])
def test_a_cross_of_any_pen_is_a_cross(width_mm: float) -> None:
    page = drawn.draw_page(EDITION)
    drawn.cross(page, BOX, width_mm)

    assert states(page)[:2] == [BoxState.CROSSED, BoxState.EMPTY]


def test_pencil_is_read_like_a_pen() -> None:
    page = drawn.draw_page(EDITION)
    drawn.cross(page, BOX, 0.5, darkness=150)

    assert states(page)[0] is BoxState.CROSSED


def test_a_filled_box_is_cancelled() -> None:
    page = drawn.draw_page(EDITION)
    drawn.fill(page, BOX)

    assert states(page)[0] is BoxState.CANCELLED


def test_a_dot_is_not_claimed_to_be_anything() -> None:
    page = drawn.draw_page(EDITION)
    drawn.stroke(page, BOX, ((0.0, 0.0), (0.3, 0.3)), (0.6, 40))

    assert states(page)[0] is BoxState.DOUBTFUL


#: Strokes (mm from the middle of the box) of a question mark, an E and a 3.
LETTERS = {
    "?": [(-1.2, -1.2), (-0.8, -2.0), (0.2, -2.3), (1.1, -1.7), (1.0, -0.7), (0.1, 0.1), (0.0, 0.9)],
    "E": [(1.2, -2.0), (-1.2, -2.0), (-1.2, 0.0), (0.8, 0.0), (-1.2, 0.0), (-1.2, 2.0), (1.2, 2.0)],
    "3": [(-1.1, -1.8), (0.3, -2.1), (1.0, -1.1), (-0.1, -0.2), (1.2, 0.6), (0.6, 1.8), (-1.1, 1.6)],
}


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_is_written_and_no_mark(letter: str) -> None:
    page = drawn.draw_page(EDITION)
    for start, end in pairwise(LETTERS[letter]):
        drawn.stroke(page, BOX, (start, end), (0.5, 60))
    found = registered(page)
    chances = classify_boxes(found, measure_boxes(found, DEFAULT), DEFAULT)[0].chances

    assert chances.index(max(chances)) == Likeness.WRITTEN


def test_marks_come_in_the_order_of_the_boxes_with_chances_that_add_up() -> None:
    found = registered(drawn.draw_page(EDITION))
    marks = classify_boxes(found, measure_boxes(found, DEFAULT), DEFAULT)

    assert [(mark.item_id, mark.choice) for mark in marks[:5]] == [
        (b.item_id, b.choice) for b in found.candidate.layout.boxes[:5]
    ]
    assert {mark.chances for mark in marks} == {VACANT}
    assert sum(VACANT) == pytest.approx(1)


def test_only_the_boxes_of_unsure_items_that_show_anything_are_looked_at_again() -> None:
    page = drawn.draw_page(EDITION)
    for item, choice in (("1.1", 1), ("1.2", 2)):
        drawn.stroke(page, drawn.box_of(EDITION, item, choice), ((-1.0, -2.0), (2.0, 1.0)), (1.2, 40))
    found = located(page)
    first = classify_boxes(found.registered, measure_boxes(found.registered, DEFAULT), DEFAULT)
    again = look_again(found, first, {"1.1"}, DEFAULT)
    changed = [(mark.item_id, mark.choice) for mark, before in zip(again, first, strict=True) if mark != before]

    assert changed == [("1.1", 1)]
    assert sum(again[0].chances) == pytest.approx(1, abs=1e-4)
    assert look_again(found, first, (), DEFAULT) == first
