"""Scan files -> readings in the store: only what is not read yet, results kept as they come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kryds.desk.batch import READER_FAILED, Batch
from kryds.desk.engine import Engine
from kryds.desk.known import Known, bundled_editions
from kryds.desk.store import PageKey, Store
from kryds.desk.voice import Voice
from kryds.model.edition import Edition
from kryds.model.roster import Roster
from kryds.reader.read import PageRead

#: Reasons of pages that more editions may yet make readable.
EDITION_WANTED = ("unknown_edition", "unreadable_code")
#: Reasons of pages that are read again when the command is run again: something outside the page was in the way.
TRY_AGAIN = (*EDITION_WANTED, "reader_died", READER_FAILED, "file_not_opened")


def read_new_pages(store: Store, known: Known, engine: Engine, voice: Voice) -> None:
    """Reads every page of the store's files that is not read yet."""
    desk = _ReadingDesk(store, known.rosters, engine, voice)
    desk.read(_pages_wanted(store, TRY_AGAIN), known.editions)
    # Placed only now: that takes as long as reading a few pages, and most piles are of editions that are known.
    if (wanted := _pages_wanted(store, EDITION_WANTED)) and (bundled := bundled_editions(_forms_wanted(store))):
        desk.read(wanted, bundled | dict(known.editions))
    _keep_late_rosters(store, known.rosters)


def _keep_late_rosters(store: Store, rosters: Mapping[str, Roster]) -> None:
    """Names that came to be known only after their sheets were read, such as by --printed."""
    if new := rosters.keys() - {roster.run for roster in store.rosters()}:
        runs = {page.code.run for page in store.pages() if page.code}
        store.keep_rosters({run: rosters[run] for run in new & runs})


def _pages_wanted(store: Store, kinds: Sequence[str]) -> list[PageKey]:
    """The pages, in the order of the input, that are not read or left for one of these reasons."""
    settled = store.keys_read(unless=kinds)
    keys = ((file.sha256, index) for file in store.files() for index in range(file.pages))
    return [key for key in dict.fromkeys(keys) if key not in settled]


def _forms_wanted(store: Store) -> set[str] | None:
    """The forms that pages of unknown editions name; None when the code of one cannot be read: it may be of any."""
    reasons = (page.reason for page in store.pages() if page.reason and page.reason.kind in EDITION_WANTED)
    forms = {dict(reason.values).get("form") for reason in reasons}
    return None if None in forms else {form for form in forms if form}


@dataclass(frozen=True)
class _ReadingDesk:
    """Hands out pages and keeps what comes back."""

    store: Store
    rosters: Mapping[str, Roster]
    engine: Engine
    voice: Voice

    def read(self, keys: Sequence[PageKey], editions: Mapping[str, Edition]) -> None:
        """Reads these pages as pages of these editions."""
        with self.voice.progress("reading", len(keys)) as advance:
            for batch, pages in self.engine.read(list(self._batches(keys, editions))):
                self._keep(batch, pages, editions)
                advance(len(pages))

    def _batches(self, keys: Sequence[PageKey], editions: Mapping[str, Edition]) -> Iterator[Batch]:
        size = self.engine.batch_size(len(keys))
        files = {file.sha256: file for file in reversed(self.store.files()) if not file.reason}
        wanted: dict[str, list[int]] = {}
        for sha256, index in keys:
            wanted.setdefault(sha256, []).append(index)
        for sha256, indices in wanted.items():
            for at in range(0, len(indices), size):
                file = files[sha256]
                yield Batch(file.path, file.source, sha256, tuple(indices[at : at + size]), editions)

    def _keep(self, batch: Batch, pages: Sequence[PageRead], editions: Mapping[str, Edition]) -> None:
        """The editions and rosters first: a page is never there without what it was read with."""
        readings = [page.reading for page in pages]
        self.store.keep_editions({each.digest: editions[each.digest] for each in readings if each.digest})
        runs = {each.code.run for each in readings if each.code and each.code.run in self.rosters}
        self.store.keep_rosters({run: self.rosters[run] for run in runs})
        self.store.keep_pages(batch.sha256, pages)
