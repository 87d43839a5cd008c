"""What the store holds, gathered into sheets, settled and weighed: what every table and report is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from kryds.desk.decisions import held, settle
from kryds.desk.store import Store
from kryds.model.edition import Edition
from kryds.model.reading import PageReading, SheetReading
from kryds.model.scores import GroupSummary, ScoredSheet
from kryds.reader.collate import collate
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
        """How many answers await a person."""
        return sum(group.open_items for group in self.groups)


@dataclass(frozen=True)
class Gathered:
    """What was read, page by page and sheet by sheet, before anybody decided anything."""

    pages: tuple[PageReading, ...]
    sheets: tuple[SheetReading, ...]
    editions: Mapping[str, Edition]


def load_result(store: Store) -> Result:
    """The result as it stands, reviewers' decisions applied."""
    return result_of(gather(store), store)


def gather(store: Store) -> Gathered:
    """The pages in the store, gathered into sheets."""
    editions = store.editions()
    respondents = {(roster.run, person.copy): person.name for roster in store.rosters() for person in roster.people}
    collation = collate(store.pages(), editions, respondents)
    return Gathered(collation.pages, collation.sheets, editions)


def result_of(gathered: Gathered, store: Store) -> Result:
    """The sheets weighed, with what is decided about them in the store laid over."""
    editions = gathered.editions
    sheets = settle(gathered.sheets, held(store.decisions(), store.people()))
    digests = sorted({sheet.digest for sheet in sheets}, key=lambda digest: (editions[digest].form.id, digest))
    groups = (summarise(editions[digest], [s for s in sheets if s.digest == digest]) for digest in digests)
    return Result(gathered.pages, tuple(groups), editions)
