"""What people do to an item, what that leaves on the paper, and what a reader should make of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.random import Generator

from kryds.model.layout import BoxPlace, PageLayout, RowPlace, SheetLayout
from kryds.model.reading import AnswerState, BoxState
from kryds.samples.paper.drawing import (
    Drawing,
    astray,
    beside,
    between,
    mark,
    middle,
    note,
    put_on_paper,
    scribble,
    struck,
    underlining,
)
from kryds.samples.paper.hand import Writer
from kryds.samples.paper.printer import PaperPage
from kryds.samples.paper.strokes import Gesture


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
    CHARACTER = "character"
    WORDS_ALONE = "words-alone"
    STRUCK = "struck"
    CROSS_STRUCK = "cross-struck"


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
    Act.CHARACTER: 0.0005,
    Act.WORDS_ALONE: 0.0005,
    Act.STRUCK: 0.0005,
    Act.CROSS_STRUCK: 0.0005,
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
    Act.DOT: Gesture.DOT,
    Act.CHARACTER: Gesture.CHARACTER,
}

#: Rows of which no box is marked.
_WITHOUT_MARK = (Act.BLANK, Act.WORDS_ALONE, Act.STRUCK)

#: Boxes filled in so that nobody can take them for crossed.
_FILLS = (Gesture.BLOB, Gesture.LOOPS)

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
    Act.CHARACTER: AnswerState.DOUBTFUL,
    Act.WORDS_ALONE: AnswerState.BLANK,
    Act.STRUCK: AnswerState.DOUBTFUL,
    Act.CROSS_STRUCK: AnswerState.DOUBTFUL,
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
    if act in _WITHOUT_MARK:
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
    if plan.act not in (*_WITHOUT_MARK, Act.DOT):
        sure = plan.act not in (Act.FILL, Act.BETWEEN, Act.CHARACTER, Act.CROSS_STRUCK)
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


def drawing_of(plan: ItemPlan, boxes: Sequence[BoxPlace], person: Writer, rng: Generator) -> Drawing:
    """What carrying out one item's plan leaves; ``boxes`` are the item's, in any order."""
    if plan.act in _WITHOUT_MARK:
        return Drawing()
    places = {box.choice: box for box in boxes}
    chosen, others = places[plan.choice], [places[other] for other in plan.others if other in places]
    if plan.act is Act.BETWEEN:
        return Drawing(astray(chosen, person, between(chosen, others, rng), rng))
    if plan.act is Act.BESIDE:
        return Drawing(astray(chosen, person, beside(chosen, rng), rng))
    gesture = _FILLS[int(rng.integers(2))] if plan.act is Act.FILL else _GESTURE_OF.get(plan.act, Gesture.CROSS)
    made = mark(chosen, gesture, person, rng)
    return _second_thoughts(plan.act, others, person, rng) + Drawing(made)


def _second_thoughts(act: Act, others: Sequence[BoxPlace], person: Writer, rng: Generator) -> Drawing:
    """What happened to the other boxes of the item: crossed, and what was done about it."""
    crossed = tuple(stroke for other in others for stroke in mark(other, Gesture.CROSS, person, rng))
    if act is Act.ERASED:
        return Drawing(remains=crossed)
    if act is Act.FLUID:
        return Drawing(crossed, fluid=tuple(middle(other)[None] for other in others))
    if act is Act.DOUBLE:
        return Drawing(crossed)
    return Drawing(crossed + tuple(stroke for other in others for stroke in scribble(other, person, rng)))


def _by_the_way(act: Act, row: RowPlace, person: Writer, rng: Generator) -> Drawing:
    if act in (Act.WRITTEN_ACROSS, Act.WORDS_ALONE):
        return Drawing(note(row, person, rng))
    lines = {Act.UNDERLINED: underlining, Act.STRUCK: struck, Act.CROSS_STRUCK: struck}
    return Drawing(lines[act](row, rng)) if act in lines else Drawing()


def _boxes(page: PageLayout, item_id: str) -> tuple[BoxPlace, ...]:
    return tuple(box for box in page.boxes if box.item_id == item_id)
