"""Dirty pages: what looks a little like a mark in many a box is dust, a streak or blur, also in a row without a mark.

A copier's specks, a scanner's drum and a phone held unsteadily leave their traces all over the page, also in the boxes
beside clear answers. There nobody wrote: what the network makes of those boxes tells that the page is dirty.
"""

from collections.abc import Sequence
from dataclasses import replace

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, Mark
from kryds.reader.network import Likeness
from kryds.reader.settings import ReaderSettings


def dismiss_dirt(
    answers: Sequence[Answer],
    marks: Sequence[Mark],
    measurements: Sequence[BoxMeasurement],
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The answers of a page; on a dirty one, open rows in whose boxes nothing but dirt is to be seen are blank.

    ``marks`` and ``measurements`` run parallel.
    """
    is_open = any(answer.state is AnswerState.DOUBTFUL for answer in answers)
    if not is_open or not _is_dirty(answers, marks, settings):
        return tuple(answers)
    boxes = zip(marks, measurements, strict=True)
    suspect = {mark.item_id for mark, box in boxes if not _may_be_dirt(mark, box, settings)}
    return tuple(_cleaned(answer, settings) if answer.item_id not in suspect else answer for answer in answers)


def _is_dirty(answers: Sequence[Answer], marks: Sequence[Mark], settings: ReaderSettings) -> bool:
    """Whether several boxes of answered rows, the answers' own left out, look not quite empty."""
    choices = {answer.item_id: answer.choice for answer in answers if answer.state is AnswerState.ANSWERED}
    beside = [mark for mark in marks if choices.get(mark.item_id, mark.choice) != mark.choice]
    strange = sum(mark.chances[Likeness.EMPTY] < 1 - settings.dirt_chance for mark in beside)
    return strange >= settings.dirt_boxes


def _may_be_dirt(mark: Mark, box: BoxMeasurement, settings: ReaderSettings) -> bool:
    """Whether the box holds no mark, but for a dot no larger than a speck, and nothing stands around it."""
    empty, touched = mark.chances[Likeness.EMPTY], mark.chances[Likeness.TOUCHED]
    if empty + touched < 1 - settings.dirt_mark or box.spill_ink > settings.beside_ink:
        return False
    return touched <= empty or box.inner_ink <= settings.dirt_ink


def _cleaned(answer: Answer, settings: ReaderSettings) -> Answer:
    if answer.state is not AnswerState.DOUBTFUL:
        return answer
    return replace(answer, state=AnswerState.BLANK, confidence=settings.blank_sure, reasons=())
