"""What one box alone cannot tell and the page's other marks can: that it is how this hand makes its crosses.

A box dark all over is taken back on a page of clear crosses; where every row has one such box and no more (small
crosses by a fat marker, dots), it is an answer. And a mark that looks like a cross gone over is just a cross if it has
no more ink than the others. A person sees that on the page, and sees a box filled in by that it is darker.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, Mark
from kryds.reader.network import Likeness
from kryds.reader.settings import ReaderSettings

Pair = tuple[Mark, BoxMeasurement]
#: Why a row is asked about that the page may decide.
_BY_LOOK = ("mark_unclear", "only_cancelled")


def trust_hand(
    answers: Sequence[Answer],
    marks: Sequence[Mark],
    measurements: Sequence[BoxMeasurement],
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The answers of a page; open rows with one mark are decided if it is like the marks of most other rows.

    ``marks`` and ``measurements`` run parallel.
    """
    if all(answer.state is not AnswerState.DOUBTFUL for answer in answers):
        return tuple(answers)
    lone = _lone_marks(marks, measurements)
    spread = len({mark.choice for mark, _ in lone.values()}) >= settings.hand_choices
    if not spread or len(lone) < max(settings.hand_rows, settings.hand_share * len(answers)):
        return tuple(answers)
    inks = [box.inner_ink for _, box in lone.values()]
    usual_ink = median(inks)
    if usual_ink < settings.hand_ink:
        return tuple(answers)
    doubts = sum(_doubt(mark) for mark, _ in lone.values())

    def is_like_the_others(mark: Mark, box: BoxMeasurement) -> bool:
        times = box.inner_ink / usual_ink
        if mark.chances[Likeness.CANCELLED] + mark.chances[Likeness.TOUCHED] <= settings.gone_over:
            return settings.plain_least <= times <= settings.plain_most
        unusual = (doubts - _doubt(mark)) / (len(lone) - 1) >= settings.hand_doubt
        alike = settings.hand_least <= times <= settings.hand_most and box.inner_ink <= settings.hand_full
        return unusual and alike and mark.chances[Likeness.CROSSED] >= settings.hand_crossed

    return tuple(
        replace(answer, choice=mine[0].choice, state=AnswerState.ANSWERED, confidence=settings.row_sure, reasons=())
        if _is_open_by_look(answer) and (mine := lone.get(answer.item_id)) and is_like_the_others(*mine)
        else answer
        for answer in answers
    )


def _lone_marks(marks: Sequence[Mark], measurements: Sequence[BoxMeasurement]) -> dict[str, Pair]:
    """The mark of every row that has one box rather marked than empty, by its item."""
    rows: dict[str, list[Pair]] = {}
    for mark, box in zip(marks, measurements, strict=True):
        if _doubt(mark) + mark.chances[Likeness.CROSSED] > mark.chances[Likeness.EMPTY]:
            rows.setdefault(mark.item_id, []).append((mark, box))
    return {item_id: row[0] for item_id, row in rows.items() if len(row) == 1}


def _doubt(mark: Mark) -> float:
    """How likely the box is to hold anything but a cross."""
    return 1 - mark.chances[Likeness.EMPTY] - mark.chances[Likeness.CROSSED]


def _is_open_by_look(answer: Answer) -> bool:
    return answer.state is AnswerState.DOUBTFUL and answer.reasons[0].kind in _BY_LOOK
