"""Scan files -> readings in the store: only what is not read yet, results kept as they come."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kryds.desk.batch import READER_FAILED, Batch
from kryds.desk.known import Known, bundled_editions
from kryds.desk.store import PageKey, PageRow, Store
from kryds.desk.voice import Voice
from kryds.model.edition import Edition
from kryds.model.roster import Roster
from kryds.reader.trace import Stopwatch, untraced

if TYPE_CHECKING:
    from kryds.desk.cluster import Cluster
    from kryds.desk.engine import Engine

#: Reasons of pages that more editions may yet make readable.
EDITION_WANTED = ("unknown_edition", "unreadable_code")
#: How often (seconds) what was read is kept: as much is read again at most when the power fails.
KEEP_EVERY_S = 0.5
#: Reasons of pages that are read again when the command is run again: something outside the page was in the way.
TRY_AGAIN = (*EDITION_WANTED, "reader_died", READER_FAILED, "file_not_opened")


@dataclass(frozen=True)
class Readers:
    """Who reads, who tells how far it is, and who counts what each stage takes, if anybody does."""

    engine: "Engine | Cluster"
    voice: Voice
    stopwatch: Stopwatch | None = None


def read_new_pages(store: Store, known: Known, readers: Readers) -> None:
    """Reads every page of the store's files that is not read yet."""
    desk = _ReadingDesk(store, known.rosters, readers, dict(known.editions))
    desk.read(_pages_wanted(store, TRY_AGAIN))
    if wanted := _pages_wanted(store, EDITION_WANTED):
        desk.learn(_forms_wanted(store))
        if desk.editions.keys() - known.editions.keys():
            desk.read(wanted)
    _keep_late_rosters(store, known.rosters)


def _keep_late_rosters(store: Store, rosters: Mapping[str, Roster]) -> None:
    """Names that came to be known only after their sheets were read, such as by --printed."""
    if new := rosters.keys() - {roster.run for roster in store.rosters()}:
        runs = {page.code.run for page in store.each_page(brief=True) if page.code}
        store.keep_rosters({run: rosters[run] for run in new & runs})


def _pages_wanted(store: Store, kinds: Sequence[str]) -> list[PageKey]:
    """The pages, in the order of the input, that are not read or left for one of these reasons."""
    settled = store.keys_read(unless=kinds)
    keys = ((file.sha256, index) for file in store.files() for index in range(file.pages))
    return [key for key in dict.fromkeys(keys) if key not in settled]


def _forms_wanted(store: Store) -> set[str] | None:
    """The forms that pages of unknown editions name; None when the code of one cannot be read: it may be of any."""
    reasons = (
        page.reason for page in store.each_page(brief=True) if page.reason and page.reason.kind in EDITION_WANTED
    )
    forms = {dict(reason.values).get("form") for reason in reasons}
    return None if None in forms else {form for form in forms if form}


@dataclass(frozen=True)
class _ReadingDesk:
    """Hands out pages and keeps what comes back. ``editions`` grows with what the pages turn out to be of."""

    store: Store
    rosters: Mapping[str, Roster]
    readers: Readers
    editions: dict[str, Edition]
    looked_up: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)

    def read(self, keys: Sequence[PageKey]) -> None:
        """Reads these pages as pages of the editions known by the time they are handed out.

        What comes back is kept twice a second: a disk takes as long over one page as over fifty.
        """
        if not keys:
            return
        back, kept = list[PageRow](), time.monotonic()
        with self.readers.voice.progress("reading", len(keys)) as advance:
            try:
                for _, rows in self.readers.engine.read(self._batches(keys), len(keys)):
                    self._look_up(rows)
                    back += rows
                    advance(len(rows))
                    if time.monotonic() > kept + KEEP_EVERY_S:
                        self._keep(back)
                        back, kept = [], time.monotonic()
            finally:
                self._keep(back)

    def learn(self, forms: set[str] | None) -> None:
        """Adds the bundled editions of these forms (None: all).

        Not sooner than they are asked for: placing one takes as long as reading some pages, and most piles are of
        editions that are known.
        """
        new = {""} if forms is None else set(forms)
        if not new <= self.looked_up:
            self.looked_up.update(new)
            self.editions.update(bundled_editions(forms) | self.editions)

    def _look_up(self, rows: Sequence[PageRow]) -> None:
        """Learns the form that a page names, so that no further page has to be read twice for it."""
        named = {row.form for row in rows if row.form and row.kind == EDITION_WANTED[0]}
        if new := named - self.looked_up:
            self.learn(new)

    def _batches(self, keys: Sequence[PageKey]) -> Iterator[Batch]:
        """The first has one page only: it tells what the others are of. The last are small: all end together."""
        files = {file.sha256: file for file in reversed(self.store.files()) if not file.reason}
        wanted: dict[str, list[int]] = {}
        for sha256, index in keys:
            wanted.setdefault(sha256, []).append(index)
        traced, ahead, left = self.readers.stopwatch is not None, 1, len(keys)
        for sha256, indices in wanted.items():
            file, at = files[sha256], 0
            while at < len(indices):
                several = tuple(indices[at : at + ahead])
                yield Batch(file.path, file.source, sha256, several, dict(self.editions), traced)
                at, left = at + len(several), left - len(several)
                ahead = self.readers.engine.batch_size(left)

    def _keep(self, rows: Sequence[PageRow]) -> None:
        """The editions and rosters first: a page is never there without what it was read with."""
        if stopwatch := self.readers.stopwatch:
            for row in rows:
                stopwatch.add(row.seconds or {})
        with (stopwatch or untraced)("store"):
            new = {row.digest for row in rows if row.digest} - self.kept
            self.store.keep_editions({digest: self.editions[digest] for digest in new})
            self.kept.update(new)
            self.store.keep_rosters({run: self.rosters[run] for run in {row.run for row in rows} & self.rosters.keys()})
            self.store.keep_rows(rows)
