"""What one box alone cannot tell and the page's other marks can: that it is how this hand makes its crosses.

A box dark all over is taken back on a page of clear crosses; where every row has one such box and no more (small
crosses by a fat marker, dots), it is an answer. And a mark that looks like a cross gone over is just a cross if it has
no more ink than the others. A person sees that on the page, and sees a box filled in by that it is darker.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, Mark
from kryds.reader.network import Likeness
from kryds.reader.resolve import Box, rows_of
from kryds.reader.settings import ReaderSettings

#: Why a row is asked about that the page may decide.
_BY_LOOK = ("mark_unclear", "only_cancelled")


@dataclass(frozen=True)
class Usual:
    """The marks that stand alone in the rows of a page: how many, their median ink, their chances of being no crosses.

    ``doubts`` is the sum of these.
    """

    count: int
    ink: float
    doubts: float


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
    usual = _usual(list(lone.values()), len(answers), settings)
    if usual is None:
        return tuple(answers)
    like_others = {
        item_id: mark.choice for item_id, (mark, box) in lone.items() if _is_usual(mark, box, usual, settings)
    }
    return tuple(
        replace(answer, choice=choice, state=AnswerState.ANSWERED, confidence=settings.row_sure, reasons=())
        if _is_open_by_look(answer) and (choice := like_others.get(answer.item_id))
        else answer
        for answer in answers
    )


def _lone_marks(marks: Sequence[Mark], measurements: Sequence[BoxMeasurement]) -> dict[str, Box]:
    """The mark of every row that has one box rather marked than empty, by its item."""
    rows = {item_id: list(filter(_is_marked, row)) for item_id, row in rows_of(marks, measurements).items()}
    return {item_id: row[0] for item_id, row in rows.items() if len(row) == 1}


def _is_marked(box: Box) -> bool:
    mark, _ = box
    return _doubt(mark) + mark.chances[Likeness.CROSSED] > mark.chances[Likeness.EMPTY]


def _usual(lone: Sequence[Box], rows: int, settings: ReaderSettings) -> Usual | None:
    """What these marks have in common; None if they are too few, or too faint, to tell how their hand makes marks."""
    spread = len({mark.choice for mark, _ in lone}) >= settings.hand_choices
    if not spread or len(lone) < max(settings.hand_rows, settings.hand_share * rows):
        return None
    ink = median(box.inner_ink for _, box in lone)
    return Usual(len(lone), ink, sum(_doubt(mark) for mark, _ in lone)) if ink >= settings.hand_ink else None


def _is_usual(mark: Mark, box: BoxMeasurement, usual: Usual, settings: ReaderSettings) -> bool:
    """Whether the mark is like the page's others, itself left out."""
    times = box.inner_ink / usual.ink
    if mark.chances[Likeness.CANCELLED] + mark.chances[Likeness.TOUCHED] <= settings.gone_over:
        return settings.plain_least <= times <= settings.plain_most
    unusual = (usual.doubts - _doubt(mark)) / (usual.count - 1) >= settings.hand_doubt
    alike = settings.hand_least <= times <= settings.hand_most and box.inner_ink <= settings.hand_full
    return unusual and alike and mark.chances[Likeness.CROSSED] >= settings.hand_crossed


def _doubt(mark: Mark) -> float:
    """How likely the box is to hold anything but a cross."""
    return 1 - mark.chances[Likeness.EMPTY] - mark.chances[Likeness.CROSSED]


def _is_open_by_look(answer: Answer) -> bool:
    return answer.state is AnswerState.DOUBTFUL and answer.reasons[0].kind in _BY_LOOK
