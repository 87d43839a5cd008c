"""The marks of one item, seen together -> Answer.

one crossed, the rest empty                    answered
one crossed, others cancelled                  corrected
none                                           blank
two or more crossed                            multiple
anything doubtful, or a cancelled box alone    doubtful: a person is asked
none, but ink right beside a box               doubtful: a circled box is an answer to a person
"""

from collections.abc import Sequence

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, BoxState, Mark, Reason
from kryds.reader.classify import NO_CLAIM
from kryds.reader.settings import ReaderSettings


def resolve_items(
    marks: Sequence[Mark], measurements: Sequence[BoxMeasurement], settings: ReaderSettings
) -> tuple[Answer, ...]:
    """The answer to every item of a page, in the order the items first appear; marks and measurements run parallel."""
    rows: dict[str, list[Mark]] = {}
    beside: dict[str, list[int]] = {}
    for mark, measurement in zip(marks, measurements, strict=True):
        rows.setdefault(mark.item_id, []).append(mark)
        if measurement.spill_ink > settings.beside_ink:
            beside.setdefault(mark.item_id, []).append(mark.choice)
    return tuple(resolve_item(row, beside.get(item_id, ())) for item_id, row in rows.items())


def resolve_item(row: Sequence[Mark], beside: Sequence[int] = ()) -> Answer:
    """The answer that the boxes of one item give. ``beside``: the choices with ink right outside their box."""
    item_id = row[0].item_id
    by_state = {state: [mark.choice for mark in row if mark.state is state] for state in BoxState}
    crossed, cancelled = by_state[BoxState.CROSSED], by_state[BoxState.CANCELLED]
    if doubtful := by_state[BoxState.DOUBTFUL]:
        return _doubt(item_id, "mark_unclear", doubtful)
    if len(crossed) > 1:
        return Answer(item_id, None, AnswerState.MULTIPLE, _joint(row), (_reason("several_crosses", crossed),))
    if crossed:
        state = AnswerState.CORRECTED if cancelled else AnswerState.ANSWERED
        reasons = (_reason("cancelled_boxes", cancelled),) if cancelled else ()
        return Answer(item_id, crossed[0], state, _joint(row), reasons)
    if cancelled:
        return _doubt(item_id, "only_cancelled", cancelled)
    if beside:
        return _doubt(item_id, "ink_beside", beside)
    return Answer(item_id, None, AnswerState.BLANK, _joint(row))


def _joint(row: Sequence[Mark]) -> float:
    """The row is right when its least sure box is; errors of one row's boxes share their causes."""
    return min(mark.confidence for mark in row)


def _doubt(item_id: str, kind: str, choices: Sequence[int]) -> Answer:
    return Answer(item_id, None, AnswerState.DOUBTFUL, NO_CLAIM, (_reason(kind, choices),))


def _reason(kind: str, choices: Sequence[int]) -> Reason:
    return Reason(kind, (("choices", ", ".join(map(str, choices))),))
