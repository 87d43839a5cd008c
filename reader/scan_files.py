"""The files a command line names -> the scan files, each with the name it bears in the tables."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

#: Files in a folder that are taken for scans, by their ending, capitals or not; what is really in them is seen later.
SUFFIXES = (".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png")


class ScanFile(NamedTuple):
    """A scan file and its name in the tables."""

    path: Path
    source: str


@dataclass(frozen=True)
class _Named:
    """A file with its possible names, the shortest first; the last is unlike any other file's."""

    path: Path
    names: tuple[str, ...]


def scan_files(paths: Sequence[Path], *, leave_out: Path | None = None) -> tuple[ScanFile, ...]:
    """The files meant by ``paths``, in that order: a folder stands for the scans in it and below it, by path.

    A file named twice comes once. A source is the file's name; where two files share it, their paths relative to the
    folders given. A file named outright is taken whatever its ending, and so is one that is not there and a folder
    that holds no scans: ``count_pages`` then tells what is wrong with it. ``leave_out`` is a folder not walked into
    (the results, which may lie among the scans).
    """
    left_out = leave_out.resolve() if leave_out else None
    found: dict[Path, _Named] = {}
    for path in paths:
        for file, relative in _walked(path, left_out):
            own = file.resolve()
            names = (file.name, relative, file.as_posix(), own.as_posix())
            found.setdefault(own, _Named(file, names))
    files = tuple(found.values())
    return tuple(ScanFile(file.path, name) for file, name in zip(files, _sources(files), strict=True))


def _walked(path: Path, left_out: Path | None) -> Iterator[tuple[Path, str]]:
    """The files a path stands for, each with its path as seen from there."""
    if not path.is_dir():
        yield path, path.as_posix()
        return
    files = sorted(_scans_below(path, left_out), key=lambda file: file.relative_to(path).parts)
    if not files:
        yield path, path.as_posix()
    for file in files:
        yield file, file.relative_to(path).as_posix()


def _scans_below(folder: Path, left_out: Path | None) -> Iterator[Path]:
    """Hidden files are passed over: they are what other programs leave beside a scan (``._scan.pdf``)."""
    for parent, folders, files in os.walk(folder):
        here = Path(parent)
        folders[:] = [name for name in folders if not name.startswith(".") and (here / name).resolve() != left_out]
        for name in files:
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                yield here / name


def _sources(files: Sequence[_Named]) -> list[str]:
    """For each file the shortest of its names that no other file bears."""
    level = [0] * len(files)
    while True:
        names = [file.names[depth] for file, depth in zip(files, level, strict=True)]
        borne = Counter(names)
        clashing = [place for place, name in enumerate(names) if borne[name] > 1]
        if not clashing:
            return names
        for place in clashing:
            level[place] += 1
