"""Files written whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kryds.model.errors import ArgumentError

#: What a new file may be to whom, before the user's umask takes away (POSIX).
OPEN_TO_ALL = 0o666


@contextmanager
def written_whole(path: Path, mode: int | None = None) -> Iterator[BinaryIO]:
    """A file that takes the place of ``path`` when the block ends without an error; otherwise nothing is changed.

    ``mode`` are its permissions (None: as any new file). Raises ArgumentError when nothing can be written there.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise ArgumentError(f"{path}: cannot be written ({error.strerror}); name another place") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        temporary.chmod(_open_mode() if mode is None else mode)
        _replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


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
