"""Scans read as they are dropped into a folder: by the copier, by mail, by a colleague.

A file is read once it is whole: it says that it ends and has not grown for a while. One that never says so is read
after a longer while all the same, as it may be damaged; should it grow after that, it is read anew.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

import watchfiles

from kryds.desk import account
from kryds.desk.scan_url import Location
from kryds.desk.voice import Voice
from kryds.desk.workflow import Manner, Outcome, Pile, Place, make_folder, read_scans
from kryds.model.errors import ArgumentError, UserError
from kryds.reader.scan_files import SUFFIXES, scan_files

#: How long (seconds) a file must not have grown: copiers write a page every second or two, and buffer.
QUIET_S = 3.0
#: The same for a file whose end does not show; and until a reading that failed for another reason is tried again.
PATIENCE_S = 60.0
#: How often (milliseconds) is looked whether a file has become quiet.
LOOK_MS = 500
#: How often (seconds) the whole folder is looked through.
LOOK_ROUND_S = 30.0
#: What a whole file ends with, within its last bytes; some programs leave a little more behind.
ENDS = {".pdf": b"%%EOF", ".jpg": b"\xff\xd9", ".jpeg": b"\xff\xd9", ".png": b"IEND"}
END_BYTES = 2048


Stamp = tuple[int, int]


@dataclass
class Arrivals:
    """The files that are on their way in, and those that have come. ``clock`` tells the time in seconds."""

    clock: Callable[[], float] = time.monotonic
    _awaited: dict[Path, tuple[Stamp, float]] = field(default_factory=dict)
    _come: dict[Path, Stamp] = field(default_factory=dict)

    def notice(self, paths: Iterable[Path]) -> None:
        """These are there, or have been touched."""
        for path in paths:
            self._look_at(path)

    def whole(self) -> list[Path]:
        """The files that have become whole since this was asked last, by path."""
        ready = [path for path in sorted(self._awaited) if self._is_ready(path)]
        for path in ready:
            self._come[path] = self._awaited.pop(path)[0]
        return ready

    def later(self, paths: Iterable[Path]) -> None:
        """These are to come once more, in a while."""
        for path in paths:
            if stamp := self._come.pop(path, None):
                self._awaited[path] = stamp, self.clock() + PATIENCE_S - QUIET_S

    def _is_ready(self, path: Path) -> bool:
        self._look_at(path)
        if path not in self._awaited:
            return False
        quiet_s = self.clock() - self._awaited[path][1]
        return quiet_s >= (QUIET_S if shows_its_end(path) else PATIENCE_S)

    def _look_at(self, path: Path) -> None:
        try:
            found = path.stat()
        except OSError:  # taken away again, or not to be looked at: nothing to wait for
            self._awaited.pop(path, None)
            return
        stamp = found.st_size, found.st_mtime_ns
        known = self._awaited[path][0] if path in self._awaited else self._come.get(path)
        if stamp != known:
            self._awaited[path] = stamp, self.clock()


def shows_its_end(path: Path) -> bool:
    """Whether the file ends as its kind does. A TIFF has no end to be seen: it is believed."""
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - END_BYTES))
            last = file.read()
    except OSError:
        return False
    end = ENDS.get(path.suffix.lower())
    return bool(last) and (end is None or end in last)


@dataclass(frozen=True)
class Watch:
    """Which folder is watched, and how it is read: ``pile`` names no scans."""

    folder: Path
    pile: Pile
    place: Place
    manner: Manner


def watch_folder(watch: Watch, voice: Voice, stop: Event | None = None) -> None:
    """Reads what lies in the folder and what comes into it, until ``stop`` is set or Ctrl-C is pressed.

    A file that cannot be read is told, and the next is waited for. Raises ArgumentError when there is no such folder.
    """
    if not watch.folder.is_dir():
        raise ArgumentError(f"{watch.folder}: there is no such folder; make it, or name another")
    make_folder(watch.place.folder)
    voice.warn("watching", folder=watch.folder)
    arrivals, bad = Arrivals(), set[Path]()
    for paths in _seen(watch, stop):
        arrivals.notice(paths)
        if not (ready := arrivals.whole()):
            continue
        try:
            # What could not be opened is named again, or it would no longer stand in the tables.
            outcome = read_scans(replace(watch.pile, scans=sorted({*ready, *bad})), watch.place, watch.manner, voice)
        except UserError as error:  # of the place of the results: it may be full, or in use
            voice.warn("watch_failed", error=error)
            arrivals.later(ready)
            continue
        bad = {path for path in bad.union(ready) if path.exists() and path.resolve() in _not_opened(outcome)}
        _tell(outcome, {path.resolve() for path in ready}, voice)


def _seen(watch: Watch, stop: Event | None) -> Iterator[list[Path]]:
    """The scans that were touched, several times a second; now and then all there are.

    A folder on another machine tells nothing of what others put there, so it is also looked through.
    """
    looked_s = -LOOK_ROUND_S
    for touched in watchfiles.watch(
        watch.folder,
        stop_event=stop,
        rust_timeout=LOOK_MS,
        yield_on_timeout=True,
        watch_filter=None,
        raise_interrupt=True,
    ):
        paths = [Path(path) for _, path in touched]
        if time.monotonic() - looked_s >= LOOK_ROUND_S:
            looked_s = time.monotonic()
            paths += [scan.path for scan in scan_files([watch.folder], leave_out=watch.place.folder)]
        yield [path for path in paths if _may_be_scan(path, watch)]


def _may_be_scan(path: Path, watch: Watch) -> bool:
    """Whether it is named as scans are; hidden ones are still being written, or are no scans."""
    hidden = any(part.startswith(".") for part in path.relative_to(watch.folder).parts)
    within = watch.place.folder.resolve() in path.resolve().parents
    return path.suffix.lower() in SUFFIXES and not hidden and not within


def _not_opened(outcome: Outcome) -> set[Location]:
    return {file.path for file in outcome.wanting if file.reason}


def _tell(outcome: Outcome, paths: set[Path], voice: Voice) -> None:
    """A line for each file that came, then what needs attention in it."""
    came = {file.source: file for file in outcome.files if file.path in paths}
    for source, file in came.items():
        voice.tell("watch_read", source=source, pages=file.pages)
    pages = tuple(page for page in outcome.result.pages if page.source in came)
    wanting = tuple(file for file in outcome.wanting if file.source in came)
    account.warn(replace(outcome, wanting=wanting, result=replace(outcome.result, pages=pages, groups=())), voice)
    if outcome.result.open_items:
        voice.warn("await_review", count=outcome.result.open_items, folder=outcome.place.folder)
