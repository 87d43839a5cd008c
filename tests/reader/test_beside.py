from dataclasses import replace

import cv2
import numpy as np
import pytest

from kryds.model.reading import Answer, AnswerState, Reason
from kryds.reader.beside import doubt_passing, trust_beside
from kryds.reader.measure import measure_boxes
from kryds.reader.read import locate_page, read_page
from kryds.reader.settings import DEFAULT
from kryds.reader.snap import LocatedPage
from tests.reader import drawn

EDITION = drawn.edition()
ITEMS = [row.item_id for row in EDITION.layout.pages[0].rows]
BOX = drawn.box_of(EDITION, ITEMS[1], 2)
Ends = tuple[tuple[float, float], ...]


def _cross(size_mm: float) -> list[Ends]:
    half = size_mm / 2
    return [((-half, -half * sign), (half, half * sign)) for sign in (1, -1)]


#: An H and an n, 4 mm high.
LETTERS: list[Ends] = [
    ((-1.5, -2.0), (-1.5, 2.0)),
    ((1.5, -2.0), (1.5, 2.0)),
    ((-1.5, 0.0), (1.5, 0.0)),
]


def _page(strokes: list[Ends], at_mm: tuple[float, float], darkness: int = 60) -> drawn.Gray:
    """A page with crosses in the first and the last row, and these strokes so far from BOX, in the row between."""
    page = drawn.draw_page(EDITION)
    for item_id in (ITEMS[0], ITEMS[2]):
        drawn.cross(page, drawn.box_of(EDITION, item_id, 3), 0.5, 60)
    for ends in strokes:
        drawn.stroke(page, BOX.moved(*at_mm), ends, (0.5, darkness))
    return page


def _answer(page: drawn.Gray) -> Answer:
    soft = np.asarray(cv2.GaussianBlur(page, (0, 0), 0.7), np.uint8)
    answers = read_page(drawn.scan_page(soft), {EDITION.digest: EDITION}).reading.answers
    return next(answer for answer in answers if answer.item_id == ITEMS[1])


@pytest.mark.parametrize("at_mm", [(5.0, 0.0), (-5.0, 0.5), (5.2, -0.8)], ids=["right", "left", "right and up"])
def test_a_cross_beside_its_box_and_far_nearer_to_it_than_to_the_next_is_its_answer(at_mm: tuple[float, float]) -> None:
    answer = _answer(_page(_cross(2.8), at_mm))

    assert (answer.state, answer.choice) == (AnswerState.ANSWERED, 2)


@pytest.mark.parametrize(("darkness", "choice"), [(60, 2), (90, 2), (160, None)])
def test_one_much_paler_than_the_pages_crosses_was_not_made_by_its_pen(darkness: int, choice: int | None) -> None:
    page = _page(_cross(2.8), (5.0, 0.0), darkness)
    located = locate_page(drawn.scan_page(page), {EDITION.digest: EDITION})
    assert isinstance(located, LocatedPage)
    asked = (Answer(ITEMS[1], None, AnswerState.DOUBTFUL, 0.5, (Reason("ink_beside"),)),)

    assert trust_beside(asked, measure_boxes(located.registered, DEFAULT), located, DEFAULT)[0].choice == choice


@pytest.mark.parametrize(
    ("strokes", "at_mm"),
    [
        (_cross(2.4), (5.9, 0.0)),
        (_cross(3.0), (7.0, 0.0)),
        ([*_cross(2.8), ((-2.8, 3.4), (-2.7, 3.5))], (6.0, 0.0)),
        (_cross(3.6), (0.0, -5.6)),
        (LETTERS, (5.2, 0.0)),
        ([((0.0, 0.0), (0.3, 0.0))], (4.2, 0.0)),
        ([*_cross(2.6), *[((x + 14, y), (z + 14, w)) for (x, y), (z, w) in _cross(2.6)]], (5.0, 0.0)),
        ([((-1.5, -4.5), (1.5, 4.5)), ((-1.5, 4.5), (1.5, -4.5))], (5.0, 0.0)),
    ],
    ids=[
        "hardly nearer",
        "midway",
        "hardly nearer, with dust",
        "on the rule to the row above",
        "letters",
        "a dot",
        "two",
        "out of its row",
    ],
)
def test_whatever_else_stands_beside_a_box_answers_nothing(strokes: list[Ends], at_mm: tuple[float, float]) -> None:
    assert _answer(_page(strokes, at_mm)).choice is None


def test_a_mark_inside_a_box_stays_the_question_it_was_however_pale() -> None:
    located = locate_page(drawn.scan_page(_page(_cross(2.8), (0.8, 0.5))), {EDITION.digest: EDITION})
    assert isinstance(located, LocatedPage)
    asked = (Answer(ITEMS[1], None, AnswerState.DOUBTFUL, 0.9, (Reason("mark_unclear", (("choices", "2"),)),)),)
    measured = measure_boxes(located.registered, DEFAULT)

    assert trust_beside(asked, measured, located, replace(DEFAULT, reached_ink=1.0)) == asked


def test_a_page_without_an_empty_box_to_compare_with_is_asked_about() -> None:
    page = _page(_cross(2.8), (5.0, 0.0))
    for box in EDITION.layout.pages[0].boxes:
        drawn.stroke(page, box.rect, ((-2.0, 2.0), (2.0, 2.0)), (0.6, 90))

    assert _answer(page).choice is None


def _answered(strokes: list[Ends], at_mm: tuple[float, float], state: AnswerState = AnswerState.ANSWERED) -> Answer:
    """What becomes of an answer to BOX on such a page."""
    located = locate_page(drawn.scan_page(_page(strokes, at_mm)), {EDITION.digest: EDITION})
    assert isinstance(located, LocatedPage)
    answers = (Answer(ITEMS[1], 2, state, 0.99),)
    return doubt_passing(answers, measure_boxes(located.registered, DEFAULT), located, DEFAULT)[0]


#: A line from above its row to below it, to the right of a box's corner.
CREASE: list[Ends] = [((0.0, -8.0), (2.5, 0.0)), ((2.5, 0.0), (4.5, 8.0))]


@pytest.mark.parametrize("state", [AnswerState.ANSWERED, AnswerState.CORRECTED])
def test_a_crease_that_passes_the_corner_of_a_box_is_no_answer(state: AnswerState) -> None:
    assert _answered(CREASE, (1.2, 0.0), state).state is AnswerState.DOUBTFUL


#: What is seen of a ring that is higher than its row.
RING: list[Ends] = [((x * 5.0, -8.0), (x * 5.0, 8.0)) for x in (-1, 1)]


@pytest.mark.parametrize(
    ("strokes", "at_mm"),
    [(_cross(2.8), (5.0, 0.0)), (CREASE, (0.0, 0.0)), (RING, (0.0, 0.0)), (CREASE, (14.2, 0.0)), ([], (0.0, 0.0))],
    ids=[
        "a cross beside it",
        "ink in it as well",
        "ink on both sides",
        "a crease past another",
        "nothing that is seen",
    ],
)
def test_else_an_answer_stays_one(strokes: list[Ends], at_mm: tuple[float, float]) -> None:
    assert _answered(strokes, at_mm).choice == 2
