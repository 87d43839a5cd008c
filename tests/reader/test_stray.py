from dataclasses import replace

import cv2
import numpy as np
import pytest

from kryds.model.geometry import Rect
from kryds.model.reading import Answer, AnswerState, Reason
from kryds.reader.measure import measure_boxes
from kryds.reader.read import locate_page, read_page
from kryds.reader.settings import DEFAULT
from kryds.reader.snap import LocatedPage
from kryds.reader.stray import doubt_stray
from tests.reader import drawn

EDITION = drawn.edition()
FIRST, SECOND = (drawn.box_of(EDITION, "1.1", choice) for choice in (1, 2))
MIDWAY = Rect((FIRST.x + SECOND.x) / 2, FIRST.y, FIRST.width, FIRST.height)


def _answer(page: drawn.Gray) -> Answer:
    soft = np.asarray(cv2.GaussianBlur(page, (0, 0), 0.7), np.uint8)
    return read_page(drawn.scan_page(soft), {EDITION.digest: EDITION}).reading.answers[0]


def test_a_cross_midway_between_two_boxes_is_put_to_a_person() -> None:
    page = drawn.draw_page(EDITION)
    drawn.cross(page, MIDWAY, 0.4)

    answer = _answer(page)
    assert answer.state is AnswerState.DOUBTFUL
    assert dict(answer.reasons[0].values) == {"choices": "1, 2"}


@pytest.mark.parametrize(("choice", "shift_mm"), [("1", -6.0), ("4", 6.0)])
def test_a_cross_beside_the_outermost_boxes_is_put_to_a_person(choice: str, shift_mm: float) -> None:
    page = drawn.draw_page(EDITION)
    drawn.cross(page, drawn.box_of(EDITION, "1.1", int(choice)).moved(shift_mm, 0), 0.4)

    assert dict(_answer(page).reasons[0].values) == {"choices": choice}


def test_some_ink_at_the_rim_of_a_box_is_put_to_a_person() -> None:
    located = locate_page(drawn.scan_page(drawn.draw_page(EDITION)), {EDITION.digest: EDITION})
    assert isinstance(located, LocatedPage)
    measured = list(measure_boxes(located.registered, DEFAULT))
    measured[2] = replace(measured[2], spill_ink=0.018)
    blank = [Answer(item_id, None, AnswerState.BLANK, 1.0) for item_id in ("1.1", "1.2")]

    told = doubt_stray(blank, measured, located, DEFAULT)

    assert told[0] == replace(
        blank[0], state=AnswerState.DOUBTFUL, confidence=0.5, reasons=(Reason("ink_beside", (("choices", "3"),)),)
    )
    assert told[1] == blank[1]


@pytest.mark.parametrize("width_mm", [0.2, 0.5])
def test_a_speck_between_boxes_leaves_the_row_blank(width_mm: float) -> None:
    page = drawn.draw_page(EDITION)
    drawn.stroke(page, MIDWAY, ((0.0, 0.0), (0.2, 0.0)), (width_mm, 40))

    assert _answer(page).state is AnswerState.BLANK


def test_what_is_left_of_a_broken_stroke_is_put_to_a_person() -> None:
    page = drawn.draw_page(EDITION)
    for at in (-1.2, 1.2):
        drawn.stroke(page, MIDWAY, ((at, at), (at + 0.2, at + 0.2)), (0.7, 40))

    assert [reason.kind for reason in _answer(page).reasons] == ["ink_beside"]


def test_a_note_beside_a_clear_cross_does_not_matter() -> None:
    page = drawn.draw_page(EDITION)
    drawn.cross(page, FIRST, 0.4)
    drawn.cross(page, drawn.box_of(EDITION, "1.1", 4).moved(9.0, 0), 0.4)

    assert (_answer(page).state, _answer(page).choice) == (AnswerState.ANSWERED, 1)


@pytest.mark.parametrize("ends", [((0.1, -6.0), (0.3, 6.0)), ((-8.0, 0.3), (8.0, 0.5))], ids=["streak", "crease"])
def test_a_line_right_through_is_no_mark(ends: tuple[tuple[float, float], ...]) -> None:
    page = drawn.draw_page(EDITION)
    drawn.stroke(page, MIDWAY, ends, (0.2, 40))

    assert not any(reason.kind == "ink_beside" for reason in _answer(page).reasons)


def test_a_streak_that_is_too_pale_in_places_is_no_mark_either() -> None:
    page = drawn.draw_page(EDITION)
    for top in (-5.5, -2.4, 0.7, 3.8):
        drawn.stroke(page, MIDWAY, ((0.1, top), (0.2, top + 1.8)), (0.2, 40))

    assert not any(reason.kind == "ink_beside" for reason in _answer(page).reasons)


def test_a_streak_that_fades_half_way_is_no_mark_either() -> None:
    page = drawn.draw_page(EDITION)
    drawn.stroke(page, MIDWAY, ((0.1, -6.0), (0.1, 6.0)), (0.2, 212))
    drawn.stroke(page, MIDWAY, ((0.1, -2.0), (0.1, 2.0)), (0.2, 150))

    assert not any(reason.kind == "ink_beside" for reason in _answer(page).reasons)


def test_a_stroke_between_boxes_that_ends_before_the_next_row_is_put_to_a_person() -> None:
    page = drawn.draw_page(EDITION)
    drawn.stroke(page, MIDWAY, ((0.1, -2.0), (0.2, 3.0)), (0.2, 40))

    assert [reason.kind for reason in _answer(page).reasons] == ["ink_beside"]


@pytest.mark.parametrize(("darkness", "kinds"), [(60, ["ink_beside"]), (150, ["ink_beside"]), (215, [])])
def test_what_is_far_paler_than_the_pages_pen_is_a_crease_or_a_stain(darkness: int, kinds: list[str]) -> None:
    page = drawn.draw_page(EDITION)
    for item_id in ("1.2", "1.3"):
        drawn.cross(page, drawn.box_of(EDITION, item_id, 1), 0.5, 60)
    drawn.stroke(page, MIDWAY, ((-1.0, -2.0), (1.2, 3.0)), (0.6, darkness))

    assert [reason.kind for reason in _answer(page).reasons] == kinds


def _strew(page: drawn.Gray, item_id: str) -> None:
    """Three specks between every two boxes of a row."""
    for choice in (1, 2, 3):
        box = drawn.box_of(EDITION, item_id, choice).moved(MIDWAY.x - FIRST.x, 0)
        for x, y in ((-1.0, -1.5), (0.8, 0.2), (-0.3, 1.8)):
            drawn.stroke(page, box, ((x, y), (x, y)), (0.3, 100))


@pytest.mark.parametrize(
    ("strewn", "midway", "state"),
    [
        (("1.1",), False, AnswerState.DOUBTFUL),
        (("1.1", "1.2", "1.3"), False, AnswerState.BLANK),
        (("1.1", "1.2", "1.3"), True, AnswerState.DOUBTFUL),
    ],
    ids=["in this row alone", "all over the page", "and a cross among it"],
)
def test_pepper_that_is_all_over_the_page_leaves_a_row_blank_and_hides_no_cross_between_boxes(
    strewn: tuple[str, ...], *, midway: bool, state: AnswerState
) -> None:
    page = drawn.draw_page(EDITION)
    for item_id in ("1.2", "1.3"):
        drawn.cross(page, drawn.box_of(EDITION, item_id, 1), 0.5)
    for item_id in strewn:
        _strew(page, item_id)
    if midway:
        drawn.cross(page, MIDWAY, 0.4)

    assert _answer(page).state is state


@pytest.mark.parametrize(
    "ends_mm",
    [((-1.0, -5.6), (1.0, -3.8)), ((0.5, 3.8), (0.0, 5.8)), ((3.2, 4.5), (4.8, 5.9))],
    ids=["above", "below", "beside a corner"],
)
def test_a_stroke_above_or_below_a_box_is_put_to_a_person(ends_mm: tuple[tuple[float, float], ...]) -> None:
    page = drawn.draw_page(EDITION)
    drawn.stroke(page, drawn.box_of(EDITION, "1.2", 3), ends_mm, (0.5, 60))

    soft = np.asarray(cv2.GaussianBlur(page, (0, 0), 0.7), np.uint8)
    answer = read_page(drawn.scan_page(soft), {EDITION.digest: EDITION}).reading.answers[1]

    assert (answer.state, dict(answer.reasons[0].values)) == (AnswerState.DOUBTFUL, {"choices": "3"})
