"""A cluster as its users have it: a scheduler and workers, each a process of its own that can be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

#: How long a worker may take to start on a busy machine (seconds).
PATIENCE_S = 30
#: A worker that dies of page POISON of any file, every time, as of a page too much for its memory.
POISON = 5
DEADLY = f"""
def dask_setup(worker):
    import os, signal
    from kryds.reader import read
    from kryds.reader.read import read_page

    def deadly(page, *rest, **more):
        if page.index == {POISON} and page.source == "a.pdf":
            os.kill(os.getpid(), signal.SIGKILL)
        return read_page(page, *rest, **more)

    read.read_page = deadly
"""


@dataclass
class Processes:
    """What was started, by what it is."""

    port: int
    folder: Path
    scheduler: "subprocess.Popen[bytes] | None" = None
    workers: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    @property
    def address(self) -> str:
        """The scheduler's."""
        return f"127.0.0.1:{self.port}"

    def start_scheduler(self) -> None:
        """At the same address each time."""
        self.scheduler = self._start("dask_scheduler", "--host", "127.0.0.1", "--port", str(self.port))

    def start_worker(self, *options: str) -> None:
        """One thread, and the nanny that starts it again when it dies."""
        common = ("--nthreads", "1", "--nworkers", "1", "--death-timeout", "20", "--local-directory", str(self.folder))
        self.workers.append(self._start("dask_worker", f"tcp://{self.address}", *common, *options))

    def kill_workers(self, every: Sequence["subprocess.Popen[bytes]"]) -> None:
        """Those that read, not the nannies that start them again."""
        until = time.monotonic() + PATIENCE_S
        while not (readers := [child for nanny in every for child in children_of(nanny.pid)]):
            assert time.monotonic() < until, "there is nobody to kill"
            time.sleep(0.1)  # on a busy machine the other worker is faster than this one starts
        for reader in readers:
            os.kill(reader, signal.SIGKILL)

    def stop(self) -> None:
        """Everything, without a word of warning."""
        started = [*self.workers, *([self.scheduler] if self.scheduler else [])]
        for process in started:
            for child in children_of(process.pid):
                os.kill(child, signal.SIGKILL)
            process.kill()
            process.wait()
        self.workers, self.scheduler = [], None

    def _start(self, what: str, *options: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", f"distributed.cli.{what}", "--no-dashboard", *options]
        quiet = subprocess.DEVNULL
        house = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}  # what tests hand out is found there
        return subprocess.Popen(command, cwd=self.folder, env=house, stdout=quiet, stderr=quiet)


def children_of(pid: int) -> list[int]:
    """The processes that read; a nanny has also one that tracks resources, which ends with it."""
    listed = Path(f"/proc/{pid}/task").glob("*/children")  # those each of its threads started
    every = [int(child) for each in listed for child in each.read_text().split()]
    return [child for child in every if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes()]


@contextmanager
def cluster(folder: Path, workers: int, *options: str) -> Iterator[Processes]:
    """A scheduler with so many workers of one thread each, nanny and all."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        processes = Processes(free.getsockname()[1], folder)
    try:
        processes.start_scheduler()
        for _ in range(workers):
            processes.start_worker(*options)
        yield processes
    finally:
        processes.stop()
