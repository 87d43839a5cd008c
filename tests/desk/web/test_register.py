from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kryds.desk.web.register import MAX_NAME, plain_name
from tests.desk.web.desks import MOMENT, new_desk


@given(st.text())
def test_a_name_is_one_line_that_can_be_shown(text: str) -> None:
    name = plain_name(text)

    assert len(name) <= MAX_NAME
    assert name.isprintable()
    assert name == name.strip() == plain_name(name)


def test_piles_are_found_by_id_and_listed_the_newest_first(tmp_path: Path) -> None:
    register = new_desk(tmp_path).register
    old, new = register.add("Gammel", "2025-01-01"), register.add("Ny", MOMENT)
    register.change(old, people=2, keep_days=30)

    assert [pile.name for pile in register.piles()] == ["Ny", "Gammel"]
    assert register.find(new.id) == new
    assert register.find("../etc") is None
    found = register.find(old.id)
    assert found
    assert (found.people, found.keep_days, found.stripped) == (2, 30, None)
