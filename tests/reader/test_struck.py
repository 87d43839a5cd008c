from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from kryds.model.reading import Answer, AnswerState
from kryds.reader.measure import measure_boxes
from kryds.reader.read import locate_page, read_page
from kryds.reader.settings import DEFAULT
from kryds.reader.snap import LocatedPage
from kryds.reader.struck import doubt_struck
from tests.reader import drawn

EDITION = drawn.edition()
ITEM = "1.2"
Ends = tuple[tuple[float, float], tuple[float, float]]


def told(page: drawn.Gray, choice: int = 4) -> Answer:
    """What is said of the row, answered by this box."""
    located = locate_page(drawn.scan_page(page), {EDITION.digest: EDITION})
    assert isinstance(located, LocatedPage)
    answer = Answer(ITEM, choice, AnswerState.ANSWERED, 0.98)
    return doubt_struck([answer], measure_boxes(located.registered, DEFAULT), located, DEFAULT)[0]


def with_line(ends: Ends, pen: tuple[float, int] = (0.5, 60)) -> drawn.Gray:
    """A page with a line through a row, its ends in mm from the middle of the row's last box."""
    page = drawn.draw_page(EDITION)
    drawn.stroke(page, drawn.box_of(EDITION, ITEM, 4), ends, pen)
    return page


@pytest.mark.parametrize("pen", [(0.3, 60), (0.5, 150), (1.8, 20)], ids=["ballpoint", "pencil", "marker"])
@pytest.mark.parametrize("ends", [((-60, 0), (2, 0)), ((-60, -1.5), (4, 1))], ids=["level", "aslant"])
def test_a_line_from_box_to_box_is_no_answer_where_it_ends(ends: Ends, pen: tuple[float, int]) -> None:
    answer = told(with_line(ends, pen))

    assert (answer.state, answer.choice, answer.reasons[0].kind) == (AnswerState.DOUBTFUL, None, "mark_unclear")


def test_a_line_that_starts_in_the_answers_box_and_runs_on_is_none_either() -> None:
    page = drawn.draw_page(EDITION)
    drawn.stroke(page, drawn.box_of(EDITION, ITEM, 1), ((-2, 0), (48, 0.5)), (0.5, 60))

    assert told(page, choice=1).state is AnswerState.DOUBTFUL


@pytest.mark.parametrize("ends", [((-5, 0), (4, 0)), ((-18, 0), (-8, 0))], ids=["a dash", "a dash in the next box"])
def test_a_dash_that_ends_before_the_next_box_is_an_answer(ends: Ends) -> None:
    page = with_line(ends)
    drawn.stroke(page, drawn.box_of(EDITION, ITEM, 3), ((-2, 0), (2, 0)), (0.5, 60))

    assert told(page).state is AnswerState.ANSWERED


@pytest.mark.parametrize("choice", [1, 3, 4])
@pytest.mark.parametrize("end_mm", [8.0, 25.0, 31.0], ids=["to the last box", "to the row's end", "a little on"])
def test_a_cross_in_a_row_struck_through_is_put_to_a_person(choice: int, end_mm: float) -> None:
    page = with_line(((-60, 0.4), (end_mm, -0.4)))
    drawn.cross(page, drawn.box_of(EDITION, ITEM, choice))

    assert told(page, choice).state is AnswerState.DOUBTFUL


@pytest.mark.parametrize("ends", [((-60, 0), (-20, 0)), ((-33, 0), (8, 0)), ((-60, 0), (60, 0))])
def test_a_cross_stays_an_answer_where_a_line_leaves_boxes_out_or_runs_into_the_margin(ends: Ends) -> None:
    page = with_line(ends)
    drawn.cross(page, drawn.box_of(EDITION, ITEM, 4))

    assert told(page).state is AnswerState.ANSWERED


@pytest.mark.parametrize("size_mm", [1.3, 2.8])
def test_a_cross_on_a_crease_stays_an_answer_however_small(size_mm: float) -> None:
    page = with_line(((-150, 0.5), (60, -0.5)), (0.4, 120))
    for way in (-1, 1):
        ends = ((-size_mm, -size_mm * way), (size_mm, size_mm * way))
        drawn.stroke(page, drawn.box_of(EDITION, ITEM, 4), ends, (0.4, 90))

    assert told(page).state is AnswerState.ANSWERED


def words(box_mm: Sequence[float]) -> drawn.Gray:
    """A zigzag as high as letters from box to box."""
    page = drawn.draw_page(EDITION)
    for start, end in pairwise(box_mm):
        down = 1.8 if int(start) % 2 else -1.8
        drawn.stroke(page, drawn.box_of(EDITION, ITEM, 4), ((start, down), (end, -down)), (0.4, 60))
    return page


def test_words_up_to_a_cross_leave_it_the_answer() -> None:
    page = words(np.arange(-30.0, -3.0).tolist())
    drawn.cross(page, drawn.box_of(EDITION, ITEM, 4))

    assert told(page).state is AnswerState.ANSWERED


def test_a_row_struck_through_on_a_page_of_crosses_is_put_to_a_person() -> None:
    page = with_line(((-70, 0.3), (1.5, -0.3)))
    for item in ("1.1", "1.3"):
        drawn.cross(page, drawn.box_of(EDITION, item, 2))

    answers = read_page(drawn.scan_page(page), {EDITION.digest: EDITION}).reading.answers

    assert [answer.choice for answer in answers] == [2, None, 2]
    assert answers[1].state is AnswerState.DOUBTFUL
