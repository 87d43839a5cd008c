import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kryds.desk.batch import Batch, read_batch
from kryds.desk.cluster import Cluster, read_on_worker
from kryds.model.errors import ArgumentError
from kryds.model.reading import PageState, Reason
from kryds.samples.paper.files import as_pdf
from tests.desk.clusters import DEADLY, POISON, Processes, cluster
from tests.desk.conftest import Kryds
from tests.desk.piles import scanned
from tests.desk.test_engine import batches

pytest.importorskip("distributed", reason="pip install 'kryds[cluster]'")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="kills processes found in /proc"),
]


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Nine pages."""
    (tmp_path / "a.pdf").write_bytes(as_pdf([scanned(copy) for copy in (1, 2, 3)] * 3))
    return tmp_path / "a.pdf"


@pytest.fixture
def two_workers(tmp_path: Path) -> Iterator[Processes]:
    with cluster(tmp_path, 2) as processes:
        yield processes


def indices(done: Sequence[tuple[Batch, object]]) -> list[int]:
    return sorted(index for batch, _ in done for index in batch.indices)


def test_a_cluster_reads_what_this_machine_reads_and_outlives_a_killed_worker(
    two_workers: Processes, pile: Path
) -> None:
    work = batches(pile, 9, 1)
    with Cluster(two_workers.address) as engine:
        reading = engine.read(work)
        done = [next(reading)]
        two_workers.kill_workers(two_workers.workers[:1])
        done += list(reading)

    assert {batch.indices: pages for batch, pages in done} == {batch.indices: read_batch(batch) for batch in work}


def test_a_scheduler_that_comes_again_gets_what_was_on_its_way(two_workers: Processes, pile: Path) -> None:
    with Cluster(two_workers.address) as engine:
        reading = engine.read(batches(pile, 9, 1))
        done = [next(reading)]
        two_workers.stop()
        two_workers.start_scheduler()
        two_workers.start_worker()
        done += list(reading)

    assert indices(done) == list(range(9))
    assert {page.reading.state for _, pages in done for page in pages} == {PageState.READ}


def test_a_scheduler_that_never_brings_a_result_is_given_up(
    two_workers: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kryds.desk.cluster.ANSWER_S", 3)
    with Cluster(two_workers.address) as engine, pytest.raises(ArgumentError, match="was lost 5 times"):
        list(engine.map(_Sticky, [4]))


class _Sticky:
    """Takes longer to bring over than anybody waits."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds

    def __reduce__(self) -> "tuple[type[_Sticky], tuple[int]]":
        time.sleep(self.seconds)
        return _Sticky, (self.seconds,)


def test_a_page_that_kills_every_worker_is_tried_again_and_then_set_aside(tmp_path: Path, pile: Path) -> None:
    (tmp_path / "deadly.py").write_text(DEADLY)
    with (
        cluster(tmp_path, 2, "--preload", str(tmp_path / "deadly.py")) as processes,
        Cluster(processes.address) as engine,
    ):
        done = list(engine.read(batches(pile, 9, 3)))

    assert indices(done) == list(range(9))
    left = [page.reading for _, pages in done for page in pages if page.reading.state is not PageState.READ]
    assert [(page.index, page.reason) for page in left] == [(POISON, Reason("reader_died"))]


def test_what_the_workers_are_asked_comes_back_in_order(two_workers: Processes) -> None:
    with Cluster(two_workers.address) as engine:
        assert list(engine.map(abs, [-3, 1, -2, 1])) == [3, 1, 2, 1]
        assert list(engine.map(_die_of_two, [1, 2, 3])) == [1, None, 3]
        assert engine.batch_size(1000) == 8
        assert engine.batch_size(2) == 1


def _die_of_two(number: int) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_where_there_is_no_scheduler_the_cure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kryds.desk.cluster.FIRST_PATIENCE_S", 0.5)
    with (
        Cluster("127.0.0.1:9") as engine,
        pytest.raises(ArgumentError, match=r"dask://127\.0\.0\.1:9: there is no scheduler"),
    ):
        list(engine.read([]))


def test_where_there_is_no_worker_the_cure_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kryds.desk.cluster.FIRST_PATIENCE_S", 5)
    with (
        cluster(tmp_path, 0) as processes,
        Cluster(processes.address) as engine,
        pytest.raises(ArgumentError, match="no worker can read"),
    ):
        list(engine.read([]))


def test_a_worker_reads_one_batch_at_a_time(pile: Path) -> None:
    (batch,) = batches(pile, 2, 2)

    assert read_on_worker(batch) == read_batch(batch)


def test_the_command_gives_the_same_bytes_on_a_cluster_as_here(
    two_workers: Processes, pile: Path, kryds: Kryds, tmp_path: Path
) -> None:
    here = kryds("read", pile, "-o", "here", "--jobs", "1")
    there = kryds("read", f"file://{pile}", "-o", "there", "--engine", f"dask://{two_workers.address}")
    written = [{path.name: path.read_bytes() for path in (tmp_path / out).glob("*.[cp]*")} for out in ("here", "there")]

    assert (here.exit_code, there.exit_code) == (0, 0)
    assert written[0] == written[1]
    assert len(written[0]) == 6
