"""A few pages of one scan file: what a worker process is given, and what it gives back.

The reader is imported where pages are read, not at the top: whoever hands out and keeps does without OpenCV.
"""

import pickle
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from kryds.desk.scan_url import Location, on_disk
from kryds.desk.store_rows import PageRow
from kryds.model.edition import Edition
from kryds.model.errors import ScanFileError
from kryds.model.reading import PageReading, PageState, Reason
from kryds.reader.trace import Stopwatch, Trace, untraced

if TYPE_CHECKING:
    from kryds.reader.scan import ScanFault, ScanPage

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
Progress = tuple[Batch, tuple[PageRow, ...]]


def read_batch(batch: Batch) -> tuple[PageRow, ...]:
    """Reads the pages in their order. A file that was there and is gone makes pages that cannot be read."""
    from kryds.reader.scan import load_pages  # noqa: PLC0415 - see the top
    from kryds.reader.settings import DEFAULT  # noqa: PLC0415 - the same

    try:
        path = on_disk(batch.path)
        pages = load_pages(path, batch.source, batch.indices, long_side_px=DEFAULT.working_long_side_px)
        return tuple(_traced(pages, batch) if batch.traced else (_read(page, batch) for page in pages))
    except ScanFileError:
        return unreadable(batch, Reason("file_not_opened"))


def unreadable(batch: Batch, reason: Reason) -> tuple[PageRow, ...]:
    """The rows of pages of which nothing more is known."""
    return tuple(_left(batch, index, reason) for index in batch.indices)


def _traced(pages: "Iterator[ScanPage | ScanFault]", batch: Batch) -> Iterator[PageRow]:
    """The same, timed."""
    while True:
        stopwatch = Stopwatch()
        with stopwatch("decode"):
            page = next(pages, None)
        if page is None:
            return
        yield replace(_read(page, batch, stopwatch), seconds=stopwatch.seconds)


def _read(page: "ScanPage | ScanFault", batch: Batch, trace: Trace = untraced) -> PageRow:
    """The page read. A page the reader has a bug for is unreadable and carries the traceback: the pile goes on."""
    from kryds.reader.read import read_page  # noqa: PLC0415 - see the top
    from kryds.reader.scan import ScanFault  # noqa: PLC0415 - the same

    if isinstance(page, ScanFault):
        return _left(batch, page.index, page.reason)
    try:
        read = read_page(page, batch.editions, trace=trace)
    except Exception:  # noqa: BLE001 - told on stderr and by the exit status, once the other pages are read
        return _left(batch, page.index, Reason(READER_FAILED, (("traceback", traceback.format_exc()),)))
    return PageRow.of(batch.sha256, read.reading, read.crops)


def _left(batch: Batch, index: int, reason: Reason) -> PageRow:
    return PageRow.of(batch.sha256, PageReading(batch.source, index, PageState.UNREADABLE, reason))
