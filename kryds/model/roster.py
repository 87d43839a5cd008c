"""The people a run of named sheets is printed for."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kryds.model.errors import FormError
from kryds.model.page_code import run_of

#: Headings of the name column, in the languages of our users; compared without regard to case.
NAME_HEADINGS = ("name", "navn")


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
    """The roster in a CSV file (comma or semicolon, UTF-8 or Windows-1252), numbered from ``first``.

    Raises FormError, naming file, line and cure, when there is no name column, a name is empty or nobody is listed.
    """
    data = _bytes_of(path)
    rows = list(_reader(_decoded(data)))
    heading = [cell.strip() for cell in rows[0]] if rows else []
    column = next((i for i, cell in enumerate(heading) if cell.lower() in NAME_HEADINGS), None)
    if column is None:
        raise FormError(f"{path}, line 1: no column is headed {' or '.join(NAME_HEADINGS)}; name one so")
    people: list[Person] = []
    for line, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        name = row[column].strip() if column < len(row) else ""
        if not name:
            raise FormError(f"{path}, line {line}: the name is empty; fill it in or take the row out")
        others = tuple((h, c.strip()) for i, (h, c) in enumerate(zip(heading, row, strict=False)) if i != column)
        people.append(Person(copy=first + len(people), name=name, fields=others))
    if not people:
        raise FormError(f"{path}: nobody is listed under the heading; write one person a line")
    return Roster(run=run_of(data + str(first).encode()), people=tuple(people))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FormError(f"{path}: cannot be opened ({error.strerror}); check the name") from error


def _decoded(data: bytes) -> str:
    """The text of a CSV file: UTF-8 with or without byte-order mark, else what Excel in Denmark saves by default."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _reader(text: str) -> Iterator[list[str]]:
    heading = text.partition("\n")[0]
    return csv.reader(io.StringIO(text, newline=""), delimiter=";" if heading.count(";") > heading.count(",") else ",")
