"""The processes of this machine that read: how they begin, and that they end with the one that started them.

Where the system can, they are forked off a server that has imported the reader and done nothing else: a process that
is forked off one which already reads would share OpenCV's and pdfium's locks as they happened to stand.
"""

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kryds.desk.hashing import begin_hashing

if TYPE_CHECKING:
    from concurrent.futures import Executor

HAS_SERVER = "forkserver" in multiprocessing.get_all_start_methods()
#: What takes a process a third of a second before it can read its first page.
IMPORTED = ("kryds.desk.batch", "kryds.reader.read", "kryds.reader.scan_pdf")
#: A pile smaller than this (bytes; some pages in grey) is read before a second process has begun.
BYTES_WORTH_A_POOL = 4_000_000


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pool(jobs: int) -> "Executor":
    """So many processes, each begun when there is work for it."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - what a single process does without

    context = multiprocessing.get_context("forkserver" if HAS_SERVER else "spawn")
    if HAS_SERVER:
        _preload()
    return ProcessPoolExecutor(jobs, context, initializer=_begin)


def get_ready(scans: Iterable[object], folder: Path, jobs: int | None) -> None:
    """Has the server import the reader from now on, and the files hashed, while this process imports what it needs.

    Not for a small pile, nor where there is a result in ``folder`` already: perhaps nothing is to be read then.
    """
    if HAS_SERVER and (jobs or cores()) > 1 and not folder.is_dir() and _bytes_of(scans) >= BYTES_WORTH_A_POOL:
        from multiprocessing.forkserver import ensure_running  # noqa: PLC0415 - not there on every system

        _preload()
        ensure_running()
        begin_hashing(path for path in scans if isinstance(path, Path) and path.is_file())


def _preload() -> None:
    from multiprocessing.forkserver import set_forkserver_preload  # noqa: PLC0415 - as above

    set_forkserver_preload(list(IMPORTED))


def _bytes_of(scans: Iterable[object]) -> int:
    """The size of the files that are named; a folder counts as large enough."""
    paths = [path for path in scans if isinstance(path, Path) and path.exists()]
    return sum(BYTES_WORTH_A_POOL if path.is_dir() else path.stat().st_size for path in paths)


def _begin() -> None:
    """What a process does first: one thread each, and Ctrl-C is the parent's to answer."""
    from kryds.reader.threads import use_one_thread  # noqa: PLC0415 - OpenCV, which whoever hands out does not need

    use_one_thread()
    gc.freeze()  # what was imported stays; nothing of it need be looked through for what is dead
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent that was killed cannot end its workers."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
