import pytest

from kryds.model.reading import READER, Answer, AnswerState


@pytest.mark.parametrize(
    ("state", "counts", "awaits"),
    [
        (AnswerState.ANSWERED, True, False),
        (AnswerState.CORRECTED, True, False),
        (AnswerState.BLANK, False, False),
        (AnswerState.MULTIPLE, False, True),
        (AnswerState.DOUBTFUL, False, True),
    ],
)
def test_a_state_counts_or_awaits_a_person_but_never_both(state: AnswerState, counts: bool, awaits: bool) -> None:  # noqa: FBT001 - a truth table
    assert (state.counts, state.awaits_review) == (counts, awaits)


def test_an_answer_is_open_until_a_person_has_spoken() -> None:
    assert Answer("1.1", None, AnswerState.MULTIPLE, 0.9).is_open
    assert not Answer("1.1", None, AnswerState.MULTIPLE, 1.0, decided_by="Karen").is_open
    assert not Answer("1.1", 2, AnswerState.ANSWERED, 0.9, decided_by=READER).is_open
