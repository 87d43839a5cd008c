"""Corrections that the page tells: a box twice as dark as its crosses, beside one that is like them, was taken back.

Who fills in a box they crossed by mistake does not always hide the cross, and a cross with some strokes over it may be
either, seen alone. Beside a plain cross by the same pen nobody takes it for the answer.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, Mark, Reason
from kryds.reader.faded import pen_ink
from kryds.reader.network import Likeness
from kryds.reader.resolve import Box, meant, rows_of, unclear
from kryds.reader.settings import ReaderSettings


def trust_corrections(
    answers: Sequence[Answer],
    marks: Sequence[Mark],
    measurements: Sequence[BoxMeasurement],
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The answers of a page; unclear rows are corrected where all but one plain cross is much darker than crosses are.

    ``marks`` and ``measurements`` run parallel.
    """
    if all(answer.state is not AnswerState.DOUBTFUL for answer in answers):
        return tuple(answers)
    choices = {answer.item_id: answer.choice for answer in answers if answer.state is AnswerState.ANSWERED}
    inks = [box.inner_ink for box in measurements if choices.get(box.item_id) == box.choice]
    if len(inks) < settings.bold_rows:
        return tuple(answers)
    rows, usual_ink = rows_of(marks, measurements), median(inks)
    return tuple(_corrected(answer, rows[answer.item_id], usual_ink, settings) for answer in answers)


def doubt_filled(
    answers: Sequence[Answer],
    marks: Sequence[Mark],
    measurements: Sequence[BoxMeasurement],
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The answers of a page; those are put to a person of which it does not tell what was filled in.

    One much darker than the page's crosses may be a box filled in, and a box taken back that is no darker than they are
    may be a second cross. ``marks`` and ``measurements`` run parallel.
    """
    usual_ink = pen_ink(answers, measurements, settings)
    if not usual_ink:
        return tuple(answers)
    rows = rows_of(marks, measurements)
    return tuple(
        unclear(answer, strange)
        if answer.state.counts and (strange := _strange(answer, rows[answer.item_id], usual_ink, settings))
        else answer
        for answer in answers
    )


def _strange(answer: Answer, row: Sequence[Box], usual_ink: float, settings: ReaderSettings) -> list[int]:
    """The choices as dark as what they are not taken for: a row's answer as a box filled in, others as crosses."""
    filled, crossed = settings.taken_back_ink * usual_ink, min(settings.plain_most * usual_ink, settings.hand_full)
    return [
        mark.choice
        for mark, box in row
        if (
            box.inner_ink >= filled and mark.chances[Likeness.CANCELLED] > settings.filled_chance
            if mark.choice == answer.choice
            else box.inner_ink <= crossed and mark.chances[Likeness.CANCELLED] >= settings.box_sure
        )
    ]


def _corrected(answer: Answer, row: Sequence[Box], usual_ink: float, settings: ReaderSettings) -> Answer:
    """The answer, or the one cross of its row, plain or as dark, if every other mark there was taken back."""
    if answer.state is not AnswerState.DOUBTFUL or answer.reasons[0].kind != "mark_unclear":
        return answer
    marked = [pair for pair in row if _is_marked(*pair, settings)]
    plain = [pair for pair in marked if _is_plain(*pair, usual_ink, settings)] or _all_but_filled(
        marked, usual_ink, settings
    )
    if len(plain) != 1 or len(marked) == 1:
        return answer
    limit = max(settings.taken_back_ink * max(usual_ink, plain[0][1].inner_ink), settings.cancelling_ink)
    others = [pair for pair in marked if pair is not plain[0]]
    if not all(_is_taken_back(*pair, limit, settings) for pair in others):
        return answer
    taken_back = Reason("cancelled_boxes", (("choices", ", ".join(str(mark.choice) for mark, _ in others)),))
    choice, sure = plain[0][0].choice, settings.row_sure
    return replace(answer, choice=choice, state=AnswerState.CORRECTED, confidence=sure, reasons=(taken_back,))


def _is_marked(mark: Mark, box: BoxMeasurement, settings: ReaderSettings) -> bool:
    """Whether the box may hold a mark, and not just dust."""
    return meant(mark) > settings.dirt_mark or box.inner_ink > settings.dirt_ink


def _is_plain(mark: Mark, box: BoxMeasurement, usual_ink: float, settings: ReaderSettings) -> bool:
    """Whether the box holds a cross as the page's others are."""
    return mark.chances[Likeness.CROSSED] >= settings.box_sure and box.inner_ink <= settings.plain_ink * usual_ink


def _all_but_filled(marked: Sequence[Box], usual_ink: float, settings: ReaderSettings) -> list[Box]:
    """What is surely no box filled in, if it has the ink of the page's crosses and nothing says that it is none."""
    others = [pair for pair in marked if pair[0].chances[Likeness.CANCELLED] < settings.box_sure]
    return others if all(_is_as_dark(*pair, usual_ink, settings) for pair in others) else []


def _is_as_dark(mark: Mark, box: BoxMeasurement, usual_ink: float, settings: ReaderSettings) -> bool:
    """Whether the only question about the box is if its cross was gone over, and it was not, as its ink tells."""
    none = mark.chances[Likeness.TOUCHED] + mark.chances[Likeness.WRITTEN]
    least, most = settings.plain_least * usual_ink, settings.plain_most * usual_ink
    return none <= settings.gone_over and least <= box.inner_ink <= most


def _is_taken_back(mark: Mark, box: BoxMeasurement, limit: float, settings: ReaderSettings) -> bool:
    """Whether the box is much darker than crosses of this page are, and not surely one all the same."""
    return box.inner_ink >= limit and mark.chances[Likeness.CROSSED] < settings.box_sure
