"""What awaits a person, riskiest first: which sheet a page is of, and answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kryds.model.edition import Edition
from kryds.model.reading import SHEET_ITEM, Answer, AnswerState, PageReading, Reason, SheetReading


@dataclass(frozen=True)
class OpenItem:
    """An answer that awaits a person, with all a person needs to see but the picture.

    Where nobody knows which sheet the page is of, that is the item: SHEET_ITEM, on a sheet without a name.
    """

    edition: Edition
    sheet: SheetReading
    page: PageReading
    answer: Answer

    @property
    def asks_sheet(self) -> bool:
        """Whether the question is which sheet the page is of."""
        return self.answer.item_id == SHEET_ITEM


def open_items(
    sheets: Iterable[SheetReading], editions: Mapping[str, Edition], named: Iterable[PageReading] = ()
) -> tuple[OpenItem, ...]:
    """Every open answer of every sheet, the least certain first, otherwise in the order of the sheets.

    Before them, as they bear on the answers: which sheet a page is of, where nobody knows it or, as for those
    ``named``, only by a person's word.
    """
    items = [_sheet_question(editions[page.digest], page) for page in named]
    for sheet in sheets:
        items += [_sheet_question(editions[sheet.digest], page) for page in sheet.pages if sheet.problems]
        pages = {answer.item_id: page for page in sheet.pages for answer in page.answers}
        items += [
            OpenItem(editions[sheet.digest], sheet, pages[answer.item_id], answer)
            for answer in sheet.answers
            if answer.is_open
        ]
    return tuple(sorted(items, key=lambda item: item.answer.confidence))


def sheet_question(page: PageReading) -> Answer | None:
    """Which sheet a page that was read is of, as an answer that is open; None where the page itself says so."""
    if page.code is None:
        reason = Reason("sheet_unknown")
    elif not page.code.copy:
        reason = Reason("pages_paired_by_guess")
    else:
        return None
    return Answer(SHEET_ITEM, None, AnswerState.DOUBTFUL, 0.0, (reason,))


def _sheet_question(edition: Edition, page: PageReading) -> OpenItem:
    answer = sheet_question(page)
    if answer is None:
        raise ValueError(f"{page.source}, page {page.index + 1} bears the number of its sheet")
    return OpenItem(edition, SheetReading("", page.digest, "", (page,), page.answers), page, answer)
