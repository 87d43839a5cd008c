"""SPSS: a variable an item, its statement as label, its categories as value labels, ordinal, gaps as user-missing.

An item is coded by the weight of its category, or by the category's number from the left where two weigh the same or a
weight is one of the codes for a gap. Points stand only for a sheet, or a section, that lacks nothing; otherwise they
are system-missing. Where there are sheets of several forms, the variables of a form begin with its name.
"""

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kryds.desk.exports.table import ExportOptions, FormTable, Row, rows_of, tables_of
from kryds.model.errors import ArgumentError
from kryds.model.form import Form
from kryds.model.phrases import Phrases
from kryds.model.reading import AnswerState, SheetStatus
from kryds.model.scores import GroupSummary

#: Codes for an item without points: its page is missing; several crosses, or a person has yet to say; no cross.
PAGE_MISSING, NOT_ONE_CHOICE, BLANK = 97, 98, 99
GAPS = (PAGE_MISSING, NOT_ONE_CHOICE, BLANK)
#: Codes of the status.
STATUSES = {SheetStatus.SCORED: 1, SheetStatus.NEEDS_REVIEW: 2, SheetStatus.INCOMPLETE: 3}
#: The longest variable label and value label that every SPSS shows whole, in bytes of UTF-8.
LABEL_BYTES, VALUE_LABEL_BYTES = 255, 120
#: What the library says, whose errors have no kinds, when the disk takes no more.
CANNOT_WRITE = "Unable to write data"

Value = str | float | None


@dataclass(frozen=True, slots=True)
class Variable:
    """A column: its name, what is shown for it, and its value in a row (None is system-missing)."""

    name: str
    label: str
    of: Callable[[Row], Value]
    measure: str = "scale"
    values: Mapping[int, str] = field(default_factory=dict)
    missing: tuple[int, ...] = ()
    is_text: bool = False


def write_sav(groups: Sequence[GroupSummary], file: BinaryIO, options: ExportOptions) -> None:
    """Writes the file into ``file``. Raises ArgumentError when the extra ``spss`` is not installed."""
    try:
        import polars as pl  # noqa: PLC0415 - an extra, and slow to import
        import pyreadstat  # noqa: PLC0415 - as polars
    except ImportError as error:
        raise ArgumentError('--format sav needs two more packages; run pip install "kryds[spss]"') from error
    tables = tables_of(groups)
    variables = tuple(_variables(tables, options.phrases))
    rows = [row for table in tables for row in rows_of(table)]
    columns = [
        pl.Series(v.name, [v.of(row) for row in rows], dtype=pl.String if v.is_text else pl.Float64) for v in variables
    ]
    with tempfile.TemporaryDirectory() as folder:  # the library writes to a path only
        path = Path(folder) / "sheets.sav"
        try:
            pyreadstat.write_sav(
                pl.DataFrame(columns),
                path,
                column_labels={v.name: _cut(v.label, LABEL_BYTES) for v in variables},
                variable_value_labels={v.name: _value_labels(v) for v in variables if v.values},
                missing_ranges={v.name: list(v.missing) for v in variables if v.missing},
                variable_measure={v.name: v.measure for v in variables},
                variable_format={v.name: "F8.0" for v in variables if not v.is_text},
            )
        except pyreadstat.ReadstatError as error:
            if CANNOT_WRITE not in str(error):
                raise
            raise ArgumentError(f"{folder}: cannot be written, perhaps the disk is full; make room on it") from error
        file.write(path.read_bytes())


def _variables(tables: Sequence[FormTable], phrases: Phrases) -> Iterator[Variable]:
    """The sheet, the person, what became of it, its points; then the sections and items of every form."""

    def column(key: str) -> str:
        return phrases.say(f"export.{key}")

    yield Variable("sheet", column("sheet"), lambda row: row.reading.sheet, "nominal", is_text=True)
    yield Variable("form", column("form"), lambda row: row.table.name, "nominal", is_text=True)
    yield Variable("respondent", column("respondent"), lambda row: row.reading.respondent, "nominal", is_text=True)
    statuses = {code: column(f"status_{status.value}") for status, code in STATUSES.items()}
    yield Variable("status", column("status"), lambda row: STATUSES[row.score.status], "nominal", statuses)
    yield Variable("points", column("points"), lambda row: row.points)
    yield Variable("max_points", column("max_points"), lambda row: row.score.max_points)
    for table in tables:
        prefix = _prefix(table.name) if len(tables) > 1 else ""
        yield from _sections(table, prefix, column("points"))
        yield from _items(table, prefix, phrases)


def _sections(table: FormTable, prefix: str, points: str) -> Iterator[Variable]:
    for index, section in enumerate(table.form.sections):
        of = partial(_section_points, table, index)
        yield Variable(f"{prefix}points_{index + 1}", f"{points}: {section.title}", of)


def _items(table: FormTable, prefix: str, phrases: Phrases) -> Iterator[Variable]:
    codes = codes_of(table.form)
    labels = {code: option.label for code, option in zip(codes, table.form.options, strict=True)}
    gaps = {
        PAGE_MISSING: phrases.say("export.page_missing"),
        NOT_ONE_CHOICE: phrases.say("export.not_one_choice"),
        BLANK: phrases.say("export.blank"),
    }
    for index, item in enumerate(table.form.items):
        of = partial(_code, table, index)
        name = f"{prefix}q{item.id.replace('.', '_')}"
        yield Variable(name, f"{item.id} {item.text}", of, "ordinal", labels | gaps, GAPS)


def codes_of(form: Form) -> tuple[int, ...]:
    """What stands for each category, from the left: its weight where that tells it from the others, else its number."""
    weights = tuple(option.weight for option in form.options)
    tells = len(set(weights)) == len(weights) and not set(weights) & set(GAPS)
    return weights if tells else tuple(range(1, len(weights) + 1))


def _section_points(table: FormTable, index: int, row: Row) -> int | None:
    return row.section_points[index] if row.table is table else None


def _code(table: FormTable, index: int, row: Row) -> int | None:
    """The code of an item; rows of other forms have none."""
    if row.table is not table:
        return None
    answer = row.answers[index]
    if answer is None:
        return PAGE_MISSING
    if answer.choice is not None:
        return codes_of(table.form)[answer.choice - 1]
    return BLANK if answer.state is AnswerState.BLANK else NOT_ONE_CHOICE


def _prefix(name: str) -> str:
    """A form's name as the beginning of a variable's: a letter first, then letters, digits and underscores."""
    plain = re.sub(r"\W", "_", name)
    return f"{plain}_" if plain[0].isalpha() else f"f{plain}_"


def _value_labels(variable: Variable) -> dict[int | float, str]:
    return {float(code): _cut(label, VALUE_LABEL_BYTES) for code, label in variable.values.items()}


def _cut(text: str, room: int) -> str:
    """``text``, or as much of it as has room with an ellipsis; ``room`` in bytes of UTF-8."""
    data = text.encode()
    return text if len(data) <= room else data[: room - len("…".encode())].decode(errors="ignore").rstrip() + "…"
