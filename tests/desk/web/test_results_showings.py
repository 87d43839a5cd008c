"""What a reader sees over several visits, while sheets come and are settled in between."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from kryds.desk import tables_of_desk as d
from kryds.desk.decisions import Decision
from kryds.desk.store import StoredFile
from kryds.desk.web.desk import Desk
from kryds.desk.web.jobs import JobKind
from kryds.desk.web.register import Pile
from kryds.desk.web.visitor import Role
from kryds.model.reading import AnswerState
from tests.desk.web.desks import MOMENT, browser, new_desk
from tests.desk.web.filled_piles import Filled, add_sheets, edition, pile_of

TWELVE = Filled([[3] * 20] * 12)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def seen(desk: Desk, pile: Pile, role: Role = Role.READER, query: str = "") -> str:
    return re.sub(r"\s+", " ", browser(desk, role).get(f"/piles/{pile.id}/result{query}").text)


def first_bar(page: str) -> str:
    found = re.search(r'<svg class="bar" role="img" aria-label="([^"]*)"', page)
    return found[1] if found else ""


def test_a_late_sheet_waits_until_it_has_company(desk: Desk) -> None:
    pile = pile_of(desk, TWELVE)
    assert first_bar(seen(desk, pile)) == "Af og til: 12"
    add_sheets(desk, pile, Filled([[5] * 20]))

    assert first_bar(seen(desk, pile)) == "Af og til: 12"
    assert "som det var" in seen(desk, pile)
    assert first_bar(seen(desk, pile, Role.REVIEWER)) == "Af og til: 12, Altid: 1"
    add_sheets(desk, pile, Filled([[5] * 20] * 4))
    assert first_bar(seen(desk, pile)) == "Af og til: 12, Altid: 5"
    assert "som det var" not in seen(desk, pile)


def test_sheets_nobody_saw_come_one_by_one_are_shown_together(desk: Desk) -> None:
    pile = pile_of(desk, TWELVE)
    add_sheets(desk, pile, Filled([[5] * 20]))

    assert first_bar(seen(desk, pile)) == "Af og til: 12, Altid: 1"


def test_while_an_answer_waits_a_reader_sees_what_was_shown_before_it_came(desk: Desk) -> None:
    pile = pile_of(desk, TWELVE)
    seen(desk, pile)
    add_sheets(desk, pile, Filled([["doubtful", *[5] * 19]] * 5))

    assert first_bar(seen(desk, pile)) == "Af og til: 12"


def test_a_settled_answer_that_is_changed_afterwards_is_not_told(desk: Desk) -> None:
    pile = pile_of(desk, TWELVE)
    seen(desk, pile)
    settled = Decision(
        edition().digest, desk.result(pile).sheets[0].reading.sheet, "bunke-1.pdf", 0, "1.1",
        AnswerState.ANSWERED, 5, "Bo", MOMENT,
    )  # fmt: skip
    desk.store(pile).decide(settled)

    assert first_bar(seen(desk, pile, Role.REVIEWER)) == "Af og til: 11, Altid: 1"
    assert first_bar(seen(desk, pile)) == "Af og til: 12"


def test_nothing_is_shown_to_readers_while_the_pile_is_read(desk: Desk) -> None:
    pile = pile_of(desk, TWELVE)
    desk.jobs.add(pile.id, JobKind.READ, "da", MOMENT)

    assert "Stakken bliver læst" in seen(desk, pile)
    assert first_bar(seen(desk, pile, Role.OWNER))


def test_a_pile_of_the_same_scans_and_one_more_is_held_back(desk: Desk) -> None:
    pile = pile_of(desk, TWELVE)
    seen(desk, pile)
    other = pile_of(desk, Filled([[5] * 20]), name="Den samme og en til")
    store = desk.store(other)
    first = desk.store(pile).files()[0]
    store.keep_files([*store.files(), StoredFile("igen.pdf", first.path, first.sha256, first.pages)])

    assert first_bar(seen(desk, other, Role.OWNER)) == "Af og til: 12, Altid: 1"
    assert "fælles med en anden" in seen(desk, other)


def test_what_is_kept_of_a_showing_names_nobody(desk: Desk) -> None:
    people = {"mail": [f"person{number}@firma.dk" for number in range(12)]}
    seen(desk, pile_of(desk, Filled(TWELVE.sheets, people)))
    with desk.engine.connect() as connection:
        (row,) = connection.execute(sa.select(d.showings)).all()

    assert "firma.dk" not in row.divisions + row.forms
    assert "Person 1" not in row.divisions + row.forms


def test_a_forgotten_pile_s_showings_are_forgotten(desk: Desk) -> None:
    pile = pile_of(desk, TWELVE)
    seen(desk, pile)
    browser(desk).ask(
        "POST", f"/piles/{pile.id}/forget", b"csrf=our-word&do=all&name=Pr%C3%B8ve",
        {"content-type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    with desk.engine.connect() as connection:
        assert connection.execute(sa.select(d.showings)).all() == []


def smallest(desk: Desk, pile: Pile, sheets: int | str, role: Role = Role.OWNER) -> int:
    return browser(desk, role).post(f"/piles/{pile.id}/minimum", minimum=str(sheets)).status


def test_the_owner_says_how_small_a_group_may_be_but_not_under_three(desk: Desk) -> None:
    pile = pile_of(desk, Filled([[3] * 20] * 4))
    assert "for få ark" in seen(desk, pile)
    assert smallest(desk, pile, 4, Role.REVIEWER) == 403
    smallest(desk, pile, 4)
    assert first_bar(seen(desk, pile)) == "Af og til: 4"
    for asked in (1, 0):
        smallest(desk, pile, asked)

        assert desk.register.piles()[0].min_group == 3
    smallest(desk, pile, "mange")
    assert desk.register.piles()[0].min_group == 3


def test_a_smaller_promise_holds_against_subtraction_too(desk: Desk) -> None:
    pile = pile_of(desk, TWELVE)
    smallest(desk, pile, 3)
    seen(desk, pile)
    add_sheets(desk, pile, Filled([[5] * 20] * 2))
    assert first_bar(seen(desk, pile)) == "Af og til: 12"
    add_sheets(desk, pile, Filled([[5] * 20]))

    assert first_bar(seen(desk, pile)) == "Af og til: 12, Altid: 3"


def test_what_was_shown_of_small_groups_is_shown_no_more_when_the_promise_grows(desk: Desk) -> None:
    pile = pile_of(desk, Filled([[3] * 20] * 6))
    assert first_bar(seen(desk, pile)) == "Af og til: 6"
    smallest(desk, pile, 8)
    assert "for få ark" in seen(desk, pile)
    add_sheets(desk, pile, Filled([[5] * 20] * 8))

    assert first_bar(seen(desk, pile)) == "Af og til: 6, Altid: 8"
