"""The worker beside the server: takes the jobs one after another, each from beginning to end.

The server starts it, and starts it again should it die. It steps back for who looks at pages.
"""

import multiprocessing
import multiprocessing.process
import os
import signal
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kryds.desk.archive import Archive
from kryds.desk.database import connected
from kryds.desk.engine import Engine
from kryds.desk.intake import opened
from kryds.desk.known import known_of
from kryds.desk.printed import open_printed
from kryds.desk.reading import Readers, read_new_pages
from kryds.desk.scan_url import NamedScan
from kryds.desk.store import Store, StoredFile
from kryds.desk.voice import Voice
from kryds.desk.web.desk import Desk, Settings, now
from kryds.desk.web.due import strip_what_is_due
from kryds.desk.web.forget import leave_nothing
from kryds.desk.web.frame import Frame
from kryds.desk.web.jobs import Job, JobKind
from kryds.desk.web.take import write_all
from kryds.model.errors import UserError

#: How long the worker waits before it looks for the next job, in seconds.
LOOK_S = 0.3
#: How often it looks for piles whose time is over, in seconds; their time is counted in days.
LOOK_FOR_DUE_S = 600
#: How much the worker steps back for who looks at pages (POSIX nice, 0 to 19).
NICE = 10
PDF = ".pdf"


@dataclass(frozen=True)
class Orders:
    """What the worker needs to know of the desk."""

    settings: Settings
    database_url: str


class Worker:
    """The worker process; begun again when it dies, until it is dismissed."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._dismissed = threading.Event()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._watch = threading.Thread(target=self._keep_alive, daemon=True)

    def begin(self) -> None:
        """Starts it; jobs left running by one before go on."""
        self._watch.start()

    def dismiss(self) -> None:
        """Ends it; what it was doing is gone on with next time."""
        self._dismissed.set()
        while self._watch.is_alive():
            if self._process:
                self._process.terminate()
            self._watch.join(0.2)

    def _keep_alive(self) -> None:
        context = multiprocessing.get_context("spawn")
        while not self._dismissed.is_set():
            self._process = context.Process(target=_run, args=(self._orders,))
            self._process.start()
            self._process.join()
            self._dismissed.wait(1)


def _run(orders: Orders) -> None:
    """The worker's own life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(NICE)
    desk = Desk(orders.settings, connected(orders.database_url, many=True), Frame("en"))
    desk.jobs.go_on(now())
    looked = 0.0
    while True:
        if not work_off(desk):
            time.sleep(LOOK_S)
        if time.monotonic() - looked > LOOK_FOR_DUE_S:
            strip_what_is_due(desk)
            looked = time.monotonic()


def _end_with_parent() -> None:
    """A server that was killed cannot end its worker."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def work_off(desk: Desk) -> bool:
    """Does the next job; whether there was one. What is wrong is kept with the job, and the worker goes on."""
    job = desk.jobs.take()
    if job is None:
        return False
    fault = ""
    try:
        _do(desk, job)
    except UserError as error:
        fault = str(error)
    except Exception:  # noqa: BLE001 - a bug: told on the page and on stderr, and the next job is done
        fault = traceback.format_exc()
        traceback.print_exc()
    desk.jobs.end(job, now(), fault)
    return True


def _do(desk: Desk, job: Job) -> None:
    pile = desk.register.find(job.pile)
    if pile is None:
        return  # forgotten meanwhile
    voice = Voice.in_language(job.language)
    with desk.store(pile) as store:
        try:
            if job.kind is JobKind.READ:
                _read(desk, store, voice)
            write_all(desk, pile, voice)
        finally:
            desk.scans.let_go(pile.id)
            if desk.register.find(pile.id) is None:
                leave_nothing(desk, pile)


def _read(desk: Desk, store: Store, voice: Voice) -> None:
    files = _taken_in(desk, store)
    store.keep_files(files)
    known = known_of(store, Archive.of_user(), list(_printed(files)))
    read_new_pages(store, known, Readers(Engine.of_machine(None), voice))


def _taken_in(desk: Desk, store: Store) -> list[StoredFile]:
    """Every file that was uploaded whole: as known, or hashed and its pages counted now."""
    known = {file.path.name: file for file in store.files()}
    files: list[StoredFile] = []
    for upload in desk.uploads.of(store.pile):
        if upload.complete:
            path = desk.scans.path(store.pile, upload.key)
            before = known.get(upload.key)
            file = replace(before, path=path) if before else opened(NamedScan(path, upload.name))
            files.append(replace(file, source=_free(file.source, files)))
    return files


def _free(name: str, files: Sequence[StoredFile]) -> str:
    """The name, numbered where another file of the pile bears it."""
    taken = {file.source for file in files}
    path = Path(name)
    numbered = (f"{path.stem} ({number}){path.suffix}" for number in range(2, len(files) + 3))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def _printed(files: Sequence[StoredFile]) -> Iterator[Path]:
    """Those that are PDFs as kryds printed them: they tell the edition of the pages beside them."""
    for file in files:
        if isinstance(file.path, Path) and file.path.suffix == PDF and not file.reason:
            try:
                open_printed(file.path)
            except UserError:
                continue
            yield file.path
