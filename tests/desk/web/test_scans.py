from pathlib import Path

import pytest

from kryds.desk.web.scans import Scans
from kryds.model.errors import ArgumentError


@pytest.fixture(params=["folder", "memory"])
def scans(request: pytest.FixtureRequest, tmp_path: Path) -> Scans:
    url = str(tmp_path / "scans") if request.param == "folder" else f"memory://{tmp_path.name}"
    return Scans(url, tmp_path / "copies")


def kept(scans: Scans, tmp_path: Path, key: str = "k.pdf") -> None:
    (tmp_path / "part").write_bytes(b"data")
    scans.keep("pile", key, tmp_path / "part")


def test_what_is_kept_is_there_again_and_gone_from_where_it_was(scans: Scans, tmp_path: Path) -> None:
    kept(scans, tmp_path)

    assert not (tmp_path / "part").exists()
    assert scans.path("pile", "k.pdf").read_bytes() == b"data"


def test_copies_of_what_lies_elsewhere_are_let_go(scans: Scans, tmp_path: Path) -> None:
    kept(scans, tmp_path)
    scans.path("pile", "k.pdf")
    scans.let_go("pile")

    assert not list(tmp_path.glob("copies/**/*.pdf"))
    assert scans.path("pile", "k.pdf").read_bytes() == b"data"


def test_a_pile_is_dropped_whole_and_may_be_dropped_again(scans: Scans, tmp_path: Path) -> None:
    kept(scans, tmp_path)
    scans.path("pile", "k.pdf")
    scans.drop("pile")
    scans.drop("pile")

    with pytest.raises(FileNotFoundError):
        scans.path("pile", "k.pdf").read_bytes()


def test_a_place_nobody_knows_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="--scans nowhere://x"):
        Scans("nowhere://x", tmp_path).drop("pile")
