from collections.abc import Sequence

import pytest

from kryds.model.reading import Answer, AnswerState, Reason
from kryds.reader.classify import classify_boxes
from kryds.reader.measure import measure_boxes
from kryds.reader.read import locate_page
from kryds.reader.settings import DEFAULT
from kryds.reader.snap import LocatedPage
from kryds.reader.words import doubt_words
from tests.reader import drawn
from tests.reader.test_resolve import Chances, E, T, X, row

EDITION = drawn.edition()
ITEM = "1.2"
LETTER: Chances = (0.0, 0.94, 0.0, 0.06, 0.0)
"""Something in a box that is rather a cross than anything else, and no plain one."""
WORD = ((-9.0, -1.5), (-7.5, 1.5), (-6.0, -1.5), (-4.5, 1.5), (3.6, -1.5), (5.0, 1.5), (6.5, -1.5), (8.0, 1.5))


def _page(grays: Sequence[int], width_mm: float = 0.5) -> LocatedPage:
    """A page with a word written between the boxes of a row, and crosses in the others, in these greys."""
    page = drawn.draw_page(EDITION)
    for item_id in ("1.1", "1.3"):
        drawn.cross(page, drawn.box_of(EDITION, item_id, 2), 0.5, 60)
    for gray in grays:
        for start, end in zip(WORD[::2], WORD[1::2], strict=True):
            drawn.stroke(page, drawn.box_of(EDITION, ITEM, 2), (start, end), (width_mm, gray))
    located = locate_page(drawn.scan_page(page), {EDITION.digest: EDITION})
    assert isinstance(located, LocatedPage)
    return located


def _told(located: LocatedPage, chances: Sequence[Chances]) -> Answer:
    """What is said of the row with the word, answered by its third box."""
    measured = measure_boxes(located.registered, DEFAULT)
    marks = [mark for mark in classify_boxes(located.registered, measured, DEFAULT) if mark.item_id != ITEM]
    answer = Answer(ITEM, 3, AnswerState.ANSWERED, 0.98)
    return doubt_words([answer], [*marks, *row(chances, ITEM)], located, DEFAULT)[0]


WRITTEN = [E, T, LETTER, E]


def test_a_letter_of_a_word_across_the_row_is_put_to_a_person() -> None:
    told = _told(_page([60]), WRITTEN)

    assert (told.state, told.choice, told.confidence) == (AnswerState.DOUBTFUL, None, 0.5)
    assert told.reasons == (Reason("mark_unclear", (("choices", "3"),)),)


@pytest.mark.parametrize(
    ("grays", "chances"),
    [
        ([60], [E, T, X, E]),
        ([60], [E, E, LETTER, E]),
        ([], WRITTEN),
        ([215], WRITTEN),
    ],
    ids=["a plain cross", "nothing in another box", "nothing between the boxes", "paler than the pen, as creases are"],
)
def test_what_else_is_answered_stays_an_answer(grays: Sequence[int], chances: Sequence[Chances]) -> None:
    told = _told(_page(grays), chances)

    assert (told.state, told.choice) == (AnswerState.ANSWERED, 3)
