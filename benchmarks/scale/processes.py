"""A cluster on this machine, and what processes have used (from /proc, so on Linux only)."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: User and system time in ticks, among what follows the name in /proc/PID/stat (proc(5): fields 14 and 15).
CPU_FIELDS = slice(11, 13)


@dataclass(frozen=True, slots=True)
class Used:
    """CPU seconds so far, and the most memory ever resident (MB)."""

    cpu_s: float
    peak_mb: float


def used_by(pid: int) -> Used:
    """What a process has used, those it started not counted."""
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = sum(int(each) for each in stat[CPU_FIELDS])
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    peak_kb = next((int(line.split()[1]) for line in status if line.startswith("VmHWM")), 0)
    return Used(ticks / os.sysconf("SC_CLK_TCK"), peak_kb / 1024)


def forget_peak() -> None:
    """Begins anew to measure the most memory of this process (proc(5): clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5")


def below(pid: int) -> list[int]:
    """The processes a process started, and those they started."""
    listed = Path(f"/proc/{pid}/task").glob("*/children")  # those each of its threads started
    own = [int(child) for each in listed for child in each.read_text().split()]
    return [*own, *(each for child in own for each in below(child))]


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[tuple[str, int, list[int]]]:
    """A dask scheduler and workers of one thread: the address, the scheduler's process, the workers' own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    scheduler = _start(folder, "dask_scheduler", "--host", "127.0.0.1", "--port", address.rpartition(":")[2])
    started = [
        _start(folder, "dask_worker", f"tcp://{address}", "--nthreads", "1", "--nworkers", "1") for _ in range(workers)
    ]
    try:
        yield address, scheduler.pid, [each.pid for each in started]
    finally:
        for process in (*started, scheduler):
            process.terminate()
        for process in (*started, scheduler):
            process.wait()


def _start(folder: Path, what: str, *options: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", f"distributed.cli.{what}", "--no-dashboard", *options]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
