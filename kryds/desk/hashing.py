"""The SHA-256 of scan files: a file is known by its bytes, whatever it is called and wherever it lies."""

import hashlib
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

#: Device, inode, size and time of change (ns): a file that has the same as before was not touched.
Stamp = tuple[int, int, int, int]

_hashed: dict[Stamp, str] = {}
_one_at_a_time = threading.Lock()


def sha256_of(path: Path) -> str:
    """Of a file that was not touched since it was looked at in this process, what it was then. Raises OSError."""
    now = path.stat()
    stamp = now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns
    with _one_at_a_time:  # whoever comes second finds what the first has found
        if stamp not in _hashed:
            with path.open("rb") as file:
                _hashed[stamp] = hashlib.file_digest(file, "sha256").hexdigest()
        return _hashed[stamp]


def begin_hashing(paths: Iterable[Path]) -> None:
    """Hashes these files while this process does something else: hashing leaves the interpreter alone."""
    threading.Thread(target=_hash_each, args=(tuple(paths),), daemon=True).start()


def _hash_each(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):  # said of it when it is opened
            sha256_of(path)
