import hashlib
import os
import threading
from pathlib import Path

import pytest

from kryds.desk.hashing import begin_hashing, sha256_of


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"sheets")
    return path


def wait_for_the_others() -> None:
    for thread in set(threading.enumerate()) - {threading.current_thread()}:
        thread.join(10)


def closed_to(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """From now on the file may not be opened."""
    opened = Path.open

    def open_another(self: Path, mode: str = "r") -> object:
        assert self != path
        return opened(self, mode)

    monkeypatch.setattr(Path, "open", open_another)


def test_a_file_is_known_by_its_bytes(scan: Path) -> None:
    assert sha256_of(scan) == hashlib.sha256(b"sheets").hexdigest()


def test_a_file_that_was_not_touched_is_hashed_once_by_whatever_path(
    scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sha256_of(scan)
    closed_to(monkeypatch, scan)
    monkeypatch.chdir(scan.parent)

    assert sha256_of(Path(scan.name)) == first


def test_a_file_that_was_changed_is_hashed_anew(scan: Path) -> None:
    before = sha256_of(scan)
    scan.write_bytes(b"SHEETS")
    os.utime(scan, ns=(0, 1))

    assert sha256_of(scan) != before


def test_what_was_hashed_meanwhile_is_there_when_asked_for(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_hashing([scan.parent / "gone.pdf", scan])
    wait_for_the_others()
    closed_to(monkeypatch, scan)

    assert sha256_of(scan) == hashlib.sha256(b"sheets").hexdigest()


def test_a_file_that_is_not_there_is_told_to_who_asks(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sha256_of(tmp_path / "gone.pdf")
