"""What people do to a row of boxes, and what each box is to be called: the labels a reader learns.

Wider than samples/paper/hand.py on purpose: crosses between two boxes, correction fluid, writing across a row.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.random import Generator

from kryds.model.layout import BoxPlace, RowPlace
from kryds.samples.paper.hand import Writer
from kryds.samples.paper.pen import Stroke
from kryds.samples.paper.strokes import Gesture, handwriting, underline


class Label(IntEnum):
    """What a box is. UNCLEAR: a careful person would ask."""

    EMPTY = 0
    CROSSED = 1
    CANCELLED = 2
    UNCLEAR = 3


@dataclass(frozen=True)
class Row:
    """A row to be filled in: its strip and its boxes from left to right."""

    place: RowPlace
    boxes: tuple[BoxPlace, ...]


@dataclass(frozen=True)
class MarkedRow:
    """Strokes in layout millimetres; boxes painted over with correction fluid before the last strokes; labels."""

    strokes: tuple[Stroke, ...]
    labels: tuple[Label, ...]
    fluid: tuple[int, ...] = ()
    after: tuple[Stroke, ...] = ()


def mark_row(row: Row, person: Writer, rng: Generator) -> MarkedRow:
    """Some act on the row, and now and then writing that has nothing to do with it."""
    act = ACTS[int(rng.choice(len(ACTS), p=WEIGHTS))]
    marked = act(row, person, rng)
    return MarkedRow((*marked.strokes, *_by_the_way(row, rng)), marked.labels, marked.fluid, marked.after)


def _by_the_way(row: Row, rng: Generator) -> list[Stroke]:
    """An underlined statement; a note in the margin of the row that may run across its boxes."""
    rect, chance = row.place.rect, rng.random()
    if chance < 0.05:
        start = np.array([rect.x + rng.uniform(2, 30), rect.bottom - rng.uniform(0.2, 2.5)])
        return [line + start for line in underline(rng.uniform(15, 110), rng)]
    if chance < 0.09:
        start = np.array([rng.uniform(rect.x, rect.right - 30), rng.uniform(rect.y + 2, rect.bottom)])
        return [line + start for line in handwriting(rng.uniform(8, 45), rng)]
    return []


def _one(gesture: Gesture, label: Label) -> "Act":
    def act(row: Row, person: Writer, rng: Generator) -> MarkedRow:
        chosen = int(rng.integers(len(row.boxes)))
        return MarkedRow(_on(row.boxes[chosen], gesture, (person, rng)), _labels(row, {chosen: label}))

    return act


def _corrected(row: Row, person: Writer, rng: Generator) -> MarkedRow:
    wrong, right = (int(i) for i in rng.permutation(len(row.boxes))[:2])
    strokes = _cancelling(row.boxes[wrong], person, rng) + _on(row.boxes[right], Gesture.CROSS, (person, rng))
    return MarkedRow(strokes, _labels(row, {wrong: Label.CANCELLED, right: Label.CROSSED}))


def _cancelled_alone(row: Row, person: Writer, rng: Generator) -> MarkedRow:
    wrong = int(rng.integers(len(row.boxes)))
    return MarkedRow(_cancelling(row.boxes[wrong], person, rng), _labels(row, {wrong: Label.CANCELLED}))


def _double(row: Row, person: Writer, rng: Generator) -> MarkedRow:
    first, second = (int(i) for i in rng.permutation(len(row.boxes))[:2])
    strokes = _on(row.boxes[first], Gesture.CROSS, (person, rng)) + _on(row.boxes[second], Gesture.CROSS, (person, rng))
    return MarkedRow(strokes, _labels(row, {first: Label.CROSSED, second: Label.CROSSED}))


def _between(row: Row, person: Writer, rng: Generator) -> MarkedRow:
    """A cross whose middle lies between two boxes: nobody can tell which was meant."""
    left = int(rng.integers(len(row.boxes) - 1))
    a, b = row.boxes[left].rect.centre, row.boxes[left + 1].rect.centre
    shift = np.array([(b.x - a.x) * rng.uniform(0.42, 0.58), rng.normal(0, 0.6)])
    strokes = tuple(path * rng.uniform(1.0, 1.5) + shift * (1 - 0) for path in _raw(row.boxes[left], person, rng))
    middle = np.array([a.x, a.y])
    return MarkedRow(
        tuple(path + middle for path in strokes), _labels(row, {left: Label.UNCLEAR, left + 1: Label.UNCLEAR})
    )


def _beside(row: Row, person: Writer, rng: Generator) -> MarkedRow:
    """A cross that half misses its box but can mean no other."""
    chosen = int(rng.integers(len(row.boxes)))
    centre = row.boxes[chosen].rect.centre
    angle, away = rng.uniform(0, 2 * np.pi), rng.uniform(1.5, 3.0)
    middle = np.array([centre.x + away * np.cos(angle), centre.y + away * np.sin(angle)])
    strokes = tuple(path + middle for path in _raw(row.boxes[chosen], person, rng))
    return MarkedRow(strokes, _labels(row, {chosen: Label.CROSSED}))


def _fluid(row: Row, person: Writer, rng: Generator) -> MarkedRow:
    """A cross under correction fluid, and another box crossed."""
    wrong, right = (int(i) for i in rng.permutation(len(row.boxes))[:2])
    return MarkedRow(
        _on(row.boxes[wrong], Gesture.CROSS, (person, rng)),
        _labels(row, {right: Label.CROSSED}),
        fluid=(wrong,),
        after=_on(row.boxes[right], Gesture.CROSS, (person, rng)),
    )


def _blank(row: Row, _person: Writer, _rng: Generator) -> MarkedRow:
    return MarkedRow((), _labels(row, {}))


Act = Callable[[Row, Writer, Generator], MarkedRow]
SHARES: Sequence[tuple[float, Act]] = (
    (0.36, _one(Gesture.CROSS, Label.CROSSED)),
    (0.05, _one(Gesture.LOOPED_CROSS, Label.CROSSED)),
    (0.06, _one(Gesture.CROSS_TWICE, Label.CROSSED)),
    (0.05, _one(Gesture.TICK, Label.CROSSED)),
    (0.04, _one(Gesture.SLASH, Label.CROSSED)),
    (0.03, _one(Gesture.CIRCLE, Label.UNCLEAR)),
    (0.03, _one(Gesture.DOT, Label.UNCLEAR)),
    (0.14, _corrected),
    (0.05, _cancelled_alone),
    (0.03, _double),
    (0.03, _between),
    (0.05, _beside),
    (0.03, _fluid),
    (0.05, _blank),
)
ACTS = tuple(act for _, act in SHARES)
WEIGHTS = np.array([share for share, _ in SHARES]) / sum(share for share, _ in SHARES)


def _labels(row: Row, marked: dict[int, Label]) -> tuple[Label, ...]:
    return tuple(marked.get(place, Label.EMPTY) for place in range(len(row.boxes)))


def _cancelling(box: BoxPlace, person: Writer, rng: Generator) -> tuple[Stroke, ...]:
    """Mostly crossed first, then scribbled over until it shows."""
    first = _on(box, Gesture.CROSS, (person, rng)) if rng.random() < 0.75 else ()
    return first + _on(box, (Gesture.BLOB, Gesture.ZIGZAG)[int(rng.integers(2))], (person, rng))


def _on(box: BoxPlace, gesture: Gesture, hand: tuple[Writer, Generator]) -> tuple[Stroke, ...]:
    person, rng = hand
    middle = np.array([box.rect.centre.x, box.rect.centre.y])
    return tuple(path * box.rect.width + middle for path in person.shape(gesture, box.rect.width, rng))


def _raw(box: BoxPlace, person: Writer, rng: Generator) -> tuple[Stroke, ...]:
    return tuple(path * box.rect.width for path in person.shape(Gesture.CROSS, box.rect.width, rng))
