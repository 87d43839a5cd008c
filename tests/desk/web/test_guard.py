import pytest
from starlette.responses import PlainTextResponse

from kryds.desk.web.guard import MAX_WORDS, Guard
from tests.desk.web.desks import CSRF, HOST, Browser, OpenDoor

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def visitor() -> Browser:
    return Browser(Guard(PlainTextResponse("inside"), OpenDoor()))


def test_a_form_of_ours_is_heard(visitor: Browser) -> None:
    assert visitor.post("/").text == "inside"
    assert visitor.send("/").text == "inside"


@pytest.mark.parametrize("token", ["", "guess", "æ"])
def test_a_form_without_the_sessions_word_is_refused(visitor: Browser, token: str) -> None:
    assert visitor.post("/", csrf=token).status == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"http://{HOST}.evil.example", ""])
def test_a_form_from_elsewhere_is_refused_also_with_the_word(visitor: Browser, origin: str) -> None:
    assert visitor.ask("POST", "/", f"csrf={CSRF}".encode(), FORM | {"origin": origin}).status == 403


def test_a_form_too_large_is_refused(visitor: Browser) -> None:
    assert visitor.post("/", text="x" * MAX_WORDS).status == 413


@pytest.mark.parametrize("address", ["/", "/static/desk.css"])
def test_every_answer_keeps_the_browser_strict(visitor: Browser, address: str) -> None:
    headers = visitor.get(address).headers

    assert headers["cache-control"] == ("no-cache" if "static" in address else "no-store")
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
