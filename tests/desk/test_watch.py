import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from kryds.desk import watch as module
from kryds.desk.archive import Archive
from kryds.desk.printing import UNNUMBERED
from kryds.desk.voice import Voice
from kryds.desk.watch import PATIENCE_S, QUIET_S, Arrivals, Watch, shows_its_end, watch_folder
from kryds.desk.workflow import Manner, Pile, Place
from kryds.model.errors import ArgumentError
from kryds.samples.paper.files import as_jpeg, as_pdf
from tests.desk.piles import placed, scanned


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def test_a_file_is_whole_when_it_shows_its_end_and_has_not_grown_for_a_while(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "a.jpg"
    arrivals = Arrivals(clock)
    path.write_bytes(b"\xff\xd8 begun")
    arrivals.notice([path])
    clock.now = QUIET_S
    assert arrivals.whole() == []

    path.write_bytes(b"\xff\xd8 begun and ended \xff\xd9")
    assert arrivals.whole() == []
    clock.now += QUIET_S
    assert arrivals.whole() == [path]


def test_a_file_that_never_shows_its_end_is_taken_after_a_longer_while(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "a.pdf"
    arrivals = Arrivals(clock)
    path.write_bytes(b"%PDF-1.7 cut")
    arrivals.notice([path])
    clock.now = PATIENCE_S - 1
    assert arrivals.whole() == []
    clock.now = PATIENCE_S
    assert arrivals.whole() == [path]


def test_a_file_comes_once_until_it_changes_or_is_asked_for_again(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "a.tif"
    arrivals = Arrivals(clock)
    path.write_bytes(b"II*\0")
    arrivals.notice([path])
    clock.now = QUIET_S
    assert arrivals.whole() == [path]

    arrivals.notice([path])
    clock.now += QUIET_S
    assert arrivals.whole() == []

    arrivals.later([path])
    clock.now += PATIENCE_S
    assert arrivals.whole() == [path]


def test_a_file_taken_away_is_no_longer_awaited(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "a.tif"
    arrivals = Arrivals(clock)
    path.write_bytes(b"II*\0")
    arrivals.notice([path])
    path.unlink()
    clock.now = PATIENCE_S

    assert arrivals.whole() == []
    assert not shows_its_end(path)


@pytest.fixture
def inbox(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A watched folder, its results within it."""
    Archive(home).keep(placed().edition, UNNUMBERED)
    monkeypatch.setattr(module, "QUIET_S", 0.4)
    monkeypatch.setattr(module, "PATIENCE_S", 1.5)
    monkeypatch.setattr(module, "LOOK_MS", 100)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "early.jpg").write_bytes(as_jpeg(scanned(1)))
    stop = Event()
    watched = Watch(tmp_path / "inbox", Pile((), (), 1), Place(tmp_path / "inbox" / "out"), Manner(None, pdfs=False))
    watching = Thread(target=watch_folder, args=(watched, Voice.in_language("en"), stop))
    watching.start()
    yield tmp_path / "inbox"
    stop.set()
    watching.join(20)
    assert not watching.is_alive()


def pages(folder: Path) -> list[tuple[str, str]]:
    path = folder / "out" / "pages.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(row["source"], row["state"]) for row in csv.DictReader(file)]


def wait_for(folder: Path, count: int) -> list[tuple[str, str]]:
    until = time.monotonic() + 30
    while len(pages(folder)) < count and time.monotonic() < until:
        time.sleep(0.05)
    return pages(folder)


def test_scans_are_read_as_they_come_slowly_or_broken(inbox: Path) -> None:
    assert wait_for(inbox, 1) == [("early.jpg", "read")]

    whole = as_pdf([scanned(2), scanned(3)])
    with (inbox / "slow.pdf").open("wb") as file:
        for at in range(0, len(whole), len(whole) // 6):
            file.write(whole[at : at + len(whole) // 6])
            file.flush()
            time.sleep(0.25)
            assert len(pages(inbox)) == 1
    assert wait_for(inbox, 3)[1:] == [("slow.pdf", "read")] * 2

    (inbox / "broken.pdf").write_bytes(b"%PDF-1.7 no more than this")
    (inbox / ".slow.pdf.part").write_bytes(whole)
    assert ("broken.pdf", "unreadable") in wait_for(inbox, 4)

    (inbox / "later.jpg").write_bytes(as_jpeg(scanned(4)))
    assert {*wait_for(inbox, 5)} >= {("later.jpg", "read"), ("broken.pdf", "unreadable")}


def test_a_place_that_cannot_be_written_to_is_told_and_tried_again(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wait_for(inbox, 1)
    (inbox / "out" / "pages.csv").unlink()
    (inbox / "out" / "pages.csv").mkdir()
    (inbox / "b.jpg").write_bytes(as_jpeg(scanned(2)))
    until, said = time.monotonic() + 20, ""
    while "tried again" not in said and time.monotonic() < until:
        time.sleep(0.1)
        said += capsys.readouterr().err
    (inbox / "out" / "pages.csv").rmdir()

    assert "tried again in a minute" in said
    assert wait_for(inbox, 2) == [("early.jpg", "read"), ("b.jpg", "read")]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    watched = Watch(tmp_path / "nowhere", Pile(()), Place(tmp_path / "out"), Manner())
    with pytest.raises(ArgumentError, match="nowhere: there is no such folder"):
        watch_folder(watched, Voice.in_language("en"))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_command_ends_cleanly_when_it_is_told_to(tmp_path: Path, home: Path, how: signal.Signals) -> None:
    (tmp_path / "inbox").mkdir()
    command = [sys.executable, "-m", "kryds", "watch", "inbox", "-o", "out", "--language", "en"]
    surroundings = {**os.environ, "KRYDS_HOME": str(home)}
    with subprocess.Popen(command, cwd=tmp_path, env=surroundings, stderr=subprocess.PIPE, text=True) as watching:
        assert watching.stderr
        assert "Waiting for scans" in watching.stderr.readline()
        time.sleep(0.3)
        watching.send_signal(how)
        _, said = watching.communicate(timeout=120)  # a machine that is busy is slow to end, too

    assert watching.returncode == 0
    assert said == "No longer waiting. What was read is kept\n"
