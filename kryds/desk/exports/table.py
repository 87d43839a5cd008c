"""What the formats share: the sheets of one form as rows, and what stands where points are lacking."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from kryds.model.edition import Edition
from kryds.model.form import Form
from kryds.model.phrases import Phrases
from kryds.model.reading import Answer, AnswerState, SheetReading
from kryds.model.scores import GroupSummary, ScoredSheet, SheetScore

#: A text that begins so is taken for a formula by spreadsheets that open a CSV file (OWASP, CSV injection).
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How to write.

    ``phrases`` names columns and states where people read them; ``semicolon`` parts the cells of a CSV file as Excel
    wants them in countries with a decimal comma.
    """

    phrases: Phrases
    semicolon: bool = False


class Writer(Protocol):
    """Writes one format."""

    def __call__(self, groups: Sequence[GroupSummary], file: BinaryIO, options: ExportOptions, /) -> None:
        """Writes ``groups`` into ``file``, which stays open."""


@dataclass(frozen=True)
class FormTable:
    """All sheets of one form, whatever language they were printed in.

    ``name`` is the form's id; where forms of the same id differ in version, weights or number of statements, the
    digest of the first edition tells them apart.
    """

    name: str
    form: Form
    sheets: tuple[ScoredSheet, ...]


@dataclass(frozen=True)
class Row:
    """One sheet. ``answers`` has one for every item of the form, in printed order; None where its page is missing."""

    table: FormTable
    reading: SheetReading
    score: SheetScore
    answers: tuple[Answer | None, ...]

    @property
    def points(self) -> int | None:
        """The sheet's points, or None when it lacks some."""
        return self.score.points if self.score.complete else None

    @property
    def section_points(self) -> tuple[int | None, ...]:
        """The points of each section, or None where a statement of it lacks some."""
        return tuple(section.points if section.answered == section.items else None for section in self.score.sections)

    @property
    def item_points(self) -> tuple[int | None, ...]:
        """The points of each item, or None when it has no choice that counts."""
        options = self.table.form.options
        return tuple(options[a.choice - 1].weight if a and a.choice is not None else None for a in self.answers)

    @property
    def multiple(self) -> int:
        """How many items have several crosses and a person has said so."""
        return sum(a is not None and a.state is AnswerState.MULTIPLE and not a.is_open for a in self.answers)

    @property
    def places(self) -> Mapping[str, tuple[str, int]]:
        """By item: the scan file it stands in, and the page of that file from 1."""
        pages = self.reading.pages
        return {answer.item_id: (page.source, page.index + 1) for page in pages for answer in page.answers}


def tables_of(groups: Sequence[GroupSummary]) -> tuple[FormTable, ...]:
    """The sheets gathered by form, in the order the forms come."""
    gathered: dict[object, list[GroupSummary]] = {}
    for group in groups:
        gathered.setdefault(_shape(group.edition.form), []).append(group)
    ids = [alike[0].edition.form.id for alike in gathered.values()]
    return tuple(
        FormTable(
            name=_name(alike[0].edition, alone=ids.count(alike[0].edition.form.id) == 1),
            form=alike[0].edition.form,
            sheets=tuple(sheet for group in alike for sheet in group.sheets),
        )
        for alike in gathered.values()
    )


def rows_of(table: FormTable) -> Iterator[Row]:
    """A row for each sheet, in the order they come."""
    for sheet in table.sheets:
        by_id = {answer.item_id: answer for answer in sheet.reading.answers}
        yield Row(table, sheet.reading, sheet.score, tuple(by_id.get(item.id) for item in table.form.items))


def harmless(text: str) -> str:
    """``text`` with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _shape(form: Form) -> tuple[object, ...]:
    """What sheets must agree in to stand in the same columns: everything but the language."""
    options = tuple((option.id, option.weight) for option in form.options)
    return form.id, form.version, options, tuple(len(section.items) for section in form.sections)


def _name(edition: Edition, *, alone: bool) -> str:
    return edition.form.id if alone else f"{edition.form.id}-{edition.digest}"
