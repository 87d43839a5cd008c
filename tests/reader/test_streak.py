import cv2
import numpy as np
import pytest

from kryds.model.reading import Answer, AnswerState
from kryds.reader.read import read_page
from tests.reader import drawn

EDITION = drawn.edition()
BOX = drawn.box_of(EDITION, "1.2", 2)


def _answers(page: drawn.Gray) -> tuple[Answer, ...]:
    soft = np.asarray(cv2.GaussianBlur(page, (0, 0), 0.7), np.uint8)
    return read_page(drawn.scan_page(soft), {EDITION.digest: EDITION}).reading.answers


@pytest.mark.parametrize(("width_mm", "lean_mm"), [(0.3, 0.0), (0.5, 0.0), (0.3, 3.0)])
def test_a_streak_down_a_page_left_blank_answers_nothing(width_mm: float, lean_mm: float) -> None:
    page = drawn.draw_page(EDITION)
    drawn.stroke(page, BOX, ((0.7 - lean_mm, -60.0), (0.7 + lean_mm, 60.0)), (width_mm, 120))

    answers = _answers(page)

    assert {answer.state for answer in answers} == {AnswerState.DOUBTFUL}
    assert [dict(answer.reasons[0].values) for answer in answers] == [{"choices": "2"}] * 3


def test_a_crease_across_a_row_left_blank_answers_nothing() -> None:
    page = drawn.draw_page(EDITION)
    drawn.stroke(page, BOX, ((-60.0, 0.2), (60.0, 1.0)), (0.4, 80))

    assert _answers(page)[1].state is not AnswerState.ANSWERED


def test_a_cross_that_a_streak_runs_through_is_its_rows_answer() -> None:
    page = drawn.draw_page(EDITION)
    drawn.cross(page, BOX, 0.5)
    drawn.stroke(page, BOX, ((0.7, -60.0), (0.7, 60.0)), (0.2, 120))

    assert (_answers(page)[1].state, _answers(page)[1].choice) == (AnswerState.ANSWERED, 2)


def test_a_ring_around_a_box_and_a_short_stroke_are_marks() -> None:
    ring, stroke = drawn.draw_page(EDITION), drawn.draw_page(EDITION)
    middle = tuple(round(at * drawn.PX_PER_MM) for at in (BOX.centre.x, BOX.centre.y))
    cv2.circle(ring, middle, round(4.0 * drawn.PX_PER_MM), 40, 3, cv2.LINE_AA)
    drawn.stroke(stroke, BOX, ((0.5, -3.2), (0.3, 3.2)), (0.5, 40))

    assert [(_answers(page)[1].state, _answers(page)[1].choice) for page in (ring, stroke)] == [
        (AnswerState.ANSWERED, 2)
    ] * 2


@pytest.mark.parametrize("ends_mm", [((0.2, -5.5), (-0.3, 5.5)), ((-7.0, 0.2), (7.0, -0.3))])
def test_a_long_stroke_that_ends_before_the_next_boxes_is_a_mark(ends_mm: tuple[tuple[float, float], ...]) -> None:
    page = drawn.draw_page(EDITION)
    drawn.stroke(page, BOX, ends_mm, (0.5, 40))

    assert (_answers(page)[1].state, _answers(page)[1].choice) == (AnswerState.ANSWERED, 2)


def test_a_line_on_a_form_of_one_row_is_a_question_as_no_other_box_can_tell() -> None:
    edition = drawn.edition(drawn.form(1))
    page = drawn.draw_page(edition)
    drawn.stroke(page, drawn.box_of(edition, "1.1", 2), ((0.3, -9.0), (0.3, 9.0)), (0.4, 80))
    soft = np.asarray(cv2.GaussianBlur(page, (0, 0), 0.7), np.uint8)

    answers = read_page(drawn.scan_page(soft), {edition.digest: edition}).reading.answers

    assert answers[0].state is AnswerState.DOUBTFUL
