from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kryds.desk.result import Result
from kryds.desk.web.results_groups import Division, FormSheets, People, divisions, forms_of, people_of, shown_groups
from kryds.model.edition import Edition
from kryds.model.form import Form
from kryds.model.page_code import PageCode
from kryds.model.reading import PageReading, PageState
from kryds.model.roster import Person, Roster
from kryds.model.scores import ScoredSheet
from kryds.scoring.score import score_sheet
from kryds.scoring.summarise import summarise
from tests.scoring.sheets import EDITION, FORM, sheet

SHEET_TRANSLATED = [{"title": "A", "items": ["e1", "e2", "e3"]}, {"title": "B", "items": ["f1", "f2", "f3"]}]


def filled(copy: int, choice: int) -> ScoredSheet:
    """Sheet ``copy`` of the run, with one choice all through."""
    page = PageReading("b.pdf", copy, PageState.READ, code=PageCode("lille", EDITION.digest, "ABCD", copy, 1))
    reading = replace(sheet(*[choice] * 6, name=f"ABCD-{copy}"), pages=(page,))
    return ScoredSheet(reading, score_sheet(EDITION, reading))


def pile(*people: Sequence[str], columns: Sequence[str] = ("afdeling", "rolle")) -> tuple[FormSheets, People]:
    """One sheet for each person, of whom this stands in the columns."""
    roster = Roster("ABCD", tuple(Person(n, f"P{n}", tuple(zip(columns, each, strict=True))) for n, each in
                                  enumerate(people, start=1)))  # fmt: skip
    sheets = tuple(filled(person.copy, person.copy % 5 + 1) for person in roster.people)
    return FormSheets(EDITION, sheets), people_of([roster])


def divided(*people: Sequence[str]) -> tuple[Division, ...]:
    form, everyone = pile(*people)
    return divisions([form], everyone)


def test_a_pile_is_divided_by_each_column_of_its_list() -> None:
    none, by_department, by_role = divided(*[("Salg", "leder")] * 5, *[("Lager", "ansat")] * 6)

    assert (none.column, none.makes_groups) == ("", False)
    assert [group.names for group in by_department.results[0].groups] == [("Lager",), ("Salg",)]
    assert [group.sheets for group in by_role.results[0].groups] == [6, 5]


def test_a_division_that_would_tell_a_few_apart_beside_an_earlier_one_is_withheld() -> None:
    people = [*[("Salg", "leder")] * 5, ("Salg", "ansat"), *[("Lager", "ansat")] * 6]
    _, by_department, by_role = divided(*people)

    assert by_department.makes_groups
    assert by_role.withheld  # else sales less leaders would be the one employee there
    assert [group.key for group in shown_groups(by_role)] == ["0"]


def test_who_is_not_on_the_list_is_a_group_without_a_name() -> None:
    form, _ = pile(*[("Salg", "leder")] * 5, *[("Lager", "ansat")] * 5)

    assert len(divisions([form], {})) == 1


def test_groups_have_keys_of_their_own() -> None:
    shown = shown_groups(divided(*[("Salg", "x")] * 5, *[("Lager", "x")] * 6)[1])

    assert [(group.key, group.names) for group in shown] == [("0", ()), ("0.0", ("Lager",)), ("0.1", ("Salg",))]


def test_translations_are_counted_together_and_other_forms_are_not() -> None:
    english = Edition(
        Form.model_validate({**FORM.model_dump(), "language": "en", "sections": SHEET_TRANSLATED}), EDITION.layout
    )
    other = Edition(Form.model_validate({**FORM.model_dump(), "id": "anden"}), EDITION.layout)
    groups = tuple(
        summarise(each, [sheet(*[1] * 6)] * times) for each, times in ((EDITION, 2), (english, 1), (other, 9))
    )
    result = Result((), groups, {})
    first, second = forms_of(result, "en")

    assert (first.edition, len(first.sheets)) == (other, 9)
    assert (second.edition, len(second.sheets)) == (english, 3)
    assert forms_of(result, "da")[1].edition == EDITION


LABELS = st.tuples(st.sampled_from(["Salg", "Lager", "Kontor", ""]), st.sampled_from(["leder", "ansat", "elev"]))


@given(st.lists(LABELS, max_size=40))
@settings(max_examples=60, deadline=None)
def test_all_that_can_be_asked_for_tells_no_few_people_apart(people: list[tuple[str, str]]) -> None:
    """An attacker takes every page there is, and every set of people that can be cut out by crossing and taking."""
    pieces = [set(range(len(people)))] if len(people) >= 5 else []
    for division in divided(*people):
        column = {"": None, "afdeling": 0, "rolle": 1}[division.column]
        for group in shown_groups(division):
            inside = {n for n, each in enumerate(people) if column is None or each[column] in group.names}
            cut = inside if group.names else set(range(len(people)))
            pieces = [part for piece in pieces for part in (piece & cut, piece - cut) if part]

    assert all(len(piece) >= 5 for piece in pieces)


@given(st.lists(LABELS, min_size=5, max_size=40))
@settings(max_examples=30, deadline=None)
def test_what_is_shown_is_the_same_at_every_visit(people: list[tuple[str, str]]) -> None:
    assert divided(*people) == divided(*people)
