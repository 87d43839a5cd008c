from collections.abc import Sequence
from dataclasses import replace

import pytest

from kryds.model.reading import Answer, AnswerState, Reason
from kryds.reader.correction import doubt_filled, trust_corrections
from kryds.reader.read import read_page
from kryds.reader.settings import DEFAULT
from tests.reader import drawn
from tests.reader.test_classify import EMPTY
from tests.reader.test_resolve import C, Chances, E, X, row

ANSWERED, CORRECTED, DOUBTFUL = AnswerState.ANSWERED, AnswerState.CORRECTED, AnswerState.DOUBTFUL
DARK: Chances = (0.0, 0.3, 0.4, 0.3, 0.0, 0.0)
"""A cross with some strokes over it."""
UNCLEAR = Reason("mark_unclear", (("choices", "1, 3"),))

Box = tuple[Chances, float]
NOTHING: Box = (E, 0.0)
PLAIN: Box = (X, 0.2)


def _told(boxes: Sequence[Box], open_row: Answer, plain_rows: int = 4) -> Answer:
    """What is said of an open row on a page with so many rows crossed plainly."""
    rows = [[PLAIN, NOTHING, NOTHING]] * plain_rows + [list(boxes)]
    marks = [mark for n, each in enumerate(rows) for mark in row([chances for chances, _ in each], f"1.{n}")]
    inks = [ink for each in rows for _, ink in each]
    measured = [
        replace(EMPTY, item_id=mark.item_id, choice=mark.choice, inner_ink=ink)
        for mark, ink in zip(marks, inks, strict=True)
    ]
    answers = [Answer(f"1.{n}", 1, ANSWERED, 1.0) for n in range(plain_rows)]
    return trust_corrections([*answers, replace(open_row, item_id=f"1.{plain_rows}")], marks, measured, DEFAULT)[-1]


OPEN = Answer("", None, DOUBTFUL, 0.7, (UNCLEAR,))


def test_beside_a_plain_cross_a_box_twice_as_dark_was_taken_back() -> None:
    told = _told([(DARK, 0.6), NOTHING, PLAIN], OPEN)

    assert (told.state, told.choice, told.confidence) == (CORRECTED, 3, DEFAULT.row_sure)
    assert told.reasons == (Reason("cancelled_boxes", (("choices", "1"),)),)


@pytest.mark.parametrize(
    ("third", "state"),
    [(((0.97, 0.01, 0.0, 0.0, 0.02, 0.0), 0.0), CORRECTED), (((0.95, 0.05, 0.0, 0.0, 0.0, 0.0), 0.0), DOUBTFUL)],
    ids=["dust", "a pale cross"],
)
def test_so_it_was_with_dust_in_a_third_box_and_not_with_what_may_be_a_mark(third: Box, state: AnswerState) -> None:
    assert _told([(DARK, 0.6), third, PLAIN], OPEN).state is state


def test_two_such_boxes_were_both_taken_back() -> None:
    told = _told([(DARK, 0.6), (DARK, 0.5), PLAIN], OPEN)

    assert (told.state, told.choice) == (CORRECTED, 3)
    assert told.reasons == (Reason("cancelled_boxes", (("choices", "1, 2"),)),)


GONE_OVER: Chances = (0.0, 0.05, 0.05, 0.9, 0.0, 0.0)


def test_beside_a_box_surely_filled_in_a_mark_with_the_ink_of_a_cross_is_one() -> None:
    told = _told([(C, 0.9), NOTHING, (GONE_OVER, 0.21)], OPEN)

    assert (told.state, told.choice) == (CORRECTED, 3)
    assert told.reasons == (Reason("cancelled_boxes", (("choices", "1"),)),)


@pytest.mark.parametrize(
    ("looks", "ink", "filled"),
    [
        (GONE_OVER, 0.28, C),
        (GONE_OVER, 0.1, C),
        (GONE_OVER, 0.21, DARK),
        ((0.0, 0.2, 0.0, 0.0, 0.0, 0.8), 0.21, C),
    ],
    ids=["gone over", "a slip", "beside a box perhaps filled in", "written"],
)
def test_else_it_stays_a_question(looks: Chances, ink: float, filled: Chances) -> None:
    assert _told([(filled, 0.9), NOTHING, (looks, ink)], OPEN).state is DOUBTFUL


@pytest.mark.parametrize(
    "boxes",
    [
        [(DARK, 0.38), NOTHING, PLAIN],
        [(X, 0.6), NOTHING, PLAIN],
        [(DARK, 0.6), NOTHING, (X, 0.29)],
        [(DARK, 0.6), NOTHING, (DARK, 0.2)],
        [(DARK, 0.6), PLAIN, PLAIN],
        [(DARK, 0.6), NOTHING, NOTHING],
        [PLAIN, NOTHING, NOTHING],
    ],
    ids=[
        "not twice as dark",
        "surely a cross",
        "beside a cross darker than usual",
        "beside none that surely is one",
        "beside two",
        "alone",
        "nothing dark",
    ],
)
def test_other_rows_stay_questions(boxes: Sequence[Box]) -> None:
    assert _told(boxes, OPEN) == replace(OPEN, item_id="1.4")


def test_in_a_faint_pencil_twice_as_dark_is_too_little_to_cancel_anything() -> None:
    faint: list[Box] = [(DARK, 0.2), NOTHING, (X, 0.08)]

    assert _told(faint, OPEN).state is DOUBTFUL


@pytest.mark.parametrize(
    "question",
    [
        replace(OPEN, state=AnswerState.MULTIPLE, reasons=(Reason("several_crosses"),)),
        replace(OPEN, reasons=(Reason("ink_beside"),)),
    ],
    ids=["two crosses", "ink beside"],
)
def test_a_row_asked_about_for_another_reason_stays_a_question(question: Answer) -> None:
    assert _told([(DARK, 0.6), NOTHING, PLAIN], question) == replace(question, item_id="1.4")


def test_where_few_rows_are_crossed_nobody_knows_how_dark_crosses_are() -> None:
    assert _told([(DARK, 0.6), NOTHING, PLAIN], OPEN, plain_rows=3).state is DOUBTFUL


@pytest.mark.parametrize("trusting", [True, False])
def test_a_cross_with_strokes_over_it_is_taken_back_beside_a_plain_one(trusting: bool) -> None:  # noqa: FBT001
    edition = drawn.edition(drawn.form(items=12))
    page = drawn.draw_page(edition)
    *others, last = [each.item_id for each in edition.layout.pages[0].rows]
    for item_id in others:
        drawn.cross(page, drawn.box_of(edition, item_id, 2), 0.3)
    drawn.cross(page, drawn.box_of(edition, last, 3), 0.3)
    dark = drawn.box_of(edition, last, 1)
    drawn.cross(page, dark, 0.6)
    for y in (-1.2, 1.2):
        drawn.stroke(page, dark, ((-2.2, y), (2.2, y + 0.6)), (0.5, 60))
    settings = DEFAULT if trusting else replace(DEFAULT, taken_back_ink=99)

    answer = read_page(drawn.scan_page(page), {edition.digest: edition}, settings).reading.answers[-1]

    assert (answer.state, answer.choice) == ((CORRECTED, 3) if trusting else (DOUBTFUL, None))


SCRIBBLED: Chances = (0.0, 0.88, 0.12, 0.0, 0.0, 0.0)
"""A cross, to the network, that may have been taken back."""


@pytest.mark.parametrize(
    ("like", "ink", "plain_rows", "asked"),
    [
        (SCRIBBLED, 0.5, 4, True),
        (X, 0.5, 4, False),
        (SCRIBBLED, 0.38, 4, False),
        (SCRIBBLED, 0.5, 2, False),
    ],
    ids=["dark", "surely a cross", "not twice as dark", "few crosses to tell"],
)
def test_an_answer_twice_as_dark_as_the_crosses_that_may_be_taken_back_is_put_to_a_person(
    like: Chances, ink: float, plain_rows: int, *, asked: bool
) -> None:
    marks = [mark for n, each in enumerate([X] * plain_rows + [like]) for mark in row([each, E], f"1.{n}")]
    inks = [0.2, 0.0] * plain_rows + [ink, 0.0]
    measured = [
        replace(EMPTY, item_id=mark.item_id, choice=mark.choice, inner_ink=each)
        for mark, each in zip(marks, inks, strict=True)
    ]
    answers = [Answer(f"1.{n}", 1, ANSWERED, 0.999) for n in range(plain_rows + 1)]

    told = doubt_filled(answers, marks, measured, DEFAULT)

    assert told[:-1] == tuple(answers[:-1])
    assert (told[-1].state is DOUBTFUL) is asked


@pytest.mark.parametrize(("ink", "asked"), [(0.22, True), (0.3, False)], ids=["as a cross is", "darker"])
def test_a_box_taken_back_that_is_no_darker_than_crosses_may_be_a_second_cross(ink: float, asked: bool) -> None:  # noqa: FBT001 - the two cases
    rows = [[PLAIN, NOTHING, NOTHING]] * 4 + [[PLAIN, NOTHING, (C, ink)]]
    marks = [mark for n, each in enumerate(rows) for mark in row([chances for chances, _ in each], f"1.{n}")]
    inks = [each_ink for each in rows for _, each_ink in each]
    measured = [
        replace(EMPTY, item_id=mark.item_id, choice=mark.choice, inner_ink=each)
        for mark, each in zip(marks, inks, strict=True)
    ]
    answers = [Answer(f"1.{n}", 1, ANSWERED, 0.999) for n in range(4)] + [Answer("1.4", 1, CORRECTED, 0.999)]

    told = doubt_filled(answers, marks, measured, DEFAULT)[-1]

    assert (told.state is DOUBTFUL) is asked
    assert told.reasons == ((Reason("mark_unclear", (("choices", "3"),)),) if asked else ())
