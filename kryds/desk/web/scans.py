"""Where scans are kept: a folder of this machine, or any storage fsspec knows, such as s3://BUCKET/FOLDER.

Names of files are chosen by the desk. What lies elsewhere is copied here while it is worked on, and let go afterwards.
"""

import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kryds.model.errors import ArgumentError


@dataclass(frozen=True)
class Scans:
    """The scans of every pile; ``copies`` is the folder for what lies elsewhere and is worked on here."""

    url: str
    copies: Path

    @cached_property
    def _place(self) -> tuple[Any, str]:
        """The file system and the folder in it."""
        from fsspec.core import url_to_fs  # noqa: PLC0415 - object storage takes a second to import

        try:
            system, root = url_to_fs(self.url)
        except (ImportError, ValueError) as error:
            raise ArgumentError(
                f"--scans {self.url}: cannot be used ({error}); write a folder, or s3://BUCKET/FOLDER "
                "(which needs pip install 'kryds[s3]')"
            ) from error
        return system, str(root).rstrip("/")

    @property
    def are_here(self) -> bool:
        """Whether they lie in a folder of this machine."""
        protocol = self._place[0].protocol
        return "file" in ((protocol,) if isinstance(protocol, str) else protocol)

    def keep(self, pile: str, key: str, file: Path) -> None:
        """Takes ``file`` in; it is gone from where it was."""
        system, root = self._place
        if self.are_here:
            Path(root, pile).mkdir(parents=True, exist_ok=True)
            shutil.move(file, Path(root, pile, key))
            return
        system.makedirs(f"{root}/{pile}", exist_ok=True)
        system.put_file(str(file), f"{root}/{pile}/{key}")
        file.unlink()

    def path(self, pile: str, key: str) -> Path:
        """The file on this machine. FileNotFoundError when it is gone."""
        system, root = self._place
        if self.are_here:
            return Path(root, pile, key)
        copy = self.copies / pile / key
        if not copy.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            part = copy.with_suffix(".part")
            system.get_file(f"{root}/{pile}/{key}", str(part))
            part.replace(copy)
        return copy

    def let_go(self, pile: str) -> None:
        """Drops this machine's copies of what lies elsewhere."""
        shutil.rmtree(self.copies / pile, ignore_errors=True)

    def drop(self, pile: str) -> None:
        """Deletes every scan of a pile."""
        system, root = self._place
        self.let_go(pile)
        if system.exists(f"{root}/{pile}"):
            system.rm(f"{root}/{pile}", recursive=True)
