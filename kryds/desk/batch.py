"""A few pages of one scan file: what a worker process is given, and what it gives back."""

import pickle
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from kryds.desk.scan_url import Location, on_disk
from kryds.model.edition import Edition
from kryds.model.errors import ScanFileError
from kryds.model.reading import PageReading, PageState, Reason
from kryds.reader.read import PageRead, read_page
from kryds.reader.scan import ScanFault, ScanPage, load_pages
from kryds.reader.settings import DEFAULT
from kryds.reader.trace import Stopwatch, Trace, untraced

#: Why a page is unreadable that the reader has a bug for.
READER_FAILED = "reader_failed"


@dataclass(frozen=True)
class Batch:
    """Pages (``indices`` from 0) of the file with this SHA-256, and the editions they may be of.

    ``traced``: whether the readings shall tell what each stage took.
    """

    path: Location
    source: str
    sha256: str
    indices: tuple[int, ...]
    editions: Mapping[str, Edition]
    traced: bool = False

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "editions": pickle.dumps(dict(self.editions), pickle.HIGHEST_PROTOCOL)}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update({**state, "editions": _unpacked(state["editions"])})

    def single_pages(self) -> tuple["Batch", ...]:
        """The same pages, each by itself."""
        return tuple(replace(self, indices=(index,)) for index in self.indices)


@lru_cache(maxsize=4)
def _unpacked(editions: object) -> Mapping[str, Edition]:
    """The editions that came with a batch. Most batches bring those of the batch before: they are made once."""
    return MappingProxyType(pickle.loads(editions))  # type: ignore[arg-type]  # noqa: S301 - from our own process


#: A batch, or a part of one, with what was read of its pages.
Progress = tuple[Batch, tuple[PageRead, ...]]


def read_batch(batch: Batch) -> tuple[PageRead, ...]:
    """Reads the pages in their order. A file that was there and is gone makes pages that cannot be read."""
    try:
        path = on_disk(batch.path)
        pages = load_pages(path, batch.source, batch.indices, long_side_px=DEFAULT.working_long_side_px)
        return tuple(_traced(pages, batch) if batch.traced else (_read(page, batch.editions) for page in pages))
    except ScanFileError:
        return unreadable(batch, Reason("file_not_opened"))


def unreadable(batch: Batch, reason: Reason) -> tuple[PageRead, ...]:
    """The readings of pages of which nothing more is known."""
    return tuple(PageRead(PageReading(batch.source, index, PageState.UNREADABLE, reason)) for index in batch.indices)


def _traced(pages: Iterator[ScanPage | ScanFault], batch: Batch) -> Iterator[PageRead]:
    """The same, timed."""
    while True:
        stopwatch = Stopwatch()
        with stopwatch("decode"):
            page = next(pages, None)
        if page is None:
            return
        yield replace(_read(page, batch.editions, stopwatch), seconds=stopwatch.seconds)


def _read(page: ScanPage | ScanFault, editions: Mapping[str, Edition], trace: Trace = untraced) -> PageRead:
    """The page read. A page the reader has a bug for is unreadable and carries the traceback: the pile goes on."""
    if isinstance(page, ScanFault):
        return _left(page, page.reason)
    try:
        return read_page(page, editions, trace=trace)
    except Exception:  # noqa: BLE001 - told on stderr and by the exit status, once the other pages are read
        return _left(page, Reason(READER_FAILED, (("traceback", traceback.format_exc()),)))


def _left(page: ScanPage | ScanFault, reason: Reason) -> PageRead:
    return PageRead(PageReading(page.source, page.index, PageState.UNREADABLE, reason))
