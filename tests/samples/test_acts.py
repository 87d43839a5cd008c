import numpy as np
import pytest

from kryds.model.edition import Edition
from kryds.model.layout import BoxPlace
from kryds.model.reading import AnswerState, BoxState
from kryds.samples.paper.acts import (
    EVERYTHING,
    USUAL,
    Act,
    ItemPlan,
    drawing_of,
    fill_in,
    plan_item,
    plan_sheet,
    truth_of,
)
from kryds.samples.paper.hand import writer
from kryds.samples.paper.pen import GEL
from kryds.samples.paper.printer import PaperPage

EMPTY, CROSSED, CANCELLED, DOUBTFUL = BoxState.EMPTY, BoxState.CROSSED, BoxState.CANCELLED, BoxState.DOUBTFUL


@pytest.mark.parametrize(
    ("plan", "state", "choice", "boxes"),
    [
        (ItemPlan("1.1", Act.CROSS, 2), AnswerState.ANSWERED, 2, (EMPTY, CROSSED, EMPTY)),
        (ItemPlan("1.1", Act.TICK, 1), AnswerState.ANSWERED, 1, (CROSSED, EMPTY, EMPTY)),
        (ItemPlan("1.1", Act.FILL, 3), AnswerState.DOUBTFUL, None, (EMPTY, EMPTY, DOUBTFUL)),
        (ItemPlan("1.1", Act.BETWEEN, 1, (2,)), AnswerState.DOUBTFUL, None, (DOUBTFUL, DOUBTFUL, EMPTY)),
        (ItemPlan("1.1", Act.BESIDE, 2), AnswerState.ANSWERED, 2, (EMPTY, CROSSED, EMPTY)),
        (ItemPlan("1.1", Act.FLUID, 2, (1,)), AnswerState.ANSWERED, 2, (EMPTY, CROSSED, EMPTY)),
        (ItemPlan("1.1", Act.ERASED, 2, (1,)), AnswerState.ANSWERED, 2, (EMPTY, CROSSED, EMPTY)),
        (ItemPlan("1.1", Act.DOT, 3), AnswerState.BLANK, None, (EMPTY, EMPTY, EMPTY)),
        (ItemPlan("1.1", Act.BLANK, 0), AnswerState.BLANK, None, (EMPTY, EMPTY, EMPTY)),
        (ItemPlan("1.1", Act.CHARACTER, 2), AnswerState.DOUBTFUL, None, (EMPTY, DOUBTFUL, EMPTY)),
        (ItemPlan("1.1", Act.WORDS_ALONE, 0), AnswerState.BLANK, None, (EMPTY, EMPTY, EMPTY)),
        (ItemPlan("1.1", Act.STRUCK, 0), AnswerState.DOUBTFUL, None, (EMPTY, EMPTY, EMPTY)),
        (ItemPlan("1.1", Act.CROSS_STRUCK, 2), AnswerState.DOUBTFUL, None, (EMPTY, DOUBTFUL, EMPTY)),
        (ItemPlan("1.1", Act.DOUBLE, 1, (3,)), AnswerState.MULTIPLE, None, (CROSSED, EMPTY, CROSSED)),
        (ItemPlan("1.1", Act.CORRECTION, 1, (2,)), AnswerState.CORRECTED, 1, (CROSSED, CANCELLED, EMPTY)),
        (ItemPlan("1.1", Act.TWO_CORRECTIONS, 1, (2, 3)), AnswerState.CORRECTED, 1, (CROSSED, CANCELLED, CANCELLED)),
    ],
)
def test_the_truth_follows_from_what_was_done(
    plan: ItemPlan, state: AnswerState, choice: int | None, boxes: tuple[BoxState, ...]
) -> None:
    truth = truth_of(plan, options=3)
    assert (truth.state, truth.choice, truth.boxes) == (state, choice, boxes)


@pytest.mark.parametrize("act", Act)
def test_a_plan_touches_different_boxes_that_are_there(act: Act) -> None:
    plan = plan_item("1.1", act, 3, np.random.default_rng(1))
    touched = [choice for choice in (plan.choice, *plan.others) if choice]
    assert len(set(touched)) == len(touched)
    assert all(1 <= choice <= 3 for choice in touched)


def test_two_corrections_among_two_boxes_become_one() -> None:
    assert len(plan_item("1.1", Act.TWO_CORRECTIONS, 2, np.random.default_rng(1)).others) == 1


def test_a_plan_covers_every_item_in_printed_order(edition: Edition) -> None:
    plan = plan_sheet(edition.layout, USUAL, np.random.default_rng(1))
    assert [item.item_id for item in plan] == [item.id for item in edition.form.items]


def test_habits_decide_what_is_done(edition: Edition) -> None:
    plan = plan_sheet(edition.layout, {Act.TICK: 1.0, Act.CROSS: 0.0}, np.random.default_rng(1))
    assert {item.act for item in plan} == {Act.TICK}
    assert set(EVERYTHING) == set(Act)


def test_a_cross_between_two_boxes_is_between_neighbours() -> None:
    plans = [plan_item("1.1", Act.BETWEEN, 5, np.random.default_rng(seed)) for seed in range(20)]
    assert all(plan.others == (plan.choice + 1,) and plan.choice < 5 for plan in plans)


@pytest.mark.parametrize("act", [act for act in Act if act not in (Act.BLANK, Act.WORDS_ALONE, Act.STRUCK)])
def test_ink_falls_on_the_boxes_planned_and_on_no_others(edition: Edition, act: Act) -> None:
    boxes = edition.layout.pages[0].boxes[:3]
    plan = plan_item("1.1", act, 3, np.random.default_rng(2))
    drawing = drawing_of(plan, boxes, writer(3, GEL), np.random.default_rng(3))
    points = np.vstack([*drawing.strokes, *drawing.remains, *drawing.fluid])
    nearest = {int(np.argmin([np.hypot(*(p - (b.rect.centre.x, b.rect.centre.y))) for b in boxes])) + 1 for p in points}
    assert nearest == {plan.choice, *plan.others}


def test_an_underline_is_drawn_under_the_statement(edition: Edition) -> None:
    layout = edition.layout.pages[0]
    plan = {"1.1": ItemPlan("1.1", Act.UNDERLINED, 3)}
    pixels = fill_in(_bare(), layout, (writer(3, GEL), plan), np.random.default_rng(3)).pixels
    row = layout.rows[0].rect
    under_words = pixels[round((row.bottom - 3) * 4) : round((row.bottom + 1) * 4), round(row.x * 4) : 4 * 30]
    assert under_words.min() < 150


@pytest.mark.parametrize("plan", [ItemPlan("1.1", Act.STRUCK, 0), ItemPlan("1.1", Act.CROSS_STRUCK, 2)])
def test_a_line_strikes_through_every_box_of_the_row(edition: Edition, plan: ItemPlan) -> None:
    layout = edition.layout.pages[0]
    pixels = fill_in(_bare(), layout, (writer(3, GEL), {"1.1": plan}), np.random.default_rng(3)).pixels
    row = [box for box in layout.boxes if box.item_id == "1.1"]
    assert all(_inside(pixels, box).min() < 150 for box in row)


@pytest.mark.parametrize("act", [Act.WRITTEN_ACROSS, Act.WORDS_ALONE])
def test_words_are_written_over_the_row(edition: Edition, act: Act) -> None:
    layout = edition.layout.pages[0]
    plan = {"1.1": ItemPlan("1.1", act, 3 if act is Act.WRITTEN_ACROSS else 0)}
    bare = fill_in(_bare(), layout, (writer(3, GEL), {}), np.random.default_rng(3)).pixels
    pixels = fill_in(_bare(), layout, (writer(3, GEL), plan), np.random.default_rng(3)).pixels
    inked = np.argwhere(pixels < bare)
    assert len(inked) > 300
    assert np.ptp(inked[:, 1]) > 4 * 8


@pytest.mark.parametrize("act", [Act.FLUID, Act.ERASED])
def test_what_was_taken_back_is_paler_than_what_was_crossed(edition: Edition, act: Act) -> None:
    layout = edition.layout.pages[0]
    plan = {"1.1": ItemPlan("1.1", act, 3, (1,))}
    pixels = fill_in(_bare(), layout, (writer(3, GEL), plan), np.random.default_rng(3)).pixels
    dark = [(_inside(pixels, box) < 128).sum() for box in layout.boxes[:3]]
    assert dark[2] > 20
    assert dark[0] < dark[2] / 10


def _bare() -> PaperPage:
    return PaperPage(np.full((600, 420), 255, np.uint8), 102, np.array([[4.0, 0, 0], [0, 4.0, 0]]))


def _inside(pixels: np.ndarray, box: BoxPlace) -> np.ndarray:
    rect = box.rect
    return pixels[round(rect.y * 4) : round(rect.bottom * 4), round(rect.x * 4) : round(rect.right * 4)]
