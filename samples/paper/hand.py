"""A hand in software: people with pens, what they do to each item, and what a reader should make of it."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.random import Generator

from kryds.model.layout import BoxPlace, PageLayout, SheetLayout
from kryds.model.reading import AnswerState, BoxState
from kryds.samples.paper.ink import RealMarks, load_real_marks
from kryds.samples.paper.pen import PENS, Pen, Stroke, draw
from kryds.samples.paper.printer import PaperPage
from kryds.samples.paper.strokes import Gesture, HandStyle, Shape, Task, random_style, shape_of, underline


class Act(StrEnum):
    """What a person does to one item."""

    CROSS = "cross"
    LOOPED_CROSS = "looped-cross"
    CROSS_TWICE = "cross-twice"
    TICK = "tick"
    SLASH = "slash"
    CIRCLE = "circle"
    FILL = "fill"
    DOT = "dot"
    CORRECTION = "correction"
    TWO_CORRECTIONS = "two-corrections"
    DOUBLE = "double"
    UNDERLINED = "underlined"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """What happens to one item: the act, the box meant (from 1; 0 for a blank), and the other boxes it touches."""

    item_id: str
    act: Act
    choice: int
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemTruth:
    """What the item says, known because we wrote it. ``choice`` counts from 1, None unless the state counts.

    A box is DOUBTFUL where the mark alone does not tell what was meant: filled without a word.
    """

    item_id: str
    act: Act
    state: AnswerState
    choice: int | None
    boxes: tuple[BoxState, ...]


@dataclass(frozen=True)
class Writer:
    """A person with a pen. ``marks`` are strokes of a real hand; what it lacks, arithmetic draws in ``style``."""

    name: str
    pen: Pen
    style: HandStyle
    marks: RealMarks = field(default_factory=dict)

    @property
    def held_back(self) -> bool:
        """Whether this hand is kept from training and development: every fifth is, by the hash of its name."""
        return hashlib.sha256(b"training" + self.name.encode()).digest()[0] % 5 == 0

    def shape(self, gesture: Gesture, box_mm: float, rng: Generator) -> Shape:
        """The strokes of one mark about a box of side 1 at (0, 0)."""
        own = self.marks.get(gesture)
        if own:
            return _varied(own[int(rng.integers(len(own)))], self.style, rng)
        return shape_of(gesture, Task(self.style, self.pen.width_mm / box_mm), rng)


#: How often people do what. Mostly they cross one box; the sheet also tells them how to correct.
USUAL: Mapping[Act, float] = {Act.CROSS: 0.9, Act.CORRECTION: 0.04, Act.BLANK: 0.02, Act.LOOPED_CROSS: 0.04}

#: Every kind of mark equally often: for measuring.
EVERYTHING: Mapping[Act, float] = dict.fromkeys(Act, 1.0)

_GESTURE_OF: Mapping[Act, Gesture] = {
    Act.CROSS: Gesture.CROSS,
    Act.LOOPED_CROSS: Gesture.LOOPED_CROSS,
    Act.CROSS_TWICE: Gesture.CROSS_TWICE,
    Act.TICK: Gesture.TICK,
    Act.SLASH: Gesture.SLASH,
    Act.CIRCLE: Gesture.CIRCLE,
    Act.FILL: Gesture.BLOB,
    Act.DOT: Gesture.DOT,
    Act.CORRECTION: Gesture.CROSS,
    Act.TWO_CORRECTIONS: Gesture.CROSS,
    Act.DOUBLE: Gesture.CROSS,
    Act.UNDERLINED: Gesture.CROSS,
}

_OTHERS_OF: Mapping[Act, int] = {Act.CORRECTION: 1, Act.TWO_CORRECTIONS: 2, Act.DOUBLE: 1}


def writer(number: int, pen: Pen | None = None) -> Writer:
    """The synthetic person of that number: always the same hand; the pen is theirs unless given."""
    rng = np.random.default_rng([number, 77])
    return Writer(f"synthetic-{number:04}", pen or PENS[int(rng.integers(len(PENS)))], random_style(rng))


def real_writers(folder: Path) -> tuple[Writer, ...]:
    """Everybody in ``folder`` who ever drew an X, with a pen and habits of their own; none where there is no folder."""
    people = []
    for name, marks in load_real_marks(folder).items():
        if Gesture.CROSS in marks or Gesture.LOOPED_CROSS in marks:
            seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4])
            rng = np.random.default_rng(seed)
            pen = PENS[int(rng.integers(len(PENS)))]
            # An own X of any kind is truer to the hand than one from arithmetic.
            either = marks.get(Gesture.CROSS) or marks[Gesture.LOOPED_CROSS]
            people.append(Writer(name, pen, random_style(rng), {Gesture.CROSS: either, **marks}))
    return tuple(people)


def with_pen(person: Writer, pen: Pen) -> Writer:
    """The same hand with another pen."""
    return replace(person, pen=pen)


def plan_sheet(layout: SheetLayout, habits: Mapping[Act, float], rng: Generator) -> tuple[ItemPlan, ...]:
    """What a person with these ``habits`` (weights of acts) does to every item, in printed order."""
    acts = tuple(habits)
    share = np.array([habits[act] for act in acts], dtype=float)
    picks = rng.choice(len(acts), p=share / share.sum(), size=sum(len(page.rows) for page in layout.pages))
    rows = [(row.item_id, len(_boxes(page, row.item_id))) for page in layout.pages for row in page.rows]
    return tuple(plan_item(item, acts[int(pick)], n, rng) for (item, n), pick in zip(rows, picks, strict=True))


def plan_item(item_id: str, act: Act, options: int, rng: Generator) -> ItemPlan:
    """``act`` on an item of ``options`` boxes; which box is chance, and boxes it needs but are not there are left."""
    if act is Act.BLANK:
        return ItemPlan(item_id, act, choice=0)
    order = [int(choice) + 1 for choice in rng.permutation(options)]
    others = tuple(order[1 : 1 + _OTHERS_OF.get(act, 0)])
    return ItemPlan(item_id, act, order[0], others)


def truth_of(plan: ItemPlan, options: int) -> ItemTruth:
    """What a perfect reader says of the item."""
    boxes = [BoxState.EMPTY] * options
    for other in plan.others:
        boxes[other - 1] = BoxState.CROSSED if plan.act is Act.DOUBLE else BoxState.CANCELLED
    if plan.act not in (Act.BLANK, Act.DOT):
        boxes[plan.choice - 1] = BoxState.DOUBTFUL if plan.act is Act.FILL else BoxState.CROSSED
    state = _STATE_OF.get(plan.act, AnswerState.ANSWERED)
    return ItemTruth(plan.item_id, plan.act, state, plan.choice if state.counts else None, tuple(boxes))


_STATE_OF: Mapping[Act, AnswerState] = {
    Act.BLANK: AnswerState.BLANK,
    Act.DOT: AnswerState.BLANK,
    Act.DOUBLE: AnswerState.MULTIPLE,
    Act.CORRECTION: AnswerState.CORRECTED,
    Act.TWO_CORRECTIONS: AnswerState.CORRECTED,
}


def fill_in(
    page: PaperPage, layout: PageLayout, job: tuple[Writer, Mapping[str, ItemPlan]], rng: Generator
) -> PaperPage:
    """The page after ``job``'s writer carried out the plans (by item id) for the items that stand on it."""
    person, plans = job
    strokes: list[Stroke] = []
    for row in layout.rows:
        if row.item_id in plans:
            strokes += strokes_for(plans[row.item_id], _boxes(layout, row.item_id), person, rng)
            if plans[row.item_id].act is Act.UNDERLINED:
                start = np.array([row.rect.x + 4, row.rect.bottom - 1.2])
                strokes += [line + start for line in underline(rng.uniform(15, 50), rng)]
    return draw(page, strokes, person.pen, rng)


def strokes_for(plan: ItemPlan, boxes: Sequence[BoxPlace], person: Writer, rng: Generator) -> list[Stroke]:
    """The pen strokes (layout millimetres) of one item's plan; ``boxes`` are the item's, in any order."""
    places = {box.choice: box for box in boxes}
    if plan.act is Act.BLANK:
        return []
    strokes: list[Stroke] = []
    for other in plan.others:
        strokes += _marked(places[other], Gesture.CROSS, person, rng)
        if plan.act is not Act.DOUBLE:
            # Who corrects scribbles until it shows: a wisp would not cancel anything.
            strokes += _marked(places[other], (Gesture.BLOB, Gesture.ZIGZAG)[rng.integers(2)], person, rng)
    return strokes + _marked(places[plan.choice], _GESTURE_OF[plan.act], person, rng)


def _marked(box: BoxPlace, gesture: Gesture, person: Writer, rng: Generator) -> list[Stroke]:
    middle = np.array([box.rect.centre.x, box.rect.centre.y])
    return [path * box.rect.width + middle for path in person.shape(gesture, box.rect.width, rng)]


def _boxes(page: PageLayout, item_id: str) -> tuple[BoxPlace, ...]:
    return tuple(box for box in page.boxes if box.item_id == item_id)


def _varied(shape: Shape, style: HandStyle, rng: Generator) -> Shape:
    """A recorded mark, made anew by the same hand: a little larger or smaller, leaning, off the middle."""
    size = style.size * math.exp(rng.normal(0, 0.08 * style.looseness))
    lean = math.radians(rng.normal(0, 4 * style.looseness))
    turn = np.array([[math.cos(lean), math.sin(lean)], [-math.sin(lean), math.cos(lean)]]) * size
    middle = np.array(style.drift) + rng.normal(0, 0.06 * style.looseness, 2)
    return tuple(path @ turn + middle for path in shape)
