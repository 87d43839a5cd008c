from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kryds.desk.archive import Archive
from kryds.desk.cli import cli
from kryds.desk.printing import UNNUMBERED
from kryds.desk.voice import LOCALE_VARIABLES
from tests.desk.piles import placed

Kryds = Callable[..., Result]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of one's own, and English whatever this machine speaks."""
    folder = tmp_path / "home"
    monkeypatch.setenv("KRYDS_HOME", str(folder))
    monkeypatch.delenv("KRYDS_LANGUAGE", raising=False)
    for name in LOCALE_VARIABLES:
        monkeypatch.setenv(name, "C.UTF-8")
    return folder


@pytest.fixture
def kryds(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Kryds:
    """Runs a command in ``tmp_path``, where ja-nej was printed before; a bug keeps its traceback."""
    monkeypatch.chdir(tmp_path)
    Archive(home).keep(placed().edition, UNNUMBERED)

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)

    return run
