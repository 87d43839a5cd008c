from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, BoxState, Mark, Reason
from kryds.reader.faded import doubt_blanks, doubt_remains, doubt_traces, pen_ink
from kryds.reader.read import read_page
from kryds.reader.settings import DEFAULT
from tests.reader import drawn
from tests.reader.test_classify import EMPTY
from tests.reader.test_resolve import Chances

EDITION = drawn.edition()
PAGE = drawn.draw_page(EDITION)
BLACK_AND_WHITE = np.where(PAGE < 160, 0, 255).astype(np.uint8)


def test_a_bilevel_page_is_read_and_says_what_may_be_lost() -> None:
    reading = read_page(drawn.scan_page(BLACK_AND_WHITE), {EDITION.digest: EDITION}).reading

    assert reading.state == "read"
    assert reading.reason is not None
    assert reading.reason.kind == "bilevel"


ANSWERED, BLANK, DOUBTFUL = AnswerState.ANSWERED, AnswerState.BLANK, AnswerState.DOUBTFUL


@pytest.mark.parametrize(
    ("states", "if_bilevel", "if_grey"),
    [
        ((ANSWERED, BLANK, ANSWERED), BLANK, BLANK),
        ((ANSWERED, BLANK, BLANK), BLANK, BLANK),
        ((ANSWERED, BLANK, BLANK, BLANK), DOUBTFUL, BLANK),
        ((DOUBTFUL, BLANK, ANSWERED), BLANK, BLANK),
        ((DOUBTFUL, BLANK, DOUBTFUL), DOUBTFUL, DOUBTFUL),
        ((BLANK,), DOUBTFUL, BLANK),
        ((ANSWERED, ANSWERED), None, None),
    ],
)
def test_blank_rows_are_put_to_a_person_where_ink_seems_lost(
    states: tuple[AnswerState, ...], if_bilevel: AnswerState | None, if_grey: AnswerState | None
) -> None:
    answers = [Answer(f"1.{i}", 1 if state.counts else None, state, 1.0) for i, state in enumerate(states)]

    for bilevel, told in ((True, if_bilevel), (False, if_grey)):
        states_told = tuple(answer.state for answer in doubt_blanks(answers, (), DEFAULT, bilevel=bilevel))
        assert states_told == tuple(told if state is BLANK else state for state in states)


def test_rows_with_ink_beside_their_boxes_do_not_tell_that_ink_was_lost() -> None:
    beside = [Answer(f"1.{i}", None, DOUBTFUL, 0.5, (Reason("ink_beside"),)) for i in range(2)]
    answers = [Answer("1.2", None, BLANK, 1.0), *beside]

    assert doubt_blanks(answers, (), DEFAULT, bilevel=False) == tuple(answers)


@pytest.mark.parametrize(("bilevel", "told"), [(True, DOUBTFUL), (False, BLANK)])
def test_a_blank_row_among_answers_of_mere_specks_may_have_lost_its_own_in_black_and_white(
    bilevel: bool,  # noqa: FBT001 - a parameter
    told: AnswerState,
) -> None:
    answers = [*(Answer(f"1.{i}", 1, ANSWERED, 0.9) for i in range(5)), Answer("1.5", None, BLANK, 1.0)]
    boxes = [replace(EMPTY, item_id=f"1.{i}", choice=1, inner_ink=0.02 if i < 5 else 0.0) for i in range(6)]

    assert doubt_blanks(answers, boxes, DEFAULT, bilevel=bilevel)[5].state is told


@pytest.mark.parametrize(
    ("ink", "rim", "told"),
    [(0.02, 0.0, DOUBTFUL), (0.3, 0.0, BLANK), (0.02, 0.1, BLANK)],
    ids=["pale", "a scribble", "beside its box"],
)
def test_rows_that_are_hard_to_read_for_another_reason_say_nothing_of_blank_ones(
    ink: float, rim: float, told: AnswerState
) -> None:
    answers = [Answer(f"1.{i}", None, state, 0.9) for i, state in enumerate((DOUBTFUL, DOUBTFUL, BLANK))]
    boxes = [replace(EMPTY, item_id="1.0"), replace(EMPTY, item_id="1.1", inner_ink=ink, spill_ink=rim)]

    assert doubt_blanks(answers, boxes, DEFAULT, bilevel=False)[2].state is told


@pytest.mark.parametrize(
    ("ink", "rim", "told"),
    [(0.006, 0.0, DOUBTFUL), (0.006, 0.2, ANSWERED), (0.1, 0.0, ANSWERED)],
    ids=["specks", "a ring", "a cross"],
)
def test_an_answer_of_mere_specks_is_put_to_a_person(ink: float, rim: float, told: AnswerState) -> None:
    answers = [Answer("1.1", 2, ANSWERED, 0.96), Answer("1.2", None, BLANK, 1.0)]
    boxes = [replace(EMPTY, item_id=item_id, choice=choice) for item_id in ("1.1", "1.2") for choice in (1, 2)]
    boxes[1] = replace(boxes[1], inner_ink=ink, spill_ink=rim)

    first, second = doubt_traces(answers, _marks(boxes, 0.9), boxes, DEFAULT)

    assert (first.state, first.choice) == (told, 2 if told is ANSWERED else None)
    assert second.state is BLANK


@pytest.mark.parametrize(
    ("look", "others", "told"),
    [
        ((0.0, 0.74, 0.24, 0.02, 0.0, 0.0), DOUBTFUL, DOUBTFUL),
        ((0.0, 0.74, 0.04, 0.02, 0.2, 0.0), DOUBTFUL, ANSWERED),
        ((0.0, 0.74, 0.24, 0.02, 0.0, 0.0), ANSWERED, ANSWERED),
    ],
    ids=["a box filled in", "a pale cross", "beside rows that are clear"],
)
def test_where_little_is_left_of_other_rows_what_may_be_left_of_a_box_filled_in_is_no_answer(
    look: Chances, others: AnswerState, told: AnswerState
) -> None:
    answers, boxes = _beside(others, 0.15)
    marks = [Mark(box.item_id, box.choice, BoxState.DOUBTFUL, 0.7, look) for box in boxes]

    assert doubt_remains(answers, marks, boxes, DEFAULT)[0].state is told


@pytest.mark.parametrize(
    ("crossed", "others", "told"),
    [(0.6, DOUBTFUL, DOUBTFUL), (0.99, DOUBTFUL, ANSWERED), (0.6, ANSWERED, ANSWERED)],
    ids=["half of a scribble", "a plain cross", "beside rows that are clear"],
)
def test_where_little_is_left_of_other_rows_only_a_plain_cross_is_an_answer(
    crossed: float, others: AnswerState, told: AnswerState
) -> None:
    answers, boxes = _beside(others, 0.11)

    assert doubt_traces(answers, _marks(boxes, crossed), boxes, DEFAULT)[0].state is told


def test_where_more_rows_are_faded_than_answered_nothing_is_an_answer_in_black_and_white() -> None:
    answers, boxes = _beside(DOUBTFUL, 0.3)
    faded = [Answer(f"1.{i}", None, DOUBTFUL, 0.8) for i in (6, 7)]
    boxes = [*boxes, *(replace(EMPTY, item_id=answer.item_id, choice=1, inner_ink=0.002) for answer in faded)]

    told = doubt_traces([*answers, *faded], _marks(boxes, 0.99), boxes, DEFAULT)

    assert {answer.state for answer in told} == {DOUBTFUL}


def _beside(others: AnswerState, ink: float) -> tuple[list[Answer], list[BoxMeasurement]]:
    """An answer with so much ink in its box, two rows in which hardly any is left, and two clear ones."""
    answers = [
        Answer("1.1", 1, ANSWERED, 0.99),
        *(Answer(f"1.{i}", None, others, 0.8) for i in (2, 3)),
        *(Answer(f"1.{i}", 1, ANSWERED, 0.99) for i in (4, 5)),
    ]
    inks = (ink, 0.002, 0.002, 0.3, 0.3)
    return answers, [replace(EMPTY, item_id=f"1.{i}", choice=1, inner_ink=each) for i, each in enumerate(inks, 1)]


def _marks(boxes: Sequence[BoxMeasurement], crossed: float) -> list[Mark]:
    chances = (0.0, crossed, 1 - crossed, 0.0, 0.0, 0.0)
    return [Mark(box.item_id, box.choice, BoxState.CROSSED, crossed, chances) for box in boxes]


def test_blank_rows_beside_bold_marks_are_blank_however_many() -> None:
    for ink, told in ((0.2, BLANK), (0.04, DOUBTFUL)):
        answers = [Answer(f"1.{i}", 1 if i < 5 else None, ANSWERED if i < 5 else BLANK, 1.0) for i in range(10)]
        boxes = [replace(EMPTY, item_id=f"1.{i}", choice=1, inner_ink=ink if i < 5 else 0.0) for i in range(10)]

        assert {each.state for each in doubt_blanks(answers, boxes, DEFAULT, bilevel=True)[5:]} == {told}


@pytest.mark.parametrize(("answers", "told"), [(5, 0.3), (3, 0.0)], ids=["enough", "too few to tell"])
def test_how_boldly_a_page_is_marked_is_told_by_its_answers(answers: int, told: float) -> None:
    boxes = [replace(EMPTY, item_id=f"1.{i}", inner_ink=0.1 * i) for i in range(1, 6)]
    given = [Answer(f"1.{i}", EMPTY.choice, ANSWERED, 1.0) for i in range(1, answers + 1)]

    assert pen_ink(given, boxes, DEFAULT) == told
