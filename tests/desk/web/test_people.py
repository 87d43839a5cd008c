from pathlib import Path

import pytest

from kryds.desk.web.accounts import Accounts
from kryds.desk.web.program import program
from kryds.desk.web.site import all_routes
from kryds.desk.web.visitor import Role
from tests.desk.web.desks import Browser, OpenDoor, new_desk

PASSWORD = "grøn hest på taget"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    found = Accounts(new_desk(tmp_path).engine)
    found.keep("Åse", PASSWORD, Role.OWNER)
    return found


def visitor(tmp_path: Path, accounts: Accounts, role: Role = Role.OWNER) -> Browser:
    desk = new_desk(tmp_path)
    return Browser(program(desk, all_routes(desk, accounts), OpenDoor("Åse", role)))


def test_an_owner_lets_others_in_and_out_again(tmp_path: Path, accounts: Accounts) -> None:
    owner = visitor(tmp_path, accounts)
    assert owner.post("/people", name=" Bo  Ø ", password=PASSWORD, role="reviewer").status == 303
    assert "Bo Ø" in owner.get("/people").text
    assert accounts.is_right("Bo Ø", PASSWORD)

    owner.post("/people/drop", name="Bo Ø")
    assert [account.name for account in accounts.all()] == ["Åse"]


@pytest.mark.parametrize(
    "words",
    [
        {"name": "", "password": PASSWORD, "role": "reader"},
        {"name": "reader", "password": PASSWORD, "role": "reader"},
        {"name": "Bo", "password": "kort", "role": "reader"},
        {"name": "Bo", "password": "x" * 201, "role": "reader"},
        {"name": "Bo", "password": PASSWORD, "role": "king"},
        {"name": "Åse", "password": PASSWORD, "role": "reader"},
    ],
)
def test_what_cannot_be_an_account_is_told_and_changes_nothing(
    tmp_path: Path, accounts: Accounts, words: dict[str, str]
) -> None:
    heard = visitor(tmp_path, accounts).post("/people", **words)

    assert (heard.status, 'role="alert"' in heard.text) == (400, True)
    assert [(account.name, account.role) for account in accounts.all()] == [("Åse", Role.OWNER)]


def test_the_last_owner_cannot_be_dropped(tmp_path: Path, accounts: Accounts) -> None:
    assert visitor(tmp_path, accounts).post("/people/drop", name="Åse").status == 400
    assert accounts.has_owner()


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.READER])
def test_only_owners_let_people_in(tmp_path: Path, accounts: Accounts, role: Role) -> None:
    other = visitor(tmp_path, accounts, role)

    assert other.get("/people").status == 403
    assert other.post("/people", name="Bo", password=PASSWORD, role="owner").status == 403
    assert other.post("/people/drop", name="Åse").status == 403
