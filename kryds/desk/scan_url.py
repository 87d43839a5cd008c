"""Scans that lie elsewhere, named by URL (``s3://BUCKET/scan.pdf``): listed and fetched through fsspec.

They are fetched where their pages are read: on an engine's worker, not by the command that hands out the work.
"""

import shutil
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from kryds.model.errors import ScanFileError
from kryds.reader.scan_files import SUFFIXES

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

#: Fetched files a process keeps for the next batch of pages of the same file.
FETCHED_KEPT = 2
#: How much of a file is held in memory while it is copied.
PIECE_BYTES = 1 << 20


@dataclass(frozen=True, order=True)
class ScanUrl:
    """A scan file, or a folder of them, that is not on this machine."""

    url: str

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        """The last part."""
        return PurePosixPath(urlsplit(self.url).path).name

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts from the protocol on, as a Path's from the root on."""
        split = urlsplit(self.url)
        return (f"{split.scheme}:", split.netloc, *PurePosixPath(split.path.lstrip("/")).parts)

    def as_posix(self) -> str:
        """The URL."""
        return self.url


#: Where a scan file lies.
Location = Path | ScanUrl


class NamedScan(NamedTuple):
    """A scan file and its name in the tables."""

    path: Location
    source: str


def location_of(text: str) -> Location:
    """The path or URL a user names; ``file://`` is a path."""
    scheme, separator, _ = text.partition("://")
    if not separator:
        return Path(text)
    if scheme != "file":
        return ScanUrl(text)
    from urllib.request import url2pathname  # noqa: PLC0415 - brings HTTP and TLS, which a path has no use for

    return Path(url2pathname(urlsplit(text).path))


def is_there(location: Location) -> bool:
    """Whether the file is where it was; of one that lies elsewhere it is believed until it is asked for."""
    return isinstance(location, ScanUrl) or location.is_file()


def scans_at(place: ScanUrl) -> list[NamedScan]:
    """The scan files a URL stands for, by path: itself, or those in it and below it. Raises ScanFileError."""
    system, path = _system(place)
    try:
        found = [path] if system.isfile(path) else sorted(system.find(path))
    except (OSError, ValueError) as error:
        raise ScanFileError(f"{place}: cannot be looked into ({error}); check the URL and your right to it") from error
    scans = [each for each in found if each.lower().endswith(SUFFIXES) and not PurePosixPath(each).name.startswith(".")]
    locations = [ScanUrl(system.unstrip_protocol(each)) for each in scans]
    # Where there is nothing the place itself is kept: opening it tells what is wrong.
    return [NamedScan(each, each.name) for each in locations or [place]]


def on_disk(location: Location) -> Path:
    """The file to be opened here: itself, or a copy of it that lasts until some others were fetched.

    Raises ScanFileError.
    """
    if isinstance(location, Path):
        return location
    system, path = _system(location)
    try:
        return Path(_fetched(location.url, str(system.ukey(path))).name)
    except (OSError, ValueError) as error:
        raise ScanFileError(f"{location}: cannot be fetched ({error}); check the URL and your right to it") from error


def copy_to(folder: Path, location: ScanUrl, name: str) -> Path:
    """A copy of the file in ``folder``. Raises ScanFileError."""
    system, path = _system(location)
    copy = folder / f"{name}{PurePosixPath(location.name).suffix}"
    try:
        with system.open(path, "rb") as file, copy.open("wb") as kept:
            shutil.copyfileobj(file, kept, PIECE_BYTES)
    except (OSError, ValueError) as error:
        raise ScanFileError(f"{location}: cannot be fetched ({error}); check the URL and your right to it") from error
    return copy


@lru_cache(maxsize=FETCHED_KEPT)
def _fetched(url: str, _version: str) -> "IO[bytes]":
    """A copy that goes away when it is forgotten; another version of the file is another one."""
    copy = tempfile.NamedTemporaryFile(suffix=PurePosixPath(url).suffix)  # noqa: SIM115 - see above
    system, path = _system(ScanUrl(url))
    with system.open(path, "rb") as file:
        shutil.copyfileobj(file, copy, PIECE_BYTES)
    copy.flush()
    return copy


def _system(location: ScanUrl) -> "tuple[AbstractFileSystem, str]":
    try:
        import fsspec  # noqa: PLC0415 - for those who name a URL

        found: Any = fsspec.url_to_fs(location.url)
    except (ImportError, ValueError) as error:
        cure = "s3:// needs pip install 'kryds[s3]'; scans on this machine need no URL"
        raise ScanFileError(f"{location}: cannot be opened ({error}); {cure}") from error
    return found[0], found[1]
