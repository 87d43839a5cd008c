"""Files on their way in: a part grows by chunks, goes on where it stopped, and becomes a scan when it is whole."""

import secrets
from dataclasses import dataclass
from pathlib import Path, PurePath

import sqlalchemy as sa

from kryds.desk import tables_of_desk as t
from kryds.desk.web.register import plain_name
from kryds.desk.web.scans import Scans
from kryds.reader.scan_files import SUFFIXES

KEY_BYTES = 12
#: The longest name of a file that is kept, in letters.
MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of ``size`` bytes that the visitor calls ``name``; ``key`` is what it is called here."""

    key: str
    pile: str
    name: str
    size: int
    complete: bool


class Uploads:
    """The files of every pile; parts lie in the folder ``parts`` until they are whole."""

    def __init__(self, engine: sa.Engine, parts: Path, scans: Scans) -> None:
        self._engine, self._parts, self._scans = engine, parts, scans

    def of(self, pile: str) -> tuple[Upload, ...]:
        """The files of a pile in the order they were begun."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(t.uploads).where(t.uploads.c.pile == pile).order_by(t.uploads.c.number))
            return tuple(Upload(row.key, row.pile, row.name, row.size, row.complete) for row in rows)

    def find(self, pile: str, key: str) -> Upload | None:
        """The file with this key, if it is of this pile."""
        return next((each for each in self.of(pile) if each.key == key), None)

    def begin(self, pile: str, named: tuple[str, int], moment: str) -> Upload:
        """A new file by its name and size; or the one of that name and size that was begun and not finished."""
        name, size = plain_name(PurePath(named[0].replace("\\", "/")).name, MAX_NAME) or "scan", named[1]
        known = self.of(pile)
        for each in known:
            if (each.name, each.size, each.complete) == (name, size, False):
                return each
        key = secrets.token_hex(KEY_BYTES) + _ending(name)
        row = {"key": key, "pile": pile, "number": len(known) + 1, "name": name, "size": size, "complete": False}
        with self._engine.begin() as connection:
            connection.execute(sa.insert(t.uploads), [row | {"created": moment}])
        self._parts.mkdir(parents=True, exist_ok=True)
        self.part(key).touch()
        return Upload(key, pile, name, size, complete=False)

    def part(self, key: str) -> Path:
        """Where the file grows."""
        return self._parts / key

    def received(self, upload: Upload) -> int:
        """How many bytes of it are here."""
        if upload.complete:
            return upload.size
        part = self.part(upload.key)
        return part.stat().st_size if part.exists() else 0

    def is_there(self, upload: Upload) -> bool:
        """Whether it is still wanted; what came of one that was forgotten meanwhile is deleted."""
        if self.find(upload.pile, upload.key):
            return True
        self.part(upload.key).unlink(missing_ok=True)
        return False

    def finish(self, upload: Upload) -> bool:
        """The part is whole: it becomes a scan of its pile; False when that was forgotten meanwhile."""
        self._scans.keep(upload.pile, upload.key, self.part(upload.key))
        with self._engine.begin() as connection:
            known = sa.update(t.uploads).where(t.uploads.c.key == upload.key).values(complete=True)
            is_wanted = connection.execute(known).rowcount > 0
        if not is_wanted:  # its pile's scans were dropped before this one was there
            self._scans.drop(upload.pile)
        return is_wanted

    def drop(self, pile: str) -> int:
        """Deletes parts and list of a pile's files, and tells how many there were; scans are dropped by ``Scans``."""
        files = self.of(pile)
        for each in files:
            self.part(each.key).unlink(missing_ok=True)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(t.uploads).where(t.uploads.c.pile == pile))
        return len(files)


def _ending(name: str) -> str:
    """The ending of the name if it is one of a scan: nothing else of the name reaches the file system."""
    suffix = PurePath(name).suffix.lower()
    return suffix if suffix in SUFFIXES else ""
