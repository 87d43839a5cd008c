"""One sheet: its answers, and where on the scanned pages each was found."""

from collections.abc import Mapping
from dataclasses import dataclass

from kryds.model.edition import Edition
from kryds.model.form import Option
from kryds.model.reading import Answer, BoxState, PageReading, PixelRect
from kryds.model.scores import ScoredSheet

#: A picture shows a box with so much around it, in sides of the box: a cross reaches over its box.
AROUND_BOX = 0.25


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A statement and what the sheet says of it; ``answer`` is None where its page is missing."""

    item_id: str
    text: str
    answer: Answer | None
    option: Option | None
    page: int | None

    @property
    def anchor(self) -> str:
        """The item's id as a page's addresses can bear it."""
        return self.item_id.replace(".", "-")


@dataclass(frozen=True, slots=True)
class BoxSeen:
    """A box with a mark, in pixels of the upright picture."""

    rect: PixelRect
    state: BoxState
    is_answer: bool


@dataclass(frozen=True, slots=True)
class BoxesSeen:
    """The marked boxes of one item; all its boxes where none is marked."""

    line: AnswerLine
    boxes: tuple[BoxSeen, ...]


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A scanned page, upright; ``file`` and ``index`` (both from 1) are where the pile keeps it."""

    number: int
    file: int
    index: int
    source: str
    width_px: int
    height_px: int
    items: tuple[BoxesSeen, ...]


@dataclass(frozen=True, slots=True)
class SectionLines:
    """A section's title and answers."""

    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """What the page of one sheet shows."""

    edition: Edition
    scored: ScoredSheet
    sections: tuple[SectionLines, ...]
    pages: tuple[PageSeen, ...]


def sheet_page(edition: Edition, scored: ScoredSheet, files: Mapping[str, int]) -> SheetPage:
    """The sheet's page; ``files`` are the numbers of the pile's files by their names."""
    answers = {answer.item_id: answer for answer in scored.reading.answers}
    places = {answer.item_id: page.number for page in scored.reading.pages for answer in page.answers}
    lines = {
        item.id: AnswerLine(item.id, item.text, answers.get(item.id), _option(edition, answers.get(item.id)), at)
        for item in edition.form.items
        for at in (places.get(item.id),)
    }
    sections = tuple(
        SectionLines(section.title, tuple(lines[item.id] for item in edition.form.items if item.section == number))
        for number, section in enumerate(edition.form.sections, start=1)
    )
    pages = tuple(
        _page(page, files[page.source], tuple(lines[answer.item_id] for answer in page.answers))
        for page in sorted(scored.reading.pages, key=lambda page: page.number)
    )
    return SheetPage(edition, scored, sections, pages)


def upright(page: PageReading, rect: PixelRect) -> PixelRect:
    """A rectangle in the stored page's pixels, in those of the page turned as it is read."""
    width, height = page.width_px, page.height_px
    match page.rotation_deg:
        case 90:
            return PixelRect(height - rect.y - rect.height, rect.x, rect.height, rect.width)
        case 180:
            return PixelRect(width - rect.x - rect.width, height - rect.y - rect.height, rect.width, rect.height)
        case 270:
            return PixelRect(rect.y, width - rect.x - rect.width, rect.height, rect.width)
    return rect


def _option(edition: Edition, answer: Answer | None) -> Option | None:
    return edition.form.options[answer.choice - 1] if answer and answer.choice else None


def _page(page: PageReading, file: int, lines: tuple[AnswerLine, ...]) -> PageSeen:
    turned = page.rotation_deg in (90, 270)
    width, height = (page.height_px, page.width_px) if turned else (page.width_px, page.height_px)
    items = tuple(BoxesSeen(line, _boxes(page, line)) for line in lines)
    return PageSeen(page.number, file, page.index + 1, page.source, width, height, items)


def _boxes(page: PageReading, line: AnswerLine) -> tuple[BoxSeen, ...]:
    states = {mark.choice: mark.state for mark in page.marks if mark.item_id == line.item_id}
    chosen = line.answer.choice if line.answer else None
    own = [box for box in page.measurements if box.item_id == line.item_id]
    marked = [box for box in own if states[box.choice] is not BoxState.EMPTY or box.choice == chosen]
    return tuple(
        BoxSeen(_wider(upright(page, box.found)), states[box.choice], box.choice == chosen) for box in marked or own
    )


def _wider(rect: PixelRect) -> PixelRect:
    across, down = rect.width * AROUND_BOX, rect.height * AROUND_BOX
    return PixelRect(rect.x - across, rect.y - down, rect.width + 2 * across, rect.height + 2 * down)
