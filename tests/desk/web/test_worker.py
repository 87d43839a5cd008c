import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from kryds.desk.archive import Archive
from kryds.desk.printing import UNNUMBERED
from kryds.desk.store import StoredFile
from kryds.desk.voice import Voice
from kryds.desk.web.desk import Desk
from kryds.desk.web.forget import forget_all
from kryds.desk.web.jobs import JobKind, JobState
from kryds.desk.web.register import Pile
from kryds.desk.web.take import folder_of, is_fresh, write_all
from kryds.desk.web.worker import work_off
from kryds.samples.paper.files import as_jpeg, as_pdf
from tests.desk.piles import placed, scanned
from tests.desk.web.desks import MOMENT, brought, new_desk, read_pile
from tests.desk.web.serving import Script, serve, until

#: So often the same six pages come in a pile: more than are read before anybody can kill the server.
COPIES = 40


@pytest.fixture
def desk(tmp_path: Path, home: Path) -> Desk:
    Archive(home).keep(placed().edition, UNNUMBERED)
    return new_desk(tmp_path / "desk")


def test_what_was_brought_is_read_and_the_files_written(desk: Desk) -> None:
    pile = read_pile(desk)
    job = desk.jobs.latest(pile.id)

    assert job
    assert (job.state, job.fault) == (JobState.DONE, "")
    assert [page.state for page in desk.result(pile).pages] == ["read", "read", "read", "foreign"]
    assert {"summary.pdf", "annotated.pdf", "export.xlsx"} <= {path.name for path in folder_of(desk, pile).iterdir()}
    assert is_fresh(desk, pile)
    assert not work_off(desk)


def test_two_files_of_one_name_are_told_apart(desk: Desk) -> None:
    pile = desk.register.add("To", MOMENT)
    for copy in (1, 2):
        brought(desk, pile, "scan.jpg", as_jpeg(scanned(copy)))
    desk.jobs.add(pile.id, JobKind.READ, "da", MOMENT)
    work_off(desk)

    assert [file.source for file in desk.store(pile).files()] == ["scan.jpg", "scan (2).jpg"]
    assert len(desk.result(pile).sheets) == 2


def test_a_file_that_is_no_scan_is_told_and_does_not_stop_the_others(desk: Desk) -> None:
    pile = desk.register.add("Brev", MOMENT)
    brought(desk, pile, "brev.pdf", b"%PDF-1.7 broken")
    brought(desk, pile, "scan.jpg", as_jpeg(scanned(1)))
    desk.jobs.add(pile.id, JobKind.READ, "da", MOMENT)
    work_off(desk)

    assert [page.state for page in desk.result(pile).pages] == ["unreadable", "read"]


def test_a_bug_is_kept_with_the_job_and_the_next_is_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    pile = desk.register.add("Fejl", MOMENT)
    desk.jobs.add(pile.id, JobKind.WRITE, "da", MOMENT)

    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("kryds.desk.web.worker.write_all", fail)
    assert work_off(desk)
    job = desk.jobs.latest(pile.id)

    assert job
    assert (job.state, "a bug" in job.fault) == (JobState.FAILED, True)


def test_a_server_killed_while_reading_goes_on_where_it_stopped(tmp_path: Path, home: Path) -> None:
    Archive(home).keep(placed().edition, UNNUMBERED)
    data = as_pdf([scanned(copy, 1 + copy % 2) for copy in range(1, 7)] * COPIES)
    first = serve(tmp_path / "desk")
    pile = brought_over_the_line(Script.entered(first), data)
    states = states_of(tmp_path / "desk", pile)
    until(lambda: len(states()) >= 6)
    first.kill()
    read_before = len(states())
    second = serve(tmp_path / "desk")
    try:
        until((tmp_path / "desk" / "results" / pile / "written.json").is_file)
    finally:
        second.end()
    with (tmp_path / "desk" / "results" / pile / "pages.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    assert 0 < read_before < 6 * COPIES
    assert len(rows) == len({(row["source"], row["page"]) for row in rows}) == 6 * COPIES
    assert sum(row["state"] == "read" for row in rows) == 6


def brought_over_the_line(script: Script, data: bytes) -> str:
    """A pile with one file, sent in two chunks; the pile's id."""
    form = "application/x-www-form-urlencoded"
    _, headers, _ = script.ask("POST", "/piles", b"name=Strid", Content_Type=form)
    pile = headers["location"].split("/")[2]
    begun = f"name=a.pdf&size={len(data)}".encode()
    address = script.json("POST", f"/piles/{pile}/uploads", begun, Content_Type=form)["address"]
    half = len(data) // 2
    for offset, chunk in ((0, data[:half]), (half, data[half:])):
        script.json("PATCH", address, chunk, Upload_Offset=str(offset))
    return pile


def states_of(data: Path, pile: str) -> Callable[[], dict[tuple[str, int], str]]:
    """What is read so far, as the database has it."""
    desk = new_desk(data)
    store = desk.store(desk.register.find(pile) or desk.register.add("", ""))
    return store.states


def test_a_pile_that_is_forgotten_while_it_is_read_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    pile = desk.register.add("Prøve", MOMENT)
    brought(desk, pile, "bunke.pdf", as_pdf([scanned(1)]))
    desk.jobs.add(pile.id, JobKind.READ, "da", MOMENT)

    def write_all_when_forgotten(desk: Desk, pile: Pile, voice: Voice) -> None:
        forget_all(desk, pile, "Åse", "da")  # asked for a moment before the worker took the job
        desk.store(pile).keep_files([StoredFile("bunke.pdf", Path("bunke.pdf"), "f" * 64, 1)])
        write_all(desk, pile, voice)

    monkeypatch.setattr("kryds.desk.web.worker.write_all", write_all_when_forgotten)
    assert work_off(desk)

    assert desk.store(pile).files() == ()
    assert [path.name for path in desk.settings.data.rglob("*") if path.is_file() and "desk.db" not in path.name] == []
