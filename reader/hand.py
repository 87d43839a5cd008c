"""What one box alone cannot tell and the page's other marks can: that it is how this hand makes its crosses.

A box dark all over is taken back on a page of clear crosses; where every row has one such box and no more (small
crosses by a fat marker, dots), it is an answer. And a mark that looks like a cross gone over is just a cross if it has
no more ink than the others. A person sees that on the page, and sees a box filled in by that it is darker. Who answers
with dots makes them of all sizes, and hardly ever larger or smaller by more than twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, Mark
from kryds.reader.network import Likeness
from kryds.reader.resolve import Box, decided, rows_of, unclear
from kryds.reader.settings import ReaderSettings

#: Why a row is asked about that the page may decide.
_BY_LOOK = ("mark_unclear", "only_cancelled")


@dataclass(frozen=True)
class Usual:
    """The marks that stand alone in the rows of a page: how many, their median ink, their chances of being no crosses.

    ``doubts`` is the sum of these; ``touched`` are their chances to be dots.
    """

    count: int
    ink: float
    doubts: float
    touched: tuple[float, ...]


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
    lone = lone_marks(marks, measurements)
    usual = _usual(list(lone.values()), len(answers), settings)
    if usual is None:
        return tuple(answers)
    is_open = {answer.item_id for answer in answers if _is_open_by_look(answer)}
    like_others = {
        item_id: mark.choice
        for item_id, (mark, box) in lone.items()
        if item_id in is_open and _is_usual(mark, box, usual, settings)
    }
    return decided(answers, like_others, settings)


def doubt_letters(
    answers: Sequence[Answer],
    marks: Sequence[Mark],
    measurements: Sequence[BoxMeasurement],
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The answers of a page; one with writing in a second box is put to a person where more of the page looks written.

    ``marks``, as the network sees them, and ``measurements`` run parallel. Of two rings by a hand that makes rings one
    may look like a letter.
    """
    # One of them may be a letter by a hand that makes crosses.
    looks = sorted(_written(mark) for mark, _ in lone_marks(marks, measurements).values())[:-1]
    if len(looks) >= settings.bold_rows and mean(looks) < settings.hand_written:
        return tuple(answers)
    rows = rows_of(marks, measurements)
    return tuple(
        unclear(answer, seconds)
        if answer.state.counts and (seconds := _letters_beside(answer, rows[answer.item_id], settings))
        else answer
        for answer in answers
    )


def doubt_second_dots(
    answers: Sequence[Answer],
    marks: Sequence[Mark],
    measurements: Sequence[BoxMeasurement],
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The answers of a page; where its hand may answer with dots, one with a dot in a second box is put to a person.

    ``marks`` and ``measurements`` run parallel.
    """
    if not may_make_dots(marks, measurements, settings):
        return tuple(answers)
    rows = rows_of(marks, measurements)
    return tuple(
        unclear(answer, seconds)
        if answer.state.counts and (seconds := _dots_beside(answer, rows[answer.item_id], settings))
        else answer
        for answer in answers
    )


def _dots_beside(answer: Answer, row: Sequence[Box], settings: ReaderSettings) -> list[int]:
    """The other choices that look like dots, with ink enough for one like the answer's, if that may be a dot."""
    own, box = next(pair for pair in row if pair[0].choice == answer.choice)
    if _touched(own) < settings.half_dots:
        return []
    dots = [pair for pair in row if pair[0] is not own and _touched(pair[0]) == max(pair[0].chances)]
    return [mark.choice for mark, dot in dots if dot.inner_ink >= settings.dots_least * box.inner_ink]


def _letters_beside(answer: Answer, row: Sequence[Box], settings: ReaderSettings) -> list[int]:
    """The other choices of the row that may be written in, with ink enough for a mark like the answer's."""
    enough_ink = settings.second_ink * max(box.inner_ink for mark, box in row if mark.choice == answer.choice)
    return [
        mark.choice
        for mark, box in row
        if mark.choice != answer.choice and _written(mark) > settings.second_chance and box.inner_ink >= enough_ink
    ]


def lone_marks(marks: Sequence[Mark], measurements: Sequence[BoxMeasurement]) -> dict[str, Box]:
    """The mark of every row that has one box rather marked than empty, by its item."""
    rows = {item_id: list(filter(_is_marked, row)) for item_id, row in rows_of(marks, measurements).items()}
    return {item_id: row[0] for item_id, row in rows.items() if len(row) == 1}


def may_make_dots(marks: Sequence[Mark], measurements: Sequence[BoxMeasurement], settings: ReaderSettings) -> bool:
    """Whether several of the marks that stand alone on a page may be dots: its hand may answer with them."""
    may_be = [_touched(mark) >= settings.dot_chance for mark, _ in lone_marks(marks, measurements).values()]
    return len(may_be) >= settings.hand_rows and mean(may_be) >= settings.dots_share


def _is_marked(box: Box) -> bool:
    mark, _ = box
    return _doubt(mark) + mark.chances[Likeness.CROSSED] > mark.chances[Likeness.EMPTY]


def _usual(lone: Sequence[Box], rows: int, settings: ReaderSettings) -> Usual | None:
    """What these marks have in common; None if they are too few, or too faint, to tell how their hand makes marks."""
    spread = len({mark.choice for mark, _ in lone}) >= settings.hand_choices
    if not spread or len(lone) < max(settings.hand_rows, settings.hand_share * rows):
        return None
    ink = median(box.inner_ink for _, box in lone)
    doubts, touched = sum(_doubt(mark) for mark, _ in lone), tuple(_touched(mark) for mark, _ in lone)
    least_ink = settings.dots_ink if mean(touched) >= settings.hand_dots else settings.hand_ink
    return Usual(len(lone), ink, doubts, touched) if ink >= least_ink else None


def _is_usual(mark: Mark, box: BoxMeasurement, usual: Usual, settings: ReaderSettings) -> bool:
    """Whether the mark is like the page's others, itself left out."""
    if mark.chances[Likeness.EMPTY] > 1 - settings.box_sure:  # blur and noise may be all there is
        return False
    times = box.inner_ink / usual.ink
    others = list(usual.touched)
    others.remove(_touched(mark))
    is_dot = settings.dots_least <= times <= settings.dots_most and _may_be_dot(mark, box, settings)
    if mean(others) >= settings.hand_dots:
        return is_dot
    if is_dot and median(others) >= settings.half_dots:
        return True
    none = (Likeness.CANCELLED, Likeness.TOUCHED, Likeness.WRITTEN)
    if sum(mark.chances[like] for like in none) <= settings.gone_over:
        return settings.plain_least <= times <= settings.plain_most
    # Small crosses may look like anything else, but not like letters, nor surely like dust.
    if _written(mark) >= settings.box_sure or _touched(mark) > settings.surely_dot:
        return False
    unusual = (usual.doubts - _doubt(mark)) / (usual.count - 1) >= settings.hand_doubt
    alike = settings.hand_least <= times <= settings.hand_most and box.inner_ink <= settings.hand_full
    return unusual and alike and mark.chances[Likeness.CROSSED] >= settings.hand_crossed


def _may_be_dot(mark: Mark, box: BoxMeasurement, settings: ReaderSettings) -> bool:
    """Whether nothing speaks against a dot: ink outside, or a look as of what is filled in or written."""
    others = mark.chances[Likeness.CANCELLED] + _written(mark)
    return others <= settings.gone_over and box.spill_ink <= settings.speck_spill


def _doubt(mark: Mark) -> float:
    """How likely the box is to hold anything but a cross."""
    return 1 - mark.chances[Likeness.EMPTY] - mark.chances[Likeness.CROSSED]


def _touched(mark: Mark) -> float:
    return mark.chances[Likeness.TOUCHED]


def _written(mark: Mark) -> float:
    return mark.chances[Likeness.WRITTEN]


def _is_open_by_look(answer: Answer) -> bool:
    return answer.state is AnswerState.DOUBTFUL and answer.reasons[0].kind in _BY_LOOK
