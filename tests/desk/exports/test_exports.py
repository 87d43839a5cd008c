from pathlib import Path

import pytest

from kryds.desk.exports import FORMATS, ExportOptions, export
from kryds.model.errors import ArgumentError
from tests.desk.exports.groups import DANISH, GROUP, written

OPTIONS = ExportOptions(DANISH)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_its_file(name: str, tmp_path: Path) -> None:
    export(name, [GROUP], tmp_path / f"ark.{name}", OPTIONS)

    assert [path.name for path in tmp_path.iterdir()] == [f"ark.{name}"]
    assert len((tmp_path / f"ark.{name}").read_bytes()) >= len(written(name)) > 0


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ark.csv"
    path.write_text("before")
    monkeypatch.setattr("kryds.desk.exports.csv.rows_of", lambda _: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        export("csv", [GROUP], path, OPTIONS)

    assert [each.read_text() for each in tmp_path.iterdir()] == ["before"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="nowhere"):
        export("json", [GROUP], tmp_path / "nowhere" / "ark.json", OPTIONS)
