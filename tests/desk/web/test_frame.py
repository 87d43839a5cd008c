import re
from pathlib import Path

import pytest

from kryds.desk.web import frame
from kryds.desk.web.visitor import Role
from tests.desk.web.desks import browser, new_desk, open_pile

WEB = Path(frame.__file__).parent


@pytest.mark.parametrize(
    ("wish", "language"), [("en-GB,en;q=0.9,da;q=0.8", "en"), ("de,da;q=0.5", "da"), ("fr", "da"), ("", "da")]
)
def test_the_browsers_language_is_spoken_where_we_speak_it(tmp_path: Path, wish: str, language: str) -> None:
    page = browser(new_desk(tmp_path)).get("/", **{"accept-language": wish}).text

    assert f'<html lang="{language}"' in page


def test_tabs_are_those_the_visitor_may_open(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    address = f"/piles/{open_pile(desk).id}/pages"
    owner, reader = browser(desk).get(address).text, browser(desk, Role.READER).get(address).text

    assert all(f">{tab}</a>" in owner for tab in ("Sider", "Afgør", "Tag med", "Glem"))
    assert not any(f">{tab}</a>" in reader for tab in ("Afgør", "Glem"))
    assert 'aria-current="page">Sider' in owner


@pytest.mark.parametrize("path", sorted((WEB / "pages").glob("*.html")), ids=lambda path: path.name)
def test_no_page_has_a_script_or_a_style_within_it(path: Path) -> None:
    text = path.read_text("utf-8")

    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|\|\s*safe", text)


@pytest.mark.parametrize("path", sorted((WEB / "static").glob("*.[jc]s*")), ids=lambda path: path.name)
def test_nothing_comes_from_elsewhere(path: Path) -> None:
    assert not re.search(r"https?://", path.read_text("utf-8"))
