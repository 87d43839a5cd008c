"""The scan files a command names -> the files of the reading: each hashed, its pages counted, its name made sure of."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from kryds.desk.hashing import sha256_of
from kryds.desk.scan_url import Location, NamedScan, ScanUrl, is_there, on_disk, scans_at
from kryds.desk.store import StoredFile
from kryds.model.errors import ArgumentError, ScanFileError
from kryds.model.reading import Reason
from kryds.reader.scan_files import scan_files
from kryds.reader.scan_kind import count_pages

#: What ``take_in`` has scans that are named by URL opened by: as ``map``, on another machine perhaps.
Run = Callable[[Callable[[NamedScan], StoredFile], Sequence[NamedScan]], Iterable[StoredFile | None]]


def take_in(
    inputs: Sequence[Location], known: Sequence[StoredFile], out: Path, run: Run = map
) -> tuple[StoredFile, ...]:
    """The files read before, then the new ones in the order given; ``out`` is not searched for scans.

    A file is known by its path and its bytes: one that was moved keeps its place, one whose bytes changed is read
    anew. What could not be opened before stays only if it is named again.
    """
    named = list(_named(inputs, out, run))
    intake = Intake(known)
    for file in named:
        intake.add(file)
    paths = {file.path for file in named}
    return tuple(file for file in intake.files if not file.reason or file.path in paths)


def _named(inputs: Sequence[Location], out: Path, run: Run) -> Iterator[StoredFile]:
    """Every file that is named, opened: those named by URL where ``run`` runs it."""
    for is_remote, some in groupby(inputs, lambda each: isinstance(each, ScanUrl)):
        if not is_remote:
            local = scan_files([each for each in some if isinstance(each, Path)], leave_out=out)
            yield from (opened(NamedScan(*scan)) for scan in local)
            continue
        try:
            places = [each for each in some if isinstance(each, ScanUrl)]
            scans = list(dict.fromkeys(scan for place in places for scan in scans_at(place)))
        except ScanFileError as error:
            raise ArgumentError(str(error)) from error
        for scan, file in zip(scans, run(opened, scans), strict=True):
            yield file or _not_opened(scan, "the process that opened it died")


def is_as_read(file: StoredFile) -> bool:
    """Whether the file still lies where it was read and holds the same bytes: only then may it be drawn on."""
    try:
        # What lies elsewhere is not fetched only to be compared; whoever draws on it does that.
        return not file.reason and (isinstance(file.path, ScanUrl) or sha256_of(file.path) == file.sha256)
    except OSError:
        return False


class Intake:
    """The files so far; finds a path, a name or the bytes of a file that is gone without looking through them all."""

    def __init__(self, known: Sequence[StoredFile]) -> None:
        self.files = list(known)
        self._places = {file.path: place for place, file in enumerate(known)}
        self._names = {file.source for file in known}
        self._gone: dict[str, list[int]] = {}
        for place, file in reversed(list(enumerate(known))):
            if not file.reason and not is_there(file.path):
                self._gone.setdefault(file.sha256, []).append(place)

    def add(self, new: StoredFile) -> None:
        """Puts ``new`` in the place of what it is, or at the end."""
        if new.path in self._places:
            self._say_again(self._places[new.path], new)
        elif place := self._gone.get(new.sha256):
            self._put(place.pop(), new)
        else:
            self.files.append(new)
            self._put(len(self.files) - 1, new)

    def _say_again(self, place: int, new: StoredFile) -> None:
        """What was read of a file counts also when the file is gone."""
        if is_there(new.path) or self.files[place].reason:
            self.files[place] = replace(new, source=self.files[place].source)

    def _put(self, place: int, new: StoredFile) -> None:
        before = self.files[place]
        if before is not new:
            self._names.discard(before.source)
            del self._places[before.path]
        named = replace(new, source=_free_name(new, self._names))
        self._names.add(named.source)
        self._places[new.path] = place
        self.files[place] = named


def _free_name(file: StoredFile, taken: set[str]) -> str:
    """The file's name in the tables, longer where another file of the reading bears it."""
    longer = (file.source, *("/".join(file.path.parts[-depth:]) for depth in range(2, len(file.path.parts))))
    return next((name for name in longer if name not in taken), file.path.as_posix())


def opened(named: NamedScan) -> StoredFile:
    """The file with its pages counted, or the reason why it could not be opened."""
    path = named.path.resolve() if isinstance(named.path, Path) else named.path
    try:
        here = on_disk(named.path)
        pages = _pages_of(here, named.path)
        return StoredFile(named.source, path, sha256_of(here), pages)
    except (ScanFileError, OSError) as error:
        return _not_opened(NamedScan(path, named.source), str(error))


def _pages_of(here: Path, location: Location) -> int:
    """How many; what is wrong is told of where the file lies, not of a copy of it."""
    try:
        return count_pages(here)
    except ScanFileError as error:
        raise ScanFileError(str(error).replace(str(here), str(location))) from error


def _not_opened(named: NamedScan, detail: str) -> StoredFile:
    return StoredFile(named.source, named.path, "", 0, Reason("file_not_opened", (("detail", detail),)))
