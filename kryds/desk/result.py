"""What the store holds, gathered into sheets, settled and weighed: what every table and report is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kryds.desk.decisions import Decision, held, question_of, settle
from kryds.desk.review_queue import sheet_question
from kryds.desk.store import Store
from kryds.model.edition import Edition
from kryds.model.page_code import sheet_in
from kryds.model.reading import SHEET_ITEM, PageReading, Reason, SheetReading
from kryds.model.scores import GroupSummary, ScoredSheet
from kryds.reader.collate import Assigned, collate
from kryds.scoring.summarise import summarise


@dataclass(frozen=True)
class Result:
    """``pages`` in the order of the input; ``groups`` one for each edition, by form; ``editions`` by digest."""

    pages: tuple[PageReading, ...]
    groups: tuple[GroupSummary, ...]
    editions: Mapping[str, Edition]

    @property
    def sheets(self) -> tuple[ScoredSheet, ...]:
        """Every sheet, group by group."""
        return tuple(sheet for group in self.groups for sheet in group.sheets)

    @property
    def open_items(self) -> int:
        """How many questions await a person: answers, and pages of which nobody knows the sheet."""
        pages = sum(len(sheet.reading.pages) for sheet in self.sheets if sheet.reading.problems)
        return pages + sum(group.open_items for group in self.groups)


@dataclass(frozen=True)
class Gathered:
    """What was read, page by page and sheet by sheet, before anybody decided any answer.

    ``read`` are the pages before repeats were told; ``assigned`` is which sheet people said a page is of.
    """

    pages: tuple[PageReading, ...]
    sheets: tuple[SheetReading, ...]
    editions: Mapping[str, Edition]
    read: tuple[PageReading, ...] = ()
    assigned: Assigned = field(default_factory=dict)

    @property
    def named(self) -> tuple[PageReading, ...]:
        """The pages whose sheet a person has named."""
        return tuple(page for page in self.read if (page.source, page.index) in self.assigned)


def load_result(store: Store) -> Result:
    """The result as it stands, reviewers' decisions applied; its pages without what was found of every box."""
    return result_of(gather(store, brief=True), store)


def with_boxes(result: Result, store: Store) -> Result:
    """The result with what was found of every box of its pages."""
    found = {(page.source, page.index): page for page in store.each_page()}
    pages = ((page, found.get((page.source, page.index), page)) for page in result.pages)
    return replace(
        result, pages=tuple(replace(page, measurements=own.measurements, marks=own.marks) for page, own in pages)
    )


def gather(store: Store, known: Gathered | None = None, *, brief: bool = False) -> Gathered:
    """The pages in the store, gathered into sheets; ``known`` is how they were, if no page was read since.

    ``brief``: without what was measured and found of every box, nine tenths of a page.
    """
    read = known.read if known else tuple(store.each_page(brief=brief))
    words = _sheet_words(store, read)
    assigned = {place: number for place, word in words.items() if (number := sheet_in(word.sheet))}
    if known and known.assigned == assigned:
        return known
    editions = store.editions()
    respondents = {(roster.run, person.copy): person.name for roster in store.rosters() for person in roster.people}
    collation = collate(read, editions, respondents, assigned)
    pages = tuple(_told(page, words.get((page.source, page.index))) for page in collation.pages)
    return Gathered(pages, collation.sheets, editions, read, assigned)


def _told(page: PageReading, word: Decision | None) -> PageReading:
    """The page, saying who named its sheet, unless there is more to say of it."""
    if word is None or page.reason:
        return page
    return replace(page, reason=Reason("sheet_named", (("sheet", word.sheet), ("name", word.who))))


def _sheet_words(store: Store, pages: Sequence[PageReading]) -> dict[tuple[str, int], Decision]:
    """Which sheet people said a page is of, where that is what is asked of the page as it is read now."""
    words = {(word.source, word.index): word for word in held(store.decisions(item_id=SHEET_ITEM), store.people())}
    found = {}
    for page in pages if words else ():
        word, question = words.get((page.source, page.index)), sheet_question(page)
        if word and question and (word.digest, word.why) == (page.digest, question_of(question)):
            found[page.source, page.index] = word
    return found


def result_of(gathered: Gathered, store: Store) -> Result:
    """The sheets weighed, with what is decided about them in the store laid over."""
    editions = gathered.editions
    sheets = settle(gathered.sheets, held(store.decisions(), store.people()))
    digests = sorted({sheet.digest for sheet in sheets}, key=lambda digest: (editions[digest].form.id, digest))
    groups = (summarise(editions[digest], [s for s in sheets if s.digest == digest]) for digest in digests)
    return Result(gathered.pages, tuple(groups), editions)
