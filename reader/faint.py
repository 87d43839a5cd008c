"""Pages in a faint pen: where every row has one box with a trace of something, each trace is the row's mark.

Of a hard pencil a scanner that clips paper to white, or a copier, leaves so little that no box by itself tells a cross
from dust. The page does: dust and slips would leave some rows with none and some with two. A person reads such a page
by seeing that there is one mark in every row.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from statistics import median

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, Mark
from kryds.reader.left_blank import INK_LOST
from kryds.reader.network import Likeness
from kryds.reader.resolve import SURELY_EMPTY, Box, reasons_of, rows_of
from kryds.reader.settings import ReaderSettings

Row = Sequence[Box]


def trust_faint_pen(
    answers: Sequence[Answer],
    marks: Sequence[Mark],
    measurements: Sequence[BoxMeasurement],
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The answers of a page; on one in a faint pen open rows are decided that have something in one box alone.

    ``marks`` and ``measurements`` run parallel. Boxes that are surely cancelled are set aside.
    """
    if all(answer.state is not AnswerState.DOUBTFUL for answer in answers):
        return tuple(answers)
    rows = rows_of(marks, measurements)
    traces = {item_id: [pair for pair in row if _holds_something(pair[0])] for item_id, row in rows.items()}
    if not _is_faint(traces.values(), settings):
        return tuple(answers)
    return tuple(_decided(answer, rows[answer.item_id], traces[answer.item_id], settings) for answer in answers)


def doubt_faint_pen(answers: Sequence[Answer], marks: Sequence[Mark], settings: ReaderSettings) -> tuple[Answer, ...]:
    """The answers of a page; its blank rows are put to a person where most of them have a trace in one box alone.

    No such trace is enough to ask about its row; but dust, too, would leave some rows with none and some with two.
    """
    blank = {answer.item_id for answer in answers if answer.state is AnswerState.BLANK}
    traces: dict[str, list[int]] = {item_id: [] for item_id in blank}
    for mark in marks:
        if mark.item_id in blank and mark.chances[Likeness.EMPTY] < settings.blank_sure:
            traces[mark.item_id].append(mark.choice)
    alone = [choices[0] for choices in traces.values() if len(choices) == 1]
    spread = len(set(alone)) >= settings.faint_choices
    if not spread or len(alone) < max(settings.faint_rows, settings.faint_most * len(blank)):
        return tuple(answers)
    return tuple(
        replace(answer, state=AnswerState.DOUBTFUL, confidence=0.5, reasons=INK_LOST)
        if answer.item_id in blank
        else answer
        for answer in answers
    )


def _holds_something(mark: Mark) -> bool:
    """Whether there may be anything in the box but a scribble that cancels it."""
    return mark.chances[Likeness.EMPTY] < SURELY_EMPTY and not _is_cancelled(mark)


def _is_cancelled(mark: Mark) -> bool:
    return mark.chances.index(max(mark.chances)) == Likeness.CANCELLED


def _is_faint(traces: Collection[Row], settings: ReaderSettings) -> bool:
    """Whether nearly every row has a trace in one box, none in two, and most of the traces are hardly ink at all.

    In one column, or few rows, they may be a streak or a crease across a page left blank.
    """
    alone = [row[0] for row in traces if len(row) == 1]
    crowded = any(len(row) > 1 for row in traces)
    if crowded or len(alone) < max(settings.faint_rows, settings.faint_share * len(traces)):
        return False
    spread = len({mark.choice for mark, _ in alone}) >= settings.faint_choices
    return spread and median(box.inner_ink for _, box in alone) < settings.faint_pen


def _decided(answer: Answer, row: Row, traces: Row, settings: ReaderSettings) -> Answer:
    """The answer; one that only asks what is in the one box with a trace is what that box says.

    Unless it is surely a dot, or looks rather unclear, or written, than crossed: a cross midway between two boxes does.
    """
    if answer.state is not AnswerState.DOUBTFUL or answer.reasons[0].kind != "mark_unclear" or len(traces) != 1:
        return answer
    chances = traces[0][0].chances
    none = max(chances[Likeness.UNCLEAR], chances[Likeness.WRITTEN])
    if chances[Likeness.TOUCHED] > settings.surely_dot or none > chances[Likeness.CROSSED]:
        return answer
    marks = [mark for mark, _ in row]
    state = AnswerState.CORRECTED if any(map(_is_cancelled, marks)) else AnswerState.ANSWERED
    choice = traces[0][0].choice
    return replace(answer, choice=choice, state=state, confidence=settings.row_sure, reasons=reasons_of(state, marks))
