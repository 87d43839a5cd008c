"""A hand in software: people with pens, and the marks they make."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.random import Generator

from kryds.samples.paper.ink import RealMarks, load_real_marks
from kryds.samples.paper.pen import PENS, Pen
from kryds.samples.paper.strokes import Gesture, HandStyle, Shape, Task, random_style, shape_of

#: Share of the kinds of mark a real hand lacks that are lent by another.
LENT = 0.6


class Part(StrEnum):
    """What a writer's marks are for. Every hand serves one purpose, always the same."""

    TRAINING = "training"
    CALIBRATION = "calibration"
    MEASURING = "measuring"


@dataclass(frozen=True)
class Writer:
    """A person with a pen. ``marks`` are strokes of a real hand; what it lacks, arithmetic draws in ``style``."""

    name: str
    pen: Pen
    style: HandStyle
    marks: RealMarks = field(default_factory=dict)

    @property
    def part(self) -> Part:
        """What the hand's marks are for."""
        return part_of(self.name)

    def shape(self, gesture: Gesture, box_mm: float, rng: Generator) -> Shape:
        """The strokes of one mark about a box of side 1 at (0, 0)."""
        own = self.marks.get(gesture)
        if own:
            return _varied(own[int(rng.integers(len(own)))], self.style, rng)
        return shape_of(gesture, Task(self.style, self.pen.width_mm / box_mm), rng)


def writer(number: int, pen: Pen | None = None) -> Writer:
    """The synthetic person of that number: always the same hand; the pen is theirs unless given."""
    rng = np.random.default_rng([number, 77])
    return Writer(f"synthetic-{number:04}", pen or PENS[int(rng.integers(len(PENS)))], random_style(rng))


def part_of(name: str) -> Part:
    """By the hash of a writer's name: a fifth of all hands measures, a tenth calibrates, the others train."""
    digest = hashlib.sha256(b"training" + name.encode()).digest()
    if digest[0] % 5 == 0:
        return Part.MEASURING
    return Part.CALIBRATION if digest[1] % 8 == 0 else Part.TRAINING


def real_writers(folder: Path) -> tuple[Writer, ...]:
    """Everybody in ``folder`` who ever drew an X, with a pen and habits of their own; none where there is no folder.

    Hardly anybody was asked for every kind of mark. More than half of those that somebody lacks are lent by another
    real hand of the same part, the others are left to arithmetic.
    """
    found = load_real_marks(folder)
    lenders = [(part_of(name), marks) for name, marks in found.items()]
    people = []
    for name, marks in found.items():
        if Gesture.CROSS in marks or Gesture.LOOPED_CROSS in marks:
            seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4])
            rng = np.random.default_rng(seed)
            pen = PENS[int(rng.integers(len(PENS)))]
            # An own X of any kind is truer to the hand than one from arithmetic.
            either = marks.get(Gesture.CROSS) or marks[Gesture.LOOPED_CROSS]
            lent = _lent([their for part, their in lenders if part is part_of(name)], rng)
            people.append(Writer(name, pen, random_style(rng), {**lent, Gesture.CROSS: either, **marks}))
    return tuple(people)


def _lent(lenders: Sequence[RealMarks], rng: Generator) -> RealMarks:
    """Marks of each kind by somebody who made such marks, for LENT of the kinds."""
    marks: dict[Gesture, tuple[Shape, ...]] = {}
    for gesture in Gesture:
        able = [their for their in lenders if gesture in their]
        if able and rng.random() < LENT:
            marks[gesture] = able[int(rng.integers(len(able)))][gesture]
    return marks


def with_pen(person: Writer, pen: Pen) -> Writer:
    """The same hand with another pen."""
    return replace(person, pen=pen)


def _varied(shape: Shape, style: HandStyle, rng: Generator) -> Shape:
    """A recorded mark, made anew by the same hand: a little larger or smaller, leaning, off the middle."""
    size = style.size * math.exp(rng.normal(0, 0.08 * style.looseness))
    lean = math.radians(style.slant_deg + rng.normal(0, 4 * style.looseness))
    turn = np.array([[math.cos(lean), math.sin(lean)], [-math.sin(lean), math.cos(lean)]]) * size
    middle = np.array(style.drift) + rng.normal(0, 0.06 * style.looseness, 2)
    return tuple(path @ turn + middle for path in shape)
