"""The answers that await a person, riskiest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kryds.model.edition import Edition
from kryds.model.reading import Answer, PageReading, SheetReading


@dataclass(frozen=True)
class OpenItem:
    """An answer that awaits a person, with all a person needs to see but the picture."""

    edition: Edition
    sheet: SheetReading
    page: PageReading
    answer: Answer


def open_items(sheets: Iterable[SheetReading], editions: Mapping[str, Edition]) -> tuple[OpenItem, ...]:
    """Every open answer of every sheet, the least certain first, otherwise in the order of the sheets."""
    items = []
    for sheet in sheets:
        pages = {answer.item_id: page for page in sheet.pages for answer in page.answers}
        items += [
            OpenItem(editions[sheet.digest], sheet, pages[answer.item_id], answer)
            for answer in sheet.answers
            if answer.is_open
        ]
    return tuple(sorted(items, key=lambda item: item.answer.confidence))
