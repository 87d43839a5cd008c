"""Rows under section headings, spread over pages so that no heading is stranded and no row stands alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kryds.generator.flow import DoesNotFitError, Piece, break_pages
from kryds.generator.placed import Role
from kryds.generator.summary_pages import SummaryPages
from kryds.generator.typeface import SMALL_BOLD, shorten, wrap
from kryds.model.geometry import Point

#: Air under a section's heading, above it (unless it begins a page), and what a page is not filled to (mm).
_UNDER_MM, _ABOVE_MM, _SPARE_MM = 0.6, 3.4, 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """A row ``height_mm`` tall; ``draw`` draws it at the pages' ``y``."""

    height_mm: float
    draw: Callable[[], None]


@dataclass(frozen=True, slots=True)
class SectionRows:
    """A heading and its rows, of which there is at least one."""

    title: str
    rows: tuple[Row, ...]


def draw_rows(pages: SummaryPages, sections: Sequence[SectionRows]) -> None:
    """Draws the sections on as few pages as can be, about equally filled; a heading stands again after a break."""
    placed = [
        (section, row, at == 0 and number > 0)
        for number, section in enumerate(sections)
        for at, row in enumerate(section.rows)
    ]
    pieces = [_piece(pages, section, row) for section, row, _ in placed]
    for span in _spans(pages, pieces):
        if span.start:
            pages.turn()
        for index in span:
            section, row, spaced = placed[index]
            begins = row is section.rows[0]
            if begins and spaced and index > span.start:
                pages.y += _ABOVE_MM
            if begins or index == span.start:
                _draw_title(pages, section.title, again=not begins)
            row.draw()
            pages.y += row.height_mm
    pages.rule()


def _spans(pages: SummaryPages, pieces: Sequence[Piece]) -> tuple[range, ...]:
    """The rows of each page, beginning on this one or, if it has no room for the first of them, on a new one."""
    whole = pages.whole_mm - _SPARE_MM
    try:
        return break_pages(pieces, pages.room - _SPARE_MM, whole)
    except DoesNotFitError:
        pages.turn()
        return break_pages(pieces, whole, whole)


def _piece(pages: SummaryPages, section: SectionRows, row: Row) -> Piece:
    """A row; a section's first one with its heading and the air above it."""
    title_mm = _title_mm(pages, section.title)
    if row is section.rows[0]:
        return Piece(title_mm + row.height_mm, gap_mm=_ABOVE_MM)
    # Two rows at least on either side of a break: the second and the last row do not begin a page.
    stays = row is section.rows[1] or row is section.rows[-1]
    return Piece(row.height_mm, may_begin_page=not stays, repeat_mm=SMALL_BOLD.leading_mm + _UNDER_MM)


def _title_mm(pages: SummaryPages, title: str) -> float:
    return len(wrap(title, SMALL_BOLD, pages.width)) * SMALL_BOLD.leading_mm + _UNDER_MM


def _draw_title(pages: SummaryPages, title: str, *, again: bool) -> None:
    if again:
        with pages.ornament():
            said = pages.phrases.say("sheet.continued", title=title)
            pages.lines(Point(pages.left, pages.y), (shorten(said, SMALL_BOLD, pages.width),), SMALL_BOLD)
        pages.y += SMALL_BOLD.leading_mm
    else:
        pages.write(title, SMALL_BOLD, Role.HEADING)
    pages.y += _UNDER_MM
