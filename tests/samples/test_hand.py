import json
from pathlib import Path

import numpy as np
import pytest

from kryds.model.edition import Edition
from kryds.model.reading import AnswerState, BoxState
from kryds.samples.paper.hand import (
    EVERYTHING,
    USUAL,
    Act,
    ItemPlan,
    fill_in,
    plan_item,
    plan_sheet,
    real_writers,
    strokes_for,
    truth_of,
    with_pen,
    writer,
)
from kryds.samples.paper.pen import GEL
from kryds.samples.paper.printer import PaperPage

EMPTY, CROSSED, CANCELLED, DOUBTFUL = BoxState.EMPTY, BoxState.CROSSED, BoxState.CANCELLED, BoxState.DOUBTFUL


@pytest.mark.parametrize(
    ("plan", "state", "choice", "boxes"),
    [
        (ItemPlan("1.1", Act.CROSS, 2), AnswerState.ANSWERED, 2, (EMPTY, CROSSED, EMPTY)),
        (ItemPlan("1.1", Act.TICK, 1), AnswerState.ANSWERED, 1, (CROSSED, EMPTY, EMPTY)),
        (ItemPlan("1.1", Act.FILL, 3), AnswerState.ANSWERED, 3, (EMPTY, EMPTY, DOUBTFUL)),
        (ItemPlan("1.1", Act.DOT, 3), AnswerState.BLANK, None, (EMPTY, EMPTY, EMPTY)),
        (ItemPlan("1.1", Act.BLANK, 0), AnswerState.BLANK, None, (EMPTY, EMPTY, EMPTY)),
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


@pytest.mark.parametrize("act", [act for act in Act if act not in (Act.BLANK, Act.UNDERLINED)])
def test_ink_falls_on_the_boxes_planned_and_on_no_others(edition: Edition, act: Act) -> None:
    boxes = edition.layout.pages[0].boxes[:3]
    plan = plan_item("1.1", act, 3, np.random.default_rng(2))
    points = np.vstack(strokes_for(plan, boxes, writer(3, GEL), np.random.default_rng(3)))
    nearest = {int(np.argmin([np.hypot(*(p - (b.rect.centre.x, b.rect.centre.y))) for b in boxes])) + 1 for p in points}
    assert nearest == {plan.choice, *plan.others}


def test_an_underline_is_drawn_under_the_statement(edition: Edition) -> None:
    layout = edition.layout.pages[0]
    page = PaperPage(np.full((600, 420), 255, np.uint8), 102, np.array([[4.0, 0, 0], [0, 4.0, 0]]))
    plan = {"1.1": ItemPlan("1.1", Act.UNDERLINED, 3)}
    pixels = fill_in(page, layout, (writer(3, GEL), plan), np.random.default_rng(3)).pixels
    row = layout.rows[0].rect
    under_words = pixels[round((row.bottom - 3) * 4) : round((row.bottom + 1) * 4), round(row.x * 4) : 4 * 30]
    assert under_words.min() < 150


def test_a_writer_is_always_the_same_person() -> None:
    assert writer(4) == writer(4)
    assert writer(4) != writer(5)


def test_about_every_fifth_writer_is_held_back() -> None:
    assert 20 < sum(writer(number).held_back for number in range(200)) < 60


def test_a_real_writer_uses_their_own_strokes(tmp_path: Path, edition: Edition) -> None:
    arms = [[[0, 0], [1, 1]], [[1, 0], [0, 1]]]
    row = {"writer": "w", "source": "s", "kind": "cross", "straight": 1, "strokes": arms}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n")
    (person,) = real_writers(tmp_path)
    boxes = edition.layout.pages[0].boxes[:3]
    strokes = strokes_for(ItemPlan("1.1", Act.CROSS, 1), boxes, with_pen(person, GEL), np.random.default_rng(1))
    assert [len(stroke) for stroke in strokes] == [2, 2]


def test_somebody_who_never_drew_an_x_is_no_writer(tmp_path: Path) -> None:
    row = {"writer": "w", "source": "s", "kind": "tick", "strokes": [[[0, 0], [1, 1]]]}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n")
    assert real_writers(tmp_path) == ()
