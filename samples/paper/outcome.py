"""What was read of an item, held against what was written there."""

from enum import StrEnum

from kryds.model.reading import AnswerState

#: What a row says: its state, and its choice where the state counts.
Said = tuple[AnswerState, int | None]


class Outcome(StrEnum):
    """What became of one row. CORRECT: rightly decided, or rightly asked about; ASKED: a question nobody needed."""

    CORRECT = "correct"
    ASKED = "asked"
    SILENT = "silent error"
    LOST = "lost"


def outcome_of(written: Said, read: Said | None) -> Outcome:
    """Right, asked, silently wrong, or (None) not read at all.

    ``corrected`` and ``answered`` with the same choice give the same points; ``multiple`` and ``doubtful`` put the same
    picture to the same person.
    """
    if read is None:
        return Outcome.LOST
    if read[0].awaits_review:
        return Outcome.CORRECT if written[0].awaits_review else Outcome.ASKED
    same_state = read[0] is written[0] or (read[0].counts and written[0].counts)
    return Outcome.CORRECT if same_state and read[1] == written[1] else Outcome.SILENT
