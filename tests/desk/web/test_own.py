from pathlib import Path

import pytest

from kryds.desk.web.accounts import MAX_WRONG, Accounts
from kryds.desk.web.entry import COOKIE, AccountDoor
from kryds.desk.web.program import program
from kryds.desk.web.site import all_routes
from kryds.desk.web.visitor import Role
from tests.desk.web.desks import Browser, Heard, new_desk

OLD, NEW = "lang og svær", "længere og sværere"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    accounts = Accounts(new_desk(tmp_path / "desk").engine)
    accounts.keep("Bo", OLD, Role.READER)
    return accounts


def visitor(accounts: Accounts, tmp_path: Path) -> Browser:
    desk = new_desk(tmp_path / "desk")
    token = accounts.begin_session("Bo")
    site = program(desk, all_routes(desk, accounts), AccountDoor(accounts))
    session = accounts.visitor(token)
    assert session
    return Browser(site, {"cookie": f"{COOKIE}={token}", "x-csrf": session.csrf})


def change(browser: Browser, old: str, new: str) -> Heard:
    return browser.post("/own", old=old, new=new)


def test_who_knows_the_old_password_gets_another_and_every_other_session_ends(
    accounts: Accounts, tmp_path: Path
) -> None:
    here, elsewhere = visitor(accounts, tmp_path), visitor(accounts, tmp_path)
    heard = change(here, OLD, NEW)
    token = heard.headers["set-cookie"].partition("=")[2].partition(";")[0]

    assert (accounts.is_right("Bo", OLD), accounts.is_right("Bo", NEW)) == (False, True)
    assert elsewhere.get("/").headers["location"] == "/login?to=/"
    told = Browser(here.app, {"cookie": f"{COOKIE}={token}"}).get(heard.headers["location"])
    assert "Adgangskoden er skiftet" in told.text
    found = accounts.visitor(token)
    assert found
    assert found.role is Role.READER


@pytest.mark.parametrize(
    ("words", "said"),
    [(("forkert kode", NEW), "Det er ikke den adgangskode"), ((OLD, "kort"), "mellem 10 og 200 tegn")],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    accounts: Accounts, tmp_path: Path, words: tuple[str, str], said: str
) -> None:
    heard = change(visitor(accounts, tmp_path), *words)

    assert (heard.status, said in heard.text) == (400, True)
    assert accounts.is_right("Bo", OLD)


def test_who_guesses_must_wait(accounts: Accounts, tmp_path: Path) -> None:
    browser = visitor(accounts, tmp_path)
    for _ in range(MAX_WRONG):
        change(browser, "et gæt på koden", NEW)

    assert "Vent fem minutter" in change(browser, OLD, NEW).text
    assert accounts.is_right("Bo", OLD)
