"""Batches of pages -> readings, as they come: read in this process, over several of this machine, or over a cluster."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeVar

from kryds.desk.batch import Batch, Progress, read_batch
from kryds.desk.processes import cores
from kryds.model.errors import ArgumentError

if TYPE_CHECKING:
    from kryds.desk.cluster import Cluster

#: Batches on their way for each process: one being read, one waiting, so that none stands idle.
BATCHES_AHEAD = 2
#: The most pages in a batch: results come often enough for the progress to move and for little to be lost.
PAGES_IN_BATCH = 8
#: Fewer pages than this are read sooner than a second process starts (0.7 s against 0.15 s a page).
PAGES_WORTH_A_POOL = 8

#: How an engine is named that is not this machine: what dask.distributed calls a scheduler's address follows.
DASK = "dask://"

Given = TypeVar("Given")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Engine:
    """This machine, reading with ``jobs`` processes at once; with one, in the process that asks."""

    jobs: int

    @staticmethod
    def of_machine(jobs: int | None) -> "Engine":
        """``jobs`` processes, else as many as this process may use cores."""
        return Engine(jobs or cores())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing stays open between readings."""

    def map(self, function: Callable[[Given], Result], values: Sequence[Given]) -> Iterator[Result | None]:
        """What ``function`` gives for each value, in their order."""
        return map(function, values)

    def read(self, batches: Iterable[Batch], pages: int | None = None) -> Iterator[Progress]:
        """The readings of every batch, in order of completion; batches may come back in parts.

        ``pages`` says how many there are where the batches are made only as they are asked for.
        """
        if pages is None:
            batches = tuple(batches)
            pages = sum(len(batch.indices) for batch in batches)
        jobs = min(self.jobs, pages)
        if jobs <= 1 or pages < PAGES_WORTH_A_POOL:
            from kryds.reader.threads import use_one_thread  # noqa: PLC0415 - OpenCV, only where it is used

            use_one_thread()  # as the workers do, so that the same pile gives the same numbers to the last digit
            yield from ((batch, read_batch(batch)) for batch in batches)
            return
        from kryds.desk.spread import spread  # noqa: PLC0415 - a single process does without all that

        yield from spread(batches, jobs, ahead=BATCHES_AHEAD)

    def batch_size(self, pages: int) -> int:
        """How many pages go together so that every process gets some."""
        return max(1, min(PAGES_IN_BATCH, -(-pages // (self.jobs * BATCHES_AHEAD))))


def engine_of(url: str | None, jobs: int | None) -> "Engine | Cluster":
    """The engine a command names: this machine without a URL. Raises ArgumentError."""
    if url is None:
        return Engine.of_machine(jobs)
    if jobs is not None:
        raise ArgumentError(f"--jobs {jobs}: is for this machine; how many read at once is up to the workers of {url}")
    if not url.startswith(DASK):
        raise ArgumentError(f"--engine {url}: is no engine kryds knows; write dask://HOST:PORT")
    try:
        from kryds.desk.cluster import Cluster  # noqa: PLC0415 - for those who have one

        return Cluster(url.removeprefix(DASK))
    except ImportError as error:
        raise ArgumentError(f"--engine {url}: needs pip install 'kryds[cluster]' ({error})") from error
