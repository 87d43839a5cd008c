"""Batches of pages spread over processes of this machine.

A process that is killed (a page too much for its memory) takes the whole pool with it. The pages that were on their way
are then read again, one by one, so that only the page that kills its process is lost.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from kryds.desk.batch import Batch, Progress, read_batch, unreadable
from kryds.desk.processes import pool
from kryds.model.reading import Reason

if TYPE_CHECKING:
    from kryds.desk.store_rows import PageRow


def spread(batches: Iterable[Batch], jobs: int, *, ahead: int) -> Iterator[Progress]:
    """The rows of every batch, in order of completion, ``ahead`` batches on their way for each of the processes."""
    waiting = iter(batches)
    while lost := (yield from _until_broken(waiting, jobs, ahead)):
        for batch in lost:
            yield from _one_by_one(batch.single_pages())


def _until_broken(waiting: Iterator[Batch], jobs: int, ahead: int) -> Generator[Progress, None, list[Batch]]:
    """Reads batches to the end; returns those lost with a pool that broke, if it did."""
    running: dict[Future[tuple[PageRow, ...]], Batch] = {}
    batch: Batch | None
    with pool(jobs) as readers:
        try:
            while True:
                while len(running) < jobs * ahead and (batch := next(waiting, None)):
                    running[_submitted(readers, batch)] = batch
                if not running:
                    return []
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    result = done.result()
                    yield running.pop(done), result
        except BrokenProcessPool:
            return list(running.values())
        except BaseException:
            readers.shutdown(wait=True, cancel_futures=True)
            raise


def _submitted(readers: Executor, batch: Batch) -> "Future[tuple[PageRow, ...]]":
    """The batch on its way. One handed to a pool that has just broken is lost with the others."""
    try:
        return readers.submit(read_batch, batch)
    except BrokenProcessPool as broken:
        lost: Future[tuple[PageRow, ...]] = Future()
        lost.set_exception(broken)
        return lost


def _one_by_one(pages: Sequence[Batch]) -> Iterator[Progress]:
    """Each page in a process of its own, kept as long as it lives."""
    left = list(reversed(pages))
    while left:
        with pool(1) as reader:
            try:
                while left:
                    yield left[-1], reader.submit(read_batch, left[-1]).result()
                    left.pop()
            except BrokenProcessPool:
                poisoned = left.pop()
                yield poisoned, unreadable(poisoned, Reason("reader_died"))
