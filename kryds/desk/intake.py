"""The scan files a command names -> the files of the reading: each hashed, its pages counted, its name made sure of."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kryds.desk.store import StoredFile
from kryds.model.errors import ScanFileError
from kryds.model.reading import Reason
from kryds.reader.scan import ScanFile, count_pages, scan_files


def take_in(inputs: Sequence[Path], known: Sequence[StoredFile], out: Path) -> tuple[StoredFile, ...]:
    """The files read before, then the new ones in the order given; ``out`` is not searched for scans.

    A file is known by its path and its bytes: one that was moved keeps its place, one whose bytes changed is read
    anew. What could not be opened before stays only if it is named again.
    """
    named = [opened(scan) for scan in scan_files(inputs, leave_out=out)]
    intake = Intake(known)
    for file in named:
        intake.add(file)
    paths = {file.path for file in named}
    return tuple(file for file in intake.files if not file.reason or file.path in paths)


def is_as_read(file: StoredFile) -> bool:
    """Whether the file still lies where it was read and holds the same bytes: only then may it be drawn on."""
    try:
        return not file.reason and _sha256(file.path) == file.sha256
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
            if not file.reason and not file.path.exists():
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
        if new.path.exists() or self.files[place].reason:
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


def opened(named: ScanFile) -> StoredFile:
    """The file hashed and its pages counted, or why it cannot be opened."""
    path = named.path.resolve()
    try:
        pages = count_pages(named.path)
        sha256 = _sha256(named.path)
    except (ScanFileError, OSError) as error:
        reason = Reason("file_not_opened", (("detail", str(error)),))
        return StoredFile(named.source, path, "", 0, reason)
    return StoredFile(named.source, path, sha256, pages)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
