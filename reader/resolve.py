"""The marks of one item, seen together -> Answer.

one crossed, the rest empty                    answered
one crossed, others cancelled                  corrected
none                                           blank
two or more crossed                            multiple
a cancelled box alone                          doubtful: a person is asked
none, but a box that may well be touched       doubtful: a dot is an answer to some
any box unclear                                doubtful
nothing but writing in a box                   doubtful: a letter is no cross, but somebody said something
one, and writing in other boxes                answered
one, but it looks like none of these           doubtful: no habit makes a mark of what looks cancelled or written
one, but a second may well be crossed          doubtful: no habit makes nothing of as much ink as that
none, but ink right beside a box               doubtful: a circled box is an answer to a person

Each box has chances; the row's outcomes have habits (nearly everybody crosses one box). The chance of an outcome is
the sum over all ways the boxes can bring it about, weighed by how often people do that: Bayes' rule over the row. A
very thick cross that might be a cancelled box is an answer when it stands alone, and a question beside another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, BoxState, Mark, Reason
from kryds.reader.network import Likeness
from kryds.reader.settings import ReaderSettings

#: How often rows end so on ordinary sheets: an assumption, generous to the endings that must never be overlooked.
HABITS: Mapping[AnswerState, float] = {
    AnswerState.ANSWERED: 0.88,
    AnswerState.CORRECTED: 0.05,
    AnswerState.BLANK: 0.03,
    AnswerState.MULTIPLE: 0.02,
}
CANCELLED_ALONE, TOUCHED_ALONE, WRITTEN_ALONE, UNCLEAR = 0.004, 0.02, 0.013, 0.0005
#: How many of the rows with a mark have writing in other boxes: a word runs on, so in two it is as common as in one.
WRITTEN_TOO = 0.02
#: A box this surely empty is taken as such. Of the others this many are weighed, the least surely empty; should one of
#: the rest be no likelier empty than not, ink is all over the row, and nobody can decide it.
SURELY_EMPTY, MOST_IN_PLAY, LIKELIER_EMPTY = 0.9995, 5, 0.5

Outcome = tuple[AnswerState, int | None]
#: A box: what it may be, and what was measured of it.
Box = tuple[Mark, BoxMeasurement]

_CROSSED, _CANCELLED, _UNCLEAR = int(Likeness.CROSSED), int(Likeness.CANCELLED), int(Likeness.UNCLEAR)
_WRITTEN = int(Likeness.WRITTEN)
_MARKS = (_CROSSED, _CANCELLED, _UNCLEAR)


def resolve_items(
    marks: Sequence[Mark], measurements: Sequence[BoxMeasurement], settings: ReaderSettings
) -> tuple[Answer, ...]:
    """The answer to every item of a page, in the order the items first appear; marks and measurements run parallel."""
    return tuple(resolve_item(row, settings) for row in rows_of(marks, measurements).values())


def rows_of(marks: Sequence[Mark], measurements: Sequence[BoxMeasurement]) -> dict[str, list[Box]]:
    """The boxes of a page by their item, in the order the items first appear; marks and measurements run parallel."""
    rows: dict[str, list[Box]] = {}
    for mark, measurement in zip(marks, measurements, strict=True):
        rows.setdefault(mark.item_id, []).append((mark, measurement))
    return rows


def resolve_item(row: Sequence[Box], settings: ReaderSettings) -> Answer:
    """The answer that the boxes of one item give, each with what was measured of it."""
    marks = [mark for mark, _ in row]
    (state, choice), chance = _likeliest(chances_of_outcomes(marks))
    item_id, confidence = marks[0].item_id, round(chance, 4)
    if state is AnswerState.DOUBTFUL or chance < _sure(state, settings):
        return Answer(item_id, None, AnswerState.DOUBTFUL, confidence, (_doubt(marks),))
    if unlike := _touched(marks, settings) if state is AnswerState.BLANK else _disputed(row, choice, settings):
        return Answer(item_id, None, AnswerState.DOUBTFUL, confidence, (_reason("mark_unclear", unlike),))
    beside = [mark.choice for mark, box in row if box.spill_ink > settings.beside_ink]
    if state is AnswerState.BLANK and beside:
        return Answer(item_id, None, AnswerState.DOUBTFUL, 0.5, (_reason("ink_beside", beside),))
    return Answer(item_id, choice, state, confidence, reasons_of(state, marks))


def _likeliest(outcomes: Mapping[Outcome, float]) -> tuple[Outcome, float]:
    """The outcome with the most chance, and that chance: an answer is the same whether another box was taken back."""

    def chance(outcome: Outcome) -> float:
        return sum(each for other, each in outcomes.items() if _says_the_same(outcome, other))

    best = max(outcomes, key=lambda outcome: (chance(outcome), outcomes[outcome]))
    return best, chance(best)


def _says_the_same(one: Outcome, other: Outcome) -> bool:
    return one == other or one[1] == other[1] is not None


def _sure(state: AnswerState, settings: ReaderSettings) -> float:
    """How sure is sure enough. Several crosses go to a person whatever their chance: it only words the question."""
    limits = {AnswerState.BLANK: settings.blank_sure, AnswerState.MULTIPLE: settings.box_sure}
    return limits.get(state, settings.row_sure)


def unsure_items(answers: Sequence[Answer], settings: ReaderSettings) -> frozenset[str]:
    """The items to be looked at again: those not quite sure, and those that a person would be asked about."""
    return frozenset(answer.item_id for answer in answers if answer.is_open or answer.confidence < settings.look_again)


def chances_of_outcomes(row: Sequence[Mark]) -> dict[Outcome, float]:
    """The chance of each way the row can be meant, adding up to 1."""
    open_marks = sorted((mark for mark in row if mark.chances[0] < SURELY_EMPTY), key=_unmarked)
    in_play, rest = open_marks[:MOST_IN_PLAY], open_marks[MOST_IN_PLAY:]
    if any(_unmarked(mark) < LIKELIER_EMPTY for mark in rest):
        return {(AnswerState.DOUBTFUL, None): 1.0}
    ways: dict[Outcome, list[float]] = {}
    for likenesses in product(*([like for like in Likeness if mark.chances[like]] for mark in in_play)):
        outcome = _outcome(in_play, likenesses)
        seen = prod(mark.chances[like] for mark, like in zip(in_play, likenesses, strict=True))
        ways.setdefault(outcome, []).append(seen * _habit(outcome[0], likenesses, len(row)))
    total = sum(sum(chances) for chances in ways.values())
    return {outcome: sum(chances) / total for outcome, chances in ways.items()}


def meant(mark: Mark) -> float:
    """The chance that the box holds what somebody made on purpose, be it a cross, a letter or a box filled in."""
    return 1 - mark.chances[Likeness.EMPTY] - mark.chances[Likeness.TOUCHED]


def _unmarked(mark: Mark) -> float:
    """The chance that nothing was done to the box itself, whatever was written across its row."""
    return mark.chances[Likeness.EMPTY] + mark.chances[Likeness.WRITTEN]


def _habit(state: AnswerState, likenesses: Sequence[int], options: int) -> float:
    """How often exactly this happens: the outcome's habit, shared among its simplest ways in a row of ``options``.

    A way with more marks than the simplest (a second correction, a third cross) is rarer by ten for each.
    """
    done = [like for like in likenesses if like not in (Likeness.EMPTY, _WRITTEN)]
    is_written = _WRITTEN in likenesses
    if not any(like in _MARKS for like in done):
        return _habit_without_marks(len(done), options, is_written=is_written)
    simplest, ways = {
        AnswerState.ANSWERED: (1, options),
        AnswerState.CORRECTED: (2, options * (options - 1)),
        AnswerState.MULTIPLE: (2, options * (options - 1) // 2),
        AnswerState.DOUBTFUL: (1, options),
    }[state]
    doubtful = UNCLEAR if _UNCLEAR in done else CANCELLED_ALONE
    habit = doubtful if state is AnswerState.DOUBTFUL else HABITS[state]
    return habit / ways * 0.1 ** (len(done) - simplest) * (WRITTEN_TOO if is_written else 1)


def _habit_without_marks(touched: int, options: int, *, is_written: bool) -> float:
    """How often a row has no mark: untouched, written in, or with so many boxes touched by a pen or an eraser."""
    if is_written:
        return WRITTEN_ALONE / options * 0.1**touched
    return TOUCHED_ALONE / options * 0.1 ** (touched - 1) if touched else HABITS[AnswerState.BLANK]


def marks_as_judged(marks: Sequence[Mark], answers: Sequence[Answer]) -> tuple[Mark, ...]:
    """The marks, each saying what its row was decided to say; in a row that asks they stay as they were."""
    by_item = {answer.item_id: answer for answer in answers}
    return tuple(_as_judged(mark, by_item[mark.item_id]) for mark in marks)


def _as_judged(mark: Mark, answer: Answer) -> Mark:
    if answer.state is AnswerState.DOUBTFUL:
        return mark
    if answer.choice == mark.choice:
        return replace(mark, state=BoxState.CROSSED)
    if answer.state in (AnswerState.ANSWERED, AnswerState.BLANK):
        return replace(mark, state=BoxState.EMPTY)
    chances = {BoxState.EMPTY: _unmarked(mark), BoxState.CANCELLED: mark.chances[Likeness.CANCELLED]}
    if answer.state is AnswerState.MULTIPLE:
        chances[BoxState.CROSSED] = mark.chances[Likeness.CROSSED]
    return replace(mark, state=max(chances, key=lambda state: chances[state]))


def _outcome(marks: Sequence[Mark], likenesses: Sequence[int]) -> Outcome:
    crossed = [mark.choice for mark, like in zip(marks, likenesses, strict=True) if like == _CROSSED]
    if _UNCLEAR in likenesses:
        return AnswerState.DOUBTFUL, None
    if len(crossed) > 1:
        return AnswerState.MULTIPLE, None
    if crossed:
        return (AnswerState.CORRECTED if _CANCELLED in likenesses else AnswerState.ANSWERED), crossed[0]
    is_open = _CANCELLED in likenesses or _WRITTEN in likenesses
    return (AnswerState.DOUBTFUL if is_open else AnswerState.BLANK), None


def _disputed(row: Sequence[Box], choice: int | None, settings: ReaderSettings) -> list[int]:
    """The choices that speak against this answer, however rare that is: its own if it looks like none, or a second."""
    mine = [(mark, box) for mark, box in row if mark.choice == choice]
    if not mine:  # several crosses: a question anyway
        return []
    if unlike := [mark.choice for mark, box in mine if _is_rather_none(mark, box, settings)]:
        return unlike
    enough_ink = settings.second_ink * max(box.inner_ink for _, box in mine)
    is_plain = any(mark.chances[Likeness.CROSSED] >= settings.surely_crossed for mark, _ in mine)
    # Beside what is no plain cross, what looks touched may be a mark like it if it has more ink than a touch, and what
    # looks like a cross may be one however pale it is.
    seconds = (Likeness.CROSSED,) if is_plain else (Likeness.CROSSED, Likeness.TOUCHED)
    return [
        mark.choice
        for mark, box in row
        if mark.choice != choice
        and _may_be(seconds, mark, box, settings)
        and (box.inner_ink >= enough_ink or (not is_plain and _likeliest_of(mark) == _CROSSED))
    ]


def _likeliest_of(mark: Mark) -> int:
    return mark.chances.index(max(mark.chances))


def _may_be(likenesses: Sequence[Likeness], mark: Mark, box: BoxMeasurement, settings: ReaderSettings) -> bool:
    """Whether the box may well be like one of these; touched, only with more ink than a touch leaves, and no letter."""
    is_written = mark.chances[Likeness.WRITTEN] > mark.chances[Likeness.TOUCHED]
    is_more = box.inner_ink >= settings.touching_ink and not is_written
    possible = [like for like in likenesses if like != Likeness.TOUCHED or is_more]
    return sum(mark.chances[like] for like in possible) > settings.second_chance


def _is_rather_none(mark: Mark, box: BoxMeasurement, settings: ReaderSettings) -> bool:
    """Whether the box looks rather touched with no more ink than that, or cancelled with ink enough, than crossed."""
    cancelled = mark.chances[Likeness.CANCELLED] if box.inner_ink >= settings.cancelling_ink else 0.0
    touched = mark.chances[Likeness.TOUCHED] if box.inner_ink < settings.touching_ink else 0.0
    return cancelled + touched > mark.chances[Likeness.CROSSED]


def _touched(row: Sequence[Mark], settings: ReaderSettings) -> list[int]:
    """The choices whose boxes may well have been touched, or written in."""
    touched = {mark.choice: mark.chances[Likeness.TOUCHED] + mark.chances[Likeness.WRITTEN] for mark in row}
    return [choice for choice, chance in touched.items() if chance > settings.touched_asks]


def _doubt(row: Sequence[Mark]) -> Reason:
    """Why a person is asked: what the boxes most likely are, when that alone is a question; else which are unclear."""
    cancelled, unclear = _likely(row, Likeness.CANCELLED), [m.choice for m in row if m.state is BoxState.DOUBTFUL]
    if cancelled and not unclear and not _likely(row, Likeness.CROSSED):
        return _reason("only_cancelled", cancelled)
    marked = unclear or [mark.choice for mark in row if mark.state is not BoxState.EMPTY]
    return _reason("mark_unclear", marked or [min(row, key=lambda mark: mark.chances[Likeness.EMPTY]).choice])


def unclear(answer: Answer, choices: Sequence[int] = ()) -> Answer:
    """The answer as a question: what is in these boxes, or else in its own?"""
    own = () if answer.choice is None else (answer.choice,)
    return replace(answer, choice=None, state=AnswerState.DOUBTFUL, reasons=(_reason("mark_unclear", choices or own),))


def unclear_items(answers: Sequence[Answer]) -> set[str]:
    """The items that are open because of what is in their boxes."""
    return {
        each.item_id
        for each in answers
        if each.state is AnswerState.DOUBTFUL and each.reasons[0].kind == "mark_unclear"
    }


def decided(answers: Sequence[Answer], choices: Mapping[str, int], settings: ReaderSettings) -> tuple[Answer, ...]:
    """The answers, those of these items decided for these choices, as sure as a decided row must be and no surer."""
    sure = settings.row_sure
    return tuple(
        replace(answer, choice=choice, state=AnswerState.ANSWERED, confidence=sure, reasons=())
        if (choice := choices.get(answer.item_id))
        else answer
        for answer in answers
    )


def reasons_of(state: AnswerState, row: Sequence[Mark]) -> tuple[Reason, ...]:
    """What is to be said of a row in this state: which boxes are crossed, or cancelled."""
    if state is AnswerState.MULTIPLE:
        return (_reason("several_crosses", _likely(row, Likeness.CROSSED)),)
    if state is AnswerState.CORRECTED:
        return (_reason("cancelled_boxes", _likely(row, Likeness.CANCELLED)),)
    return ()


def _likely(row: Sequence[Mark], likeness: Likeness) -> list[int]:
    return [mark.choice for mark in row if _likeliest_of(mark) == likeness]


def _reason(kind: str, choices: Sequence[int]) -> Reason:
    return Reason(kind, (("choices", ", ".join(map(str, choices))),))
