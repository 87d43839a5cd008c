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
    files = list(known)
    named = [_opened(scan) for scan in scan_files(inputs, leave_out=out)]
    paths = {file.path for file in named}
    for file in named:
        _add(files, file)
    return tuple(file for file in files if not file.reason or file.path in paths)


def is_as_read(file: StoredFile) -> bool:
    """Whether the file still lies where it was read and holds the same bytes: only then may it be drawn on."""
    try:
        return not file.reason and _sha256(file.path) == file.sha256
    except OSError:
        return False


def _add(files: list[StoredFile], new: StoredFile) -> None:
    """Puts ``new`` in the place of what it is, or at the end."""
    place = next((at for at, file in enumerate(files) if file.path == new.path), None)
    if place is None and not new.reason:
        place = next(
            (at for at, file in enumerate(files) if file.sha256 == new.sha256 and not file.path.exists()), None
        )
    if place is not None and files[place].path == new.path:
        # What was read of a file counts also when the file is gone.
        if new.path.exists() or files[place].reason:
            files[place] = replace(new, source=files[place].source)
        return
    others = {file.source for at, file in enumerate(files) if at != place}
    named = replace(new, source=_free_name(new, others))
    if place is None:
        files.append(named)
    else:
        files[place] = named


def _free_name(file: StoredFile, taken: set[str]) -> str:
    """The file's name in the tables, longer where another file of the reading bears it."""
    longer = (file.source, *("/".join(file.path.parts[-depth:]) for depth in range(2, len(file.path.parts))))
    return next((name for name in longer if name not in taken), file.path.as_posix())


def _opened(named: ScanFile) -> StoredFile:
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
