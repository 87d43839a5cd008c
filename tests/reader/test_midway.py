from dataclasses import replace

import cv2
import numpy as np
import pytest

from kryds.model.reading import Answer, AnswerState
from kryds.reader.midway import doubt_reaching
from kryds.reader.read import read_page
from kryds.reader.settings import DEFAULT
from tests.reader import drawn
from tests.reader.test_classify import EMPTY
from tests.reader.test_resolve import Chances, E, X, row

EDITION = drawn.edition()
APART_MM = 14.0
"""From one box's middle to the next one's."""


def _answer(page: drawn.Gray) -> Answer:
    soft = np.asarray(cv2.GaussianBlur(page, (0, 0), 0.7), np.uint8)
    return read_page(drawn.scan_page(soft), {EDITION.digest: EDITION}).reading.answers[0]


def _page_with_cross(choice: int, aside_mm: float, size_mm: float) -> drawn.Gray:
    """A page with a cross whose middle is so far to the right of that box's."""
    page = drawn.draw_page(EDITION)
    middle = drawn.box_of(EDITION, "1.1", choice).moved(aside_mm, 0)
    half_mm = size_mm / 2
    for slant in (1, -1):
        drawn.stroke(page, middle, ((-half_mm, -half_mm * slant), (half_mm, half_mm * slant)), (0.4, 40))
    return page


def test_the_boxes_stand_so_far_apart() -> None:
    first, second = (drawn.box_of(EDITION, "1.1", choice).centre.x for choice in (1, 2))

    assert second - first == APART_MM


@pytest.mark.parametrize("aside_mm", [5.0, 6.0, 7.0, 8.0])
def test_a_large_cross_midway_that_reaches_into_a_box_is_put_to_a_person(aside_mm: float) -> None:
    answer = _answer(_page_with_cross(1, aside_mm, 9.5))

    assert answer.state is AnswerState.DOUBTFUL
    assert dict(answer.reasons[0].values) == {"choices": "1, 2"}


@pytest.mark.parametrize("size_mm", [6.0, 8.0, 9.5])
@pytest.mark.parametrize(("choice", "aside_mm"), [(1, 4.0), (2, -4.0), (4, 4.0)], ids=["right", "left", "outwards"])
def test_a_cross_beside_its_box_but_nearer_to_it_than_to_the_next_is_its_answer(
    choice: int, aside_mm: float, size_mm: float
) -> None:
    answer = _answer(_page_with_cross(choice, aside_mm, size_mm))

    assert (answer.state, answer.choice) == (AnswerState.ANSWERED, choice)


def test_a_cross_outside_of_the_outermost_box_can_mean_no_other() -> None:
    answer = _answer(_page_with_cross(1, -4.8, 9.5))

    assert (answer.state, answer.choice) == (AnswerState.ANSWERED, 1)


def test_a_streak_beside_such_a_cross_does_not_draw_it_to_the_middle() -> None:
    page = _page_with_cross(1, 4.0, 8.0)
    drawn.stroke(page, drawn.box_of(EDITION, "1.1", 1).moved(9.8, 0), ((0.0, -6.0), (0.0, 6.0)), (0.2, 40))

    assert (_answer(page).state, _answer(page).choice) == (AnswerState.ANSWERED, 1)


@pytest.mark.parametrize(("down_mm", "state"), [(5.6, AnswerState.DOUBTFUL), (4.3, AnswerState.ANSWERED)])
def test_a_cross_on_the_rule_between_two_rows_is_put_to_a_person(down_mm: float, state: AnswerState) -> None:
    page = drawn.draw_page(EDITION)
    middle = drawn.box_of(EDITION, "1.1", 2).moved(0, down_mm)
    for slant in (1, -1):
        drawn.stroke(page, middle, ((-2.2, -2.2 * slant), (2.2, 2.2 * slant)), (0.5, 40))

    assert _answer(page).state is state


HARDLY: Chances = (0.0, 0.3, 0.0, 0.7, 0.0, 0.0)
"""A mark, to the network, of which only a corner is in the box."""


@pytest.mark.parametrize(
    ("looks", "ink", "rim", "state"),
    [
        (HARDLY, 0.05, 0.05, AnswerState.DOUBTFUL),
        (X, 0.05, 0.05, AnswerState.ANSWERED),
        (HARDLY, 0.15, 0.05, AnswerState.ANSWERED),
        (HARDLY, 0.05, 0.01, AnswerState.ANSWERED),
    ],
    ids=["unclear", "a cross", "well in the box", "all in the box"],
)
def test_a_mark_that_hardly_reaches_its_box_is_a_question_where_it_looks_rather_unclear(
    looks: Chances, ink: float, rim: float, state: AnswerState
) -> None:
    marks = row([looks, E])
    boxes = [replace(EMPTY, choice=1, inner_ink=ink, spill_ink=rim), replace(EMPTY, choice=2)]
    answers = [Answer("1.1", 1, AnswerState.ANSWERED, 0.95)]

    assert doubt_reaching(answers, marks, boxes, DEFAULT)[0].state is state
