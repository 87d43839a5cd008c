"""The two commands that set everything up, and the lists they install from."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).parents[1]
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SCRIPTS = ("demo", "test", ".ci/run", ".ci/lock", ".ci/environment.sh")
LISTS = ("requirements.txt", "requirements-dev.txt", ".ci/requirements-uv.txt")


def pins(name: str) -> dict[str, set[str]]:
    """The versions pinned for each package; more than one where it differs by Python or system."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(
        r"^([\w.-]+)==([^\s;\\]+)", (HOUSE / name).read_text(encoding="utf-8"), re.MULTILINE
    ):
        found.setdefault(package, set()).add(version)
    return found


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("requirements.txt", PROJECT["dependencies"]),
        ("requirements-dev.txt", sum(PROJECT["optional-dependencies"].values(), PROJECT["dependencies"])),
    ],
)
def test_every_dependency_is_pinned_to_a_version_that_will_do(name: str, wanted: list[str]) -> None:
    pinned = pins(name)
    for requirement in map(Requirement, wanted):
        versions = pinned.get(canonicalize_name(requirement.name), set())

        assert versions, f"{requirement.name} is not in {name}; run .ci/lock"
        assert all(requirement.specifier.contains(version) for version in versions), f"{name}: run .ci/lock"


def test_what_is_tested_is_what_is_installed() -> None:
    tested = pins("requirements-dev.txt")

    assert {name: tested.get(name) for name in pins("requirements.txt")} == pins("requirements.txt")


@pytest.mark.parametrize("name", LISTS)
def test_every_pin_has_a_hash_and_no_list_names_a_host(name: str) -> None:
    text = (HOUSE / name).read_text(encoding="utf-8")

    assert "://" not in text
    for pin in re.split(r"\n(?=\w)", text.split("\n#")[-1].partition("\n")[2]):
        assert "--hash=sha256:" in pin, pin.splitlines()[0]


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_clean_in_the_eyes_of_shellcheck(name: str) -> None:
    if not shutil.which("shellcheck"):
        pytest.skip("needs shellcheck: apt-get install shellcheck")
    found = subprocess.run(["shellcheck", "-x", name], cwd=HOUSE, capture_output=True, text=True, check=False)

    assert found.stdout == ""


def test_without_python_the_cure_is_told(tmp_path: Path) -> None:
    for tool in ("sh", "dirname", "cat", "cksum", "rm", "basename"):
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n")
    (tmp_path / "id").chmod(0o755)
    house = tmp_path / "house"
    (house / ".ci").mkdir(parents=True)
    for name in ("demo", ".ci/environment.sh", "requirements.txt", "pyproject.toml", "setup.py"):
        shutil.copy(HOUSE / name, house / name)

    told = subprocess.run([house / "demo"], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)

    assert told.returncode == 1
    assert "sudo apt-get install python3 python3-venv" in told.stderr
