"""Excel: for each form the sheets wide, then all answers long, then a codebook; headings in the user's language.

Every text is written as text, so a name that begins with an equals sign stays a name. An item without points says why
in words, which sums and means pass over. The same sheets give the same bytes.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from kryds.desk.exports.table import ExportOptions, FormTable, Row, rows_of, tables_of
from kryds.model.phrases import Phrases
from kryds.model.reading import READER, Answer
from kryds.model.scores import GroupSummary

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

#: Letters of the longest name of a worksheet, and the name Excel keeps for itself.
_NAME_LETTERS, _EXCELS_OWN = 31, "history"
#: Widths in letters: what fits its content between the two, longer texts are wrapped.
_NARROWEST, _WIDEST = 6, 60
#: A workbook says when it was made; ours says the first day the format can say.
_MADE = datetime(1980, 1, 1, tzinfo=UTC)

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A table: its name, its headings, its rows, and how many columns stay when the rest is scrolled."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    frozen_columns: int = 0


def write_xlsx(groups: Sequence[GroupSummary], file: BinaryIO, options: ExportOptions) -> None:
    """Writes the workbook into ``file``."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only who wants a workbook pays for it

    tables = tables_of(groups)
    done = io.BytesIO()  # the library, when the disk is full, would try again and again
    with Workbook(done, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE.replace(tzinfo=None)})
        for table in tables:
            _write(book, _wide(table, options.phrases))
        _write(book, _long(tables, options.phrases))
        _write(book, _codebook(tables, options.phrases))
    file.write(done.getvalue())


def _wide(table: FormTable, phrases: Phrases) -> Worksheet:
    def say(key: str) -> str:
        return phrases.say(f"export.{key}")

    form = table.form
    headings = (
        *(say(key) for key in ("sheet", "respondent", "status", "points", "max_points")),
        *(say(key) for key in ("answered", "blank", "multiple", "awaiting")),
        *(option.label for option in form.options),
        *(phrases.say("export.section_points", number=number) for number, _ in enumerate(form.sections, start=1)),
        *(item.id for item in form.items),
    )
    rows = tuple(tuple(_wide_cells(row, phrases)) for row in rows_of(table))
    return Worksheet(_name(table, phrases), headings, rows, frozen_columns=2)


def _name(table: FormTable, phrases: Phrases) -> str:
    """The form's name, told apart from the worksheets that have theirs already."""
    taken = {phrases.say(f"export.worksheet_{key}").lower() for key in ("answers", "codebook")} | {_EXCELS_OWN}
    return f"{table.name}-1" if table.name in taken else table.name[-_NAME_LETTERS:]


def _wide_cells(row: Row, phrases: Phrases) -> Iterator[Cell]:
    score = row.score
    yield from (row.reading.sheet, row.reading.respondent, phrases.say(f"export.status_{score.status.value}"))
    yield from (row.points, score.max_points, score.answered, score.blank, row.multiple, score.awaiting)
    yield from (count.crosses for count in score.counts)
    yield from row.section_points
    for answer, points in zip(row.answers, row.item_points, strict=True):
        yield _state(answer, phrases) if points is None else points


def _long(tables: Sequence[FormTable], phrases: Phrases) -> Worksheet:
    keys = ("form", "sheet", "respondent", "item", "statement", "category", "points", "state", "decided_by")
    headings = tuple(phrases.say(f"export.{key}") for key in (*keys, "confidence", "source", "page"))
    rows = tuple(cells for table in tables for row in rows_of(table) for cells in _long_rows(row, phrases))
    return Worksheet(phrases.say("export.worksheet_answers"), headings, rows)


def _long_rows(row: Row, phrases: Phrases) -> Iterator[tuple[Cell, ...]]:
    form, places = row.table.form, row.places
    for item, answer, points in zip(form.items, row.answers, row.item_points, strict=True):
        category = form.options[answer.choice - 1].label if answer and answer.choice else None
        decided_by = answer.decided_by if answer else None
        yield (
            row.table.name,
            row.reading.sheet,
            row.reading.respondent,
            item.id,
            item.text,
            category,
            points,
            _state(answer, phrases),
            phrases.say("export.reader") if decided_by == READER else decided_by,
            answer.confidence if answer else None,
            *places.get(item.id, (None, None)),
        )


def _codebook(tables: Sequence[FormTable], phrases: Phrases) -> Worksheet:
    headings = tuple(phrases.say(f"export.{key}") for key in ("form", "column", "meaning", "values"))
    rows = []
    for table in tables:
        form = table.form
        weights = [option.weight for option in form.options]
        values = ", ".join(f"{option.weight} = {option.label}" for option in form.options)
        for number, section in enumerate(form.sections, start=1):
            least, most = (len(section.items) * weight for weight in (min(weights), max(weights)))
            heading = phrases.say("export.section_points", number=number)
            rows.append((table.name, heading, section.title, phrases.say("export.up_to", min=least, max=most)))
        rows += [(table.name, item.id, item.text, values) for item in form.items]
    return Worksheet(phrases.say("export.worksheet_codebook"), headings, tuple(rows))


def _state(answer: Answer | None, phrases: Phrases) -> str:
    """What became of an item, in words."""
    if answer is None:
        return phrases.say("export.page_missing")
    return phrases.say("export.awaits" if answer.is_open else f"export.state_{answer.state.value}")


def _write(book: "Workbook", table: Worksheet) -> None:
    sheet = book.add_worksheet(table.name)
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#E7EFF1"})
    text = book.add_format({"valign": "top", "text_wrap": True})
    number = book.add_format({"valign": "top"})
    for column, name in enumerate(table.headings):
        cells = [row[column] for row in table.rows]
        sheet.set_column(column, column, _width(name, cells))
        sheet.write_string(0, column, name, heading)
        for line, cell in enumerate(cells, start=1):
            if isinstance(cell, str):
                sheet.write_string(line, column, cell, text)
            elif cell is not None:
                sheet.write_number(line, column, cell, number)
    sheet.freeze_panes(1, table.frozen_columns)
    sheet.autofilter(0, 0, len(table.rows), len(table.headings) - 1)


def _width(heading: str, cells: Sequence[Cell]) -> int:
    """Letters that show the longest word of the heading beside the filter's button, and the longest cell."""
    word = max(len(part) for part in heading.split()) + 4
    longest = max((len(str(cell)) + 2 for cell in cells if cell is not None), default=0)
    return min(max(_NARROWEST, word, longest), _WIDEST)
