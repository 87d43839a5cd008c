from dataclasses import replace
from pathlib import Path

import pytest

from kryds.generator.drawn_page import AnnotatedPage, DrawnRow, rows_of
from kryds.generator.sheet_frame import PageBox, frame_of_sheet
from kryds.model.reading import Answer, AnswerState, PageState
from tests.generator import annotated

BOX = PageBox(0, 0, 604.8, 855.36)


def rows(page: AnnotatedPage) -> list[DrawnRow]:
    edition = annotated.edition()
    return list(rows_of(page, edition, frame_of_sheet(page.reading, (210, 297), BOX)))


def page(*answers: Answer) -> AnnotatedPage:
    return annotated.page(Path("scan.pdf"), answers=answers or annotated.ANSWERS)


def test_boxes_stand_where_they_were_found_and_are_as_large_as_printed() -> None:
    row = rows(page())[0]

    assert [(box.x, box.y) for box in row.boxes] == [pytest.approx((left + 0.5, 100.5)) for left in annotated.LEFTS]
    assert {box.width for box in row.boxes} == {6}


def test_a_box_that_was_not_measured_stands_where_it_was_printed() -> None:
    unmeasured = replace(page(), reading=replace(annotated.reading(), measurements=()))

    assert rows(unmeasured)[0].boxes[0].x == 110


def test_measurements_of_boxes_the_layout_does_not_have_are_left_out() -> None:
    reading = annotated.reading()
    stranger = replace(reading.measurements[0], item_id="9.9")

    assert len(rows(replace(page(), reading=replace(reading, measurements=(stranger,))))) == 2


def test_what_stands_beside_a_row_moves_with_the_paper() -> None:
    beside = rows(page())[0].beside

    assert (beside.x, beside.y) == pytest.approx((164.2, 103.5))


def test_only_items_with_an_answer_are_drawn_in_printed_order() -> None:
    assert [row.answer.item_id for row in rows(page(annotated.answered("1.2", 1)))] == ["1.2"]
    assert [row.answer.item_id for row in rows(page(*reversed(annotated.ANSWERS)))] == ["1.1", "1.2"]


def test_cancelled_boxes_are_those_with_a_cancelled_mark() -> None:
    first, second = rows(page())

    assert first.cancelled == (first.boxes[2],)
    assert second.cancelled == ()


def test_points_are_given_once_and_only_for_answers_that_count() -> None:
    blank = page(annotated.unanswered("1.1", AnswerState.BLANK))
    again = replace(page(), reading=replace(annotated.reading(), state=PageState.DUPLICATE))

    assert [row.points for row in rows(page())] == [2, None]
    assert [row.points for row in rows(blank) + rows(again)] == [None, None, None]


def test_who_decided_is_known() -> None:
    first, second = rows(page(annotated.answered("1.1", 1, by="Jens"), annotated.answered("1.2", 1)))

    assert (first.by_person, second.by_person) == (True, False)
