import pytest
from starlette.responses import PlainTextResponse

from kryds.desk.review_door import Door, Guarded
from tests.desk.review_work import Heard, ask

HOST = "127.0.0.1:8111"


@pytest.fixture
def door() -> Door:
    return Door(8111)


def knock(door: Door, address: str = "/", *, word: str = "", **headers: str) -> Heard:
    words = {"do": word} if word else {}
    return ask(Guarded(PlainTextResponse("inside"), door), address, {"host": HOST, **headers}, **words)


def cookie(door: Door) -> str:
    return f"other=1; {door.cookie}={door.session}"


def test_the_address_opens_once_and_leaves_a_strict_cookie(door: Door) -> None:
    address = door.url.removeprefix(f"http://{HOST}")
    first, second = knock(door, address), knock(door, address)

    assert (first.status, first.headers["location"], second.status) == (303, "/", 403)
    kept = first.headers["set-cookie"]
    assert kept.startswith(f"{door.cookie}={door.session};")
    assert "HttpOnly" in kept
    assert "SameSite=strict" in kept


def test_with_the_cookie_one_is_inside_and_may_come_by_the_address_again(door: Door) -> None:
    assert knock(door, cookie=cookie(door)).text == "inside"
    assert knock(door, f"/?token={door.token}", cookie=cookie(door)).text == "inside"


@pytest.mark.parametrize("address", ["/", "/?token=", "/?token=guess", "/?token=æ", "/review.js"])
def test_without_token_or_cookie_nobody_comes_in(door: Door, address: str) -> None:
    assert knock(door, address).status == 403
    assert not door.token_is_spent


@pytest.mark.parametrize("value", ["guess", "", "æ", '"'])
def test_a_guessed_cookie_opens_nothing(door: Door, value: str) -> None:
    assert knock(door, cookie=f"{door.cookie}={value}").status == 403


def test_an_odd_cookie_of_another_program_does_not_shut_us_out(door: Door) -> None:
    assert knock(door, cookie=f"a@b,c=1; =; ;{cookie(door)}").text == "inside"


def test_a_token_in_a_form_opens_nothing(door: Door) -> None:
    assert knock(door, f"/?token={door.token}", word="finish").status == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:80", ""])
def test_another_name_for_this_machine_is_refused(door: Door, host: str) -> None:
    assert knock(door, host=host, cookie=cookie(door)).status == 421


@pytest.mark.parametrize(
    ("origin", "status"), [(f"http://{HOST}", 200), ("http://localhost:8111", 200), ("https://evil.example", 403)]
)
def test_a_form_is_heard_from_our_own_page_only(door: Door, origin: str, status: int) -> None:
    assert knock(door, word="skip", cookie=cookie(door), origin=origin).status == status


def test_a_form_that_hides_where_it_comes_from_is_refused(door: Door) -> None:
    assert knock(door, word="skip", cookie=cookie(door)).status == 403


@pytest.mark.parametrize("knows_the_session", ["session", ""])
def test_every_answer_keeps_the_browser_strict_and_nothing_on_disk(door: Door, knows_the_session: str) -> None:
    headers = knock(door, cookie=cookie(door) if knows_the_session else "").headers

    assert headers["cache-control"] == "no-store"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_two_doors_have_keys_of_their_own() -> None:
    assert len({key for door in (Door(1), Door(1)) for key in (door.token, door.session)}) == 4
