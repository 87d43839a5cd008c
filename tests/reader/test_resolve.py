from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.model.reading import Answer, AnswerState, BoxState, Mark
from kryds.reader.network import Likeness
from kryds.reader.resolve import (
    chances_of_outcomes,
    marks_as_judged,
    resolve_item,
    resolve_items,
    unsure_items,
)
from kryds.reader.settings import DEFAULT
from tests.reader.test_classify import EMPTY

Chances = tuple[float, ...]
E: Chances = (0.9998, 0.0001, 0.0, 0.0001, 0.0, 0.0)
X: Chances = (1e-6, 0.9999, 5e-5, 5e-5, 0.0, 0.0)
C: Chances = (1e-6, 5e-5, 0.9999, 5e-5, 0.0, 0.0)
U: Chances = (0.0001, 0.0001, 0.0001, 0.9997, 0.0, 0.0)
T: Chances = (0.0001, 0.0001, 0.0, 0.0001, 0.9997, 0.0)
W: Chances = (0.0001, 0.0001, 0.0, 0.0001, 0.0, 0.9997)
THICK: Chances = (0.0, 0.9, 0.0999, 0.0001, 0.0, 0.0)
"""A very thick cross: it might be a box filled in."""
SPECK: Chances = (0.1, 0.0, 0.0, 0.0, 0.9, 0.0)
"""A speck: most likely a dot that somebody made, or else dust."""
FIBRES: Chances = (0.93, 0.0, 0.0, 0.0, 0.07, 0.0)
"""Bare paper, with more to be seen in it than nothing."""

STATE_OF = {E: BoxState.EMPTY, X: BoxState.CROSSED, C: BoxState.CANCELLED}


def row(chances: Sequence[Chances], item_id: str = "1.1") -> list[Mark]:
    return [
        Mark(item_id, choice, STATE_OF.get(each, BoxState.DOUBTFUL), max(each), each)
        for choice, each in enumerate(chances, start=1)
    ]


def resolve(chances: Sequence[Chances], inner_ink: float = 0.6) -> Answer:
    box = replace(EMPTY, inner_ink=inner_ink)
    return resolve_item([(mark, box) for mark in row(chances)], DEFAULT)


@pytest.mark.parametrize(
    ("chances", "state", "choice"),
    [
        ([E, X, E, E, E], AnswerState.ANSWERED, 2),
        ([C, E, E, X, E], AnswerState.CORRECTED, 4),
        ([C, C, E, X, E], AnswerState.CORRECTED, 4),
        ([E, E, E, E, E], AnswerState.BLANK, None),
        ([X, E, X, E, E], AnswerState.MULTIPLE, None),
        ([X, C, X, E, E], AnswerState.MULTIPLE, None),
        ([E, C, E, E, E], AnswerState.DOUBTFUL, None),
        ([E, U, E, E, E], AnswerState.DOUBTFUL, None),
        ([X, U, E, E, E], AnswerState.DOUBTFUL, None),
        ([E, T, E, E, E], AnswerState.DOUBTFUL, None),
        ([X, T, E, E, E], AnswerState.ANSWERED, 1),
        ([X, T, C, E, E], AnswerState.CORRECTED, 1),
        ([X, T, X, E, E], AnswerState.MULTIPLE, None),
        ([E, T, C, E, E], AnswerState.DOUBTFUL, None),
        ([X, X, U, E, E], AnswerState.DOUBTFUL, None),
        ([E, W, E, E, E], AnswerState.DOUBTFUL, None),
        ([W, W, W, W, W], AnswerState.DOUBTFUL, None),
        ([E, W, W, X, E], AnswerState.ANSWERED, 4),
        ([W, W, W, X, W], AnswerState.ANSWERED, 4),
        ([X, W, C, E, E], AnswerState.CORRECTED, 1),
        ([X, W, X, E, E], AnswerState.MULTIPLE, None),
        ([E, W, C, E, E], AnswerState.DOUBTFUL, None),
    ],
)
def test_the_boxes_of_a_row_give_its_answer(chances: list[Chances], state: AnswerState, choice: int | None) -> None:
    answer = resolve(chances)

    assert (answer.state, answer.choice) == (state, choice)


def test_a_thick_cross_is_an_answer_when_it_stands_alone_and_a_question_beside_another() -> None:
    assert (resolve([E, THICK, E, E, E]).state, resolve([E, THICK, E, E, E]).choice) == (AnswerState.ANSWERED, 2)
    assert resolve([X, THICK, E, E, E]).state is AnswerState.DOUBTFUL


@pytest.mark.parametrize(
    ("looks", "inner_ink", "state"),
    [
        ((0.0, 0.27, 0.73, 0.0, 0.0, 0.0), 0.6, AnswerState.DOUBTFUL),
        ((0.0, 0.4, 0.0, 0.0, 0.6, 0.0), 0.05, AnswerState.DOUBTFUL),
        ((0.0, 0.27, 0.43, 0.3, 0.0, 0.0), 0.6, AnswerState.DOUBTFUL),
        ((0.0, 0.6, 0.4, 0.0, 0.0, 0.0), 0.6, AnswerState.ANSWERED),
    ],
    ids=["cancelled", "touched", "rather cancelled", "crossed"],
)
def test_no_habit_makes_a_mark_of_what_rather_looks_like_none(
    looks: Chances, inner_ink: float, state: AnswerState
) -> None:
    answer = resolve([E, looks, E, E, E], inner_ink)

    assert answer.state is state
    assert answer.confidence > 0.95
    assert [reason.kind for reason in answer.reasons] == ["mark_unclear"] * (state is AnswerState.DOUBTFUL)


@pytest.mark.parametrize(
    ("looks", "inner_ink", "state"),
    [
        ((0.0, 0.3, 0.6, 0.1, 0.0, 0.0), 0.2, AnswerState.ANSWERED),
        ((0.0, 0.3, 0.6, 0.1, 0.0, 0.0), 0.3, AnswerState.DOUBTFUL),
        ((0.0, 0.3, 0.1, 0.2, 0.4, 0.0), 0.05, AnswerState.DOUBTFUL),
        ((0.0, 0.3, 0.1, 0.2, 0.4, 0.0), 0.2, AnswerState.ANSWERED),
    ],
    ids=["too little to cancel", "enough to cancel", "touched", "more than a touch"],
)
def test_a_lone_mark_is_not_taken_for_what_leaves_more_ink_or_less(
    looks: Chances, inner_ink: float, state: AnswerState
) -> None:
    assert resolve([E, looks, E, E, E], inner_ink).state is state


@pytest.mark.parametrize(
    ("second", "inner_ink", "state"),
    [
        ((0.7, 0.2, 0.0, 0.05, 0.05, 0.0), 0.15, AnswerState.DOUBTFUL),
        ((0.7, 0.2, 0.0, 0.05, 0.05, 0.0), 0.05, AnswerState.ANSWERED),
        ((0.8, 0.1, 0.0, 0.05, 0.05, 0.0), 0.15, AnswerState.ANSWERED),
    ],
    ids=["as much ink", "little ink", "hardly a cross"],
)
def test_no_habit_makes_nothing_of_a_second_box_that_may_be_crossed(
    second: Chances, inner_ink: float, state: AnswerState
) -> None:
    boxes = [replace(EMPTY, inner_ink=ink) for ink in (0.0, 0.2, inner_ink)]
    answer = resolve_item(list(zip(row([E, X, second]), boxes, strict=True)), DEFAULT)

    assert answer.state is state
    assert answer.confidence > DEFAULT.row_sure
    assert [dict(reason.values) for reason in answer.reasons] == [{"choices": "3"}] * (state is AnswerState.DOUBTFUL)


@pytest.mark.parametrize(
    ("first", "inner_ink", "state"),
    [
        ((0.0, 0.6, 0.0, 0.4, 0.0, 0.0), 0.15, AnswerState.DOUBTFUL),
        ((0.0, 0.6, 0.0, 0.4, 0.0, 0.0), 0.08, AnswerState.ANSWERED),
        (X, 0.15, AnswerState.ANSWERED),
    ],
    ids=["as much ink", "a touch", "beside a plain cross"],
)
def test_a_touch_with_the_ink_of_a_mark_may_be_one_beside_what_is_no_plain_cross(
    first: Chances, inner_ink: float, state: AnswerState
) -> None:
    touched: Chances = (0.05, 0.02, 0.0, 0.0, 0.93, 0.0)
    boxes = [replace(EMPTY, inner_ink=ink) for ink in (0.0, 0.16, inner_ink)]
    answer = resolve_item(list(zip(row([E, first, touched]), boxes, strict=True)), DEFAULT)

    assert (answer.state, answer.confidence > DEFAULT.row_sure) == (state, True)


@pytest.mark.parametrize(
    ("written", "state"), [(0.999, AnswerState.DOUBTFUL), (0.7, AnswerState.ANSWERED)], ids=["surely", "rather"]
)
def test_a_letter_alone_is_a_question_where_it_surely_is_one(written: float, state: AnswerState) -> None:
    assert resolve([E, (0.0, 1 - written, 0.0, 0.0, 0.0, written), E, E, E]).state is state


@pytest.mark.parametrize(
    ("crossed", "state"), [(0.84, AnswerState.DOUBTFUL), (0.98, AnswerState.ANSWERED)], ids=["pale", "plain"]
)
def test_a_second_cross_however_pale_is_a_question_beside_a_pale_one(crossed: float, state: AnswerState) -> None:
    pale: Chances = (0.25, 0.34, 0.0, 0.02, 0.33, 0.06)
    boxes = [replace(EMPTY, inner_ink=ink) for ink in (0.01, 0.0, 0.0)]
    first: Chances = (0.003, crossed, 0.0, 0.0, 0.997 - crossed, 0.0)

    assert resolve_item(list(zip(row([first, pale, E]), boxes, strict=True)), DEFAULT).state is state


def test_part_of_a_letter_is_no_touch_with_the_ink_of_a_mark() -> None:
    letter: Chances = (0.05, 0.02, 0.0, 0.0, 0.43, 0.5)
    boxes = [replace(EMPTY, inner_ink=ink) for ink in (0.0, 0.16, 0.15)]
    cross: Chances = (0.0, 0.94, 0.0, 0.06, 0.0, 0.0)

    assert resolve_item(list(zip(row([E, cross, letter]), boxes, strict=True)), DEFAULT).choice == 2


def test_an_answer_is_the_same_whether_or_not_another_box_was_taken_back() -> None:
    perhaps_cancelled: Chances = (0.1, 0.0, 0.9, 0.0, 0.0, 0.0)
    answer = resolve([X, perhaps_cancelled, E, E, E])

    assert max(chances_of_outcomes(row([X, perhaps_cancelled, E, E, E])).values()) < DEFAULT.row_sure
    assert (answer.choice, answer.state.counts) == (1, True)
    assert answer.confidence > 0.999


def test_a_row_that_is_not_quite_sure_is_to_be_looked_at_again() -> None:
    marks = row([X, E], "2.1") + row([X, THICK], "2.2") + row([E, E], "2.3")

    assert unsure_items(resolve_items(marks, [EMPTY] * 6, DEFAULT), DEFAULT) == {"2.2"}


def test_so_is_a_row_that_a_person_would_be_asked_about_however_sure_that_is() -> None:
    marks = row([X, X], "2.1") + row([C, E], "2.2") + row([X, C], "2.3")

    assert unsure_items(resolve_items(marks, [EMPTY] * 6, DEFAULT), DEFAULT) == {"2.1", "2.2"}


def test_a_speck_is_a_question_alone_and_nothing_beside_a_cross() -> None:
    assert resolve([SPECK, E, E, E, E]).state is AnswerState.DOUBTFUL
    assert resolve([X, SPECK, E, E, E]).state is AnswerState.ANSWERED


def test_paper_that_shows_a_little_in_every_box_is_blank_all_the_same() -> None:
    assert resolve([FIBRES] * 5).state is AnswerState.BLANK
    assert resolve([FIBRES, SPECK, FIBRES, FIBRES, FIBRES]).state is AnswerState.DOUBTFUL


def test_doubt_says_which_boxes_it_is_about() -> None:
    reason = resolve([E, U, U, E, E]).reasons[0]

    assert (reason.kind, dict(reason.values)) == ("mark_unclear", {"choices": "2, 3"})


def test_a_cancelled_box_alone_is_asked_about_as_such() -> None:
    assert resolve([E, C, E, E, E]).reasons[0].kind == "only_cancelled"


def test_a_correction_keeps_why_the_other_box_does_not_count() -> None:
    reason = resolve([C, X, E, E, E]).reasons[0]

    assert (reason.kind, dict(reason.values)) == ("cancelled_boxes", {"choices": "1"})


def test_ink_all_over_a_row_is_for_a_person() -> None:
    assert resolve([X, C, X, C, U, X]).state is AnswerState.DOUBTFUL


def test_noise_in_every_box_of_a_long_row_does_not_hide_its_cross() -> None:
    noise: Chances = (0.9, 0.0002, 0.0, 0.08, 0.0198, 0.0)
    answer = resolve([noise, noise, noise, X, noise, noise, noise])

    assert (answer.state, answer.choice) == (AnswerState.ANSWERED, 4)


def test_items_come_in_printed_order() -> None:
    marks = row([E, X], "2.1") + row([X, E], "2.2")
    answers = resolve_items(marks, [EMPTY] * 4, DEFAULT)

    assert [(answer.item_id, answer.choice) for answer in answers] == [("2.1", 2), ("2.2", 1)]


def test_ink_beside_a_box_of_a_row_without_a_mark_is_put_to_a_person() -> None:
    circled = replace(EMPTY, spill_ink=0.15)
    (answer,) = resolve_items(row([E, E]), [EMPTY, circled], DEFAULT)

    assert answer.state is AnswerState.DOUBTFUL
    assert (answer.reasons[0].kind, dict(answer.reasons[0].values)) == ("ink_beside", {"choices": "2"})


def test_an_arm_that_overshoots_does_not_make_its_row_doubtful() -> None:
    (answer,) = resolve_items(row([X, E]), [EMPTY, replace(EMPTY, spill_ink=0.1)], DEFAULT)

    assert answer.state is AnswerState.ANSWERED


@pytest.mark.parametrize(
    ("chances", "judged"),
    [
        ([E, THICK, E], [BoxState.EMPTY, BoxState.CROSSED, BoxState.EMPTY]),
        ([C, X, E], [BoxState.CANCELLED, BoxState.CROSSED, BoxState.EMPTY]),
        ([X, X, E], [BoxState.CROSSED, BoxState.CROSSED, BoxState.EMPTY]),
        ([C, X, W], [BoxState.CANCELLED, BoxState.CROSSED, BoxState.EMPTY]),
        ([X, X, W], [BoxState.CROSSED, BoxState.CROSSED, BoxState.EMPTY]),
        ([E, E, E], [BoxState.EMPTY, BoxState.EMPTY, BoxState.EMPTY]),
        ([U, E, E], [BoxState.DOUBTFUL, BoxState.EMPTY, BoxState.EMPTY]),
    ],
)
def test_the_boxes_of_a_decided_row_say_what_it_was_decided_to_say(
    chances: list[Chances], judged: list[BoxState]
) -> None:
    marks = row(chances)

    assert [mark.state for mark in marks_as_judged(marks, [resolve(chances)])] == judged


weights = st.tuples(*[st.floats(1e-6, 1)] * len(Likeness))


def _chances(raw: list[tuple[float, ...]]) -> list[Chances]:
    return [tuple(weight / sum(each) for weight in each) for each in raw]


@given(st.lists(weights, min_size=2, max_size=6))
def test_the_outcomes_of_any_row_add_up_to_one(raw: list[tuple[float, ...]]) -> None:
    assert sum(chances_of_outcomes(row(_chances(raw))).values()) == pytest.approx(1)


@given(st.lists(weights, min_size=2, max_size=5))
def test_a_decided_answer_is_always_sure_and_names_a_choice_only_when_it_counts(raw: list[tuple[float, ...]]) -> None:
    answer = resolve(_chances(raw))

    assert (answer.choice is not None) == answer.state.counts
    sure = DEFAULT.blank_sure if answer.state is AnswerState.BLANK else DEFAULT.row_sure
    assert answer.state is AnswerState.DOUBTFUL or answer.confidence >= sure - 1e-4
