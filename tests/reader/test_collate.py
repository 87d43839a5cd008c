from dataclasses import replace

from kryds.model.page_code import PageCode
from kryds.model.reading import Answer, AnswerState, PageReading, PageState, Reason
from kryds.reader.collate import collate
from tests.reader import drawn

EDITION = drawn.edition()
EDITIONS = {EDITION.digest: EDITION}


def page(index: int, copy: int | None, number: int, *, choice: int | None = 1, run: str = "") -> PageReading:
    """Page ``number`` of sheet ``copy``, scanned as page ``index``; every item of it answered with ``choice``."""
    state = AnswerState.ANSWERED if choice else AnswerState.BLANK
    return PageReading(
        source="pile.pdf",
        index=index,
        state=PageState.READ,
        code=None if copy is None else PageCode("drawn", EDITION.digest, run, copy, number),
        digest=EDITION.digest,
        number=number,
        answers=tuple(Answer(item, choice, state, 0.99) for item in EDITION.items_of_page(number)),
    )


def test_shuffled_pages_find_their_sheets() -> None:
    pile = [page(0, 2, 2), page(1, 1, 1), page(2, 2, 1), page(3, 1, 2)]
    sheets = collate(pile, EDITIONS, {}).sheets

    assert [(s.sheet, [p.index for p in s.pages]) for s in sheets] == [("1", [1, 3]), ("2", [2, 0])]
    assert [a.item_id for a in sheets[0].answers] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]


def test_sheets_stand_in_the_order_of_their_numbers() -> None:
    pile = [page(i, copy, 1) for i, copy in enumerate([10, 9, 2])]

    assert [s.sheet for s in collate(pile, EDITIONS, {}).sheets] == ["2", "9", "10"]


def test_a_missing_page_is_named() -> None:
    (sheet,) = collate([page(0, 5, 2)], EDITIONS, {}).sheets

    assert sheet.missing_pages == (1,)
    assert [a.item_id for a in sheet.answers] == ["2.1", "2.2", "2.3"]


def test_a_page_scanned_twice_counts_once() -> None:
    collation = collate([page(0, 1, 1), page(1, 1, 2), page(2, 1, 1)], EDITIONS, {})

    assert [p.state for p in collation.pages] == [PageState.READ, PageState.READ, PageState.DUPLICATE]
    assert len(collation.sheets) == 1
    assert collation.sheets[0].problems == ()
    assert collation.pages[2].reason is not None
    assert dict(collation.pages[2].reason.values) == {"source": "pile.pdf", "page": "1"}


def test_two_scans_that_disagree_are_put_to_a_person() -> None:
    (sheet,) = collate([page(0, 1, 1, choice=1), page(1, 1, 1, choice=2), page(2, 1, 2)], EDITIONS, {}).sheets

    assert {a.state for a in sheet.answers[:3]} == {AnswerState.DOUBTFUL}
    assert sheet.answers[0].reasons[0].kind == "scans_disagree"


def test_a_blank_scan_does_not_silently_lose_to_a_crossed_one() -> None:
    (sheet,) = collate([page(0, 1, 1, choice=None), page(1, 1, 1, choice=2)], EDITIONS, {}).sheets

    assert sheet.answers[0].state is AnswerState.DOUBTFUL


def test_a_doubtful_answer_stays_so_whatever_the_other_scan_says() -> None:
    first = page(0, 1, 1)
    doubtful = replace(first, answers=(Answer("1.1", None, AnswerState.DOUBTFUL, 0.5),))
    (sheet,) = collate([doubtful, page(1, 1, 1)], EDITIONS, {}).sheets

    assert (sheet.answers[0].state, sheet.answers[0].reasons) == (AnswerState.DOUBTFUL, ())


def test_rosters_keep_equal_numbers_apart_and_give_names() -> None:
    pile = [page(0, 1, 1, run="AAAA"), page(1, 1, 1, run="BBBB")]
    sheets = collate(pile, EDITIONS, {("AAAA", 1): "Åse Ærø"}).sheets

    assert [(s.sheet, s.respondent) for s in sheets] == [("AAAA-1", "Åse Ærø"), ("BBBB-1", "")]


def test_unnumbered_sheets_are_paired_by_the_order_of_their_pages() -> None:
    pile = [page(i, 0, number) for i, number in enumerate([1, 2, 1, 2])]
    sheets = collate(pile, EDITIONS, {}).sheets

    assert [(s.sheet, [p.index for p in s.pages], s.problems) for s in sheets] == [
        ("u1", [0, 1], ()),
        ("u2", [2, 3], ()),
    ]


def test_a_pile_scanned_back_to_front_is_paired_too() -> None:
    pile = [page(i, 0, number) for i, number in enumerate([2, 1, 2, 1])]

    assert [[p.index for p in s.pages] for s in collate(pile, EDITIONS, {}).sheets] == [[1, 0], [3, 2]]


def test_unnumbered_pages_out_of_order_are_paired_by_guess_and_say_so() -> None:
    pile = [page(i, 0, number) for i, number in enumerate([1, 1, 2])]
    sheets = collate(pile, EDITIONS, {}).sheets

    assert [[p.index for p in s.pages] for s in sheets] == [[0], [1, 2]]
    assert {reason.kind for s in sheets for reason in s.problems} == {"pages_paired_by_guess"}


def test_a_page_without_code_is_a_sheet_of_its_own_that_asks_whose_it_is() -> None:
    sheets = collate([page(0, 1, 1), page(1, None, 2)], EDITIONS, {}).sheets

    assert [(s.sheet, s.missing_pages) for s in sheets] == [("1", (2,)), ("u1", (1,))]
    assert [reason.kind for reason in sheets[1].problems] == ["sheet_unknown"]


def test_pages_that_were_not_read_are_kept_as_they_are() -> None:
    blank = PageReading("pile.pdf", 0, PageState.BLANK)

    assert collate([blank], EDITIONS, {}) == collate([blank], EDITIONS, {})
    assert collate([blank], EDITIONS, {}).pages == (blank,)
    assert collate([blank], EDITIONS, {}).sheets == ()


def test_a_page_without_its_code_joins_the_sheet_a_person_named() -> None:
    pile = [page(0, 5, 1), page(1, None, 2)]
    (sheet,) = collate(pile, EDITIONS, {}, {("pile.pdf", 1): ("", 5)}).sheets

    assert (sheet.sheet, sheet.problems, sheet.missing_pages) == ("5", (), ())


def test_a_page_named_by_a_person_that_was_there_already_is_its_second_scan() -> None:
    pile = [page(0, 5, 1), page(1, 5, 2), page(2, None, 2, choice=3)]
    collation = collate(pile, EDITIONS, {}, {("pile.pdf", 2): ("", 5)})

    assert collation.pages[2].state is PageState.DUPLICATE
    assert collation.sheets[0].answers[-1].reasons[0].kind == "scans_disagree"


def test_the_number_on_the_paper_is_not_overruled() -> None:
    (sheet,) = collate([page(0, 5, 1), page(1, 5, 2)], EDITIONS, {}, {("pile.pdf", 1): ("", 6)}).sheets

    assert sheet.sheet == "5"


def test_a_named_sheet_brings_its_respondent() -> None:
    (sheet,) = collate([page(0, None, 1)], EDITIONS, {("KQ7T", 2): "Åse"}, {("pile.pdf", 0): ("KQ7T", 2)}).sheets

    assert (sheet.sheet, sheet.respondent) == ("KQ7T-2", "Åse")


def test_a_page_left_blank_asks_nothing_where_the_other_page_of_its_sheet_shows_a_bold_pen() -> None:
    left = page(0, 1, 1, choice=None)
    asked = (replace(each, state=AnswerState.DOUBTFUL, reasons=(Reason("ink_lost"),)) for each in left.answers)
    left, other = replace(left, answers=tuple(asked)), page(1, 1, 2)

    for ink, told in ((0.3, AnswerState.BLANK), (0.02, AnswerState.DOUBTFUL)):
        (sheet,) = collate([left, replace(other, pen_ink=ink)], EDITIONS, {}).sheets
        assert {answer.state for answer in sheet.answers[:3]} == {told}
