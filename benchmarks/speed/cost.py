"""What a command costs: its CPU and that of every process it started, its time, its largest memory."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MB = 1024  # the kernel counts peak memory in kB


@dataclass(frozen=True, slots=True)
class Cost:
    """``cpu_s`` user and system; ``peak_mb`` of the largest of its processes."""

    cpu_s: float
    wall_s: float
    peak_mb: float


def cost_of(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Runs ``python -m`` with these arguments to its end. Raises CalledProcessError when it fails."""
    command = [sys.executable, "-m", *arguments]
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **(environment or {})}
    ) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss / MB)
