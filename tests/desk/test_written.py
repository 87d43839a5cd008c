import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kryds.desk.written import written_whole
from kryds.model.errors import ArgumentError


def test_a_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with written_whole(tmp_path / "a") as file:
        file.write(b"new")
        assert (tmp_path / "a").read_bytes() == b"old"

    assert (tmp_path / "a").read_bytes() == b"new"


def test_after_an_error_all_is_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(TypeError), written_whole(tmp_path / "a") as file:
        file.write("no bytes")  # type: ignore[call-overload]

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]


def test_permissions_are_those_of_any_new_file_or_as_asked(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        for name, mode in (("open", None), ("own", 0o600)):
            with written_whole(tmp_path / name, mode) as file:
                file.write(b"x")
    finally:
        os.umask(before)

    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("open", "own")] == [0o640, 0o600]


def test_a_place_where_nothing_can_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="nowhere/a: cannot be written"), written_whole(tmp_path / "nowhere" / "a"):
        pass


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(ArgumentError, match="a: cannot be written"), written_whole(tmp_path / "a") as file:
        file.write(b"x")

    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_a_killed_process_left_is_cleared_away_by_the_next(tmp_path: Path) -> None:
    killed = f"""
import os, signal
from pathlib import Path
from kryds.desk.written import written_whole
with written_whole(Path({str(tmp_path / "a.csv")!r})) as file:
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", killed], check=False)
    assert len(list(tmp_path.iterdir())) == 1

    with written_whole(tmp_path / "a.csv") as file:
        file.write(b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_what_another_is_writing_is_left_alone(tmp_path: Path) -> None:
    with written_whole(tmp_path / "a.csv") as first:
        first.write(b"first")
        with written_whole(tmp_path / "a.csv") as second:
            second.write(b"second")

    assert (tmp_path / "a.csv").read_bytes() == b"first"
