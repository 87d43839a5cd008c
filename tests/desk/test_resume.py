"""A reading that is killed and begun again ends as one that nobody disturbed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kryds.desk.archive import Archive
from kryds.desk.printing import UNNUMBERED
from kryds.samples.paper.files import as_pdf
from tests.desk.piles import foreign, placed, scanned

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")

Moment = Callable[[Path], bool]


def pages_kept(at_least: int) -> Moment:
    """When so many pages are in the store."""

    def reached(out: Path) -> bool:
        if not (out / "kryds.db").exists():
            return False
        try:
            with sqlite3.connect(f"file:{out / 'kryds.db'}?mode=ro", uri=True) as store:
                return bool(store.execute("select count(*) from pages").fetchone()[0] >= at_least)
        except sqlite3.OperationalError:
            return False

    return reached


MOMENTS: dict[str, Moment] = {
    "as the store is made": lambda out: (out / "kryds.db").exists(),
    "after the first page": pages_kept(1),
    "in the midst of reading": pages_kept(17),
    "as the tables are written": lambda out: any(out.glob(".answers.csv*")) or (out / "answers.csv").exists(),
    "as the PDFs are written": lambda out: any(out.glob(".summary.pdf*")) or (out / "summary.pdf").exists(),
}


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty pages: sheets, sheets again with another answer, and a stranger."""
    folder = tmp_path_factory.mktemp("pile")
    sheets = [scanned(copy) for copy in (1, 2, 3, 4)]
    again = [scanned(1, 2), scanned(2, 3)]
    (folder / "a.pdf").write_bytes(as_pdf([*sheets, *again, foreign()] * 4))
    (folder / "b.pdf").write_bytes(as_pdf(sheets * 3))
    return folder


def start(pile: Path, out: Path, jobs: int) -> "subprocess.Popen[bytes]":
    home = pile / "home"
    Archive(home).keep(placed().edition, UNNUMBERED)
    command = [sys.executable, "-m", "kryds", "read", "a.pdf", "b.pdf", "-o", str(out), "--jobs", str(jobs)]
    surroundings = {**os.environ, "KRYDS_HOME": str(home)}
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=pile, env=surroundings, stdout=quiet, stderr=quiet)


def written(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.suffix in (".csv", ".pdf")}


def stored(out: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(out / "kryds.db") as store:
        return store.execute("select * from pages order by sha256, page_index").fetchall()


@pytest.fixture(scope="module")
def undisturbed(pile: Path) -> Path:
    assert start(pile, pile / "undisturbed", 1).wait() == 0
    return pile / "undisturbed"


@pytest.mark.parametrize("killed", [*((moment, 2) for moment in MOMENTS), ("in the midst of reading", 1)])
def test_killed_at_any_moment_and_begun_again_it_ends_with_the_same_bytes(
    pile: Path, undisturbed: Path, tmp_path: Path, killed: tuple[str, int]
) -> None:
    (moment, jobs), out = killed, tmp_path / "out"
    with start(pile, out, jobs) as reading:
        while reading.poll() is None and not MOMENTS[moment](out):
            time.sleep(0.002)
        reading.send_signal(signal.SIGKILL)
    assert reading.returncode == -signal.SIGKILL, "it had ended before it was killed"
    assert start(pile, out, jobs).wait() == 0

    assert written(out) == written(undisturbed)
    assert stored(out) == stored(undisturbed)


def test_two_scans_of_a_sheet_that_disagree_are_both_kept_and_neither_wins(undisturbed: Path) -> None:
    answers = (undisturbed / "answers.csv").read_text(encoding="utf-8-sig").splitlines()
    pages = (undisturbed / "pages.csv").read_text(encoding="utf-8-sig").splitlines()

    assert [line for line in answers if line.startswith("a.pdf,1,")] == ["a.pdf,1,ja-nej,1,,1.1,,,,doubtful,0.5,reader"]
    assert len([line for line in pages if ",duplicate," in line]) > 10
    assert len(stored(undisturbed)) == 40


def test_ctrl_c_stops_cleanly_and_the_same_command_goes_on(pile: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with start(pile, out, 2) as reading:
        while not MOMENTS["after the first page"](out):
            time.sleep(0.002)
        reading.send_signal(signal.SIGINT)
    assert reading.returncode == 130
    assert start(pile, out, 2).wait() == 0

    assert written(out) == written(undisturbed)
