from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pytest

from kryds.model.reading import Answer, AnswerState, Mark, Reason
from kryds.reader.classify import classify_boxes, judged
from kryds.reader.measure import measure_boxes
from kryds.reader.read import locate_page
from kryds.reader.ring import trust_rings
from kryds.reader.settings import DEFAULT
from kryds.reader.snap import LocatedPage
from tests.reader import drawn

EDITION = drawn.edition(drawn.form(items=20, options=5))
ITEMS = [row.item_id for row in EDITION.layout.pages[0].rows]
ASKED, MEANT = ITEMS[4], 3
BOX = drawn.box_of(EDITION, ASKED, MEANT)
PEN = (0.5, 60)
#: Chances of a ring: rather a cross than a letter, and the other way round.
RATHER_CROSSED, RATHER_WRITTEN = (0.0, 0.7, 0.0, 0.0, 0.0, 0.3), (0.0, 0.1, 0.0, 0.0, 0.0, 0.9)


def ring(page: drawn.Gray, at_mm: tuple[float, float], radii_mm: tuple[float, float], turn: float = 1.0) -> None:
    """So much of an ellipse, so far from the middle of BOX."""
    corners = np.linspace(0, 2 * np.pi * turn, 40)
    points = np.column_stack([np.cos(corners), np.sin(corners)]) * radii_mm + at_mm
    for (x, y), (next_x, next_y) in pairwise(points.tolist()):
        drawn.stroke(page, BOX, ((x, y), (next_x, next_y)), PEN)


def told(page: drawn.Gray, others: Sequence[float] = (), reason: str = "mark_unclear") -> Answer:
    """What becomes of the open row; every other row has one mark, with these chances."""
    located = locate_page(drawn.scan_page(page), {EDITION.digest: EDITION})
    assert isinstance(located, LocatedPage)
    measurements = measure_boxes(located.registered, DEFAULT)
    marks = [
        _like(mark, others) if others and mark.item_id != ASKED else mark
        for mark in classify_boxes(located.registered, measurements, DEFAULT)
    ]
    answer = Answer(ASKED, None, AnswerState.DOUBTFUL, 0.5, (Reason(reason),))
    return trust_rings([answer], (marks, measurements), located, DEFAULT)[0]


def _like(mark: Mark, chances: Sequence[float]) -> Mark:
    return judged(mark, chances if mark.choice == MEANT else (1.0, 0, 0, 0, 0, 0), DEFAULT)


@pytest.mark.parametrize("reason", ["mark_unclear", "ink_beside"])
@pytest.mark.parametrize(
    ("at_mm", "radii_mm", "turn"),
    [((0, 0), (5.2, 4.8), 1.0), ((0.6, -0.3), (6.0, 5.0), 1.0), ((0, 0), (5.5, 4.6), 0.85)],
    ids=["around the box", "wide", "not closed"],
)
def test_a_ring_around_a_box_is_its_rows_answer(
    reason: str, at_mm: tuple[float, float], radii_mm: tuple[float, float], turn: float
) -> None:
    page = drawn.draw_page(EDITION)
    ring(page, at_mm, radii_mm, turn)

    answer = told(page, reason=reason)

    assert (answer.state, answer.choice) == (AnswerState.ANSWERED, MEANT)


def around_two(page: drawn.Gray) -> None:
    ring(page, (7, 0), (11.5, 4.8))


def between_two(page: drawn.Gray) -> None:
    ring(page, (7, 0), (3.0, 4.0))


def with_a_cross_elsewhere(page: drawn.Gray) -> None:
    ring(page, (0, 0), (5.2, 4.8))
    drawn.cross(page, drawn.box_of(EDITION, ASKED, 5))


def half_of_one(page: drawn.Gray) -> None:
    ring(page, (0, 0), (5.2, 4.8), 0.5)


def words_on_both_sides(page: drawn.Gray) -> None:
    for x in (-5.5, -4.5, 4.5, 5.5):
        drawn.stroke(page, BOX, ((x, -1.8), (x + 0.8, 1.8)), PEN)


@pytest.mark.parametrize("draw", [around_two, between_two, with_a_cross_elsewhere, half_of_one, words_on_both_sides])
def test_what_is_no_ring_about_one_box_stays_a_question(draw: Callable[[drawn.Gray], None]) -> None:
    page = drawn.draw_page(EDITION)
    draw(page)

    assert told(page, RATHER_CROSSED).state is AnswerState.DOUBTFUL


def test_a_ring_in_a_box_is_an_answer_by_a_hand_that_makes_rings_alone() -> None:
    page = drawn.draw_page(EDITION)
    ring(page, (0, 0), (1.6, 2.0))

    assert told(page, RATHER_WRITTEN).choice == MEANT
    assert told(page, RATHER_CROSSED).choice == MEANT
    assert told(page, (0.0, 0.99, 0.0, 0.0, 0.0, 0.01)).state is AnswerState.DOUBTFUL
    assert told(page).state is AnswerState.DOUBTFUL


def test_a_letter_with_ink_in_its_middle_is_no_ring() -> None:
    page = drawn.draw_page(EDITION)
    ring(page, (0, 0), (1.6, 2.0))
    drawn.stroke(page, BOX, ((-1.6, 0), (1.6, 0)), PEN)

    assert told(page, RATHER_WRITTEN).state is AnswerState.DOUBTFUL
