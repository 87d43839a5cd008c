"""Rows under section headings, spread over pages so that no heading is stranded and no row stands alone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kryds.generator.placed import Role
from kryds.generator.summary_pages import SummaryPages
from kryds.generator.typeface import SMALL_BOLD, shorten, wrap
from kryds.model.geometry import Point

#: Paper left empty so that a section can begin a page (mm). What is tried first is a quarter of what is written on;
#: less saves a page at times, and more keeps the last page from being all but empty.
MOST_EMPTY_MM = (65.0, 40.0, 20.0, 0.0, 110.0)
#: A last page with less on it (mm) is all but empty: three rows or so under what is repeated.
LEAST_LAST_MM = 40.0
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
    start = 0
    for end in _best_ends(placed, pages.room, pages.next_room):
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


def _best_ends(placed: Sequence[_PlacedRow], room_mm: float, next_room_mm: float) -> tuple[int, ...]:
    """Where the pages end: as few of them as can be, then the last not all but empty, then whole sections."""

    def cost(ends: tuple[int, ...]) -> tuple[int, bool]:
        last = placed[ends[-2] :] if len(ends) > 1 else ()
        return len(ends), bool(last) and _height_mm(last) < LEAST_LAST_MM

    plans = (_page_ends(placed, (room_mm, next_room_mm), most) for most in MOST_EMPTY_MM)
    return min(plans, key=cost)


def _page_ends(placed: Sequence[_PlacedRow], rooms_mm: tuple[float, float], most_empty_mm: float) -> tuple[int, ...]:
    """For each page the row that begins the next; ``rooms_mm`` are what the present page holds and a further one."""
    ends: list[int] = []
    start = 0
    while start < len(placed):
        room_mm = rooms_mm[1] if ends else rooms_mm[0]
        end = _page_end(placed, start, room_mm, most_empty_mm)
        if end == start and ends:
            # Rows that should stand together are taller than a page: they part, or there would be no end of pages.
            end = _fitting_end(placed, start, room_mm)
        ends.append(end)
        start = end
    return tuple(ends)


def _page_end(placed: Sequence[_PlacedRow], start: int, room_mm: float, most_empty_mm: float) -> int:
    """The row that begins the next page: where a section begins if that leaves little paper empty, else the latest.

    ``start`` itself when there is no room for as many rows as must stand together.
    """
    used, rows_end, section_end = placed[start].title_mm, start, start
    for at in range(start, len(placed)):
        place = placed[at]
        if at > start:
            if place.begins and room_mm - used <= most_empty_mm:
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


def _height_mm(placed: Sequence[_PlacedRow]) -> float:
    """How tall the rows are at the top of a page."""
    first, *others = placed
    inner = sum(place.above_mm + place.title_mm for place in others if place.begins)
    return first.title_mm + inner + sum(place.row.height_mm for place in placed)


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
