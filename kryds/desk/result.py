"""What the store holds, gathered into sheets, settled and weighed: what every table and report is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from kryds.desk.decisions import settle
from kryds.desk.store import Store
from kryds.model.edition import Edition
from kryds.model.reading import PageReading
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


def load_result(store: Store) -> Result:
    """The result as it stands, reviewers' decisions applied."""
    editions = store.editions()
    respondents = {(roster.run, person.copy): person.name for roster in store.rosters() for person in roster.people}
    collation = collate(store.pages(), editions, respondents)
    sheets = settle(collation.sheets, store.decisions())
    digests = sorted({sheet.digest for sheet in sheets}, key=lambda digest: (editions[digest].form.id, digest))
    groups = (summarise(editions[digest], [s for s in sheets if s.digest == digest]) for digest in digests)
    return Result(collation.pages, tuple(groups), editions)
