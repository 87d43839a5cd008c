from collections.abc import Sequence
from dataclasses import replace

import pytest

from kryds.model.reading import Answer, AnswerState, Mark, Reason
from kryds.reader.classify import classify_boxes
from kryds.reader.measure import measure_boxes
from kryds.reader.read import locate_page
from kryds.reader.settings import DEFAULT
from kryds.reader.snap import LocatedPage
from kryds.reader.words import dismiss_words, doubt_second_letters, doubt_words
from tests.reader import drawn
from tests.reader.test_resolve import Chances, E, T, X, row

EDITION = drawn.edition()
ITEM = "1.2"
LETTER: Chances = (0.0, 0.94, 0.0, 0.04, 0.0, 0.02)
"""Something in a box that is rather a cross than anything else, no plain one, and may be written."""
SCRAWL: Chances = (0.0, 0.94, 0.0, 0.06, 0.0, 0.0)
"""The same, but surely not written."""
UNSURE: Chances = (0.0, 0.85, 0.0, 0.15, 0.0, 0.0)
WORD = ((-9.0, -1.5), (-7.5, 1.5), (-6.0, -1.5), (-4.5, 1.5), (3.6, -1.5), (5.0, 1.5), (6.5, -1.5), (8.0, 1.5))


def _page(grays: Sequence[int], width_mm: float = 0.5, strokes: slice = slice(None)) -> LocatedPage:
    """A page with a word written between the boxes of a row, and crosses in the others, in these greys.

    ``strokes`` are those of the word that are written: half of them stand left of its box, half of them right.
    """
    page = drawn.draw_page(EDITION)
    for item_id in ("1.1", "1.3"):
        drawn.cross(page, drawn.box_of(EDITION, item_id, 2), 0.5, 60)
    for gray in grays:
        for start, end in list(zip(WORD[::2], WORD[1::2], strict=True))[strokes]:
            drawn.stroke(page, drawn.box_of(EDITION, ITEM, 2), (start, end), (width_mm, gray))
    located = locate_page(drawn.scan_page(page), {EDITION.digest: EDITION})
    assert isinstance(located, LocatedPage)
    return located


def _told(located: LocatedPage, chances: Sequence[Chances], choice: int = 3) -> Answer:
    """What is said of the row with the word, answered by this box."""
    answer = Answer(ITEM, choice, AnswerState.ANSWERED, 0.98)
    return doubt_words([answer], _marks(located, chances), located, DEFAULT)[0]


def _marks(located: LocatedPage, chances: Sequence[Chances]) -> list[Mark]:
    """The marks of the page, these in the row with the word."""
    measured = measure_boxes(located.registered, DEFAULT)
    marks = [mark for mark in classify_boxes(located.registered, measured, DEFAULT) if mark.item_id != ITEM]
    return [*marks, *row(chances, ITEM)]


OF_A_WORD: Chances = (0.0, 0.1, 0.0, 0.1, 0.2, 0.6)
WRITTEN = [E, T, LETTER, E]


def test_a_letter_of_a_word_across_the_row_is_put_to_a_person() -> None:
    told = _told(_page([60]), WRITTEN)

    assert (told.state, told.choice, told.confidence) == (AnswerState.DOUBTFUL, None, 0.5)
    assert told.reasons == (Reason("mark_unclear", (("choices", "3"),)),)


@pytest.mark.parametrize(
    ("grays", "chances"),
    [
        ([60], [E, T, X, E]),
        ([60], [E, T, SCRAWL, E]),
        ([60], [E, E, LETTER, E]),
        ([], WRITTEN),
        ([215], WRITTEN),
    ],
    ids=[
        "a plain cross",
        "no letter",
        "nothing in another box",
        "nothing between the boxes",
        "paler than the pen, as creases are",
    ],
)
def test_what_else_is_answered_stays_an_answer(grays: Sequence[int], chances: Sequence[Chances]) -> None:
    told = _told(_page(grays), chances)

    assert (told.state, told.choice) == (AnswerState.ANSWERED, 3)


HARDLY: Chances = (0.0, 0.4, 0.1, 0.45, 0.05, 0.0)
"""What is hardly a cross, and rather one than taken back."""


@pytest.mark.parametrize(
    ("strokes", "state"),
    [(slice(None), AnswerState.DOUBTFUL), (slice(2), AnswerState.ANSWERED)],
    ids=["the middle of a word", "a cross beside its box"],
)
def test_what_is_hardly_a_cross_is_put_to_a_person_with_ink_on_both_sides(strokes: slice, state: AnswerState) -> None:
    assert _told(_page([60], 0.7, strokes), [E, HARDLY, E, E], choice=2).state is state


@pytest.mark.parametrize(
    ("grays", "chances", "choice"),
    [
        ([60], [E, OF_A_WORD, E, X], 4),
        ([], [E, OF_A_WORD, E, X], None),
        ([60], [E, LETTER, E, X], None),
        ([60], [E, OF_A_WORD, E, LETTER], 4),
        ([60], [E, OF_A_WORD, E, UNSURE], None),
        ([60], [E, X, E, X], None),
        ([60], [E, (0.0, 0.17, 0.75, 0.08, 0.0, 0.0), E, X], None),
        ([60], [E, (0.0, 0.06, 0.0, 0.94, 0.0, 0.0), E, X], None),
        ([60], [E, (0.0, 0.28, 0.0, 0.05, 0.01, 0.66), E, X], None),
    ],
    ids=[
        "a word",
        "nothing between the boxes",
        "what may be a cross",
        "surely a cross",
        "none",
        "two",
        "a scribble",
        "unclear",
        "rather written, but perhaps a cross",
    ],
)
def test_a_sure_cross_is_the_answer_beside_nothing_but_a_word(
    grays: Sequence[int], chances: Sequence[Chances], choice: int | None
) -> None:
    located = _page(grays)
    question = Answer(ITEM, None, AnswerState.DOUBTFUL, 0.7, (Reason("mark_unclear", (("choices", "2"),)),))

    told = dismiss_words([question], _marks(located, chances), located, DEFAULT)[0]

    assert told.choice == choice
    assert told == question or told.confidence == DEFAULT.row_sure


RATHER_WRITTEN: Chances = (0.0, 0.2, 0.0, 0.2, 0.0, 0.6)


@pytest.mark.parametrize(
    ("strokes", "state"),
    [(slice(2, None), AnswerState.DOUBTFUL), (slice(0), AnswerState.ANSWERED)],
    ids=["ink on one side", "none"],
)
def test_what_looks_rather_written_than_crossed_is_put_to_a_person_with_ink_on_one_side(
    strokes: slice, state: AnswerState
) -> None:
    assert _told(_page([60], 0.7, strokes), [E, RATHER_WRITTEN, E, E], choice=2).state is state


RINGS: Chances = (0.0, 0.45, 0.1, 0.29, 0.0, 0.16)
BLOTS: Chances = (0.0, 0.5, 0.1, 0.4, 0.0, 0.0)


@pytest.mark.parametrize(
    ("marks", "look", "state"),
    [
        (RINGS, HARDLY, AnswerState.ANSWERED),
        (RINGS, RATHER_WRITTEN, AnswerState.ANSWERED),
        (BLOTS, RATHER_WRITTEN, AnswerState.DOUBTFUL),
        (X, HARDLY, AnswerState.DOUBTFUL),
    ],
    ids=["whose marks are all hardly crosses", "who rings", "who blots, and has written there", "who crosses"],
)
def test_rings_about_boxes_are_no_words_by_somebody(marks: Chances, look: Chances, state: AnswerState) -> None:
    located = _page([60], 0.7)
    others = [mark for number in range(DEFAULT.hand_rows) for mark in row([E, marks, E, E], f"2.{number}")]
    answers = [Answer(f"2.{number}", 2, AnswerState.ANSWERED, 0.98) for number in range(DEFAULT.hand_rows)]
    answers.append(Answer(ITEM, 2, AnswerState.ANSWERED, 0.98))

    told = doubt_words(answers, [*others, *_marks(located, [E, look, E, E])], located, DEFAULT)

    assert told[-1].state is state


@pytest.mark.parametrize(
    ("looks", "second", "told"),
    [
        (OF_A_WORD, {}, AnswerState.DOUBTFUL),
        (OF_A_WORD, {"inner_ink": 0.05}, AnswerState.ANSWERED),
        (OF_A_WORD, {"inner_ink": 0.5}, AnswerState.ANSWERED),
        (OF_A_WORD, {"spill_ink": 0.1}, AnswerState.ANSWERED),
        (T, {}, AnswerState.ANSWERED),
    ],
    ids=["a letter", "a small one", "a box filled in", "one that leaves its box", "a touch"],
)
def test_a_letter_inside_a_second_box_is_no_word_where_nothing_is_written_between_the_boxes(
    looks: Chances, second: dict[str, float], told: AnswerState
) -> None:
    for grays, state in (([], told), ([60], AnswerState.ANSWERED)):
        located = _page(grays)
        measured = [replace(box, inner_ink=0.2, spill_ink=0.0) for box in measure_boxes(located.registered, DEFAULT)]
        marks = _marks(located, [X, E, E, looks])
        measured = [
            replace(box, **second) if (box.item_id, box.choice) == (ITEM, 4) else box  # type: ignore[arg-type] # floats
            for box in sorted(measured, key=lambda box: box.item_id == ITEM)
        ]
        answer = Answer(ITEM, 1, AnswerState.ANSWERED, 0.98)

        assert doubt_second_letters([answer], (marks, measured), located, DEFAULT)[0].state is state
