from pathlib import Path

import pytest

from kryds.desk.web.accounts import MAX_WRONG, Accounts
from kryds.desk.web.entry import COOKIE, AccountDoor
from kryds.desk.web.program import program
from kryds.desk.web.site import all_routes
from kryds.desk.web.visitor import Role
from tests.desk.web.desks import Browser, new_desk

PASSWORD = "grøn hest på taget"


@pytest.fixture
def stranger(tmp_path: Path) -> Browser:
    desk = new_desk(tmp_path)
    accounts = Accounts(desk.engine)
    accounts.keep("Åse", PASSWORD, Role.OWNER)
    return Browser(program(desk, all_routes(desk, accounts), AccountDoor(accounts)))


def entered(stranger: Browser) -> Browser:
    cookie = stranger.post("/login", name="Åse", password=PASSWORD).headers["set-cookie"].partition(";")[0]
    return Browser(stranger.app, {"cookie": cookie})


@pytest.mark.parametrize("path", ["/", "/people", "/piles/abc/pages", "/receipts/abc"])
def test_a_stranger_is_shown_where_to_log_in(stranger: Browser, path: str) -> None:
    heard = stranger.get(path)

    assert (heard.status, heard.headers["location"]) == (303, f"/login?to={path}")
    assert stranger.ask("GET", path, b"", {}).status == 401
    assert stranger.post(path).status == 401


def test_the_style_of_the_page_that_asks_is_for_everybody(stranger: Browser) -> None:
    assert "Log ind" in stranger.get("/login").text
    assert stranger.get("/static/desk.css").status == 200


def test_the_password_opens_and_leaves_a_cookie_no_script_can_read(stranger: Browser) -> None:
    heard = stranger.post("/login", name="Åse", password=PASSWORD, to="/people")

    assert (heard.status, heard.headers["location"]) == (303, "/people")
    assert "HttpOnly" in heard.headers["set-cookie"]
    assert entered(stranger).get("/").status == 200


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/\\evil.example", ""])
def test_one_is_led_to_pages_of_ours_only(stranger: Browser, to: str) -> None:
    assert stranger.post("/login", name="Åse", password=PASSWORD, to=to).headers["location"] == "/"


def test_a_wrong_password_is_told_and_after_too_many_one_must_wait(stranger: Browser) -> None:
    statuses = [stranger.post("/login", name="Åse", password="gæt").status for _ in range(MAX_WRONG + 1)]
    waiting = stranger.post("/login", name="Åse", password=PASSWORD)

    assert statuses == [401] * MAX_WRONG + [429]
    assert (waiting.status, "Vent fem minutter" in waiting.text) == (429, True)


def test_an_endless_password_is_not_even_hashed(stranger: Browser) -> None:
    assert stranger.post("/login", name="Åse", password="x" * 10_000).status == 401


def test_a_name_cannot_write_on_the_page(stranger: Browser) -> None:
    assert "<script>x" not in stranger.post("/login", name="<script>x", password="gæt").text


def test_who_logs_out_is_a_stranger_again(stranger: Browser) -> None:
    inside = entered(stranger)
    csrf = inside.get("/").text.partition('name="csrf" content="')[2].partition('"')[0]
    left = inside.post("/logout", csrf=csrf)

    assert (left.status, COOKIE in left.headers["set-cookie"]) == (303, True)
    assert inside.get("/").headers["location"] == "/login?to=/"


def test_a_session_is_not_enough_without_the_word_of_its_pages(stranger: Browser) -> None:
    assert entered(stranger).post("/piles", name="x").status == 403
