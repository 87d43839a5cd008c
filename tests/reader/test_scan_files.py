from pathlib import Path

import pytest

from kryds.reader.scan_files import scan_files


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    names = (
        "b.pdf",
        "A.TIF",
        "mandag/b.pdf",
        "mandag/c.jpeg",
        "notes.txt",
        "._b.pdf",
        ".cache/d.png",
        "svar/annotated.pdf",
    )
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def sources(*paths: Path, leave_out: Path | None = None) -> list[str]:
    return [file.source for file in scan_files(paths, leave_out=leave_out)]


def test_a_folder_stands_for_the_scans_in_it_and_below_it(pile: Path) -> None:
    assert sources(pile) == ["A.TIF", "b.pdf", "mandag/b.pdf", "c.jpeg", "annotated.pdf"]


def test_the_folder_of_the_results_is_not_walked_into(pile: Path) -> None:
    assert "annotated.pdf" not in sources(pile, leave_out=pile / "svar")


def test_a_file_named_outright_is_taken_whatever_its_ending(pile: Path) -> None:
    assert sources(pile / "notes.txt", pile / "gone.pdf") == ["notes.txt", "gone.pdf"]


def test_a_file_named_twice_comes_once(pile: Path) -> None:
    assert sources(pile / "b.pdf", pile / "mandag" / ".." / "b.pdf") == ["b.pdf"]


def test_files_keep_the_order_they_are_named_in(pile: Path) -> None:
    assert sources(pile / "mandag", pile / "A.TIF") == ["b.pdf", "c.jpeg", "A.TIF"]


def test_files_of_one_name_are_told_apart_by_their_paths(pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pile)

    assert sources(Path("b.pdf"), Path("mandag/b.pdf")) == ["b.pdf", "mandag/b.pdf"]


def test_files_of_one_name_and_one_place_are_told_apart_by_the_folders_given(tmp_path: Path) -> None:
    for folder in ("uge 1", "uge 2"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "scan.pdf").touch()

    found = sources(tmp_path / "uge 1", tmp_path / "uge 2")

    assert found == [(tmp_path / week / "scan.pdf").as_posix() for week in ("uge 1", "uge 2")]


def test_a_folder_without_scans_is_kept_so_that_it_can_be_told(tmp_path: Path) -> None:
    assert sources(tmp_path) == [tmp_path.name]
