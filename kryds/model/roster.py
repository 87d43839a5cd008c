"""The people a run of named sheets is printed for."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kryds.model.errors import FormError
from kryds.model.form import plain
from kryds.model.page_code import run_of

#: Headings of the name column, in the languages of our users; compared without regard to case.
NAME_HEADINGS = ("name", "navn")
#: The most letters of a name; longer ones are a list that lost its separators.
MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class Person:
    """One row of a roster: the sheet's number in the run, the name printed on it, and the row's other columns."""

    copy: int
    name: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """People and the run that keeps their sheet numbers apart from those of other rosters."""

    run: str
    people: tuple[Person, ...]

    def to_json(self) -> bytes:
        """The roster as UTF-8 JSON."""
        return _ADAPTER.dump_json(self)

    @staticmethod
    def from_json(data: bytes, source: str) -> "Roster":
        """The roster ``to_json`` wrote. ``source`` names where it was found, for the FormError if it is damaged."""
        try:
            return _ADAPTER.validate_json(data)
        except ValidationError as error:
            raise FormError(f"{source}: this is not a roster kryds wrote ({error.error_count()} faults)") from error


_ADAPTER = TypeAdapter(Roster)


def load_roster(path: Path, first: int) -> Roster:
    """The roster in a CSV file (comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252), numbered from ``first``.

    Raises FormError, naming file, line and cure, when there is no name column, a name is empty or far too long, a row
    has more cells than there are headings, or nobody is listed.
    """
    data = _bytes_of(path)
    rows = _rows(path, _decoded(path, data))
    top, heading = next(rows, (1, []))
    column = next((i for i, cell in enumerate(heading) if cell.lower() in NAME_HEADINGS), None)
    if column is None:
        found = f"found {', '.join(cell or '(empty)' for cell in heading)}" if heading else "the file is empty"
        raise FormError(f"{path}, line {top}: no column is headed {' or '.join(NAME_HEADINGS)} ({found}); name one so")
    people: list[Person] = []
    for line, row in rows:
        if fault := _fault(heading, row, column):
            raise FormError(f"{path}, line {line}: {fault}")
        others = tuple((h, cell) for i, (h, cell) in enumerate(zip(heading, row, strict=False)) if i != column)
        people.append(Person(copy=first + len(people), name=row[column], fields=others))
    if not people:
        raise FormError(f"{path}, line {top}: nobody is listed under the heading; write one person to a line")
    return Roster(run=run_of(data + str(first).encode()), people=tuple(people))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FormError(f"{path}: cannot be opened ({error.strerror}); check the name") from error


def _decoded(path: Path, data: bytes) -> str:
    """The text of a CSV file: what spreadsheets save as UTF-8 or Unicode, else what Excel in Denmark saves."""
    marked_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked_utf16 else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FormError(f"{path}: the text cannot be read; save it as CSV UTF-8")


def _rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Line (from 1) and cells of every row that is not empty; Excel's own first line ``sep=;`` is not a row."""
    heading = next((line for line in text.splitlines() if line.strip() and not line.startswith("sep=")), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=heading.count))
    while True:
        line = reader.line_num + 1
        try:
            row = [plain(cell) for cell in next(reader)]
        except StopIteration:
            return
        except (csv.Error, ValueError) as error:
            raise FormError(f"{path}, line {line}: {error}; save the list as CSV again") from error
        if any(row) and not row[0].startswith("sep="):
            yield line, row


def _fault(heading: list[str], row: list[str], name_column: int) -> str:
    """What is wrong with a row, and the cure; empty when nothing is."""
    if any(row[len(heading) :]):
        return f"has {len(row)} cells under {len(heading)} headings; put a cell that holds a separator in quotes"
    if name_column >= len(row) or not row[name_column]:
        return "the name is empty; fill it in, or take the row out"
    if len(row[name_column]) > MAX_NAME:
        return f"the name is {len(row[name_column])} letters long; shorten it to {MAX_NAME} at most"
    return ""
