from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, Reason
from kryds.reader.dirt import dismiss_dirt, dismiss_drops, doubt_drops, doubt_specks
from kryds.reader.read import locate_page, read_page
from kryds.reader.settings import DEFAULT
from kryds.reader.snap import LocatedPage
from tests.reader import drawn
from tests.reader.test_classify import EMPTY
from tests.reader.test_resolve import SPECK, Chances, E, X, row

UNSURE: Chances = (0.1, 0.15, 0.0, 0.0, 0.75, 0.0)
PALE: Chances = (0.8, 0.04, 0.0, 0.0, 0.16, 0.0)
BOLD_DOT: Chances = (0.0, 0.8, 0.0, 0.0, 0.2, 0.0)
SMUDGE: Chances = (0.8, 0.01, 0.0, 0.0, 0.19, 0.0)
ANSWERED, BLANK, DOUBTFUL = AnswerState.ANSWERED, AnswerState.BLANK, AnswerState.DOUBTFUL

#: Three specks beside two clear answers: no more is needed for a dirty page.
DIRTY = [[X, SPECK, E, SPECK], [E, X, SPECK, E]]
CLEAN = [[X, E, E, SPECK], [E, X, SPECK, E]]


def _told(
    rows: Sequence[Sequence[Chances]],
    boxes: Mapping[int, BoxMeasurement] | None = None,
) -> Answer:
    """What is made of the last of ``rows``; ``boxes`` tell by choice what was measured of some of its boxes."""
    marks = [mark for number, chances in enumerate(rows) for mark in row(chances, f"1.{number}")]
    answers = [Answer(f"1.{number}", chances.index(X) + 1, ANSWERED, 1.0) for number, chances in enumerate(rows[:-1])]
    item_id = f"1.{len(rows) - 1}"
    answers.append(Answer(item_id, None, DOUBTFUL, 0.9))
    measured: list[BoxMeasurement] = []
    for mark in marks:
        box = (boxes or {}).get(mark.choice, EMPTY) if mark.item_id == item_id else EMPTY
        measured.append(replace(box, item_id=mark.item_id, choice=mark.choice))
    return dismiss_dirt(answers, (marks, measured), DEFAULT, bilevel=False)[-1]


def test_a_speck_in_a_row_without_a_mark_is_a_question_on_a_clean_page_and_none_on_a_dirty_one() -> None:
    alone = [E, SPECK, E, E]

    assert _told([*CLEAN, alone]).state is DOUBTFUL
    assert _told([*DIRTY, alone]) == Answer("1.2", None, BLANK, DEFAULT.blank_sure)


def test_the_answers_own_boxes_do_not_make_a_page_dirty() -> None:
    doubled = [[X, E, E, E], [E, X, E, E], [E, E, X, E], [E, E, E, X], [E, SPECK, E, E]]

    assert _told(doubled).state is DOUBTFUL


@pytest.mark.parametrize(
    ("chances", "box", "state"),
    [
        (SPECK, replace(EMPTY, inner_ink=0.01), BLANK),
        (SPECK, replace(EMPTY, inner_ink=0.02), DOUBTFUL),
        (SMUDGE, replace(EMPTY, inner_ink=0.02), BLANK),
        (SMUDGE, replace(EMPTY, spill_ink=0.04), DOUBTFUL),
        (PALE, EMPTY, DOUBTFUL),
    ],
    ids=["a speck", "a dot", "a streak", "ink beside the box", "what may be a mark"],
)
def test_what_may_be_a_mark_or_a_dot_is_no_dirt(chances: Chances, box: BoxMeasurement, state: AnswerState) -> None:
    assert _told([*DIRTY, [E, E, chances, E]], boxes={3: box}).state is state


@pytest.mark.parametrize(("ink", "state"), [(0.2, BLANK), (0.005, DOUBTFUL)], ids=["by a pen", "faintly"])
def test_on_a_dirty_page_marked_faintly_a_speck_may_be_a_mark(ink: float, state: AnswerState) -> None:
    rows = [[E, X, E, E], [X, E, SPECK, E], [E, X, SPECK, E], [X, E, SPECK, E], [E, E, SPECK, E]]
    marks = [mark for number, chances in enumerate(rows) for mark in row(chances, f"1.{number}")]
    answers = [Answer(f"1.{number}", chances.index(X) + 1, ANSWERED, 1.0) for number, chances in enumerate(rows[:-1])]
    answers.append(Answer("1.4", None, DOUBTFUL, 0.9))
    inks = {True: ink, False: 0.004}
    boxes = [
        replace(EMPTY, item_id=mark.item_id, choice=mark.choice, inner_ink=inks[mark.chances == X]) for mark in marks
    ]

    assert dismiss_dirt(answers, (marks, boxes), DEFAULT, bilevel=False)[-1].state is state


def test_only_questions_are_answered_so() -> None:
    rows = [*DIRTY, [E, SPECK, E, E], [E, E, E, E]]
    marks = [mark for number, chances in enumerate(rows) for mark in row(chances, f"1.{number}")]
    measured = [replace(EMPTY, item_id=mark.item_id, choice=mark.choice) for mark in marks]
    answered = [Answer("1.0", 1, ANSWERED, 1.0), Answer("1.1", 2, ANSWERED, 1.0)]
    doubled = Answer("1.3", None, AnswerState.MULTIPLE, 0.9)

    asked = [*answered, Answer("1.2", None, DOUBTFUL, 0.9), doubled]
    told = dismiss_dirt(asked, (marks, measured), DEFAULT, bilevel=False)

    assert told == (*answered, Answer("1.2", None, BLANK, DEFAULT.blank_sure), doubled)


EDITION = drawn.edition()
SPECK_MM, SPECK_GREY = 0.3, 150


@pytest.mark.parametrize(
    ("strewn", "state"), [([], DOUBTFUL), ([("1.2", 2), ("1.2", 4), ("1.3", 3)], BLANK)], ids=["alone", "strewn"]
)
def test_a_page_strewn_with_specks_is_read_past_them(strewn: Sequence[tuple[str, int]], state: AnswerState) -> None:
    page = drawn.draw_page(EDITION)
    for item_id in ("1.2", "1.3"):
        drawn.cross(page, drawn.box_of(EDITION, item_id, 1), 0.5)
    for item_id, choice in [("1.1", 2), *strewn]:
        drawn.stroke(page, drawn.box_of(EDITION, item_id, choice), ((0.8, 0.5), (0.8, 0.5)), (SPECK_MM, SPECK_GREY))

    answers = read_page(drawn.scan_page(page), {EDITION.digest: EDITION}).reading.answers

    assert [answer.state for answer in answers] == [state, ANSWERED, ANSWERED]


BOLD_CROSSES = (X,) * DEFAULT.bold_rows


def _beside_bold_marks(
    chances: Chances, box: BoxMeasurement, ink: float = 0.2, bold: Sequence[Chances] = BOLD_CROSSES
) -> AnswerState:
    """What is made of a row with such a box on a grey page with some marks of so much ink."""
    return _beside_marks((chances, box), ink, bold, bilevel=False)


def _beside_marks(
    last: tuple[Chances, BoxMeasurement], ink: float, bold: Sequence[Chances], *, bilevel: bool
) -> AnswerState:
    chances, box = last
    rows = [*[[each, E, E] for each in bold], [E, chances, E]]
    marks = [mark for number, each in enumerate(rows) for mark in row(each, f"1.{number}")]
    open_item = f"1.{len(bold)}"
    answers = [Answer(f"1.{number}", 1, ANSWERED, 1.0) for number in range(len(bold))]
    answers.append(Answer(open_item, None, DOUBTFUL, 0.9))
    measured = [
        replace(
            box
            if (mark.item_id, mark.choice) == (open_item, 2)
            else replace(EMPTY, inner_ink=ink * (mark.chances in bold)),
            item_id=mark.item_id,
            choice=mark.choice,
        )
        for mark in marks
    ]
    return dismiss_dirt(answers, (marks, measured), DEFAULT, bilevel=bilevel)[-1].state


DOT = replace(EMPTY, inner_ink=0.015)


def test_a_dot_no_larger_than_a_speck_is_no_answer_of_who_crosses_boldly() -> None:
    assert _beside_bold_marks(SPECK, DOT) is BLANK


@pytest.mark.parametrize(
    ("chances", "box"),
    [(SPECK, replace(EMPTY, inner_ink=0.04)), (UNSURE, DOT), (SPECK, replace(DOT, spill_ink=0.005))],
    ids=["a bold dot", "what may be a mark", "ink beside the box"],
)
def test_other_dots_are_put_to_a_person(chances: Chances, box: BoxMeasurement) -> None:
    assert _beside_bold_marks(chances, box) is DOUBTFUL


def test_in_black_and_white_a_speck_may_be_what_is_left_of_a_mark() -> None:
    assert _beside_marks((SPECK, DOT), 0.2, BOLD_CROSSES, bilevel=True) is DOUBTFUL
    assert _beside_marks((SPECK, replace(EMPTY, inner_ink=0.009)), 0.2, BOLD_CROSSES, bilevel=True) is BLANK


def test_among_thin_strokes_a_speck_may_be_what_is_left_of_one() -> None:
    assert _beside_bold_marks(SPECK, replace(EMPTY, inner_ink=0.02), ink=0.11) is DOUBTFUL
    assert _beside_bold_marks(SPECK, replace(EMPTY, inner_ink=0.012), ink=0.11) is BLANK


def test_a_marker_that_rests_leaves_a_larger_dot() -> None:
    assert _beside_bold_marks(SPECK, replace(EMPTY, inner_ink=0.045), ink=0.5) is BLANK


def test_of_who_crosses_faintly_or_whose_hand_is_not_known_a_speck_may_be_left_of_a_cross() -> None:
    assert _beside_bold_marks(SPECK, DOT, ink=0.05) is DOUBTFUL
    assert _beside_bold_marks(SPECK, DOT, bold=BOLD_CROSSES[1:]) is DOUBTFUL


def test_of_who_answers_with_bold_dots_a_speck_may_be_one() -> None:
    assert _beside_bold_marks(SPECK, DOT, bold=(BOLD_DOT,) * DEFAULT.hand_rows) is DOUBTFUL


@pytest.mark.parametrize(
    ("usual", "speck", "spill", "state"),
    [
        (0.25, 0.02, 0.0, DOUBTFUL),
        (0.25, 0.035, 0.0, ANSWERED),
        (0.25, 0.02, 0.04, ANSWERED),
        (0.08, 0.005, 0.0, ANSWERED),
    ],
    ids=["a speck", "a thin cross", "a cross beside its box", "a page in pale pencil"],
)
def test_where_somebody_marks_boldly_an_answer_by_hardly_any_ink_is_put_to_a_person(
    usual: float, speck: float, spill: float, state: AnswerState
) -> None:
    rows = [[X, E], [E, X], [X, E], [E, X], [X, E]]
    marks = [mark for number, chances in enumerate(rows) for mark in row(chances, f"1.{number}")]
    inks = [usual if mark.chances == X else 0.0 for mark in marks]
    inks[-2] = speck
    boxes = [
        replace(EMPTY, item_id=mark.item_id, choice=mark.choice, inner_ink=ink)
        for mark, ink in zip(marks, inks, strict=True)
    ]
    boxes[-2] = replace(boxes[-2], spill_ink=spill)
    answers = [Answer(f"1.{number}", 1 + number % 2, ANSWERED, 0.99) for number in range(len(rows))]

    told = doubt_specks(answers, marks, boxes, DEFAULT)

    assert told[:-1] == tuple(answers[:-1])
    assert told[-1].state is state


EDITION = drawn.edition()
SPILLED = drawn.box_of(EDITION, "1.2", 2)
LIKE_A_DOT: Chances = (0.0, 0.9, 0.0, 0.0, 0.1, 0.0)


@pytest.mark.parametrize(
    ("darkness", "chances", "state"),
    [(60, LIKE_A_DOT, ANSWERED), (110, LIKE_A_DOT, ANSWERED), (150, LIKE_A_DOT, DOUBTFUL), (150, X, ANSWERED)],
    ids=["as dark as the pen", "a little paler", "a drop", "a plain cross"],
)
def test_an_answer_much_paler_than_the_pages_pen_is_perhaps_a_drop(
    darkness: int, chances: Chances, state: AnswerState
) -> None:
    page = drawn.draw_page(EDITION)
    for item_id in ("1.1", "1.3"):
        drawn.cross(page, drawn.box_of(EDITION, item_id, 3), 0.5, 60)
    drawn.stroke(page, SPILLED, ((0.0, 0.0), (0.3, 0.0)), (2.0, darkness))
    located = locate_page(drawn.scan_page(page), {EDITION.digest: EDITION})
    assert isinstance(located, LocatedPage)
    items = [place.item_id for place in EDITION.layout.pages[0].rows]
    marks = [mark for item in items for mark in row([E, chances, E, E] if item == "1.2" else [E, E, X, E], item)]

    answers = [Answer(item, 2 if item == "1.2" else 3, ANSWERED, 0.98) for item in items]

    assert doubt_drops(answers, marks, located.registered, DEFAULT)[1].state is state


DROP: Chances = (0.0, 0.6, 0.1, 0.0, 0.3, 0.0)


@pytest.mark.parametrize(
    ("darkness", "looks", "state"),
    [
        (150, (X, DROP), ANSWERED),
        (60, (X, DROP), DOUBTFUL),
        (150, (X, LIKE_A_DOT), DOUBTFUL),
        (150, (DROP, DROP), DOUBTFUL),
    ],
    ids=["a drop", "as dark as the pen", "surely a mark, if pale", "beside no plain cross"],
)
def test_a_plain_cross_is_the_answer_beside_a_drop_in_another_box(
    darkness: int, looks: tuple[Chances, Chances], state: AnswerState
) -> None:
    edition = drawn.edition()
    items = [place.item_id for place in edition.layout.pages[0].rows]
    page = drawn.draw_page(edition)
    for item_id in items:
        drawn.cross(page, drawn.box_of(edition, item_id, 3), 0.5, 60)
    drawn.stroke(page, drawn.box_of(edition, "1.2", 2), ((0.0, 0.0), (0.3, 0.0)), (2.0, darkness))
    located = locate_page(drawn.scan_page(page), {edition.digest: edition})
    assert isinstance(located, LocatedPage)
    marks = [
        mark for item in items for mark in row([E, looks[1], looks[0], E] if item == "1.2" else [E, E, X, E], item)
    ]
    unclear = Reason("mark_unclear", (("choices", "2"),))
    answers = [
        Answer(item, None, DOUBTFUL, 0.6, (unclear,)) if item == "1.2" else Answer(item, 3, ANSWERED, 0.98)
        for item in items
    ]

    told = dismiss_drops(answers, marks, located.registered, replace(DEFAULT, bold_rows=2))[items.index("1.2")]

    assert (told.state, told.choice) == (state, 3 if state is ANSWERED else None)
