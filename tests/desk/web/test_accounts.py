from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from kryds.desk.web import accounts as accounts_module
from kryds.desk.web.accounts import MAX_WRONG, Accounts, Patience
from kryds.desk.web.visitor import Role
from tests.desk.web.desks import new_desk

PASSWORD = "grøn hest på taget"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    found = Accounts(new_desk(tmp_path).engine)
    found.keep("Åse", PASSWORD, Role.OWNER)
    return found


def test_the_right_password_opens_and_no_other(accounts: Accounts) -> None:
    assert accounts.is_right("Åse", PASSWORD)
    assert not any(accounts.is_right(*pair) for pair in (("Åse", "x"), ("Bo", PASSWORD), ("åse", PASSWORD), ("", "")))


def test_a_password_is_kept_as_a_slow_hash_only(accounts: Accounts, tmp_path: Path) -> None:
    data = b"".join(path.read_bytes() for path in tmp_path.glob("desk.db*"))

    assert PASSWORD.encode() not in data
    assert b"$argon2id$" in data
    assert accounts.has_owner()


def test_a_session_is_its_accounts_until_it_ends(accounts: Accounts) -> None:
    token = accounts.begin_session("Åse")
    visitor = accounts.visitor(token)
    accounts.end_session(token)

    assert visitor
    assert (visitor.name, visitor.role, bool(visitor.csrf)) == ("Åse", Role.OWNER, True)
    assert accounts.visitor(token) is None
    assert accounts.visitor("guess") is None


def test_a_session_lasts_a_day_at_most(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts_module, "SESSION", timedelta(seconds=-1))

    assert accounts.visitor(accounts.begin_session("Åse")) is None


def test_who_reads_the_database_cannot_enter_by_it(accounts: Accounts) -> None:
    token = accounts.begin_session("Åse")
    with accounts._engine.connect() as connection:  # noqa: SLF001 - what a thief would read
        keys = [row.key for row in connection.execute(sa.text("SELECT key FROM sessions"))]

    assert token not in keys
    assert [accounts.visitor(key) for key in keys] == [None]


def test_another_password_ends_the_sessions_of_before(accounts: Accounts) -> None:
    token = accounts.begin_session("Åse")
    accounts.keep("Åse", "en anden adgangskode", Role.READER)

    assert accounts.visitor(token) is None
    assert [(each.name, each.role) for each in accounts.all()] == [("Åse", Role.READER)]
    assert not accounts.has_owner()


def test_a_dropped_account_is_out_at_once(accounts: Accounts) -> None:
    token = accounts.begin_session("Åse")
    accounts.drop("Åse")

    assert accounts.visitor(token) is None
    assert accounts.all() == ()


def test_patience_ends_for_the_name_and_the_place_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    patience = Patience()
    for _ in range(MAX_WRONG):
        assert not patience.is_over("name Åse", "place 10.0.0.7")
        patience.wrong("name Åse", "place 10.0.0.7")

    assert patience.is_over("name Åse")
    assert patience.is_over("name Bo", "place 10.0.0.7")
    assert not patience.is_over("name Bo", "place 10.0.0.8")
    now[0] += accounts_module.WRONG_WITHIN_S + 1
    assert not patience.is_over("name Åse", "place 10.0.0.7")


def test_whoever_knows_the_password_starts_anew() -> None:
    patience = Patience()
    for _ in range(MAX_WRONG):
        patience.wrong("name Åse")
    patience.right("name Åse")

    assert not patience.is_over("name Åse")
