"""A pile's result -> the forms in it, each divided into the groups that may be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kryds.desk.result import Result
from kryds.model.edition import Edition
from kryds.model.reading import SheetReading
from kryds.model.roster import Person, Roster
from kryds.model.scores import GroupSummary, ScoredSheet
from kryds.scoring.compare import same_statements
from kryds.scoring.divide import DividedResult, GroupResult, divide

#: The division by the language of the sheet; every other is the heading of a column in a roster.
BY_LANGUAGE = "language:"
COLUMN = "column:"

#: The people sheets were printed for, by run and copy.
People = Mapping[tuple[str, int], Person]


@dataclass(frozen=True)
class FormSheets:
    """All sheets of one form and version in a pile, whatever their language; ``edition`` has the words they get."""

    edition: Edition
    sheets: tuple[ScoredSheet, ...]

    @property
    def key(self) -> str:
        """What tells the form from others in its pile."""
        return self.edition.digest


@dataclass(frozen=True)
class ShownGroup:
    """A group on the page; ``key`` tells it from others of its pile. A whole form has no ``names``."""

    key: str
    edition: Edition
    names: tuple[str, ...]
    result: GroupResult


def forms_of(result: Result, language: str) -> tuple[FormSheets, ...]:
    """The forms in a pile, the one with the most sheets first, in ``language`` where its sheets are in it."""
    alike: list[list[GroupSummary]] = []
    for group in result.groups:
        family = next((those for those in alike if same_statements(those[0].edition, group.edition)), None)
        if family is None:
            alike.append([group])
        else:
            family.append(group)
    forms = [_form(family, language) for family in alike]
    return tuple(sorted(forms, key=lambda form: -len(form.sheets)))


def people_of(rosters: Iterable[Roster]) -> People:
    """Everybody in the rosters, by run and copy."""
    return {(roster.run, person.copy): person for roster in rosters for person in roster.people}


def divisions_of(forms: Sequence[FormSheets], people: People) -> tuple[str, ...]:
    """What the sheets can be divided by: languages, and the columns of their rosters, in the rosters' order."""
    languages = {sheet.reading.digest for form in forms for sheet in form.sheets}
    columns = {
        heading: None
        for form in forms
        for sheet in form.sheets
        if (person := person_of(sheet.reading, people))
        for heading, _ in person.fields
        if heading
    }
    by_language = (BY_LANGUAGE,) if len(languages) > len(forms) else ()
    return (*by_language, *(COLUMN + heading for heading in columns))


def divided(form: FormSheets, division: str, people: People) -> DividedResult:
    """The form's sheets, and those of each group by themselves where they may be shown so."""
    groups: dict[str, list[ScoredSheet]] = {}
    for sheet in form.sheets:
        groups.setdefault(_name(sheet.reading, division, people), []).append(sheet)
    return divide(form.edition, dict(sorted(groups.items())))


def shown_groups(results: Sequence[DividedResult]) -> tuple[ShownGroup, ...]:
    """Every group that may be shown, each form's whole before its groups."""
    shown = []
    for number, result in enumerate(results):
        if result.whole:
            shown.append(ShownGroup(f"{number}", result.edition, (), result.whole))
        for place, group in enumerate(result.groups):
            shown.append(ShownGroup(f"{number}.{place}", result.edition, group.names, group))
    return tuple(shown)


def person_of(sheet: SheetReading, people: People) -> Person | None:
    """Whom the sheet was printed for."""
    codes = (page.code for page in sheet.pages if page.code)
    return next((people[code.run, code.copy] for code in codes if (code.run, code.copy) in people), None)


def _form(family: Sequence[GroupSummary], language: str) -> FormSheets:
    first = max(family, key=lambda group: (group.edition.form.language == language, len(group.sheets)))
    return FormSheets(first.edition, tuple(sheet for group in family for sheet in group.sheets))


def _name(sheet: SheetReading, division: str, people: People) -> str:
    """The name of the group a sheet is in; empty where nothing is known of it."""
    if division == BY_LANGUAGE:
        return sheet.digest
    person = person_of(sheet, people)
    fields = dict(person.fields) if person else {}
    return fields.get(division.removeprefix(COLUMN), "")
