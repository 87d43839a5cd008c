"""A pile's result -> the forms in it, each divided in every way that is safe into the groups that may be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kryds.desk.result import Result
from kryds.model.edition import Edition
from kryds.model.reading import SheetReading
from kryds.model.roster import Person, Roster
from kryds.model.scores import GroupSummary, ScoredSheet
from kryds.scoring.anonymity import MIN_GROUP, keeps_apart_none_under
from kryds.scoring.compare import same_statements
from kryds.scoring.divide import DividedResult, GroupResult, answers_shown, divide

#: The people sheets were printed for, by run and copy.
People = Mapping[tuple[str, int], Person]
#: The sheets of a form by the name of their group.
Groups = Mapping[str, Sequence[ScoredSheet]]


@dataclass(frozen=True)
class FormSheets:
    """All sheets of one form and version in a pile, whatever their language; ``edition`` has the words they get."""

    edition: Edition
    sheets: tuple[ScoredSheet, ...]


@dataclass(frozen=True)
class Division:
    """The forms of a pile, each divided by ``column`` of the rosters (empty: not divided).

    ``withheld`` when it may not be shown beside the divisions before it.
    """

    column: str
    results: tuple[DividedResult, ...]
    withheld: bool = False

    @property
    def makes_groups(self) -> bool:
        """Whether any form has groups to show."""
        return not self.withheld and any(result.groups for result in self.results)


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


def divisions(forms: Sequence[FormSheets], people: People, minimum: int = MIN_GROUP) -> tuple[Division, ...]:
    """The forms undivided, then divided by each column of their rosters, in the rosters' order.

    Two divisions beside each other can tell apart a few people whom neither tells apart by itself: the leaders who
    are not in the sales department. A division that would do so beside those before it is withheld. Which ones are
    depends on nothing but the sheets, so it is the same at every visit.
    """
    told = []
    accepted: list[tuple[Groups, DividedResult]] = []
    for column in ("", *_columns(forms, people)):
        groups = [groups_by(form, column, people) for form in forms]
        results = tuple(divide(form.edition, those, minimum) for form, those in zip(forms, groups, strict=True))
        division = Division(column, results)
        if division.makes_groups:
            together = [*accepted, *zip(groups, results, strict=True)]
            if accepted and not _are_safe(together, minimum):
                division = replace(division, withheld=True)
            else:  # one division by itself is safe: divide sees to that
                accepted = together
        told.append(division)
    return tuple(told)


def _are_safe(divided: Sequence[tuple[Groups, DividedResult]], minimum: int) -> bool:
    """Whether all of it together tells no few people apart."""
    sets = (answers for groups, result in divided for answers in answers_shown(groups, result))
    return keeps_apart_none_under(minimum, sets)


def shown_groups(division: Division) -> tuple[ShownGroup, ...]:
    """Every group that may be shown, each form's whole before its groups."""
    shown = []
    for number, result in enumerate(division.results):
        if result.whole:
            shown.append(ShownGroup(f"{number}", result.edition, (), result.whole))
        if not division.withheld:
            shown += [
                ShownGroup(f"{number}.{place}", result.edition, group.names, group)
                for place, group in enumerate(result.groups)
            ]
    return tuple(shown)


def groups_by(form: FormSheets, column: str, people: People) -> Groups:
    """The sheets by what stands in the column; empty where nothing is known."""
    groups: dict[str, list[ScoredSheet]] = {}
    for sheet in form.sheets:
        person = _person_of(sheet.reading, people) if column else None
        name = dict(person.fields).get(column, "") if person else ""
        groups.setdefault(name, []).append(sheet)
    return dict(sorted(groups.items()))


def _columns(forms: Sequence[FormSheets], people: People) -> tuple[str, ...]:
    """The headings of the rosters, in their order."""
    headings = {
        heading: None
        for form in forms
        for sheet in form.sheets
        if (person := _person_of(sheet.reading, people))
        for heading, _ in person.fields
        if heading
    }
    return tuple(headings)


def _person_of(sheet: SheetReading, people: People) -> Person | None:
    """Whom the sheet was printed for."""
    codes = (page.code for page in sheet.pages if page.code)
    return next((people[code.run, code.copy] for code in codes if (code.run, code.copy) in people), None)


def _form(family: Sequence[GroupSummary], language: str) -> FormSheets:
    first = max(family, key=lambda group: (group.edition.form.language == language, len(group.sheets)))
    return FormSheets(first.edition, tuple(sheet for group in family for sheet in group.sheets))
