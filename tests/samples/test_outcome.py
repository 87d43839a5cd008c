import pytest

from kryds.model.reading import AnswerState
from kryds.samples.paper.outcome import Outcome, Said, outcome_of

ANSWERED, CORRECTED, BLANK = AnswerState.ANSWERED, AnswerState.CORRECTED, AnswerState.BLANK
MULTIPLE, DOUBTFUL = AnswerState.MULTIPLE, AnswerState.DOUBTFUL


@pytest.mark.parametrize(
    ("written", "read", "outcome"),
    [
        ((ANSWERED, 2), (ANSWERED, 2), Outcome.CORRECT),
        ((CORRECTED, 2), (ANSWERED, 2), Outcome.CORRECT),
        ((ANSWERED, 2), (ANSWERED, 3), Outcome.SILENT),
        ((ANSWERED, 2), (BLANK, None), Outcome.SILENT),
        ((BLANK, None), (ANSWERED, 1), Outcome.SILENT),
        ((BLANK, None), (BLANK, None), Outcome.CORRECT),
        ((ANSWERED, 2), (DOUBTFUL, None), Outcome.ASKED),
        ((MULTIPLE, None), (MULTIPLE, None), Outcome.CORRECT),
        ((MULTIPLE, None), (DOUBTFUL, None), Outcome.CORRECT),
        ((DOUBTFUL, None), (ANSWERED, 1), Outcome.SILENT),
        ((MULTIPLE, None), (BLANK, None), Outcome.SILENT),
        ((ANSWERED, 2), None, Outcome.LOST),
    ],
)
def test_a_row_is_right_asked_silently_wrong_or_lost(written: Said, read: Said | None, outcome: Outcome) -> None:
    assert outcome_of(written, read) is outcome
