from pathlib import Path

import pytest

from kryds.desk.printed import open_printed
from kryds.model.errors import ArgumentError
from kryds.model.roster import Person, Roster
from kryds.samples.paper.files import as_pdf
from tests.desk.piles import placed, printed, scanned


def test_a_printed_pdf_tells_its_edition(tmp_path: Path) -> None:
    (tmp_path / "s.pdf").write_bytes(printed(1))
    found = open_printed(tmp_path / "s.pdf")

    assert (found.edition, found.roster) == (placed().edition, None)


def test_named_sheets_tell_whose_they_are(tmp_path: Path) -> None:
    roster = Roster("K7Q2", (Person(1, "Åse"), Person(2, "Bo")))
    (tmp_path / "s.pdf").write_bytes(printed(roster=roster))

    assert open_printed(tmp_path / "s.pdf").roster == roster


def test_a_scan_is_not_the_printed_pdf(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(as_pdf([scanned(1)]))
    with pytest.raises(ArgumentError, match="holds no edition; name the file kryds print wrote"):
        open_printed(tmp_path / "scan.pdf")


def test_what_is_no_pdf_is_told(tmp_path: Path) -> None:
    (tmp_path / "s.pdf").write_bytes(b"no PDF at all")
    with pytest.raises(ArgumentError, match="is not a PDF"):
        open_printed(tmp_path / "s.pdf")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="No such file"):
        open_printed(tmp_path / "s.pdf")
