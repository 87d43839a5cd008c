import stat
from pathlib import Path

import platformdirs
import pytest

from kryds.desk.archive import Archive
from kryds.desk.printing import UNNUMBERED
from kryds.model.errors import ArgumentError
from kryds.model.roster import Person, Roster
from tests.desk.piles import placed

ROSTER = Roster("K7Q2", (Person(1, "Åse Ærø"),))


def test_what_was_printed_is_found_again(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    archive.keep(placed().edition, ROSTER)

    assert list(archive.editions()) == [placed().edition]
    assert list(archive.rosters()) == [ROSTER]


def test_it_is_for_its_owners_eyes_only(tmp_path: Path) -> None:
    Archive(tmp_path / "archive").keep(placed().edition, ROSTER)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*.json")}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*") if path.is_dir()}

    assert (modes, folders) == ({0o600}, {0o700})


def test_plain_numbers_are_no_roster_to_keep(tmp_path: Path) -> None:
    Archive(tmp_path).keep(placed().edition, UNNUMBERED)

    assert list(Archive(tmp_path).rosters()) == []


def test_printing_again_writes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        Archive(tmp_path).keep(placed().edition, UNNUMBERED)
        [path] = (tmp_path / "editions").iterdir()
        inode = path.stat().st_ino
        Archive(tmp_path).keep(placed().edition, UNNUMBERED)
        assert path.stat().st_ino == inode


def test_a_damaged_file_is_passed_over(tmp_path: Path) -> None:
    Archive(tmp_path).keep(placed().edition, ROSTER)
    (tmp_path / "editions" / "00000000.json").write_text("{")
    (tmp_path / "rosters" / "AAAA.json").write_text("{")

    assert len(list(Archive(tmp_path).editions())) == 1
    assert len(list(Archive(tmp_path).rosters())) == 1


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ArgumentError, match=r"file/editions/.*: cannot be written"):
        Archive(tmp_path / "file").keep(placed().edition, UNNUMBERED)


def test_the_users_own_lies_where_the_system_keeps_such_things(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRYDS_HOME", "/somewhere")
    assert Archive.of_user().folder == Path("/somewhere")

    monkeypatch.delenv("KRYDS_HOME")
    assert Archive.of_user().folder == Path(platformdirs.user_data_dir("kryds", appauthor=False))
