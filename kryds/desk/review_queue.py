"""The answers that await a person, riskiest first, and what has become of them in this sitting."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kryds.desk.decisions import Decision
from kryds.model.edition import Edition
from kryds.model.reading import Answer, PageReading, RowCrop, SheetReading
from kryds.model.scores import GroupSummary

#: A row's picture by source, page index (from 0) and item.
CropKey = tuple[str, int, str]


@dataclass(frozen=True)
class ReviewWork:
    """What to settle and where it goes.

    ``groups`` are the sheets as settled so far, ``crops`` the pictures of their rows. ``decide`` adds a decision to
    the store; one whose state is DOUBTFUL takes the person's earlier word on the item back. ``finish`` writes tables
    and PDFs again and tells where the summary lies; it is called once, and only if the page was opened on something.
    """

    groups: Sequence[GroupSummary]
    crops: Mapping[CropKey, RowCrop]
    decide: Callable[[Decision], None]
    finish: Callable[[], Path | None]


@dataclass(frozen=True)
class OpenItem:
    """An answer that awaits a person, with all a person needs to see; ``crop`` is None where there is no picture."""

    edition: Edition
    sheet: SheetReading
    page: PageReading
    answer: Answer
    crop: RowCrop | None


def open_items(groups: Sequence[GroupSummary], crops: Mapping[CropKey, RowCrop]) -> tuple[OpenItem, ...]:
    """Every open answer of every sheet, the least certain first, otherwise in the order of the sheets."""
    items = []
    for group in groups:
        for sheet in (scored.reading for scored in group.sheets):
            pages = {answer.item_id: page for page in sheet.pages for answer in page.answers}
            for answer in sheet.answers:
                if answer.is_open:
                    page = pages[answer.item_id]
                    crop = crops.get((page.source, page.index, answer.item_id))
                    items.append(OpenItem(group.edition, sheet, page, answer, crop))
    return tuple(sorted(items, key=lambda item: item.answer.confidence))


class ReviewQueue:
    """Who is next. Numbers are positions in ``items``, from 0."""

    def __init__(self, items: Sequence[OpenItem]) -> None:
        self.items = tuple(items)
        self._waiting = list(range(len(items)))
        self._done: list[tuple[int, bool]] = []

    @property
    def current(self) -> int | None:
        """The number of the item to decide now; None when all are settled."""
        return self._waiting[0] if self._waiting else None

    @property
    def settled(self) -> int:
        """How many are settled."""
        return len(self.items) - len(self._waiting)

    @property
    def last(self) -> tuple[int, bool] | None:
        """The item ``undo`` would bring back, and whether it was settled (else skipped)."""
        return self._done[-1] if self._done else None

    def settle(self) -> None:
        """The current item is decided; the next one's turn."""
        self._done.append((self._waiting.pop(0), True))

    def skip(self) -> None:
        """The current item comes again after all others."""
        number = self._waiting.pop(0)
        self._waiting.append(number)
        self._done.append((number, False))

    def undo(self) -> None:
        """The last item that was settled or skipped is the current one again. IndexError when there is none."""
        number, _ = self._done.pop()
        if number in self._waiting:
            self._waiting.remove(number)
        self._waiting.insert(0, number)
