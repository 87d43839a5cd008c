"""Every command that writes, where nothing can be written: told with the file and a cure, and nothing half done."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kryds.samples.paper.files import as_jpeg
from tests.desk.conftest import Kryds
from tests.desk.piles import scanned

resource = pytest.importorskip("resource")


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow larger than ``size`` bytes: the nearest to a full disk that needs no rights."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def out(kryds: Kryds, tmp_path: Path) -> Path:
    """A result to report and export."""
    (tmp_path / "scan.jpg").write_bytes(as_jpeg(scanned(1)))
    assert kryds("read", "scan.jpg", "-o", "out", "--no-pdf").exit_code == 0
    return tmp_path / "out"


def test_sheets_that_find_no_room_are_not_begun(kryds: Kryds, tmp_path: Path) -> None:
    with room_for(1000):
        told = kryds("print", "ja-nej", "-o", "s.pdf")

    assert told.exit_code == 2
    assert told.stderr == (
        "kryds: s.pdf: cannot be written (File too large); make room on the disk, or name another place\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("size", [5_000, 71_000])
def test_a_store_that_finds_no_room_is_told(kryds: Kryds, tmp_path: Path, size: int) -> None:
    (tmp_path / "scans").mkdir()
    for copy in range(1, 5):
        (tmp_path / "scans" / f"{copy}.jpg").write_bytes(as_jpeg(scanned(copy)))
    with room_for(size):
        told = kryds("read", "scans", "-o", "out", "--no-pdf", "--jobs", "1")

    assert told.exit_code == 2
    assert "out/kryds.db: the store cannot be used" in told.stderr
    assert told.stderr.endswith("that the disk is not full\n")


@pytest.mark.parametrize(
    ("command", "file"),
    [
        (("report", "out"), "answers.csv"),
        (("export", "out", "--format", "csv"), "export.csv"),
        (("export", "out", "--format", "xlsx"), "export.xlsx"),
        (("export", "out", "--format", "json"), "export.json"),
    ],
)
def test_results_that_find_no_room_leave_those_before(
    kryds: Kryds, out: Path, command: tuple[str, ...], file: str
) -> None:
    (out / file).write_bytes(b"before")
    with room_for(50):
        told = kryds(*command)

    assert told.exit_code == 2
    assert f"out/{file}: cannot be written (File too large)" in told.stderr
    assert (out / file).read_bytes() == b"before"
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


@pytest.mark.usefixtures("out")
def test_spss_that_finds_no_room_is_told(kryds: Kryds) -> None:
    pytest.importorskip("pyreadstat")
    with room_for(50):
        told = kryds("export", "out", "--format", "sav")

    assert told.exit_code == 2
    assert "perhaps the disk is full" in told.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("print", "ja-nej", "-o", "nowhere/s.pdf"),
        ("print", "ja-nej", "-o", "home"),
        ("read", "scan.jpg", "-o", "scan.jpg"),
        ("read", "scan.jpg", "-o", "scan.jpg/out"),
        ("report", "scan.jpg"),
        ("export", "out", "--format", "csv", "-o", "nowhere/e.csv"),
    ],
)
@pytest.mark.usefixtures("out")
def test_a_place_that_is_none_is_named(kryds: Kryds, command: tuple[str, ...]) -> None:
    told = kryds(*command)
    place = next(word for word in reversed(command) if word.split("/")[0] in ("nowhere", "home", "scan.jpg"))

    assert told.exit_code == 2
    assert place in told.stderr


def test_a_store_in_the_way_of_which_a_folder_lies_is_told(kryds: Kryds, tmp_path: Path) -> None:
    (tmp_path / "scan.jpg").write_bytes(as_jpeg(scanned(1)))
    (tmp_path / "out" / "kryds.db").mkdir(parents=True)

    assert "out/kryds.db: the store cannot be used" in kryds("read", "scan.jpg", "-o", "out").stderr


def test_an_old_summary_that_cannot_be_removed_is_told(kryds: Kryds, tmp_path: Path) -> None:
    (tmp_path / "out" / "summary.pdf").mkdir(parents=True)
    told = kryds("read", "nothing.jpg", "-o", "out")

    assert told.exit_code == 2
    assert "out/summary.pdf: cannot be removed" in told.stderr
