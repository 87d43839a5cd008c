"""Whether a mark that looks written is a letter, or just how this hand makes its crosses: the page's other marks tell.

Crosses in one stroke, with loops, look a little like letters, and rings like an o. One that looks so among plain ones
is a letter; among others that look half so it is one of them. So how written a mark looks (the log odds of a letter to
a cross, as the network sees them) is held against how written the hand's others look, and against how letters do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from kryds.model.reading import Mark
from kryds.reader.classify import judged
from kryds.reader.network import Likeness
from kryds.reader.settings import ReaderSettings

#: No look is taken to be surer than this: what the network gives in the fifth decimal says nothing.
LEAST = 1e-4
#: A box likelier to hold a mark than none, or one taken back.
LIKELIER = 0.5


@dataclass(frozen=True)
class Manner:
    """How written a hand's crosses look: log odds, their mean and their spread (standard deviation)."""

    mean: float
    spread: float


def in_this_hand(marks: Sequence[Mark], settings: ReaderSettings) -> tuple[Mark, ...]:
    """The marks of a page; those that stand alone in their rows with the chances they have by this hand.

    Where two stand in a row, one may well be part of a word; how the hand makes its crosses says nothing of that.
    """
    looks = {place: _look(marks[place]) for place in _lone(marks)}
    revised = list(marks)
    for place, look in looks.items():
        hand = _manner([each for other, each in looks.items() if other != place], settings)
        revised[place] = judged(marks[place], _with_odds(marks[place].chances, _odds(look, hand, settings)), settings)
    return tuple(revised)


def _lone(marks: Sequence[Mark]) -> list[int]:
    """The places of the marks that stand alone in their rows; what was taken back is none."""
    rows: dict[str, list[int]] = {}
    for place, mark in enumerate(marks):
        if mark.chances[Likeness.EMPTY] + mark.chances[Likeness.CANCELLED] < LIKELIER:
            rows.setdefault(mark.item_id, []).append(place)
    return [row[0] for row in rows.values() if len(row) == 1]


def _look(mark: Mark) -> float:
    """The log odds of a letter to a cross."""
    return log(max(mark.chances[Likeness.WRITTEN], LEAST) / max(mark.chances[Likeness.CROSSED], LEAST))


def _anybody(settings: ReaderSettings) -> Manner:
    return Manner(log(settings.usual_odds), settings.usual_spread)


def _manner(others: Sequence[float], settings: ReaderSettings) -> Manner:
    """The manner of a hand from the looks of its other marks, and of as many marks by anybody as count beside them."""
    anybody, few = _anybody(settings), settings.usual_marks
    count = len(others) + few
    mean = (sum(others) + few * anybody.mean) / count
    squares = sum((look - mean) ** 2 for look in others) + few * (anybody.spread**2 + (anybody.mean - mean) ** 2)
    return Manner(mean, sqrt(squares / count))


def _odds(look: float, hand: Manner, settings: ReaderSettings) -> float:
    """How many times likelier a letter looks so than a cross by this hand: one in its manner, or now and then another.

    No cross looks too plain for one, and no letter too written.
    """
    anybody, odd = _anybody(settings), settings.odd_marks
    crossed = (1 - odd) * _density(look - hand.mean, hand.spread)
    crossed += odd * _density(look - anybody.mean, anybody.spread)
    return _density(log(settings.letter_odds) - look, settings.letter_spread) / crossed


def _density(beyond: float, spread: float) -> float:
    """How often something looks so, if it is so far beyond the mean: a bell curve that is flat on the other side."""
    return exp(-((max(0.0, beyond) / spread) ** 2) / 2) / spread


def _with_odds(chances: Sequence[float], odds: float) -> Sequence[float]:
    """The chances of a mark with these odds of a letter to a cross; what else it may be stays as likely."""
    either = chances[Likeness.WRITTEN] + chances[Likeness.CROSSED]
    crossed = either / (1 + odds)
    new = {Likeness.CROSSED: crossed, Likeness.WRITTEN: either - crossed}
    return [round(new.get(like, chances[like]), 5) for like in Likeness]
