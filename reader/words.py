"""Words written across a row: a letter that falls into a box may look like a mark, and mostly answers nothing.

An answer that is no plain cross is looked at where it may be written and something stands in a second box as well, or
where it is hardly a cross: then ink between the boxes, or on both sides of its own (on one, where it looks rather
written than crossed), tells that somebody wrote there. A plain cross stays one, whatever is written around it. Beside a
letter that belongs to no word, in a second box, it is a question: that may be a second cross.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, Mark
from kryds.reader.network import Likeness
from kryds.reader.page_pen import measure_pen
from kryds.reader.resolve import Box, decided, rows_of, unclear, unclear_items
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import LocatedPage
from kryds.reader.stray import ink_at_sides_mm2, ink_between_mm2


def doubt_words(
    answers: Sequence[Answer],
    marks: Sequence[Mark],
    located: LocatedPage,
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The answers of a page; one that may be a letter of a word across its row is put to a person."""
    choices = {answer.item_id: answer.choice for answer in answers if answer.state is AnswerState.ANSWERED}
    own = {mark.item_id: mark for mark in marks if choices.get(mark.item_id) == mark.choice}
    suspect, hardly = _perhaps_letters(own, marks, settings), _hardly_crossed(own, settings)
    if not suspect and not hardly:
        return tuple(answers)
    least_ink = settings.words_ink * measure_pen(located.registered, settings).darkness
    areas_mm2 = ink_between_mm2(dict.fromkeys(suspect), located, least_ink, settings)
    written = {item_id for item_id, area_mm2 in areas_mm2.items() if area_mm2 > settings.words_mm2}
    for item_id, sides_mm2 in ink_at_sides_mm2(hardly, located, least_ink, settings).items():
        side_mm2 = (max if _is_rather_written(own[item_id]) else min)(sides_mm2)
        written |= {item_id} if side_mm2 > settings.words_side_mm2 else set()
    return tuple(
        unclear(replace(answer, confidence=0.5)) if answer.item_id in written else answer for answer in answers
    )


def doubt_second_letters(
    answers: Sequence[Answer],
    judged: tuple[Sequence[Mark], Sequence[BoxMeasurement]],
    located: LocatedPage,
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The answers of a page; one with a letter in a second box that belongs to no word is put to a person.

    A cross made in one stroke may look like one. ``judged``: the marks and what was measured of them; they run
    parallel.
    """
    rows = rows_of(*judged)
    seconds = {
        answer.item_id: letters
        for answer in answers
        if answer.state is AnswerState.ANSWERED and (letters := _letters_inside(answer, rows[answer.item_id], settings))
    }
    if not seconds:
        return tuple(answers)
    choices = {answer.item_id: answer.choice for answer in answers if answer.item_id in seconds}
    least_ink = settings.words_ink * measure_pen(located.registered, settings).darkness
    areas_mm2 = ink_between_mm2(choices, located, least_ink, settings)
    alone = {item_id for item_id, area_mm2 in areas_mm2.items() if area_mm2 <= settings.stray_mm2}
    return tuple(
        unclear(replace(answer, confidence=0.5), seconds[answer.item_id]) if answer.item_id in alone else answer
        for answer in answers
    )


def _letters_inside(answer: Answer, row: Sequence[Box], settings: ReaderSettings) -> list[int]:
    """The other choices of the row with a letter all inside their box that has about the ink of the answer's."""
    own_ink = max(box.inner_ink for mark, box in row if mark.choice == answer.choice)
    return [
        mark.choice
        for mark, box in row
        if mark.choice != answer.choice
        and mark.chances[Likeness.WRITTEN] > settings.words_crossed
        and settings.second_ink * own_ink <= box.inner_ink <= settings.hand_most * own_ink
        and box.spill_ink <= settings.beside_ink
    ]


def _perhaps_letters(own: Mapping[str, Mark], marks: Sequence[Mark], settings: ReaderSettings) -> set[str]:
    """The items whose ``own`` answer may be written, no plain cross, and that show something in another box."""
    letters = {
        item_id
        for item_id, mark in own.items()
        if not _is_plain(mark, settings) and mark.chances[Likeness.WRITTEN] >= settings.words_written
    }
    return {
        mark.item_id
        for mark in marks
        if mark.item_id in letters
        and mark.choice != own[mark.item_id].choice
        and mark.chances[Likeness.EMPTY] < settings.words_box
    }


def _hardly_crossed(own: Mapping[str, Mark], settings: ReaderSettings) -> dict[str, int]:
    """The choices of answers that are hardly crosses, by their items.

    Where a hand makes no crosses, only those that look written where its others do not: rings stand about their box.
    """
    looks = {item_id: mark for item_id, mark in own.items() if mark.chances[Likeness.CROSSED] < settings.words_crossed}
    if len(own) >= settings.hand_rows:
        crossed, written = (_chances(own, like) for like in (Likeness.CROSSED, Likeness.WRITTEN))
        if median(crossed) < settings.box_sure or median(written) >= settings.hand_rings:
            is_written = median(written) >= settings.hand_written
            looks = {item_id: mark for item_id, mark in looks.items() if _is_rather_written(mark) and not is_written}
    return {item_id: mark.choice for item_id, mark in looks.items()}


def _chances(own: Mapping[str, Mark], likeness: Likeness) -> list[float]:
    return [mark.chances[likeness] for mark in own.values()]


def _is_rather_written(mark: Mark) -> bool:
    return mark.chances[Likeness.WRITTEN] > mark.chances[Likeness.CROSSED]


def dismiss_words(
    answers: Sequence[Answer],
    marks: Sequence[Mark],
    located: LocatedPage,
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The questions of a page; one whose row has a sure cross, and else nothing but a word across it, is answered."""
    crossed: dict[str, int] = {}
    for item_id in unclear_items(answers):
        row = [mark for mark in marks if mark.item_id == item_id]
        likely = [mark for mark in row if mark.chances[Likeness.CROSSED] > settings.words_crossed]
        is_drawn = any(_is_drawn_in(mark, settings) for mark in row if mark not in likely)
        if len(likely) == 1 and likely[0].chances[Likeness.CROSSED] >= settings.box_sure and not is_drawn:
            crossed[item_id] = likely[0].choice
    if not crossed:
        return tuple(answers)
    least_ink = settings.words_ink * measure_pen(located.registered, settings).darkness
    areas_mm2 = ink_between_mm2(crossed, located, least_ink, settings)
    written = {item_id for item_id, area_mm2 in areas_mm2.items() if area_mm2 > settings.words_beside_mm2}
    return decided(answers, {item_id: crossed[item_id] for item_id in written}, settings)


def _is_drawn_in(mark: Mark, settings: ReaderSettings) -> bool:
    """Whether somebody may have drawn in the box what is no word: crossed it, gone over a cross, filled it in."""
    other = mark.chances[Likeness.CANCELLED] + mark.chances[Likeness.UNCLEAR]
    return max(mark.chances[Likeness.CROSSED], other) > settings.second_chance


def _is_plain(mark: Mark, settings: ReaderSettings) -> bool:
    """Whether a box surely holds a cross."""
    return mark.chances[Likeness.CROSSED] >= settings.surely_crossed
