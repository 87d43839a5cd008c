"""One command: ``python -m benchmarks.scale``. Reads one seed pile over and over as if it were ever more files.

Every repeat counts as a file of its own, with its own rows in the store; only its bytes lie on the disk once.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.scale.processes import Used, below, cluster, forget_peak, used_by
from benchmarks.speed.pile import make_pile, placed_sheet, scan_file
from kryds.desk.batch import Batch, read_batch
from kryds.desk.cluster import Cluster
from kryds.desk.engine import PAGES_IN_BATCH, Engine
from kryds.desk.store import Store
from kryds.reader.threads import use_one_thread


@dataclass(frozen=True, slots=True)
class Pile:
    """A scan of ``seed`` pages, read over and over until it is ``pages``."""

    scan: Path
    seed: int
    pages: int


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took. ``reading_s`` is the CPU of those that read, ``others_s`` of those that hand out and keep."""

    name: str
    wall_s: float
    reading_s: float
    others_s: float
    peaks: str


def main() -> None:
    """Run over each number of workers, and print the table."""
    options = _options()
    with TemporaryDirectory() as temporary:
        folder = options.pile or Path(temporary)
        make_pile(folder, options.seed)
        pile = Pile(scan_file(folder, options.seed), options.seed, options.pages)
        alone_ms = _alone_ms(pile)
        print(f"{options.pages} pages, {PAGES_IN_BATCH} to a batch; one page read by itself: {alone_ms:.1f} ms CPU\n")
        print(f"{'':18} pages/s  ms/page: reading  handing out and storing  engine adds   peak MB")
        for workers in options.workers:
            for run in (_local, _dask):
                _tell(run(pile, workers), options.pages, alone_ms)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000, help="how many pages (default 20000)")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="how many workers (default 1 2)")
    parser.add_argument("--seed", type=int, default=64, help="pages of the seed pile (default 64)")
    parser.add_argument("--pile", type=Path, help="folder to keep the seed pile in for the next time")
    return parser.parse_args()


def _batches(pile: Pile) -> Iterator[Batch]:
    edition = placed_sheet().edition
    known = {edition.digest: edition}
    for repeat, first in enumerate(range(0, pile.pages, pile.seed)):
        pages = min(pile.seed, pile.pages - first)
        for at in range(0, pages, PAGES_IN_BATCH):
            indices = tuple(range(at, min(at + PAGES_IN_BATCH, pages)))
            yield Batch(pile.scan, f"{repeat}.pdf", f"{repeat:064}", indices, known)


def _alone_ms(pile: Pile) -> float:
    """CPU of a page in this process, when everything is warm."""
    use_one_thread()
    batches = list(_batches(Pile(pile.scan, pile.seed, pile.seed)))
    read_batch(batches[0])
    began = time.process_time()
    for batch in batches:
        read_batch(batch)
    return (time.process_time() - began) / pile.seed * 1000


def _local(pile: Pile, workers: int) -> Run:
    """The processes of this machine; a single one reads in the process that asks."""
    readers: dict[int, Used] = {}
    wall_s, own = _run(Engine(workers), pile, lambda: readers.update(_used(below(os.getpid()))))
    if workers == 1:
        return Run(f"processes, {workers}", wall_s, own.cpu_s, 0.0, f"{own.peak_mb:.0f}")
    reading_s = sum(each.cpu_s for each in readers.values())
    peak_mb = max(each.peak_mb for each in readers.values())
    return Run(f"processes, {workers}", wall_s, reading_s, own.cpu_s, f"reader {peak_mb:.0f}, parent {own.peak_mb:.0f}")


def _dask(pile: Pile, workers: int) -> Run:
    """The workers of a cluster; what they used before the first page does not count."""
    with (
        TemporaryDirectory() as folder,
        cluster(workers, Path(folder)) as (address, scheduler, nannies),
        Cluster(address) as engine,
    ):
        engine.batch_size(pile.pages)  # joins, and waits for the first worker
        before, idle = _used(_all_below(nannies)), used_by(scheduler)
        wall_s, own = _run(engine, pile, lambda: None)
        after, planner = _used(_all_below(nannies)), used_by(scheduler)
    reading_s = sum(each.cpu_s for each in after.values()) - sum(each.cpu_s for each in before.values())
    peak_mb = max(each.peak_mb for each in after.values())
    peaks = f"reader {peak_mb:.0f}, client {own.peak_mb:.0f}, scheduler {planner.peak_mb:.0f}"
    return Run(f"dask, {workers}", wall_s, reading_s, own.cpu_s + planner.cpu_s - idle.cpu_s, peaks)


def _run(engine: Engine | Cluster, pile: Pile, look: Callable[[], None]) -> tuple[float, Used]:
    """Reads and keeps every page; how long it took, and what this process has used meanwhile.

    ``look`` is called now and then, while the readers are still there to be looked at.
    """
    forget_peak()  # of making the seed pile, or of the run before
    before, began, done = used_by(os.getpid()), time.perf_counter(), 0
    with TemporaryDirectory() as folder, Store.of_folder(Path(folder)) as store:
        for _, read in engine.read(_batches(pile), pile.pages):
            store.keep_rows(read)
            done += len(read)
            look()
    assert done == pile.pages  # noqa: S101 - pages that were lost cost nothing
    after = used_by(os.getpid())
    return time.perf_counter() - began, Used(after.cpu_s - before.cpu_s, after.peak_mb)


def _used(pids: Sequence[int]) -> dict[int, Used]:
    return {pid: used_by(pid) for pid in pids}


def _all_below(pids: Sequence[int]) -> list[int]:
    return [each for pid in pids for each in below(pid)]


def _tell(run: Run, pages: int, alone_ms: float) -> None:
    reading, others = run.reading_s / pages * 1000, run.others_s / pages * 1000
    adds = reading + others - alone_ms
    print(
        f"{run.name:14} {pages / run.wall_s:10.1f} {reading:16.1f} {others:24.1f} {adds:13.1f}   {run.peaks}",
        flush=True,
    )


if __name__ == "__main__":
    main()
