import os
from multiprocessing import forkserver
from pathlib import Path

import pytest

from kryds.desk import processes
from kryds.desk.processes import BYTES_WORTH_A_POOL, get_ready, pool
from tests.desk.clusters import children_of


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Told when the server is."""
    calls: list[str] = []
    monkeypatch.setattr(forkserver, "ensure_running", lambda: calls.append("started"))
    return calls


def threads_and_modules() -> tuple[int, bool]:
    """What a process that reads finds itself with."""
    import sys  # noqa: PLC0415 - told by the process it runs in

    import cv2  # noqa: PLC0415 - the same

    return cv2.getNumThreads(), "sqlalchemy" in sys.modules


def test_a_process_that_reads_has_one_thread_and_no_database() -> None:
    with pool(1) as readers:
        assert readers.submit(threads_and_modules).result() == (1, False)


def test_processes_do_not_outlive_the_pool() -> None:
    with pool(2) as readers:
        pid = readers.submit(os.getpid).result()

    assert pid not in [each for child in children_of(os.getpid()) for each in children_of(child)]


def test_a_large_pile_has_the_reader_imported_meanwhile(started: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(bytes(BYTES_WORTH_A_POOL))
    get_ready([tmp_path / "a.pdf"], tmp_path / "new", 2)

    assert started == ["started"] * processes.HAS_SERVER


@pytest.mark.parametrize(
    "reading",
    [(BYTES_WORTH_A_POOL - 1, "new", 2), (BYTES_WORTH_A_POOL, ".", 2), (BYTES_WORTH_A_POOL, "new", 1)],
)
def test_a_small_pile_one_that_may_be_read_already_or_a_single_job_starts_nothing(
    started: list[str], tmp_path: Path, reading: tuple[int, str, int]
) -> None:
    size, folder, jobs = reading
    (tmp_path / "a.pdf").write_bytes(bytes(size))
    get_ready([tmp_path / "a.pdf", tmp_path / "gone.pdf"], tmp_path / folder, jobs)

    assert started == []
