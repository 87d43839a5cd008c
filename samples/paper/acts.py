"""What people do to an item, what that leaves on the paper, and what a reader should make of it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.random import Generator

from kryds.model.layout import BoxPlace, PageLayout, RowPlace, SheetLayout
from kryds.model.reading import AnswerState, BoxState
from kryds.samples.paper.hand import Writer
from kryds.samples.paper.pen import Pen, Stroke, draw, paint_over
from kryds.samples.paper.printer import PaperPage
from kryds.samples.paper.strokes import Gesture, underline


class Act(StrEnum):
    """What a person does to one item."""

    CROSS = "cross"
    LOOPED_CROSS = "looped-cross"
    CROSS_TWICE = "cross-twice"
    CIRCLED_CROSS = "circled-cross"
    TICK = "tick"
    SLASH = "slash"
    DASH = "dash"
    CIRCLE = "circle"
    BULLET = "bullet"
    BESIDE = "beside"
    UNDERLINED = "underlined"
    WRITTEN_ACROSS = "written-across"
    CORRECTION = "correction"
    TWO_CORRECTIONS = "two-corrections"
    FLUID = "fluid"
    ERASED = "erased"
    BLANK = "blank"
    DOT = "dot"
    FILL = "fill"
    DOUBLE = "double"
    BETWEEN = "between"


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

    The state is DOUBTFUL where the marks do not tell what was meant (a box filled and no other crossed): ask.
    """

    item_id: str
    act: Act
    state: AnswerState
    choice: int | None
    boxes: tuple[BoxState, ...]


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


#: So much ink, in areas of the box, is laid on it by who takes a cross back: two lines across it more would be no more
#: than a cross gone over, and whoever sees them must ask.
SHOWS = 0.8
#: The side of the box that written words are scaled to: letters are 0.7 of it high.
LETTERS_MM = 6.0
#: How often people do what. Mostly they cross one box; the sheet also tells them how to correct.
USUAL: Mapping[Act, float] = {
    Act.CROSS: 0.82,
    Act.LOOPED_CROSS: 0.03,
    Act.CROSS_TWICE: 0.02,
    Act.CIRCLED_CROSS: 0.002,
    Act.TICK: 0.02,
    Act.SLASH: 0.005,
    Act.DASH: 0.002,
    Act.CIRCLE: 0.002,
    Act.BULLET: 0.001,
    Act.BESIDE: 0.005,
    Act.UNDERLINED: 0.01,
    Act.WRITTEN_ACROSS: 0.005,
    Act.CORRECTION: 0.035,
    Act.TWO_CORRECTIONS: 0.003,
    Act.FLUID: 0.003,
    Act.ERASED: 0.005,
    Act.BLANK: 0.02,
    Act.DOT: 0.001,
    Act.FILL: 0.002,
    Act.DOUBLE: 0.008,
    Act.BETWEEN: 0.001,
}

#: Every kind of mark equally often: for measuring.
EVERYTHING: Mapping[Act, float] = dict.fromkeys(Act, 1.0)

_GESTURE_OF: Mapping[Act, Gesture] = {
    Act.LOOPED_CROSS: Gesture.LOOPED_CROSS,
    Act.CROSS_TWICE: Gesture.CROSS_TWICE,
    Act.CIRCLED_CROSS: Gesture.CIRCLED_CROSS,
    Act.TICK: Gesture.TICK,
    Act.SLASH: Gesture.SLASH,
    Act.DASH: Gesture.DASH,
    Act.CIRCLE: Gesture.CIRCLE,
    Act.BULLET: Gesture.BULLET,
    Act.FILL: Gesture.BLOB,
    Act.DOT: Gesture.DOT,
}

_OTHERS_OF: Mapping[Act, int] = {
    Act.CORRECTION: 1,
    Act.TWO_CORRECTIONS: 2,
    Act.FLUID: 1,
    Act.ERASED: 1,
    Act.DOUBLE: 1,
}

_STATE_OF: Mapping[Act, AnswerState] = {
    Act.BLANK: AnswerState.BLANK,
    Act.DOT: AnswerState.BLANK,
    Act.DOUBLE: AnswerState.MULTIPLE,
    Act.FILL: AnswerState.DOUBTFUL,
    Act.BETWEEN: AnswerState.DOUBTFUL,
    Act.CORRECTION: AnswerState.CORRECTED,
    Act.TWO_CORRECTIONS: AnswerState.CORRECTED,
}

_OTHER_BOX: Mapping[Act, BoxState] = {
    Act.DOUBLE: BoxState.CROSSED,
    Act.BETWEEN: BoxState.DOUBTFUL,
    Act.CORRECTION: BoxState.CANCELLED,
    Act.TWO_CORRECTIONS: BoxState.CANCELLED,
}


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
    if act is Act.BETWEEN:
        left = int(rng.integers(1, max(2, options)))
        return ItemPlan(item_id, act, left, (left + 1,))
    order = [int(choice) + 1 for choice in rng.permutation(options)]
    others = tuple(order[1 : 1 + _OTHERS_OF.get(act, 0)])
    return ItemPlan(item_id, act, order[0], others)


def truth_of(plan: ItemPlan, options: int) -> ItemTruth:
    """What a perfect reader says of the item."""
    boxes = [BoxState.EMPTY] * options
    for other in plan.others:
        boxes[other - 1] = _OTHER_BOX.get(plan.act, BoxState.EMPTY)
    if plan.act not in (Act.BLANK, Act.DOT):
        sure = plan.act not in (Act.FILL, Act.BETWEEN)
        boxes[plan.choice - 1] = BoxState.CROSSED if sure else BoxState.DOUBTFUL
    state = _STATE_OF.get(plan.act, AnswerState.ANSWERED)
    return ItemTruth(plan.item_id, plan.act, state, plan.choice if state.counts else None, tuple(boxes))


def fill_in(
    page: PaperPage, layout: PageLayout, job: tuple[Writer, Mapping[str, ItemPlan]], rng: Generator
) -> PaperPage:
    """The page after ``job``'s writer carried out the plans (by item id) for the items that stand on it."""
    person, plans = job
    done = Drawing()
    for row in layout.rows:
        if row.item_id in plans:
            plan = plans[row.item_id]
            done += drawing_of(plan, _boxes(layout, row.item_id), person, rng) + _by_the_way(plan.act, row, person, rng)
    return put_on_paper(page, done, person.pen, rng)


def put_on_paper(page: PaperPage, drawing: Drawing, pen: Pen, rng: Generator) -> PaperPage:
    """The page with ``drawing`` on it, all strokes by ``pen``."""
    page = draw(draw(page, drawing.strokes, pen, rng), drawing.remains, erased(pen, rng), rng)
    return paint_over(page, drawing.fluid, rng) if drawing.fluid else page


def erased(pen: Pen, rng: Generator) -> Pen:
    """What an eraser leaves of the pen's ink: a tenth to a third, smeared wider."""
    darkness = pen.darkness * float(rng.uniform(0.08, 0.32))
    return replace(pen, width_mm=pen.width_mm * 1.4, darkness=darkness, grain=0.5, dryness=0.0)


def drawing_of(plan: ItemPlan, boxes: Sequence[BoxPlace], person: Writer, rng: Generator) -> Drawing:
    """What carrying out one item's plan leaves; ``boxes`` are the item's, in any order."""
    if plan.act is Act.BLANK:
        return Drawing()
    places = {box.choice: box for box in boxes}
    chosen, others = places[plan.choice], [places[other] for other in plan.others if other in places]
    if plan.act is Act.BETWEEN:
        return Drawing(astray(chosen, person, between(chosen, others, rng), rng))
    if plan.act is Act.BESIDE:
        return Drawing(astray(chosen, person, beside(chosen, rng), rng))
    made = mark(chosen, _GESTURE_OF.get(plan.act, Gesture.CROSS), person, rng)
    return _second_thoughts(plan.act, others, person, rng) + Drawing(made)


def _second_thoughts(act: Act, others: Sequence[BoxPlace], person: Writer, rng: Generator) -> Drawing:
    """What happened to the other boxes of the item: crossed, and what was done about it."""
    crossed = tuple(stroke for other in others for stroke in mark(other, Gesture.CROSS, person, rng))
    if act is Act.ERASED:
        return Drawing(remains=crossed)
    if act is Act.FLUID:
        return Drawing(crossed, fluid=tuple(_middle(other)[None] for other in others))
    if act is Act.DOUBLE:
        return Drawing(crossed)
    return Drawing(crossed + tuple(stroke for other in others for stroke in scribble(other, person, rng)))


def mark(box: BoxPlace, gesture: Gesture, person: Writer, rng: Generator) -> tuple[Stroke, ...]:
    """The strokes (layout millimetres) of one mark in a box."""
    return tuple(path * box.rect.width + _middle(box) for path in person.shape(gesture, box.rect.width, rng))


def scribble(box: BoxPlace, person: Writer, rng: Generator) -> tuple[Stroke, ...]:
    """A box filled up, one way or another, until it shows: a wisp would not cancel anything."""
    way = (Gesture.BLOB, Gesture.ZIGZAG)[int(rng.integers(2))]
    strokes = mark(box, way, person, rng)
    while _length_mm(strokes) * person.pen.width_mm < SHOWS * box.rect.width * box.rect.height:
        strokes += mark(box, way, person, rng)
    return strokes


def _length_mm(strokes: Sequence[Stroke]) -> float:
    return sum(float(np.hypot(*np.diff(stroke, axis=0).T).sum()) for stroke in strokes)


def astray(box: BoxPlace, person: Writer, to_mm: Stroke, rng: Generator) -> tuple[Stroke, ...]:
    """A cross of the size of ``box`` whose middle is at ``to_mm`` instead of in it."""
    made = mark(box, Gesture.CROSS, person, rng)
    points = np.vstack(made)
    return tuple(path + to_mm - (points.min(axis=0) + points.max(axis=0)) / 2 for path in made)


def beside(box: BoxPlace, rng: Generator) -> Stroke:
    """A place that half misses the box but can mean no other."""
    angle, away_mm = rng.uniform(0, 2 * math.pi), rng.uniform(1.5, 3.0)
    return _middle(box) + away_mm * np.array([math.cos(angle), math.sin(angle)])


def between(box: BoxPlace, others: Sequence[BoxPlace], rng: Generator) -> Stroke:
    """A place midway between the box and its neighbour: nobody can tell which was meant."""
    beyond = np.array([2 * box.rect.width, 0.0])
    step: Stroke = _middle(others[0]) - _middle(box) if others else beyond
    place: Stroke = _middle(box) + step * rng.uniform(0.42, 0.58)
    place[1] += rng.normal(0, 0.6)
    return place


def note(row: RowPlace, person: Writer, rng: Generator) -> tuple[Stroke, ...]:
    """Some words written anywhere over a row, so that they may run across its boxes."""
    at = np.array([rng.uniform(row.rect.x, row.rect.right - 30), rng.uniform(row.rect.y + 2, row.rect.bottom)])
    end_mm, strokes = at[0] + rng.uniform(8, 45), ()
    while at[0] < end_mm:
        piece = [path * LETTERS_MM for path in person.shape(Gesture.WRITING, LETTERS_MM, rng)]
        points = np.vstack(piece)
        left, width = points[:, 0].min(), np.ptp(points[:, 0])
        strokes += tuple(path - (left, 0) + at for path in piece)
        at[0] += width + rng.uniform(0.5, 3.0)
    return strokes


def underlining(row: RowPlace, rng: Generator) -> tuple[Stroke, ...]:
    """A line under the statement of a row."""
    start = np.array([row.rect.x + 4, row.rect.bottom - rng.uniform(0.2, 2.5)])
    return tuple(line + start for line in underline(rng.uniform(15, 90), rng))


def _by_the_way(act: Act, row: RowPlace, person: Writer, rng: Generator) -> Drawing:
    if act is Act.WRITTEN_ACROSS:
        return Drawing(note(row, person, rng))
    return Drawing(underlining(row, rng)) if act is Act.UNDERLINED else Drawing()


def _middle(box: BoxPlace) -> Stroke:
    return np.array([box.rect.centre.x, box.rect.centre.y])


def _boxes(page: PageLayout, item_id: str) -> tuple[BoxPlace, ...]:
    return tuple(box for box in page.boxes if box.item_id == item_id)
