"""What is done to each box of a page to be learned from, and what the box is then to be called.

Boxes are marked one by one and densely, not row by row as people do: the network looks at one box at a time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from kryds.model.layout import BoxPlace, PageLayout
from kryds.reader.network import Likeness
from kryds.samples.paper.drawing import Drawing, astray, beside, between, mark, note, scribble, underlining
from kryds.samples.paper.hand import Writer
from kryds.samples.paper.pen import Stroke
from kryds.samples.paper.strokes import Gesture

#: How many of the boxes of a page are marked. Nearly bare pages show how paper without a mark may look.
SHARES = (0.05, 0.25, 0.85)
#: Ink no farther outside a box than this is seen in its window.
NEAR_MM = 0.6
#: So much of a stroke inside a box, cut by its line, is writing to be seen there: half a small letter.
WRITTEN_MM, LINE_MM = 2.0, 0.4


@dataclass(frozen=True)
class MarkedPage:
    """What was drawn, and the label of every box in the layout's order."""

    drawing: Drawing
    labels: tuple[Likeness, ...]


Deed = Callable[[BoxPlace, Writer, Generator], Drawing]
#: How often a marked box is marked so, and what it then is.
Deeds = Sequence[tuple[float, Deed, Likeness]]


def mark_page(layout: PageLayout, person: Writer, deeds: Deeds, rng: Generator) -> MarkedPage:
    """Some page of this person's: full of marks or nearly bare, with writing over its rows now and then."""
    share = float(rng.choice(SHARES, p=(0.15, 0.4, 0.45)))
    notes, lines = tuple[Stroke, ...](), tuple[Stroke, ...]()
    for row in layout.rows:
        if rng.random() < 0.2:
            notes += note(row, person, rng)
        if rng.random() < 0.06:
            lines += underlining(row, rng)
    labels = [Likeness.WRITTEN if _is_written_in(notes, box) else Likeness.EMPTY for box in layout.boxes]
    drawing, strayed = Drawing(notes + lines), set[int]()
    for place, box in enumerate(layout.boxes):
        if place in strayed or rng.random() > share:
            continue
        neighbour = place + 1 if _is_beside(layout.boxes, place) else None
        if neighbour and rng.random() < 0.02:
            stray = astray(box, person, between(box, [layout.boxes[neighbour]], rng), rng)
            drawing += Drawing(stray)
            strayed.add(neighbour)
            for each in (place, neighbour):
                labels[each] = Likeness.UNCLEAR if _reaches(stray, layout.boxes[each]) else labels[each]
            continue
        deed, label = _any_deed(deeds, rng)
        drawing += deed(box, person, rng)
        labels[place] = label
    return MarkedPage(drawing, tuple(labels))


def _reaches(strokes: Sequence[Stroke], box: BoxPlace) -> bool:
    """Whether any stroke comes so near to the box that it is seen there."""
    points = np.vstack(strokes) - (box.rect.centre.x, box.rect.centre.y)
    return bool((np.abs(points).max(axis=1) < box.rect.width / 2 + NEAR_MM).any())


def _is_written_in(strokes: Sequence[Stroke], box: BoxPlace) -> bool:
    """Whether so much of these strokes lies inside the box that there is writing in it."""
    centre, inside_mm = np.array([box.rect.centre.x, box.rect.centre.y]), 0.0
    for stroke in strokes:
        ways, middles = np.diff(stroke, axis=0), (stroke[1:] + stroke[:-1]) / 2 - centre
        is_inside = np.abs(middles).max(axis=1, initial=0.0) < box.rect.width / 2 - LINE_MM
        inside_mm += float(np.hypot(*ways[is_inside].T).sum())
    return inside_mm >= WRITTEN_MM


def _is_beside(boxes: Sequence[BoxPlace], place: int) -> bool:
    return place + 1 < len(boxes) and boxes[place + 1].item_id == boxes[place].item_id


def _gesture(gesture: Gesture) -> Deed:
    return lambda box, person, rng: Drawing(mark(box, gesture, person, rng))


def _cancelled(box: BoxPlace, person: Writer, rng: Generator) -> Drawing:
    """Mostly crossed first, then scribbled over until it shows."""
    first = _some_mark(box, person, rng) if rng.random() < 0.75 else ()
    return Drawing(first + scribble(box, person, rng))


def _half_cancelled(box: BoxPlace, person: Writer, rng: Generator) -> Drawing:
    """A cross with two or three more strokes through it: gone over, or taken back?"""
    strokes = mark(box, Gesture.CROSS, person, rng)
    for _ in range(int(rng.integers(2, 4))):
        strokes += mark(box, Gesture.DASH, person, rng)
    return Drawing(strokes)


def _beside(box: BoxPlace, person: Writer, rng: Generator) -> Drawing:
    return Drawing(astray(box, person, beside(box, rng), rng))


def _erased(box: BoxPlace, person: Writer, rng: Generator) -> Drawing:
    return Drawing(remains=_some_mark(box, person, rng))


def _painted_over(box: BoxPlace, person: Writer, rng: Generator) -> Drawing:
    """A mark under correction fluid."""
    middle = np.array([[box.rect.centre.x, box.rect.centre.y]])
    return Drawing(_some_mark(box, person, rng), fluid=(middle,))


def _grazed(box: BoxPlace, _person: Writer, rng: Generator) -> Drawing:
    """A short stroke at the edge of the box, or nearly: a pen that slipped."""
    angle, size = rng.uniform(0, 2 * np.pi), box.rect.width
    away = size * np.array([np.cos(angle), np.sin(angle)]) * rng.uniform(0.25, 0.6)
    turn = rng.uniform(0, np.pi)
    way = size * np.array([np.cos(turn), np.sin(turn)]) * rng.uniform(0.06, 0.25)
    middle = np.array([box.rect.centre.x, box.rect.centre.y]) + away
    return Drawing((np.array([middle - way, middle + way]),))


def _sized(gesture: Gesture, least: float, most: float) -> Deed:
    """This gesture, made so many times as large about the middle of the box."""

    def deed(box: BoxPlace, person: Writer, rng: Generator) -> Drawing:
        middle, size = np.array([box.rect.centre.x, box.rect.centre.y]), rng.uniform(least, most)
        shape = mark(box, gesture, person, rng)
        return Drawing(tuple((path - middle) * size + middle for path in shape))

    return deed


#: A letter, a digit, a question mark, 2 to 6 mm high; and a ring inside the box: to who writes o there it is a mark.
_written_into = _sized(Gesture.CHARACTER, 0.6, 1.5)
_small_ring = _sized(Gesture.CIRCLE, 0.3, 0.65)


def _some_mark(box: BoxPlace, person: Writer, rng: Generator) -> tuple[Stroke, ...]:
    plain = (Gesture.CROSS, Gesture.LOOPED_CROSS, Gesture.TICK, Gesture.SLASH)
    return mark(box, plain[int(rng.choice(4, p=(0.7, 0.1, 0.12, 0.08)))], person, rng)


#: What people do. Plain crosses make up enough for the pen of a page to be known by them.
COMMON: Deeds = (
    (0.26, _gesture(Gesture.CROSS), Likeness.CROSSED),
    (0.07, _gesture(Gesture.LOOPED_CROSS), Likeness.CROSSED),
    (0.09, _gesture(Gesture.CROSS_TWICE), Likeness.CROSSED),
    (0.02, _gesture(Gesture.CIRCLED_CROSS), Likeness.CROSSED),
    (0.05, _gesture(Gesture.TICK), Likeness.CROSSED),
    (0.05, _gesture(Gesture.SLASH), Likeness.CROSSED),
    (0.02, _gesture(Gesture.DASH), Likeness.CROSSED),
    (0.03, _gesture(Gesture.CIRCLE), Likeness.CROSSED),
    (0.02, _gesture(Gesture.BULLET), Likeness.CROSSED),
    (0.09, _beside, Likeness.CROSSED),
    (0.19, _cancelled, Likeness.CANCELLED),
    (0.03, _half_cancelled, Likeness.UNCLEAR),
    (0.05, _written_into, Likeness.WRITTEN),
    (0.04, _gesture(Gesture.DOT), Likeness.TOUCHED),
    (0.03, _erased, Likeness.TOUCHED),
    (0.04, _grazed, Likeness.TOUCHED),
    (0.03, _painted_over, Likeness.EMPTY),
)
#: What is rare, and hard to tell from each other: a page in four is full of it.
RARE: Deeds = (
    (0.22, _gesture(Gesture.CROSS), Likeness.CROSSED),
    (0.04, _gesture(Gesture.LOOPED_CROSS), Likeness.CROSSED),
    (0.06, _gesture(Gesture.CROSS_TWICE), Likeness.CROSSED),
    (0.02, _gesture(Gesture.CIRCLED_CROSS), Likeness.CROSSED),
    (0.05, _gesture(Gesture.TICK), Likeness.CROSSED),
    (0.04, _gesture(Gesture.SLASH), Likeness.CROSSED),
    (0.03, _gesture(Gesture.DASH), Likeness.CROSSED),
    (0.03, _gesture(Gesture.CIRCLE), Likeness.CROSSED),
    (0.07, _small_ring, Likeness.CROSSED),
    (0.03, _gesture(Gesture.BULLET), Likeness.CROSSED),
    (0.10, _beside, Likeness.CROSSED),
    (0.05, _cancelled, Likeness.CANCELLED),
    (0.03, _half_cancelled, Likeness.UNCLEAR),
    (0.16, _written_into, Likeness.WRITTEN),
    (0.04, _gesture(Gesture.DOT), Likeness.TOUCHED),
    (0.05, _grazed, Likeness.TOUCHED),
)


def _any_deed(deeds: Deeds, rng: Generator) -> tuple[Deed, Likeness]:
    weights = np.array([weight for weight, _, _ in deeds])
    _, deed, label = deeds[int(rng.choice(len(deeds), p=weights / weights.sum()))]
    return deed, label
