import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.generator.flow import DoesNotFitError, Piece, break_pages, page_mm, row_growth

heights = st.lists(st.integers(5, 60), min_size=1, max_size=40)


@given(heights)
def test_pages_hold_every_piece_once_and_in_order(numbers: list[int]) -> None:
    pages = break_pages([Piece(number) for number in numbers], 80, 100)
    assert [at for page in pages for at in page] == list(range(len(numbers)))


@given(heights)
def test_no_page_is_overfull(numbers: list[int]) -> None:
    pieces = [Piece(number, gap_mm=3) for number in numbers]
    pages = break_pages(pieces, 80, 100)
    assert all(page_mm(pieces, page) <= (100 if page.start else 80) for page in pages)


@given(heights)
def test_no_fewer_pages_would_do(numbers: list[int]) -> None:
    pages, used = 1, 0
    for number in numbers:
        if used + number > 100:
            pages, used = pages + 1, 0
        used += number
    assert len(break_pages([Piece(number) for number in numbers], 100, 100)) == pages


def test_pages_are_filled_evenly() -> None:
    assert break_pages([Piece(10)] * 12, 100, 100) == (range(6), range(6, 12))


def test_a_page_begins_only_where_it_may() -> None:
    pieces = [Piece(10, may_begin_page=at not in (5, 6)) for at in range(12)]
    assert break_pages(pieces, 100, 100)[1].start not in (5, 6)


def test_a_section_is_split_only_for_much_better_balance() -> None:
    pieces = [*[Piece(10)] * 5, *[Piece(10, repeat_mm=8)] * 2, *[Piece(10)] * 5]
    assert break_pages(pieces, 100, 100)[1].start not in (5, 6)


def test_a_heading_said_again_takes_its_room() -> None:
    assert page_mm([Piece(10, gap_mm=5, repeat_mm=8), Piece(10, gap_mm=5)], range(2)) == 33


def test_what_is_higher_than_a_page_is_named() -> None:
    with pytest.raises(DoesNotFitError) as caught:
        break_pages([Piece(10), Piece(200), Piece(10)], 100, 100)
    assert caught.value.index == 1


def test_rows_grow_into_the_fullest_pages_room() -> None:
    pieces = [Piece(10, rows=1)] * 4
    assert row_growth(pieces, (range(2), range(2, 4)), (23, 40), 9) == 1.5


def test_rows_grow_no_more_than_the_limit_and_a_page_without_rows_does_not_hold_them_back() -> None:
    pieces = [Piece(10, rows=1), Piece(10)]
    assert row_growth(pieces, (range(1), range(1, 2)), (40, 10), 2.4) == 2.4
