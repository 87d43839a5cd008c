"""Pages whose faint ink was gone before anybody could read it: scanned in black and white only, or copied."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, Mark
from kryds.reader.left_blank import INK_LOST
from kryds.reader.network import Likeness
from kryds.reader.resolve import unclear
from kryds.reader.settings import ReaderSettings


def doubt_traces(
    answers: Sequence[Answer], marks: Sequence[Mark], measurements: Sequence[BoxMeasurement], settings: ReaderSettings
) -> tuple[Answer, ...]:
    """The answers of a bilevel page; one whose box holds mere specks, and has no ring around it, is a question.

    They are what the scanner left of a faint cross, and of another in the row it may have left nothing. Where little is
    left of other rows whatever is no plain cross is a question: half of a box taken back looks like a cross. Where more
    rows are so than are answered, nothing is an answer: what is left may be a box taken back, its cross lost.
    """
    faded, answered = _faded(answers, measurements, settings), sum(answer.state.counts for answer in answers)
    if faded >= settings.faded_rows and faded > answered:
        return tuple(unclear(each) if each.state.counts else each for each in answers)
    least_chance = settings.surely_crossed if faded >= settings.faded_rows else 0.0
    traces = {
        (box.item_id, box.choice)
        for mark, box in zip(marks, measurements, strict=True)
        if mark.chances[Likeness.CROSSED] + mark.chances[Likeness.WRITTEN] < least_chance
        or (box.inner_ink < settings.bilevel_trace and box.spill_ink <= settings.beside_ink)
    }
    return tuple(
        unclear(each, [each.choice]) if each.choice and (each.item_id, each.choice) in traces else each
        for each in answers
    )


def doubt_remains(
    answers: Sequence[Answer], marks: Sequence[Mark], measurements: Sequence[BoxMeasurement], settings: ReaderSettings
) -> tuple[Answer, ...]:
    """The answers of a page; where little is left of other rows, one that may be what is left of a box filled in asks.

    Of a page in pale pencil that is darkest and stays longest, while the cross beside it is lost.
    """
    remains = {
        (mark.item_id, mark.choice) for mark in marks if mark.chances[Likeness.CANCELLED] > settings.filled_chance
    }
    if not remains or not _is_faded(answers, measurements, settings):
        return tuple(answers)
    return tuple(
        unclear(each, [each.choice]) if each.choice and (each.item_id, each.choice) in remains else each
        for each in answers
    )


def doubt_blanks(
    answers: Sequence[Answer], measurements: Sequence[BoxMeasurement], settings: ReaderSettings, *, bilevel: bool
) -> tuple[Answer, ...]:
    """The answers of a page; its blank rows are put to a person where its ink seems to have been lost.

    That is where of several other rows little is left to read and, on a bilevel page, also where no row has a mark,
    where more rows are blank than people leave out, unless its other rows are marked boldly, and where the others hold
    mere specks: of somebody who answers by dots, or of the crosses of a pencil. A lone blank row among clear ones is
    what it seems.
    """
    blank = sum(answer.state is AnswerState.BLANK for answer in answers)
    ink = pen_ink(answers, measurements, settings)
    too_many = blank == len(answers) or (blank >= settings.bilevel_blanks and ink < settings.bold_ink)
    is_specks = 0 < ink < settings.speck_ink
    if not (bilevel and (too_many or is_specks)) and not _is_faded(answers, measurements, settings):
        return tuple(answers)
    return tuple(_doubted(answer) if answer.state is AnswerState.BLANK else answer for answer in answers)


def _is_faded(answers: Sequence[Answer], measurements: Sequence[BoxMeasurement], settings: ReaderSettings) -> bool:
    """Whether of several rows of the page little is left to read."""
    return _faded(answers, measurements, settings) >= settings.faded_rows


def _faded(answers: Sequence[Answer], measurements: Sequence[BoxMeasurement], settings: ReaderSettings) -> int:
    """Of how many rows little is left to read."""
    bold = _bold_items(measurements, settings)
    return sum(_is_pale(answer) and answer.item_id not in bold for answer in answers)


def _is_pale(answer: Answer) -> bool:
    """Whether the row is open, and not for what stands beside its boxes."""
    beside = any(reason.kind == "ink_beside" for reason in answer.reasons)
    return answer.state is AnswerState.DOUBTFUL and not beside


def pen_ink(answers: Sequence[Answer], measurements: Sequence[BoxMeasurement], settings: ReaderSettings) -> float:
    """Share of its inside that the page's writer covers of a box, in the middle of all answers; 0 of too few."""
    chosen = {(answer.item_id, answer.choice) for answer in answers if answer.state.counts}
    ink = [box.inner_ink for box in measurements if (box.item_id, box.choice) in chosen]
    return round(float(np.median(ink)), 4) if len(ink) >= settings.bold_rows else 0.0


def _bold_items(measurements: Sequence[BoxMeasurement], settings: ReaderSettings) -> frozenset[str]:
    """The items with ink enough in a box, or around one, to be hard to read for another reason than being pale."""
    return frozenset(
        box.item_id
        for box in measurements
        if box.inner_ink >= settings.faded_ink or box.spill_ink > settings.beside_ink
    )


def _doubted(answer: Answer) -> Answer:
    return replace(answer, state=AnswerState.DOUBTFUL, confidence=0.5, reasons=INK_LOST)
