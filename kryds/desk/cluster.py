"""Batches of pages -> readings over the workers of a cluster that runs already (dask.distributed).

Scheduling, transport and retrying are the cluster's. A batch whose workers die again and again comes back as failed;
its pages are then tried one at a time, with nothing else on its way that could be taken for the culprit. Where the
scheduler goes away, what was on its way is handed out again to the one that comes after it.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from typing import Any, Self, TypeVar, cast

from kryds import __version__
from kryds.desk.batch import Batch, Progress, read_batch, unreadable
from kryds.model.errors import ArgumentError
from kryds.model.reading import Reason
from kryds.reader.read import PageRead
from kryds.reader.threads import use_one_thread

Given = TypeVar("Given")
Result = TypeVar("Result")

#: Batches on their way for each thread of the workers: results travel while the next is read.
BATCHES_AHEAD = 3
PAGES_IN_BATCH = 8
#: How long (seconds) a cluster may be without scheduler or worker until it is given up: one that was there may be
#: started again, one that never was is a slip of the pen.
PATIENCE_S, FIRST_PATIENCE_S = 180, 20
#: How often (seconds) is looked whether workers have come or gone.
LOOK_AGAIN_S = 5

#: One page at a time in a process, whatever threads its worker has: pdfium is not for several.
_ONE_AT_A_TIME = threading.Lock()


def read_on_worker(batch: Batch) -> tuple[PageRead, ...]:
    """What a worker does with a batch."""
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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._now:
            self._leave(self._now)

    def batch_size(self, pages: int) -> int:
        """How many pages go together so that every thread gets some."""
        return max(1, min(PAGES_IN_BATCH, -(-pages // self._ahead())))

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
        from distributed.scheduler import KilledWorker  # noqa: PLC0415 - as in _joined

        left, again = iter(values), list[Given]()
        running: dict[Future[Result], tuple[Given, _Joined]] = {}
        try:
            while True:
                while len(running) < self._ahead() and (again or (more := next(left, None)) is not None):
                    value = again.pop() if again else cast("Given", more)
                    future, joined = self._submit(function, value)
                    running[future] = value, joined
                if not running:
                    return
                finished = wait(running, LOOK_AGAIN_S, FIRST_COMPLETED).done
                if not finished:
                    _cancel_orphans(running)
                for done in finished:
                    value, joined = running.pop(done)
                    try:
                        result = done.result()
                    except CancelledError:  # its scheduler is gone
                        self._leave(joined)
                        again.append(value)
                    except KilledWorker:
                        failed(value)
                    else:
                        yield value, result
        finally:
            for future in running:
                future.cancel()

    def _submit(self, function: Callable[[Given], Result], value: Given) -> "tuple[Future[Result], _Joined]":
        joined = self._joined()
        try:
            return joined.executor.submit(function, value), joined
        except (OSError, RuntimeError, ValueError):  # what a client says whose scheduler went away just now
            self._leave(joined)
            joined = self._joined()
            return joined.executor.submit(function, value), joined

    def _ahead(self) -> int:
        """How many values may be on their way."""
        joined = self._joined()
        if time.monotonic() > joined.looked + LOOK_AGAIN_S:
            try:
                joined.look()
            except (OSError, RuntimeError, ValueError):  # as in _submit
                self._leave(joined)
                joined = self._joined()
        return int(joined.threads) * BATCHES_AHEAD

    def _joined(self) -> "_Joined":
        """The cluster, joined now if it is not yet; patiently if it was there before."""
        if self._now is None:
            self._now = _Joined(self._address, PATIENCE_S if self._known else FIRST_PATIENCE_S)
            self._known = True
        return self._now

    def _leave(self, joined: "_Joined") -> None:
        """Lets go of a connection; of its futures the others are cancelled with it."""
        if self._now is joined:
            self._now = None
            joined.client.close()


class _Joined:
    """A connection to the scheduler, and how many threads its workers have."""

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
        except (OSError, ImportError) as error:
            self.client.close()
            cure = "start some with dask worker, where pip install 'kryds[cluster]' was done"
            raise ArgumentError(f"{place}: no worker can read ({error}); {cure}") from error
        if there != __version__:
            self.client.close()
            raise ArgumentError(f"{place}: the workers have kryds {there}, here is {__version__}; install the same")
        self.executor: Executor = self.client.get_executor(pure=False)
        self._scheduler = self.client.scheduler_info()["id"]
        self.look()

    def is_orphaned(self) -> bool:
        """Whether the scheduler that was joined is gone, also where another came at once in its place."""
        try:
            return bool(self.client.scheduler_info()["id"] != self._scheduler)
        except (OSError, RuntimeError, ValueError, KeyError):  # what a client says that has none
            return True

    def look(self) -> None:
        """Counts the threads."""
        self.threads = max(1, sum(self.client.nthreads().values()))
        self.looked = time.monotonic()


def _cancel_orphans(running: "Mapping[Future[Result], tuple[Given, _Joined]]") -> None:
    """Cancels what a scheduler was given that is gone: the one after it knows nothing of that, and tells nobody."""
    orphaned = {joined: joined.is_orphaned() for joined in {joined for _, joined in running.values()}}
    for future, (_, joined) in running.items():
        if orphaned[joined]:
            future.cancel()


def _version() -> str:
    return __version__
