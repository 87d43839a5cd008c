from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, Mark, Reason
from kryds.reader.faint import doubt_faint_pen, trust_faint_pen
from kryds.reader.read import read_page
from kryds.reader.settings import DEFAULT
from tests.reader import drawn
from tests.reader.test_classify import EMPTY
from tests.reader.test_resolve import C, Chances, E, row

TRACE: Chances = (0.5, 0.2, 0.0, 0.0, 0.3, 0.0)
MIDWAY: Chances = (0.1, 0.2, 0.0, 0.5, 0.2, 0.0)
DOT: Chances = (0.04, 0.02, 0.0, 0.0, 0.94, 0.0)
ANSWERED, CORRECTED, DOUBTFUL = AnswerState.ANSWERED, AnswerState.CORRECTED, AnswerState.DOUBTFUL
BLANK = AnswerState.BLANK
UNCLEAR = Reason("mark_unclear", (("choices", "2"),))


def _page(rows: Sequence[Sequence[Chances]], inner_ink: float) -> tuple[list[Answer], list[Mark], list[BoxMeasurement]]:
    """Open rows, every box that is not empty with so much ink."""
    marks = [mark for number, chances in enumerate(rows) for mark in row(chances, f"1.{number}")]
    boxes = [
        replace(EMPTY, item_id=m.item_id, choice=m.choice, inner_ink=0.0 if m.chances == E else inner_ink)
        for m in marks
    ]
    answers = [Answer(f"1.{number}", None, DOUBTFUL, 0.6, (UNCLEAR,)) for number in range(len(rows))]
    return answers, marks, boxes


def _told(rows: Sequence[Sequence[Chances]], inner_ink: float = 0.005) -> list[tuple[AnswerState, int | None]]:
    return [(answer.state, answer.choice) for answer in trust_faint_pen(*_page(rows, inner_ink), DEFAULT)]


LONE = [E, TRACE, E, E]
OPEN = (DOUBTFUL, None)
FAINT = [LONE, [TRACE, E, E, E], [E, E, E, TRACE]] * 2
FAINT_TOLD = [(ANSWERED, 2), (ANSWERED, 1), (ANSWERED, 4)] * 2


def test_where_every_row_has_one_trace_each_is_its_rows_mark() -> None:
    assert _told(FAINT) == FAINT_TOLD


def test_what_is_decided_so_is_as_sure_as_a_decided_row_must_be_and_no_surer() -> None:
    answer = trust_faint_pen(*_page(FAINT, 0.005), DEFAULT)[0]

    assert (answer.confidence, answer.reasons) == (DEFAULT.row_sure, ())


def test_a_cancelled_box_is_set_aside() -> None:
    rows = [*FAINT, [C, E, TRACE, E]]
    answer = trust_faint_pen(*_page(rows, 0.005), DEFAULT)[-1]

    assert (answer.state, answer.choice) == (CORRECTED, 3)
    assert answer.reasons == (Reason("cancelled_boxes", (("choices", "1"),)),)


@pytest.mark.parametrize(
    ("rows", "inner_ink"),
    [
        (FAINT[:5], 0.005),
        ([*FAINT, [TRACE, TRACE, E, E]], 0.005),
        (FAINT, 0.2),
        ([LONE] * 8, 0.005),
        ([*FAINT, [E, E, E, E], [E, E, E, E]], 0.005),
    ],
    ids=["few rows", "two traces in a row", "not faint", "a streak", "a crease aslant"],
)
def test_other_pages_are_left_to_a_person(rows: Sequence[Sequence[Chances]], inner_ink: float) -> None:
    assert set(_told(rows, inner_ink)) == {OPEN}


@pytest.mark.parametrize(
    "odd",
    [[E, DOT, E, E], [E, MIDWAY, E, E], [E, E, E, E], [E, C, E, E]],
    ids=["a dot", "what may lie midway", "nothing", "cancelled"],
)
def test_a_row_without_a_trace_of_a_stroke_stays_open_on_such_a_page(odd: Sequence[Chances]) -> None:
    assert _told([*FAINT, odd]) == [*FAINT_TOLD, OPEN]


def test_a_row_asked_about_for_another_reason_stays_open() -> None:
    answers, marks, boxes = _page([LONE, LONE, *FAINT], 0.005)
    answers[0] = replace(answers[0], reasons=(Reason("ink_beside", (("choices", "2"),)),))
    answers[1] = replace(answers[1], state=AnswerState.MULTIPLE)

    told = trust_faint_pen(answers, marks, boxes, DEFAULT)

    assert told[:2] == (answers[0], answers[1])
    assert {answer.state for answer in told[2:]} == {ANSWERED}


HINT: Chances = (0.96, 0.005, 0.0, 0.0, 0.035, 0.0)
"""A box that is all but empty."""
HINTS = [[E, HINT, E, E], [HINT, E, E, E], [E, E, E, HINT]] * 2


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([*HINTS, [E, E, E, E]], DOUBTFUL),
        ([*HINTS, *[[E, E, E, E]] * 7], BLANK),
        (HINTS[:3], BLANK),
        ([[E, HINT, E, E]] * 8, BLANK),
        ([[E, HINT, HINT, E], [HINT, E, E, HINT]] * 4, BLANK),
    ],
    ids=["most rows", "less than half", "few rows", "one column", "two of a row"],
)
def test_blank_rows_most_of_which_have_a_hint_of_one_mark_are_put_to_a_person(
    rows: Sequence[Sequence[Chances]], state: AnswerState
) -> None:
    _, marks, _ = _page(rows, 0.0)
    answers = [Answer(f"1.{number}", None, BLANK, 0.999) for number in range(len(rows))]

    assert {answer.state for answer in doubt_faint_pen(answers, marks, DEFAULT)} == {state}


EDITION = drawn.edition()


@pytest.mark.parametrize("rows_needed", [3, 4])
def test_a_page_in_a_faint_pencil_is_read_where_it_has_rows_enough(rows_needed: int) -> None:
    page = drawn.draw_page(EDITION)
    for item_id, choice in (("1.1", 2), ("1.2", 1), ("1.3", 4)):
        drawn.cross(page, drawn.box_of(EDITION, item_id, choice), 0.2, 230)
    soft = np.asarray(cv2.GaussianBlur(page, (0, 0), 0.8), np.uint8)
    settings = replace(DEFAULT, faint_rows=rows_needed)

    answers = read_page(drawn.scan_page(soft), {EDITION.digest: EDITION}, settings).reading.answers

    expected = [(ANSWERED, 2), (ANSWERED, 1), (ANSWERED, 4)] if rows_needed == len(answers) else [OPEN] * 3
    assert [(answer.state, answer.choice) for answer in answers] == expected


def test_a_pale_streak_down_a_page_left_blank_answers_nothing() -> None:
    page = drawn.draw_page(EDITION)
    for item_id in ("1.1", "1.2", "1.3"):
        drawn.stroke(page, drawn.box_of(EDITION, item_id, 2), ((0.7, -5.6), (0.7, 5.6)), (0.2, 210))
    soft = np.asarray(cv2.GaussianBlur(page, (0, 0), 0.8), np.uint8)

    reading = read_page(drawn.scan_page(soft), {EDITION.digest: EDITION}, replace(DEFAULT, faint_rows=3)).reading

    assert not any(answer.state.counts for answer in reading.answers)
