"""Rows under section headings, spread over pages so that no heading is stranded and no row stands alone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kryds.generator.placed import Role
from kryds.generator.summary_pages import SummaryPages
from kryds.generator.typeface import SMALL_BOLD, shorten, wrap
from kryds.model.geometry import Point

#: Paper left empty so that a section can begin a page (mm): a quarter of what is written on.
MOST_EMPTY_MM = 65.0
#: Air under a section's heading, above it (unless it begins a page), and how tall a repeated heading is (mm).
_UNDER_MM, _ABOVE_MM = 0.6, 3.4
_AGAIN_MM = SMALL_BOLD.leading_mm + _UNDER_MM


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


@dataclass(frozen=True, slots=True)
class _PlacedRow:
    """A row with the heading that stands above it if it begins its section or a page."""

    row: Row
    title: str
    title_mm: float
    begins: bool
    may_begin_page: bool

    @property
    def above_mm(self) -> float:
        """Air above it, unless it begins a page."""
        return _ABOVE_MM if self.begins else 0.0


def draw_rows(pages: SummaryPages, sections: Sequence[SectionRows]) -> None:
    """Draws the sections on as few pages as can be; a heading stands again where a page ends in its section."""
    placed = tuple(_placed(pages, sections))
    start, turned = 0, False
    while start < len(placed):
        end = _page_end(placed, start, pages.room)
        if end == start and turned:
            # Rows that should stand together are taller than a page: they part, or there would be no end of pages.
            end = _fitting_end(placed, start, pages.room)
        for place in placed[start:end]:
            first = place is placed[start]
            pages.y += 0.0 if first else place.above_mm
            if place.begins or first:
                _draw_title(pages, place.title, again=not place.begins)
            place.row.draw()
            pages.y += place.row.height_mm
        if end > start:
            pages.rule()
        if end < len(placed):
            pages.turn()
            turned = True
        start = end


def _placed(pages: SummaryPages, sections: Sequence[SectionRows]) -> Iterator[_PlacedRow]:
    for section in sections:
        last = len(section.rows) - 1
        for at, row in enumerate(section.rows):
            yield _PlacedRow(
                row=row,
                title=section.title,
                title_mm=_title_mm(pages, section.title) if at == 0 else _AGAIN_MM,
                begins=at == 0,
                # Two rows at least on either side of a break: the second and the last row do not begin a page.
                may_begin_page=at == 0 or 1 < at < last,
            )


def _page_end(placed: Sequence[_PlacedRow], start: int, room_mm: float) -> int:
    """The row that begins the next page: where a section begins if that leaves little paper empty, else the latest.

    ``start`` itself when there is no room for as many rows as must stand together.
    """
    used, rows_end, section_end = placed[start].title_mm, start, start
    for at in range(start, len(placed)):
        place = placed[at]
        if at > start:
            if place.begins and room_mm - used <= MOST_EMPTY_MM:
                section_end = at
            if place.may_begin_page:
                rows_end = at
            used += place.above_mm + (place.title_mm if place.begins else 0.0)
        used += place.row.height_mm
        if used > room_mm:
            return section_end if section_end > start else rows_end
    return len(placed)


def _fitting_end(placed: Sequence[_PlacedRow], start: int, room_mm: float) -> int:
    """The first row for which there is no room, wherever pages had better end; ``start`` itself is always drawn."""
    used = placed[start].title_mm + placed[start].row.height_mm
    for at in range(start + 1, len(placed)):
        used += placed[at].row.height_mm
        if used > room_mm:
            return at
    return len(placed)


def rows_mm(pages: SummaryPages, sections: Sequence[SectionRows]) -> float:
    """How tall the sections are if no page ends in them."""
    between = max(0, len(sections) - 1) * _ABOVE_MM
    titles = sum(_title_mm(pages, section.title) for section in sections)
    return between + titles + sum(row.height_mm for section in sections for row in section.rows)


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
