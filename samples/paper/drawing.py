"""Marks as they are drawn: strokes about a box in millimetres of the layout, and how they come onto paper."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from kryds.model.layout import BoxPlace, RowPlace
from kryds.samples.paper.hand import Writer
from kryds.samples.paper.pen import Pen, Stroke, draw, paint_over
from kryds.samples.paper.printer import PaperPage
from kryds.samples.paper.strokes import Gesture, underline

#: So much ink, in areas of the box, is laid on it by who takes a cross back: two lines across it more would be no more
#: than a cross gone over, and whoever sees them must ask.
SHOWS = 0.8
#: How far a cross may land from the middle of its box and still mean no other (mm), to the side and up or down: boxes
#: are 13 mm apart or more, rows 11.
NEAREST_BESIDE_MM, BESIDE_MM = 1.5, (5.2, 4.3)
#: The side of the box that written words are scaled to, for small and large writing: letters are 0.7 of it high.
LETTERS_MM = (4.0, 8.5)
#: So many points tell where a line through a row runs, half a millimetre to a millimetre apart.
STRUCK_POINTS = 200


@dataclass(frozen=True)
class Drawing:
    """What is left on the paper, in layout millimetres, in the order it came there.

    ``remains`` are of strokes an eraser took away; ``fluid`` the middles of blots of correction fluid.
    """

    strokes: tuple[Stroke, ...] = ()
    remains: tuple[Stroke, ...] = ()
    fluid: tuple[Stroke, ...] = ()

    def __add__(self, other: "Drawing") -> "Drawing":
        return Drawing(self.strokes + other.strokes, self.remains + other.remains, self.fluid + other.fluid)


def put_on_paper(page: PaperPage, drawing: Drawing, pen: Pen, rng: Generator) -> PaperPage:
    """The page with ``drawing`` on it, all strokes by ``pen``."""
    page = draw(draw(page, drawing.strokes, pen, rng), drawing.remains, erased(pen, rng), rng)
    return paint_over(page, drawing.fluid, rng) if drawing.fluid else page


def erased(pen: Pen, rng: Generator) -> Pen:
    """What an eraser leaves of the pen's ink: a tenth to a third, smeared wider."""
    darkness = pen.darkness * float(rng.uniform(0.08, 0.32))
    return replace(pen, width_mm=pen.width_mm * 1.4, darkness=darkness, grain=0.5, dryness=0.0)


def mark(box: BoxPlace, gesture: Gesture, person: Writer, rng: Generator) -> tuple[Stroke, ...]:
    """The strokes (layout millimetres) of one mark in a box."""
    return tuple(path * box.rect.width + middle(box) for path in person.shape(gesture, box.rect.width, rng))


def scribble(box: BoxPlace, person: Writer, rng: Generator) -> tuple[Stroke, ...]:
    """A box filled up, one way or another, until it shows: a wisp would not cancel anything."""
    way = (Gesture.BLOB, Gesture.ZIGZAG, Gesture.LOOPS)[int(rng.integers(3))]
    strokes = mark(box, way, person, rng)
    while _length_mm(strokes) * person.pen.width_mm < SHOWS * box.rect.width * box.rect.height:
        strokes += mark(box, way, person, rng)
    return strokes


def _length_mm(strokes: Sequence[Stroke]) -> float:
    return sum(float(np.hypot(*np.diff(stroke, axis=0).T).sum()) for stroke in strokes)


def astray(box: BoxPlace, person: Writer, to_mm: Stroke, rng: Generator) -> tuple[Stroke, ...]:
    """A cross (or, now and then, a tick or a stroke) of the size of ``box`` whose middle is at ``to_mm`` instead."""
    gestures = (Gesture.CROSS, Gesture.TICK, Gesture.SLASH)
    made = mark(box, gestures[int(rng.choice(3, p=(0.8, 0.12, 0.08)))], person, rng)
    points = np.vstack(made)
    return tuple(path + to_mm - (points.min(axis=0) + points.max(axis=0)) / 2 for path in made)


def beside(box: BoxPlace, rng: Generator) -> Stroke:
    """A place that misses half of the box, or nearly all of it, but can mean no other."""
    angle, share = rng.uniform(0, 2 * math.pi), rng.uniform()
    way = np.array([math.cos(angle), math.sin(angle)])
    away_mm = NEAREST_BESIDE_MM + share * (np.array(BESIDE_MM) - NEAREST_BESIDE_MM)
    return np.asarray(middle(box) + away_mm * way / np.abs(way).max())


def between(box: BoxPlace, others: Sequence[BoxPlace], rng: Generator) -> Stroke:
    """A place midway between the box and its neighbour: nobody can tell which was meant."""
    beyond = np.array([2 * box.rect.width, 0.0])
    step: Stroke = middle(others[0]) - middle(box) if others else beyond
    place: Stroke = middle(box) + step * rng.uniform(0.42, 0.58)
    place[1] += rng.normal(0, 0.6)
    return place


def note(row: RowPlace, person: Writer, rng: Generator) -> tuple[Stroke, ...]:
    """Some words written anywhere over a row, so that they may run across its boxes."""
    at = np.array([rng.uniform(row.rect.x, row.rect.right - 30), rng.uniform(row.rect.y + 2, row.rect.bottom)])
    end_mm, strokes = at[0] + rng.uniform(8, 45), ()
    side_mm = rng.uniform(*LETTERS_MM)
    while at[0] < end_mm:
        piece = [path * side_mm for path in person.shape(Gesture.WRITING, side_mm, rng)]
        points = np.vstack(piece)
        left, width = points[:, 0].min(), np.ptp(points[:, 0])
        strokes += tuple(path - (left, 0) + at for path in piece)
        at[0] += width + rng.uniform(0.5, 3.0)
    return strokes


def underlining(row: RowPlace, rng: Generator) -> tuple[Stroke, ...]:
    """A line under the statement of a row."""
    start = np.array([row.rect.x + 4, row.rect.bottom - rng.uniform(0.2, 2.5)])
    return tuple(line + start for line in underline(rng.uniform(15, 90), rng))


def struck(row: RowPlace, rng: Generator) -> tuple[Stroke, ...]:
    """A line through all boxes of a row, and some of its statement or all: it is not to count."""
    start = np.array([row.rect.x + rng.uniform(0.0, 0.5) * row.rect.width, row.rect.centre.y + rng.normal(0, 0.8)])
    (line,) = underline(row.rect.right - rng.uniform(0, 2) - start[0], rng)
    steps = np.arange(len(line))
    fine = np.linspace(0, steps[-1], STRUCK_POINTS)
    return (np.column_stack([np.interp(fine, steps, along) for along in line.T]) + start,)


def middle(box: BoxPlace) -> Stroke:
    """The middle of a box, (2,)."""
    return np.array([box.rect.centre.x, box.rect.centre.y])
