"""Batches of pages -> readings over the workers of a cluster that runs already (dask.distributed).

Scheduling, transport and retrying are the cluster's. A batch whose workers die again and again comes back as failed;
its pages are then tried one at a time, with nothing else on its way that could be taken for the culprit. Where the
scheduler goes away, all that was on its way is handed out again to the one that comes after it.
"""

import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from itertools import chain, count
from queue import Empty, SimpleQueue
from typing import Any, Self, TypeVar

from kryds import __version__
from kryds.desk.batch import Batch, Progress, read_batch, unreadable
from kryds.desk.store_rows import PageRow
from kryds.model.errors import ArgumentError
from kryds.model.reading import Reason

Given = TypeVar("Given")
Result = TypeVar("Result")

#: Batches on their way for each thread of the workers: results travel while the next is read.
BATCHES_AHEAD = 3
PAGES_IN_BATCH = 8
#: How long (seconds) a cluster may be without scheduler or worker until it is given up: one that was there may be
#: started again, one that never was is a slip of the pen.
PATIENCE_S, FIRST_PATIENCE_S = 180, 20
#: How often (seconds) is looked whether workers have come or gone, and the scheduler is the one that was joined.
LOOK_AGAIN_S = 5
#: How long (seconds) a scheduler may take to answer or to bring a result; a busy one takes a few.
ANSWER_S = 60
#: How many connections may be lost one after the other, no result coming over any, until the cluster is given up.
LOSSES = 5

#: One page at a time in a process, whatever threads its worker has: pdfium is not for several.
_ONE_AT_A_TIME = threading.Lock()


def read_on_worker(batch: Batch) -> tuple[PageRow, ...]:
    """What a worker does with a batch."""
    from kryds.reader.threads import use_one_thread  # noqa: PLC0415 - OpenCV, only where pages are read

    with _ONE_AT_A_TIME:
        use_one_thread()
        return read_batch(batch)


class Cluster:
    """The workers behind the scheduler at ``address`` (HOST:PORT), which must have this kryds installed.

    Use as a context manager. Raises ArgumentError when the cluster cannot be used.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._now: _Joined | None = None
        self._known = False
        self._losses = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._now:
            self._leave(self._now)

    def batch_size(self, pages: int) -> int:
        """How many pages go together so that every thread gets some."""
        return max(1, min(PAGES_IN_BATCH, -(-pages // (self._joined().threads * BATCHES_AHEAD))))

    def map(self, function: Callable[[Given], Result], values: Sequence[Given]) -> Iterator[Result | None]:
        """What ``function`` gives for each value, in their order; None where it killed its workers."""
        suspects: list[Given] = []
        done = dict(self._results(function, dict.fromkeys(values), failed=suspects.append))
        for value in suspects:
            done.update(self._results(function, [value], failed=lambda _: None))
        yield from (done.get(value) for value in values)

    def read(self, batches: Iterable[Batch], pages: int | None = None) -> Iterator[Progress]:  # noqa: ARG002 - as Engine
        """The readings of every batch, in order of completion; batches may come back in parts."""
        suspects: list[Batch] = []
        yield from self._results(read_on_worker, batches, failed=suspects.append)
        for page in [page for batch in suspects for page in batch.single_pages()]:
            poisoned: list[Batch] = []
            yield from self._results(read_on_worker, [page], failed=poisoned.append)
            yield from ((each, unreadable(each, Reason("reader_died"))) for each in poisoned)

    def _results(
        self, function: Callable[[Given], Result], values: Iterable[Given], *, failed: Callable[[Given], None]
    ) -> Iterator[tuple[Given, Result]]:
        """Each value with its result, as they come. ``failed`` is told those whose workers died once too often."""
        waiting = iter(values)
        while lost := (yield from self._until_lost(function, waiting, failed=failed)):
            waiting = chain(lost, waiting)

    def _until_lost(
        self, function: Callable[[Given], Result], waiting: Iterator[Given], *, failed: Callable[[Given], None]
    ) -> Generator[tuple[Given, Result], None, list[Given]]:
        """The same over one connection; returns what was on its way when the connection was lost, if it was."""
        from distributed.scheduler import KilledWorker  # noqa: PLC0415 - as in _Joined

        joined, running = self._joined(), dict[int, Given]()
        try:
            while True:
                while len(running) < joined.threads * BATCHES_AHEAD and (value := next(waiting, None)) is not None:
                    running[number := next(joined.numbers)] = value
                    joined.submit(number, function, value)
                if not running:
                    return []
                done = joined.finished()
                try:
                    result = joined.result(done)
                except KilledWorker:
                    failed(running.pop(done))
                else:
                    self._losses = 0
                    yield running.pop(done), result
        except _LostError as error:
            self._leave(joined)
            self._losses += 1
            if self._losses >= LOSSES:
                told = f"the scheduler was lost {LOSSES} times and brought no result between; look at what it says"
                raise ArgumentError(f"--engine dask://{self._address}: {told}") from error
            return list(running.values())
        finally:
            joined.forget()

    def _joined(self) -> "_Joined":
        """The cluster, joined now if it is not yet; patiently if it was there before."""
        if self._now is None:
            self._now = _Joined(self._address, PATIENCE_S if self._known else FIRST_PATIENCE_S)
            self._known = True
        return self._now

    def _leave(self, joined: "_Joined") -> None:
        """Lets go of a connection, and of all that is on its way over it."""
        self._now = None
        with suppress(OSError):  # a client whose scheduler is gone may be long about its end
            joined.client.close(timeout=ANSWER_S)


class _LostError(Exception):
    """The scheduler is gone, another is in its place, or what it was given is not known any more."""


class _Joined:
    """A connection to the scheduler: what is handed out over it by numbers, and how many threads its workers have."""

    def __init__(self, address: str, patience_s: float) -> None:
        from distributed import Client  # noqa: PLC0415 - seconds, for those who have a cluster

        place = f"--engine dask://{address}"
        try:
            connect: Any = Client  # whose methods bear no types
            self.client = connect(address, timeout=patience_s, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ArgumentError(f"{place}: there is no scheduler ({error}); start one with dask scheduler") from error
        try:
            self.client.wait_for_workers(1, timeout=patience_s)
            there = self.client.submit(_version, pure=False).result(timeout=patience_s)
            told = self._told()
        except (OSError, ImportError) as error:
            self.client.close()
            cure = "start some with dask worker, where pip install 'kryds[cluster]' was done"
            raise ArgumentError(f"{place}: no worker can read ({error}); {cure}") from error
        if there != __version__:
            self.client.close()
            raise ArgumentError(f"{place}: the workers have kryds {there}, here is {__version__}; install the same")
        self.numbers, self._running, self._finished = count(), dict[int, Any](), SimpleQueue[int]()
        self._scheduler, self._looked = told["id"], time.monotonic()
        self.threads: int = max(1, told["total_threads"])

    def submit(self, number: int, function: Callable[[Given], Result], value: Given) -> None:
        """Hands out ``function(value)``, known by ``number`` from now on. Raises _LostError."""
        with _lost_if_gone():
            self._running[number] = future = self.client.submit(function, value, pure=False)
            future.add_done_callback(lambda _: self._finished.put(number))

    def finished(self) -> int:
        """The number of the next that comes to an end. Raises _LostError once it is known that none will."""
        while True:
            self.look()
            with suppress(Empty):
                return self._finished.get(timeout=LOOK_AGAIN_S)

    def result(self, number: int) -> Any:  # noqa: ANN401 - of whatever was handed out
        """What the function gave; raises what it raised, KilledWorker if it ended its workers, or _LostError."""
        future = self._running.pop(number)
        if future.status == "error":
            return future.result()  # which raises
        with _lost_if_gone():
            return future.result(timeout=ANSWER_S)

    def look(self) -> None:
        """Now and then counts the threads, and makes sure that whoever was handed the work still has it."""
        if time.monotonic() < self._looked + LOOK_AGAIN_S:
            return
        with _lost_if_gone():
            told = self._told()
        known = self.client.futures  # of any other nobody would tell
        if told["id"] != self._scheduler or any(each.key not in known for each in self._running.values()):
            raise _LostError
        self.threads, self._looked = max(1, told["total_threads"]), time.monotonic()

    def _told(self) -> Any:  # noqa: ANN401 - a dictionary
        return self.client.sync(self.client.scheduler.identity, n_workers=0, callback_timeout=ANSWER_S)

    def forget(self) -> None:
        """Takes back what is on its way."""
        for future in self._running.values():
            future.release()
        self._running.clear()


@contextmanager
def _lost_if_gone() -> Iterator[None]:
    """What a client says whose scheduler went away, in one word."""
    from distributed.client import ClosedClientError  # noqa: PLC0415 - as above

    try:
        yield
    except (OSError, RuntimeError, ValueError, AttributeError, CancelledError, ClosedClientError) as error:
        raise _LostError from error


def _version() -> str:
    return __version__
