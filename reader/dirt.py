"""What is no mark, seen by the page: dirt that is all over it, and specks where somebody crosses boldly.

A copier's specks, a scanner's drum and a phone held unsteadily leave their traces all over the page, also in the boxes
beside clear answers. There nobody wrote: what the network makes of those boxes tells that the page is dirty. And who
crosses the boxes of a page boldly does not answer one row with a dot no larger than a speck.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, Mark
from kryds.reader.network import Likeness
from kryds.reader.settings import ReaderSettings


def dismiss_dirt(
    answers: Sequence[Answer],
    marks: Sequence[Mark],
    measurements: Sequence[BoxMeasurement],
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The answers of a page; open rows in whose boxes nothing but dirt, or a speck, is to be seen are blank.

    ``marks`` and ``measurements`` run parallel.
    """
    if all(answer.state is not AnswerState.DOUBTFUL for answer in answers):
        return tuple(answers)
    tests: list[Callable[[Mark, BoxMeasurement, ReaderSettings], bool]] = []
    if _is_dirty(answers, marks, settings):
        tests.append(_may_be_dirt)
    if _is_bold(answers, measurements, settings):
        tests.append(_is_speck)
    suspect = {
        mark.item_id
        for mark, box in zip(marks, measurements, strict=True)
        if _may_be_meant(mark, box, settings) or not any(test(mark, box, settings) for test in tests)
    }
    return tuple(_cleaned(answer, settings) if answer.item_id not in suspect else answer for answer in answers)


def _is_dirty(answers: Sequence[Answer], marks: Sequence[Mark], settings: ReaderSettings) -> bool:
    """Whether several boxes of answered rows, the answers' own left out, look not quite empty."""
    choices = {answer.item_id: answer.choice for answer in answers if answer.state is AnswerState.ANSWERED}
    beside = [mark for mark in marks if choices.get(mark.item_id, mark.choice) != mark.choice]
    strange = sum(mark.chances[Likeness.EMPTY] < 1 - settings.dirt_chance for mark in beside)
    return strange >= settings.dirt_boxes


def _is_bold(answers: Sequence[Answer], measurements: Sequence[BoxMeasurement], settings: ReaderSettings) -> bool:
    """Whether the page has several answers, most of them with ink enough that none could be lost to a speck."""
    choices = {answer.item_id: answer.choice for answer in answers if answer.state.counts}
    inks = [box.inner_ink for box in measurements if choices.get(box.item_id) == box.choice]
    return len(inks) >= settings.bold_rows and median(inks) >= settings.bold_ink


def _may_be_meant(mark: Mark, box: BoxMeasurement, settings: ReaderSettings) -> bool:
    """Whether the box may hold a mark, or something stands around it."""
    no_mark = mark.chances[Likeness.EMPTY] + mark.chances[Likeness.TOUCHED]
    return no_mark < 1 - settings.dirt_mark or box.spill_ink > settings.beside_ink


def _may_be_dirt(mark: Mark, box: BoxMeasurement, settings: ReaderSettings) -> bool:
    """Whether the box looks rather empty than touched, or holds no more than a speck of dirt."""
    rather_empty = mark.chances[Likeness.TOUCHED] <= mark.chances[Likeness.EMPTY]
    return rather_empty or box.inner_ink <= settings.dirt_ink


def _is_speck(_mark: Mark, box: BoxMeasurement, settings: ReaderSettings) -> bool:
    return box.inner_ink <= settings.speck_ink


def _cleaned(answer: Answer, settings: ReaderSettings) -> Answer:
    if answer.state is not AnswerState.DOUBTFUL:
        return answer
    return replace(answer, state=AnswerState.BLANK, confidence=settings.blank_sure, reasons=())
