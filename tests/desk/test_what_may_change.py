"""What may change between two commands on the same results, and what may go wrong on a single page."""

import csv
from pathlib import Path

import pytest

from kryds.model.roster import Person, Roster
from kryds.reader.read import read_page
from kryds.samples.paper.files import as_jpeg
from tests.desk.conftest import Kryds
from tests.desk.piles import printed, scanned


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_names_that_come_late_are_put_to_sheets_read_before(kryds: Kryds, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(printed(roster=Roster("K7Q2", (Person(1, "Åse"), Person(2, "Bo")))))
    kryds("read", "scan.pdf", "-o", "out", "--no-pdf")
    before = [row["respondent"] for row in rows(tmp_path / "out" / "sheets.csv")]
    kryds("read", "scan.pdf", "-o", "out", "--no-pdf", "--printed", "scan.pdf")

    assert before == ["", ""]
    assert [row["respondent"] for row in rows(tmp_path / "out" / "sheets.csv")] == ["Åse", "Bo"]


def test_nothing_is_drawn_on_a_scan_that_is_another_by_now(kryds: Kryds, tmp_path: Path) -> None:
    (tmp_path / "scan.jpg").write_bytes(as_jpeg(scanned(1)))
    kryds("read", "scan.jpg", "-o", "out")
    (tmp_path / "scan.jpg").write_bytes(as_jpeg(scanned(2)))
    told = kryds("report", "out")

    assert told.exit_code == 3
    assert "scan.jpg: The file has changed since it was read" in told.stderr
    assert not (tmp_path / "out" / "annotated.pdf").exists()
    assert [row["sheet"] for row in rows(tmp_path / "out" / "sheets.csv")] == ["1"]


def test_a_page_the_reader_has_a_bug_for_costs_one_page_and_is_told_as_a_bug(
    kryds: Kryds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = ("read", *(tmp_path / f"{copy}.jpg" for copy in (1, 2)), "-o", "out", "--no-pdf")
    for copy in (1, 2):
        (tmp_path / f"{copy}.jpg").write_bytes(as_jpeg(scanned(copy)))
    with monkeypatch.context() as broken:
        broken.setattr(
            "kryds.reader.read.read_page",
            lambda page, known, **_: read_page(page, known) if "2" in page.source else 1 / 0,
        )
        told = kryds(*read)

    assert (told.exit_code, "ZeroDivisionError" in told.stderr) == (1, True)
    assert [row["state"] for row in rows(tmp_path / "out" / "pages.csv")] == ["unreadable", "read"]
    assert kryds(*read).exit_code == 0
