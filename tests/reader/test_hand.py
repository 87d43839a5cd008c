from collections.abc import Sequence
from dataclasses import replace

import pytest

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, Mark, Reason
from kryds.reader.hand import doubt_letters, doubt_second_dots, may_make_dots, trust_hand
from kryds.reader.read import read_page
from kryds.reader.settings import DEFAULT
from tests.reader import drawn
from tests.reader.test_classify import EMPTY
from tests.reader.test_resolve import C, Chances, E, X, row

ANSWERED, DOUBTFUL = AnswerState.ANSWERED, AnswerState.DOUBTFUL
BLOT: Chances = (0.0, 0.15, 0.6, 0.25, 0.0, 0.0)
"""A small cross by a fat marker."""
GONE_OVER: Chances = (0.0, 0.05, 0.05, 0.9, 0.0, 0.0)
DOT: Chances = (0.0, 0.2, 0.0, 0.0, 0.8, 0.0)
UNCLEAR = Reason("mark_unclear", (("choices", "2"),))
OPEN = (DOUBTFUL, None)

Row = tuple[Sequence[Chances], float]


def _told(rows: Sequence[Row], reason: Reason = UNCLEAR) -> list[tuple[AnswerState, int | None]]:
    """What is said of open rows; every box of a row that is not empty has the row's share of ink."""
    marks = [mark for number, (chances, _) in enumerate(rows) for mark in row(chances, f"1.{number}")]
    inks = [0.0 if chances == E else ink for all_chances, ink in rows for chances in all_chances]
    boxes = [
        replace(EMPTY, item_id=mark.item_id, choice=mark.choice, inner_ink=ink)
        for mark, ink in zip(marks, inks, strict=True)
    ]
    answers = [Answer(f"1.{number}", None, DOUBTFUL, 0.6, (reason,)) for number in range(len(rows))]
    return [(answer.state, answer.choice) for answer in _trusted(answers, marks, boxes)]


def _trusted(answers: Sequence[Answer], marks: Sequence[Mark], boxes: Sequence[BoxMeasurement]) -> tuple[Answer, ...]:
    return trust_hand(answers, marks, boxes, DEFAULT)


def _all(like: Chances, ink: float = 0.5) -> list[Row]:
    return [([E, like, E, E], ink), ([like, E, E, E], ink), ([E, E, E, like], ink)] * 2


TOLD = [(ANSWERED, 2), (ANSWERED, 1), (ANSWERED, 4)] * 2


@pytest.mark.parametrize("rows", [_all(BLOT), _all(DOT, 0.06)], ids=["blots", "dots"])
def test_where_every_row_has_one_such_mark_it_is_how_this_hand_answers(rows: Sequence[Row]) -> None:
    assert _told(rows) == TOLD


@pytest.mark.parametrize(
    ("dot", "ink", "told"),
    [
        (DOT, 0.07, (ANSWERED, 1)),
        (DOT, 0.014, (ANSWERED, 1)),
        (X, 0.07, (ANSWERED, 1)),
        (DOT, 0.008, OPEN),
        (DOT, 0.09, OPEN),
        ((0.0, 0.1, 0.0, 0.0, 0.6, 0.3), 0.03, OPEN),
        ((0.0, 0.1, 0.3, 0.0, 0.6, 0.0), 0.03, OPEN),
    ],
    ids=["large", "small", "like a cross", "a speck", "a blot", "like a letter", "like a box filled in"],
)
def test_who_answers_with_dots_makes_them_large_and_small(
    dot: Chances, ink: float, told: tuple[AnswerState, int | None]
) -> None:
    assert _told([*_all(DOT, 0.03), ([dot, E, E, E], ink)]) == [*TOLD, told]


@pytest.mark.parametrize(
    ("bold", "told"),
    [((0.0, 0.95, 0.0, 0.0, 0.05, 0.0), (ANSWERED, 1)), ((0.0, 0.995, 0.0, 0.0, 0.005, 0.0), OPEN)],
    ids=["on a page of bold dots", "on a page of crosses"],
)
def test_a_small_dot_is_an_answer_where_half_of_the_marks_may_be_dots(
    bold: Chances, told: tuple[AnswerState, int | None]
) -> None:
    rows = [*_all(bold, 0.09), ([DOT, E, E, E], 0.05)]

    assert _told(rows)[-1] == told


def test_what_is_decided_so_is_as_sure_as_a_decided_row_must_be_and_no_surer() -> None:
    marks = [mark for number, (chances, _) in enumerate(_all(BLOT)) for mark in row(chances, f"1.{number}")]
    boxes = [replace(EMPTY, item_id=mark.item_id, choice=mark.choice, inner_ink=0.5) for mark in marks]
    answer = _trusted([Answer(f"1.{n}", None, DOUBTFUL, 0.6, (UNCLEAR,)) for n in range(6)], marks, boxes)[0]

    assert (answer.confidence, answer.reasons) == (DEFAULT.row_sure, ())


@pytest.mark.parametrize(
    "rows",
    [
        _all(BLOT)[:5],
        [([E, BLOT, E, E], 0.5)] * 8,
        [*_all(BLOT), *[([E, E, E, E], 0.0)] * 5],
        _all(BLOT, 0.02),
        _all(DOT, 0.01),
    ],
    ids=["few rows", "one column", "hardly more than half of the rows", "hardly any ink", "specks"],
)
def test_on_other_pages_such_a_mark_is_a_question(rows: Sequence[Row]) -> None:
    assert set(_told(rows)) == {OPEN}


@pytest.mark.parametrize(
    "odd",
    [
        ([E, BLOT, E, E], 0.8),
        ([E, BLOT, E, E], 0.2),
        ([E, C, E, E], 0.5),
        ([E, (0.02, 0.05, 0.0, 0.0, 0.93, 0.0), E, E], 0.5),
        ([E, (0.22, 0.12, 0.0, 0.0, 0.66, 0.0), E, E], 0.5),
        ([BLOT, BLOT, E, E], 0.5),
        ([E, E, E, E], 0.0),
    ],
    ids=["darker than the others", "a slip", "surely cancelled", "surely dust", "a shade", "two of them", "nothing"],
)
def test_a_row_unlike_the_others_stays_a_question(odd: Row) -> None:
    assert _told([*_all(BLOT), odd]) == [*TOLD, OPEN]


@pytest.mark.parametrize(
    ("looks", "ink", "told"),
    [
        (GONE_OVER, 0.55, (ANSWERED, 1)),
        (GONE_OVER, 0.7, OPEN),
        (GONE_OVER, 0.05, OPEN),
        (BLOT, 0.5, OPEN),
    ],
    ids=["no darker", "gone over", "midway", "rather filled in"],
)
def test_a_mark_that_looks_gone_over_is_a_cross_if_it_is_no_darker_than_the_pages_others(
    looks: Chances, ink: float, told: tuple[AnswerState, int | None]
) -> None:
    assert _told([*_all(X), ([looks, E, E, E], ink)])[-1] == told


def test_a_box_dark_all_over_is_filled_in_however_dark_the_others_are() -> None:
    assert _told([*_all(BLOT, 0.8), ([BLOT, E, E, E], 0.95)]) == [*TOLD, OPEN]


def test_a_row_asked_about_for_another_reason_stays_open() -> None:
    assert set(_told(_all(BLOT), Reason("ink_beside", (("choices", "2"),)))) == {OPEN}


@pytest.mark.parametrize("trusting", [True, False])
def test_a_page_of_blots_is_read_but_for_the_box_filled_in(trusting: bool) -> None:  # noqa: FBT001 - the two cases
    edition = drawn.edition(drawn.form(items=16))
    page = drawn.draw_page(edition)
    items = [row_.item_id for row_ in edition.layout.pages[0].rows]
    for place, item_id in enumerate(items[:-1]):
        box = drawn.box_of(edition, item_id, 1 + place % 4)
        for sign in (1, -1):
            drawn.stroke(page, box, ((-0.4, -0.4 * sign), (0.4, 0.4 * sign)), (2.2, 40))
    drawn.fill(page, drawn.box_of(edition, items[-1], 2))
    settings = DEFAULT if trusting else replace(DEFAULT, hand_rows=len(items) + 1)

    answers = read_page(drawn.scan_page(page), {edition.digest: edition}, settings).reading.answers
    decided = [answer for answer in answers[:-1] if answer.state is ANSWERED]

    assert answers[-1].state is DOUBTFUL
    assert all(answer.choice == 1 + items.index(answer.item_id) % 4 for answer in decided)
    assert (len(decided) == len(items) - 1) is trusting


LETTER: Chances = (0.0, 0.02, 0.0, 0.03, 0.0, 0.95)
"""A letter, or a small ring."""


def test_a_letter_among_blots_is_a_question() -> None:
    assert _told([*_all(BLOT), ([E, LETTER, E, E], 0.5)]) == [*TOLD, OPEN]


def _beside(like: Chances, others: Chances, ink: float, rows: int = 6) -> Answer:
    """What is said of a row crossed in its first box, with this in the second, on a page of such other marks."""
    looks = [[others, E]] * rows + [[X, like]]
    marks = [mark for number, each in enumerate(looks) for mark in row(each, f"1.{number}")]
    inks = [0.2, 0.0] * rows + [0.2, ink]
    boxes = [
        replace(EMPTY, item_id=mark.item_id, choice=mark.choice, inner_ink=each)
        for mark, each in zip(marks, inks, strict=True)
    ]
    answers = [Answer(f"1.{number}", 1, ANSWERED, 0.99) for number in range(rows + 1)]
    return doubt_letters(answers, marks, boxes, DEFAULT)[-1]


def test_what_looks_like_a_letter_beside_a_cross_may_be_a_second_ring_by_who_makes_rings() -> None:
    told = _beside(LETTER, LETTER, 0.15)

    assert (told.state, told.choice, told.reasons) == (DOUBTFUL, None, (UNCLEAR,))
    assert _beside(LETTER, X, 0.15, rows=4).state is DOUBTFUL, "too few marks tell nothing"


def test_one_letter_does_not_make_a_hand_of_letters() -> None:
    looks = [[LETTER, E], *[[X, E]] * 5, [X, LETTER]]
    marks = [mark for number, each in enumerate(looks) for mark in row(each, f"1.{number}")]
    boxes = [replace(EMPTY, item_id=mark.item_id, choice=mark.choice, inner_ink=0.2) for mark in marks]
    answers = [Answer(f"1.{number}", 1, ANSWERED, 0.99) for number in range(len(looks))]

    assert doubt_letters(answers, marks, boxes, DEFAULT) == tuple(answers)


@pytest.mark.parametrize(
    ("like", "others", "ink"),
    [(LETTER, X, 0.15), (LETTER, LETTER, 0.05), (E, LETTER, 0.0)],
    ids=["by who crosses", "with little ink", "nothing"],
)
def test_a_letter_beside_a_cross_leaves_it_the_answer(like: Chances, others: Chances, ink: float) -> None:
    assert _beside(like, others, ink).choice == 1


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ([X, X, X, X, DOT, DOT], "dots"),
        ([X, X, X, X, X, DOT, DOT], "no dots"),
        ([DOT] * (DEFAULT.hand_rows - 1), "no dots"),
    ],
    ids=["a third of them", "fewer", "too few marks to tell"],
)
def test_where_several_of_the_marks_may_be_dots_the_hand_may_answer_so(made: Sequence[Chances], told: str) -> None:
    marks = [mark for number, like in enumerate(made) for mark in row([E, like, E], f"1.{number}")]
    boxes = [replace(EMPTY, item_id=mark.item_id, choice=mark.choice) for mark in marks]

    assert may_make_dots(marks, boxes, DEFAULT) is (told == "dots")


LARGE_DOT: Chances = (0.0, 0.68, 0.0, 0.0, 0.32, 0.0)


@pytest.mark.parametrize(
    ("hand", "both", "second_ink", "told"),
    [
        (DOT, (LARGE_DOT, DOT), 0.05, DOUBTFUL),
        (DOT, (LARGE_DOT, DOT), 0.02, ANSWERED),
        (DOT, (LARGE_DOT, LARGE_DOT), 0.05, ANSWERED),
        (DOT, (X, DOT), 0.05, ANSWERED),
        (X, (LARGE_DOT, DOT), 0.05, ANSWERED),
    ],
    ids=["two dots", "a dot and a speck", "what looks otherwise", "a cross and a dot", "by a hand that makes crosses"],
)
def test_of_who_answers_with_dots_two_in_a_row_are_put_to_a_person(
    hand: Chances, both: tuple[Chances, Chances], second_ink: float, told: AnswerState
) -> None:
    rows = [[hand, E, E]] * DEFAULT.hand_rows + [[*both, E]]
    marks = [mark for number, each in enumerate(rows) for mark in row(each, f"1.{number}")]
    boxes = [replace(EMPTY, item_id=mark.item_id, choice=mark.choice, inner_ink=0.07) for mark in marks]
    boxes[-2] = replace(boxes[-2], inner_ink=second_ink)
    answers = [Answer(f"1.{number}", 1, ANSWERED, 0.98) for number in range(len(rows))]

    *others, last = doubt_second_dots(answers, marks, boxes, DEFAULT)

    assert others == answers[:-1]
    assert last.state is told
