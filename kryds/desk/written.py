"""Files written whole or not at all."""

import errno
import glob
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kryds.model.errors import ArgumentError

if sys.platform != "win32":
    import fcntl

#: What tempfile puts at the end of a name.
RANDOM = "?" * 8
#: What a new file may be to whom, before the user's umask takes away (POSIX).
OPEN_TO_ALL = 0o666
#: What a disk says that takes no more: it is full, the user's share of it or the size of a file is used up, it fails.
DISK_SAYS_NO = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS)


@contextmanager
def written_whole(path: Path, mode: int | None = None) -> Iterator[BinaryIO]:
    """A file that takes the place of ``path`` when the block ends without an error; otherwise nothing is changed.

    ``mode`` are its permissions (None: as any new file). Raises ArgumentError when nothing can be written there.
    """
    try:
        _clear_what_is_left(path)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise ArgumentError(f"{path}: cannot be written ({error.strerror}); name another place") from error
    temporary = Path(name)
    try:
        with _held(handle):
            with os.fdopen(handle, "wb") as file:
                yield file
            temporary.chmod(_open_mode() if mode is None else mode)
            _replace(temporary, path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if refusal := _refusal_of_disk(error):
            cure = "make room on the disk, or name another place"
            raise ArgumentError(f"{path}: cannot be written ({refusal.strerror}); {cure}") from error
        raise


@contextmanager
def _held(handle: int) -> Iterator[None]:
    """Tells others that the file is being written, until the block ends or this process does, however it does.

    Windows refuses to delete an open file; elsewhere a lock says as much.
    """
    if sys.platform == "win32":
        yield
        return
    own = os.dup(handle)
    try:
        with suppress(OSError):  # some network disks know no locks: what is left over there is told by nothing
            fcntl.flock(own, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(own)


def _clear_what_is_left(path: Path) -> None:
    """Deletes what a process left that was killed while it wrote ``path``."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.{RANDOM}"):
        with suppress(OSError), left.open("r+b") as file:
            if sys.platform != "win32":
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # OSError: somebody is at it
            left.unlink()


def remove(path: Path) -> None:
    """Takes away a file, if it is there, that would be out of date. Raises ArgumentError."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise ArgumentError(f"{path}: cannot be removed ({error.strerror}); close it, or delete it yourself") from error


def _refusal_of_disk(error: BaseException) -> OSError | None:
    """The disk's own words behind ``error``: a library that was writing may have put others on top of them."""
    behind: BaseException | None = error
    while behind:
        if isinstance(behind, OSError) and behind.errno in DISK_SAYS_NO:
            return behind
        behind = behind.__cause__ or behind.__context__
    return None


def _replace(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except OSError as error:
        raise ArgumentError(f"{path}: cannot be written ({error.strerror}); close it, or name another place") from error


def _open_mode() -> int:
    """The permissions any new file gets. POSIX tells the umask only to who sets it."""
    mask = os.umask(0)
    os.umask(mask)
    return OPEN_TO_ALL & ~mask
