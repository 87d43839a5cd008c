from pathlib import Path

import pytest

from tests.desk.web.desks import Browser, browser, new_desk


@pytest.fixture
def visitor(tmp_path: Path) -> Browser:
    return browser(new_desk(tmp_path))


def test_language_and_light_are_remembered_and_the_same_page_shown_again(visitor: Browser) -> None:
    heard = visitor.post("/look", language="en", theme="dark", here="/piles")
    visitor.headers["cookie"] = "kryds-language=en; kryds-theme=dark"

    assert (heard.status, heard.headers["location"]) == (303, "/piles")
    assert '<html lang="en" data-theme="dark">' in visitor.get("/").text


@pytest.mark.parametrize("here", ["https://evil.example", "//evil.example", "/\\evil.example", "x"])
def test_one_stays_on_the_desk(visitor: Browser, here: str) -> None:
    assert visitor.post("/look", theme="dark", here=here).headers["location"] == "/"


@pytest.mark.parametrize("look", [{"theme": "x"}, {"language": "xx"}])
def test_a_look_nobody_knows_is_not_remembered(visitor: Browser, look: dict[str, str]) -> None:
    assert "set-cookie" not in visitor.post("/look", **look).headers


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/static/desk.css", "text/css"),
        ("/static/pages.js", "text/javascript"),
        ("/static/regular.ttf", "font/ttf"),
        ("/static/bold.ttf", "font/ttf"),
        ("/static/kryds.svg", "image/svg+xml"),
    ],
)
def test_all_a_page_asks_for_is_served(visitor: Browser, path: str, kind: str) -> None:
    heard = visitor.get(path)

    assert (heard.status, heard.headers["content-type"].split(";")[0]) == (200, kind)


@pytest.mark.parametrize("path", ["/nowhere", "/static/other.ttf", "/static/../desk.py", "/static/nothing.js"])
def test_what_is_not_there_is_told(visitor: Browser, path: str) -> None:
    assert visitor.get(path).status == 404
