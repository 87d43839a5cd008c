import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kryds.generator.summary_pages import SummaryPages
from kryds.generator.summary_rows import Row, SectionRows, draw_rows, rows_mm
from kryds.model.geometry import Paper
from kryds.model.load import load_phrases

#: Page and y of every row drawn, by section and number.
Drawn = list[tuple[int, int, int, float]]


class Book:
    """Pages that note what is drawn on them."""

    def __init__(self) -> None:
        self.pages = SummaryPages("Bog", load_phrases("da"), io.BytesIO())
        self.pages.begin_paper(*Paper.A4.size_mm)
        self.pages.begin_chapter("Bog", "Bog", 0)
        self.number = 0
        self.pages.repeat_on_top(self._turned)
        self.drawn: Drawn = []

    def _turned(self) -> None:
        self.number += 1

    def lower(self) -> None:
        """Repeats something 100 mm tall."""
        self._turned()
        self.pages.y += 100.0

    def section(self, number: int, heights: list[float]) -> SectionRows:
        """A section whose rows are so tall."""
        return SectionRows(f"Afsnit {number}", tuple(self._row(number, at, mm) for at, mm in enumerate(heights)))

    def _row(self, section: int, at: int, height: float) -> Row:
        return Row(height, lambda: self.drawn.append((self.number, section, at, self.pages.y)))


@given(st.lists(st.lists(st.floats(5, 40), min_size=1, max_size=12), min_size=1, max_size=6), st.floats(17, 270))
@settings(max_examples=20, deadline=None)
def test_every_row_is_drawn_once_in_order_within_the_page_and_never_alone(
    heights: list[list[float]], begin: float
) -> None:
    book = Book()
    book.pages.y = begin
    draw_rows(book.pages, [book.section(at, rows) for at, rows in enumerate(heights)])
    expected = [(number, at) for number, rows in enumerate(heights) for at in range(len(rows))]
    assert [(number, at) for _, number, at, _ in book.drawn] == expected
    for _, number, at, y in book.drawn:
        assert y + heights[number][at] <= 297 - 18 + 1e-6
    for page in range(book.number + 1):
        for number, rows in enumerate(heights):
            if len(rows) > 1:
                assert sum(drawn[:2] == (page, number) for drawn in book.drawn) != 1


def test_a_page_ends_where_a_section_ends_if_little_is_left_empty() -> None:
    book = Book()
    draw_rows(book.pages, [book.section(0, [10.0] * 20), book.section(1, [10.0] * 10)])
    assert [page for page, number, _, _ in book.drawn] == [0] * 20 + [1] * 10
    assert book.number == 1


def test_a_page_is_filled_rather_than_left_half_empty() -> None:
    book = Book()
    draw_rows(book.pages, [book.section(0, [10.0] * 5), book.section(1, [10.0] * 30)])
    assert sum(page == 0 for page, *_ in book.drawn) > 20


def test_sections_part_rather_than_take_a_page_more() -> None:
    book = Book()
    draw_rows(book.pages, [book.section(at, [10.0] * 16) for at in range(3)])
    assert book.number == 1


def test_a_last_page_is_not_left_with_two_rows_if_a_section_can_go_there_whole() -> None:
    book = Book()
    book.pages.y = 57.0
    draw_rows(book.pages, [book.section(0, [10.0] * 12), book.section(1, [10.0] * 11)])
    assert [page for page, *_ in book.drawn] == [0] * 12 + [1] * 11


def test_a_further_page_holds_less_by_what_is_repeated_on_it() -> None:
    book = Book()
    book.pages.repeat_on_top(book.lower, 100.0)
    draw_rows(book.pages, [book.section(0, [10.0] * 45)])
    assert max(y for *_, y in book.drawn) <= 297 - 18 - 10
    assert book.number == 2


def test_a_section_that_finds_no_room_begins_on_the_next_page() -> None:
    book = Book()
    book.pages.y = 270.0
    draw_rows(book.pages, [book.section(0, [10.0, 10.0])])
    assert [page for page, *_ in book.drawn] == [1, 1]


def test_sections_on_one_page_take_their_rows_and_headings() -> None:
    book = Book()
    sections = [book.section(0, [10.0]), book.section(1, [5.0, 5.0])]
    before = book.pages.y
    draw_rows(book.pages, sections)
    assert book.pages.y - before == pytest.approx(rows_mm(book.pages, sections))


def test_rows_taller_together_than_a_page_part_rather_than_turn_pages_for_ever() -> None:
    book = Book()
    draw_rows(book.pages, [book.section(0, [10.0]), book.section(1, [110.0] * 3)])
    assert [(page, number, at) for page, number, at, _ in book.drawn] == [(0, 0, 0), (1, 1, 0), (1, 1, 1), (2, 1, 2)]


def test_a_row_taller_than_a_page_is_drawn_all_the_same() -> None:
    book = Book()
    book.pages.y = 200.0
    draw_rows(book.pages, [book.section(0, [300.0])])
    assert [(page, at) for page, _, at, _ in book.drawn] == [(1, 0)]
