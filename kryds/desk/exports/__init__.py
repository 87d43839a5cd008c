"""Tables for other programs, one format a file; the command line takes its choices from FORMATS."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from kryds.desk.exports.csv import write_csv
from kryds.desk.exports.json import write_json
from kryds.desk.exports.sav import write_sav
from kryds.desk.exports.table import ExportOptions, Writer
from kryds.desk.exports.xlsx import write_xlsx
from kryds.desk.written import written_whole
from kryds.model.scores import GroupSummary

__all__ = ["FORMATS", "ExportOptions", "Writer", "export"]

#: Every format by the name it has on the command line, which is also how the file's name ends.
FORMATS: Mapping[str, Writer] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "json": write_json,
    "sav": write_sav,
}


def export(format_name: str, groups: Sequence[GroupSummary], path: Path, options: ExportOptions) -> None:
    """Writes ``groups`` into ``path`` as the format named (a key of FORMATS): the whole file, or none at all.

    Raises ArgumentError when the file cannot be written, or a package the format needs is not installed; a file that
    stood there before is then as it was.
    """
    with written_whole(path) as file:
        FORMATS[format_name](groups, file, options)
