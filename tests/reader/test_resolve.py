from collections.abc import Sequence
from dataclasses import replace

import pytest

from kryds.model.reading import AnswerState, BoxState, Mark
from kryds.reader.resolve import resolve_item, resolve_items
from kryds.reader.settings import DEFAULT
from tests.reader.test_classify import EMPTY

E, X, C, D = BoxState.EMPTY, BoxState.CROSSED, BoxState.CANCELLED, BoxState.DOUBTFUL


def row(states: Sequence[BoxState], item_id: str = "1.1") -> list[Mark]:
    return [Mark(item_id, choice, state, 0.9 + choice / 100) for choice, state in enumerate(states, start=1)]


@pytest.mark.parametrize(
    ("states", "state", "choice"),
    [
        ([E, X, E, E, E], AnswerState.ANSWERED, 2),
        ([C, E, E, X, E], AnswerState.CORRECTED, 4),
        ([C, C, E, X, E], AnswerState.CORRECTED, 4),
        ([E, E, E, E, E], AnswerState.BLANK, None),
        ([X, E, X, E, E], AnswerState.MULTIPLE, None),
        ([X, C, X, E, E], AnswerState.MULTIPLE, None),
        ([E, C, E, E, E], AnswerState.DOUBTFUL, None),
        ([E, D, E, E, E], AnswerState.DOUBTFUL, None),
        ([X, D, E, E, E], AnswerState.DOUBTFUL, None),
        ([X, X, D, E, E], AnswerState.DOUBTFUL, None),
    ],
)
def test_the_boxes_of_a_row_give_its_answer(states: list[BoxState], state: AnswerState, choice: int | None) -> None:
    answer = resolve_item(row(states))

    assert (answer.state, answer.choice) == (state, choice)


def test_a_row_is_as_sure_as_its_least_sure_box() -> None:
    assert resolve_item(row([E, E, X])).confidence == pytest.approx(0.91)


def test_doubt_says_which_boxes_it_is_about() -> None:
    reason = resolve_item(row([E, D, D])).reasons[0]

    assert (reason.kind, dict(reason.values)) == ("mark_unclear", {"choices": "2, 3"})


def test_a_correction_keeps_why_the_other_box_does_not_count() -> None:
    assert [reason.kind for reason in resolve_item(row([C, X])).reasons] == ["cancelled_boxes"]


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
