from importlib import resources
from pathlib import Path

import pytest

from kryds.samples.bundle import SUMMARY_FILE, make_bundle


def test_the_bundled_summary_is_what_reading_the_bundled_pile_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KRYDS_HOME", str(tmp_path / "home"))
    make_bundle(tmp_path)
    bundled = resources.files("kryds.samples").joinpath(SUMMARY_FILE).read_bytes()

    assert (tmp_path / SUMMARY_FILE).read_bytes() == bundled, "make it again: python -m kryds.samples.bundle samples/"
