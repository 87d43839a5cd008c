"""The wheel, built from what the source archive holds, prints and reads in a clean environment outside the checkout."""

import csv
import os
import shutil
import subprocess
import sys
import tarfile
import venv
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
BUILD = "import sys, setuptools.build_meta as backend; print(getattr(backend, 'build_' + sys.argv[1])(sys.argv[2]))"
LEFT_BEHIND = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "build", "*.egg-info", "out"
)

pytestmark = pytest.mark.slow


def run(*command: str | Path, folder: Path) -> str:
    """What the command prints; the checkout is not on its path."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(kind: str, source: Path, folder: Path) -> Path:
    return folder / run(sys.executable, "-c", BUILD, kind, folder, folder=source).splitlines()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built the long way: checkout, source archive, wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(HOUSE, folder / "checkout", symlinks=True, ignore=LEFT_BEHIND)
    archive = build("sdist", folder / "checkout", folder)
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return build("wheel", folder / archive.name.removesuffix(".tar.gz"), folder)


@pytest.fixture(scope="module")
def kryds(wheel: Path) -> Path:
    """The command of a kryds that was installed from the wheel, with the versions the list pins."""
    home = wheel.parent / "elsewhere"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    install: list[str | Path] = [sys.executable, "-m", "uv", "pip", "install", "-q", "--python", python]
    try:
        run(*install[:3], "--version", folder=wheel.parent)
    except AssertionError:
        install = [python, "-m", "pip", "install", "-q"]
    run(*install, "--require-hashes", "-r", HOUSE / "requirements.txt", folder=wheel.parent)
    run(*install, "--no-deps", wheel, folder=wheel.parent)
    return home / "bin" / "kryds"


def test_the_forms_come_along(kryds: Path) -> None:
    assert "mus-leder" in run(kryds, "forms", folder=kryds.parent)


def test_it_prints_a_sheet_and_reads_it_back(kryds: Path, tmp_path: Path) -> None:
    run(kryds, "print", "mus-leder", "-o", "sheet.pdf", "--copies", "2", folder=tmp_path)
    run(kryds, "read", "sheet.pdf", "-o", "out", folder=tmp_path)
    with (tmp_path / "out" / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    assert [(row["sheet"], row["state"]) for row in rows] == [(sheet, "blank") for sheet in "12" for _ in range(20)]
    assert (tmp_path / "out" / "summary.pdf").stat().st_size > 0


def test_it_claims_no_name_but_its_own(kryds: Path) -> None:
    packages = next((kryds.parents[1] / "lib").glob("python3*/site-packages"))

    assert (packages / "kryds" / "reader").is_dir()
    assert not any((packages / name).exists() for name in ("reader", "generator", "templates", "samples", "tests"))
