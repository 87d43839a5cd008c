"""Words written across a row: a letter that falls into a box may look like a mark, and mostly answers nothing.

Only rows are looked at in which something stands in a second box as well, and whose answer is no plain cross: then ink
between the boxes tells that somebody wrote there. A plain cross stays one, whatever is written around it.
"""

from collections.abc import Sequence
from dataclasses import replace

from kryds.model.reading import Answer, AnswerState, Mark
from kryds.reader.network import Likeness
from kryds.reader.page_pen import measure_pen
from kryds.reader.resolve import unclear
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import LocatedPage
from kryds.reader.stray import ink_between_mm2


def doubt_words(
    answers: Sequence[Answer],
    marks: Sequence[Mark],
    located: LocatedPage,
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The answers of a page; one that may be a letter of a word across its row is put to a person."""
    choices = {answer.item_id: answer.choice for answer in answers if answer.state is AnswerState.ANSWERED}
    answered = [mark for mark in marks if mark.item_id in choices]
    plain = {mark.item_id for mark in answered if mark.choice == choices[mark.item_id] and _is_plain(mark, settings)}
    suspect = {
        mark.item_id
        for mark in answered
        if mark.chances[Likeness.EMPTY] < settings.words_box and mark.choice != choices[mark.item_id]
    } - plain
    if not suspect:
        return tuple(answers)
    least_ink = settings.words_ink * measure_pen(located.registered, settings).darkness
    areas_mm2 = ink_between_mm2(suspect, located, least_ink, settings)
    written = {item_id for item_id, area_mm2 in areas_mm2.items() if area_mm2 > settings.words_mm2}
    return tuple(
        unclear(replace(answer, confidence=0.5)) if answer.item_id in written else answer for answer in answers
    )


def _is_plain(mark: Mark, settings: ReaderSettings) -> bool:
    """Whether a box surely holds a cross."""
    return mark.chances[Likeness.CROSSED] >= settings.surely_crossed
