from dataclasses import replace

import numpy as np
import pytest

from kryds.model.reading import Answer, AnswerState, PageReading
from kryds.reader.hidden import doubt_hidden
from kryds.reader.read import locate_page, read_page
from kryds.reader.settings import DEFAULT
from kryds.reader.snap import LocatedPage
from tests.reader import drawn

EDITION = drawn.edition(drawn.form(items=12))


def covered(row: int, columns: slice) -> PageReading:
    """The reading of a page crossed in 2 but for its second row; of row ``row`` these boxes are under white paper."""
    page = drawn.draw_page(EDITION)
    for item in (1, 3, 4, 5, 6):
        drawn.cross(page, drawn.box_of(EDITION, f"1.{item}", 2))
    for choice in range(1, 5)[columns]:
        drawn.cover(page, drawn.box_of(EDITION, f"1.{row}", choice))
    return read_page(drawn.scan_page(page), {EDITION.digest: EDITION}).reading


def test_a_blank_row_under_a_note_is_a_question() -> None:
    answers = covered(2, slice(0, 3)).answers

    assert [answer.choice for answer in answers] == [2, None, 2, 2, 2, 2]
    assert (answers[1].state, answers[1].reasons[0].kind) == (AnswerState.DOUBTFUL, "boxes_hidden")


def test_a_blank_row_is_a_question_if_one_box_alone_is_covered() -> None:
    assert covered(2, slice(3, 4)).answers[1].reasons[0].kind == "boxes_hidden"


def test_a_blank_row_all_of_whose_boxes_are_seen_is_blank() -> None:
    assert covered(1, slice(0, 1)).answers[1].state is AnswerState.BLANK


@pytest.mark.parametrize("columns", [slice(0, 1), slice(2, 4)])
def test_a_row_with_a_cross_is_answered_whatever_else_is_hidden(columns: slice) -> None:
    reading = covered(1, columns)

    assert (reading.answers[0].state, reading.answers[0].choice) == (AnswerState.ANSWERED, 2)


@pytest.mark.parametrize("is_covered", [False, True])
def test_a_box_whose_lines_were_not_seen_may_be_seen_as_a_whole(is_covered: bool) -> None:  # noqa: FBT001 - two cases
    page = drawn.draw_page(EDITION)
    if is_covered:
        drawn.cover(page, drawn.box_of(EDITION, "1.2", 1))
    located = locate_page(drawn.scan_page(page), {EDITION.digest: EDITION})
    assert isinstance(located, LocatedPage)
    unseen = replace(located.registered, outline=np.zeros_like(located.registered.outline))
    blank = (Answer("1.2", None, AnswerState.BLANK, 1.0),)

    (told,) = doubt_hidden(blank, unseen, DEFAULT)

    assert told.state is (AnswerState.DOUBTFUL if is_covered else AnswerState.BLANK)
