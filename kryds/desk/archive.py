"""What was printed: every edition and roster, kept in the user's own folder so that any pile can be read later.

Rosters hold names of people: what lies here is for its owner's eyes only.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kryds.desk.written import remove, written_whole
from kryds.model.edition import Edition
from kryds.model.errors import ArgumentError, FormError
from kryds.model.roster import Roster

FOLDER_MODE, FILE_MODE = 0o700, 0o600


@dataclass(frozen=True)
class Archive:
    """The folder with ``editions/<digest>.json`` and ``rosters/<run>.json``."""

    folder: Path

    @staticmethod
    def of_user() -> "Archive":
        """The archive in ``$KRYDS_HOME``, else where this system keeps a program's data."""
        if home := os.environ.get("KRYDS_HOME"):
            return Archive(Path(home))
        import platformdirs  # noqa: PLC0415 - only commands that print or read need it

        return Archive(Path(platformdirs.user_data_dir("kryds", appauthor=False)))

    def keep(self, edition: Edition, roster: Roster) -> None:
        """Keeps what was printed; a roster without a run is only numbers and is not kept. Raises ArgumentError."""
        self._keep(self.folder / "editions" / f"{edition.digest}.json", edition.to_json())
        if roster.run:
            self._keep(self.folder / "rosters" / f"{roster.run}.json", roster.to_json())

    def editions(self) -> Iterator[Edition]:
        """Every edition ever printed here; a damaged file is passed over, the paper then says what it lacks."""
        for path in self._files("editions"):
            try:
                yield Edition.from_json(path.read_bytes(), str(path))
            except (FormError, OSError):
                continue

    def rosters(self) -> Iterator[Roster]:
        """Every roster ever printed here."""
        for path in self._files("rosters"):
            try:
                yield Roster.from_json(path.read_bytes(), str(path))
            except (FormError, OSError):
                continue

    def forget(self, runs: Iterable[str]) -> None:
        """Deletes the rosters of these runs, if they are there. Raises ArgumentError."""
        for run in runs:
            remove(self.folder / "rosters" / f"{run}.json")

    def _files(self, name: str) -> list[Path]:
        return sorted((self.folder / name).glob("[!.]*.json"))

    def _keep(self, path: Path, data: bytes) -> None:
        try:
            for folder in (self.folder, path.parent):
                folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            if path.is_file() and path.read_bytes() == data:
                return
        except OSError as error:
            raise ArgumentError(f"{path}: cannot be written ({error.strerror})") from error
        with written_whole(path, FILE_MODE) as file:
            file.write(data)
