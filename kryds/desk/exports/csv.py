"""One wide table: a row a sheet, a column an item. The columns are those of sheets.csv, and what lacks in numbers.

    sheet, form, respondent, status, score, max_score, answered, blank, multiple, awaiting,
    n_<category> …, score_<section> …, <item> …

``score`` is empty unless the sheet is complete, and a section's unless all of it is answered, so that no mean is taken
over totals that lack items. An item's cell holds its points, or nothing. UTF-8 with byte-order mark, RFC 4180. Where
there are sheets of several forms, the columns of a form bear its name before a colon.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from kryds.desk.exports.table import ExportOptions, FormTable, Row, harmless, rows_of, tables_of
from kryds.model.scores import GroupSummary

FIXED = ("sheet", "form", "respondent", "status", "score", "max_score", "answered", "blank", "multiple", "awaiting")


def write_csv(groups: Sequence[GroupSummary], file: BinaryIO, options: ExportOptions) -> None:
    """Writes the table into ``file``, cells parted by a comma or, if so wanted, a semicolon."""
    tables = tables_of(groups)
    headings = {table.name: list(_headings(table, alone=len(tables) == 1)) for table in tables}
    text = io.StringIO(newline="")
    columns = [*FIXED, *(heading for own in headings.values() for heading in own)]
    writer = csv.DictWriter(text, columns, restval="", delimiter=";" if options.semicolon else ",")
    writer.writeheader()
    for table in tables:
        for row in rows_of(table):
            writer.writerow(dict(zip([*FIXED, *headings[table.name]], _cells(row), strict=True)))
    file.write(text.getvalue().encode("utf-8-sig"))


def _headings(table: FormTable, *, alone: bool) -> Iterator[str]:
    prefix = "" if alone else f"{table.name}:"
    yield from (f"{prefix}n_{option.id}" for option in table.form.options)
    yield from (f"{prefix}score_{number}" for number, _ in enumerate(table.form.sections, start=1))
    yield from (f"{prefix}{item.id}" for item in table.form.items)


def _cells(row: Row) -> Iterator[str | int | None]:
    score = row.score
    yield from (row.reading.sheet, row.table.form.id, harmless(row.reading.respondent), score.status.value)
    yield from (row.points, score.max_points, score.answered, score.blank, row.multiple, score.awaiting)
    yield from (count.crosses for count in score.counts)
    yield from row.section_points
    yield from row.item_points
