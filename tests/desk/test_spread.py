import os
import signal
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from kryds.desk import spread as module
from kryds.desk.batch import Batch, read_batch
from kryds.desk.engine import PAGES_WORTH_A_POOL, Engine
from kryds.desk.store_rows import PageRow
from kryds.model.reading import PageReading, PageState, Reason
from kryds.samples.paper.files import as_pdf
from tests.desk.clusters import children_of
from tests.desk.piles import scanned
from tests.desk.test_engine import batches

POISON = 5


class Brittle(Executor):
    """Dies of page POISON as a process pool does: with all that is on its way."""

    def __init__(self) -> None:
        self.broken = False

    def submit(self, _: object, batch: Batch, /) -> "Future[tuple[PageRow, ...]]":  # type: ignore[override]
        """At once."""
        if self.broken:
            raise BrokenProcessPool
        future: Future[tuple[PageRow, ...]] = Future()
        if POISON in batch.indices:
            self.broken = True
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result(
                tuple(PageRow.of("1" * 64, PageReading("a.pdf", i, PageState.BLANK)) for i in batch.indices)
            )
        return future


def test_processes_read_what_one_reads(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(as_pdf([scanned(copy) for copy in (1, 2, 3, 4)] * 2))
    work = batches(tmp_path / "a.pdf", PAGES_WORTH_A_POOL, 2)
    found = {batch.indices: pages for batch, pages in Engine(2).read(work)}

    assert found == {batch.indices: read_batch(batch) for batch in work}


def test_only_the_page_that_kills_its_worker_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "pool", lambda _: Brittle())
    read = [page.reading for _, pages in Engine(2).read(batches(tmp_path, 12, 4)) for page in pages]

    assert sorted(page.index for page in read) == list(range(12))
    assert [(page.index, page.reason) for page in read if page.state is PageState.UNREADABLE] == [
        (POISON, Reason("reader_died"))
    ]


def deadly(batch: Batch) -> tuple[PageRow, ...]:
    """Reads, but for page POISON, which is too much for any process."""
    if POISON in batch.indices:
        os.kill(os.getpid(), signal.SIGKILL)
    return read_batch(batch)


def test_a_page_that_kills_real_processes_is_set_aside_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(as_pdf([scanned(1)] * 9))
    monkeypatch.setattr(module, "read_batch", deadly)
    done = [page.reading for _, pages in Engine(2).read(batches(tmp_path / "a.pdf", 9, 3)) for page in pages]

    assert sorted(page.index for page in done) == list(range(9))
    assert [page.index for page in done if page.reason == Reason("reader_died")] == [POISON]


def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(as_pdf([scanned(1)] * 9))
    reading = Engine(2).read(batches(tmp_path / "a.pdf", 9, 1))
    done = [next(reading)]
    if not Path("/proc/self/task").is_dir():
        pytest.skip("needs Linux, to find the workers by")
    readers = [reader for child in children_of(os.getpid()) for reader in children_of(child)]
    for reader in readers:
        os.kill(reader, signal.SIGKILL)
    done += list(reading)

    assert readers
    assert sorted(batch.indices for batch, _ in done) == [(index,) for index in range(9)]
    assert all(page.reading.state is PageState.READ for _, pages in done for page in pages)
