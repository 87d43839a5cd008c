import pytest
from starlette.responses import PlainTextResponse

from kryds.desk.web.guard import Guard
from kryds.desk.web.local_door import LocalDoor
from tests.desk.web.desks import Browser, Heard

HOST = "127.0.0.1:8111"


@pytest.fixture
def door() -> LocalDoor:
    return LocalDoor(8111, "Åse")


def knock(door: LocalDoor, address: str = "/", *, post: bool = False, **headers: str) -> Heard:
    visitor = Browser(Guard(PlainTextResponse("inside"), door), {"host": HOST, "origin": f"http://{HOST}", **headers})
    body = f"csrf={door.csrf}".encode() if post else b""
    kind = {"content-type": "application/x-www-form-urlencoded"} if post else {}
    return visitor.ask("POST" if post else "GET", address, body, kind)


def cookie(door: LocalDoor) -> str:
    return f"other=1; {door.cookie}={door.session}"


def test_the_address_opens_once_and_leaves_a_strict_cookie(door: LocalDoor) -> None:
    address = door.url.removeprefix(f"http://{HOST}")
    first, second = knock(door, address), knock(door, address)

    assert (first.status, first.headers["location"], second.status) == (303, "/", 403)
    kept = first.headers["set-cookie"]
    assert kept.startswith(f"{door.cookie}={door.session};")
    assert "HttpOnly" in kept
    assert "SameSite=strict" in kept


def test_with_the_cookie_one_is_inside_and_may_come_by_the_address_again(door: LocalDoor) -> None:
    assert knock(door, cookie=cookie(door)).text == "inside"
    assert knock(door, f"/?token={door.token}", cookie=cookie(door)).text == "inside"


@pytest.mark.parametrize("address", ["/", "/?token=", "/?token=guess", "/?token=æ", "/piles"])
def test_without_token_or_cookie_nobody_comes_in(door: LocalDoor, address: str) -> None:
    assert knock(door, address).status == 403
    assert not door.token_is_spent


@pytest.mark.parametrize("value", ["guess", "", "æ", '"'])
def test_a_guessed_cookie_opens_nothing(door: LocalDoor, value: str) -> None:
    assert knock(door, cookie=f"{door.cookie}={value}").status == 403


def test_an_odd_cookie_of_another_program_does_not_shut_us_out(door: LocalDoor) -> None:
    assert knock(door, cookie=f"a@b,c=1; =; ;{cookie(door)}").text == "inside"


def test_a_token_in_a_form_opens_nothing(door: LocalDoor) -> None:
    assert knock(door, f"/?token={door.token}", post=True).status == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:80", ""])
def test_another_name_for_this_machine_is_refused(door: LocalDoor, host: str) -> None:
    assert knock(door, host=host, cookie=cookie(door)).status == 421


def test_the_form_of_a_page_of_ours_is_heard(door: LocalDoor) -> None:
    assert knock(door, post=True, cookie=cookie(door)).text == "inside"
    assert knock(door, post=True, cookie=cookie(door), origin="https://evil.example").status == 403


def test_two_doors_have_keys_of_their_own() -> None:
    doors = (LocalDoor(1, ""), LocalDoor(1, ""))

    assert len({key for door in doors for key in (door.token, door.session, door.csrf)}) == 6
