import re
from pathlib import Path

from kryds.desk.web.visitor import Role
from tests.desk.web.desks import browser, new_desk


def test_a_pile_is_begun_by_its_name(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    heard = browser(desk).post("/piles", name=" <b>Trivsel</b>\n2026 ")
    [pile] = desk.register.piles()

    assert heard.headers["location"] == f"/piles/{pile.id}/pages"
    assert pile.name == "<b>Trivsel</b> 2026"
    assert "&lt;b&gt;Trivsel" in browser(desk).get("/").text


def test_a_pile_without_a_name_is_called_by_its_day(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    browser(desk).post("/piles", name="")

    assert re.fullmatch(r"Stak \d\d\.\d\d\.20\d\d", desk.register.piles()[0].name)


def test_who_may_not_bring_piles_is_not_asked_to(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    reader = browser(desk, Role.READER)

    assert "Ny stak" not in reader.get("/").text
    assert reader.post("/piles", name="x").status == 403


def test_a_pile_may_be_given_another_name_by_who_brings_piles(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    pile = desk.register.add("Trivsel", "2026-11-24T10:00:00.000")
    heard = browser(desk).post(f"/piles/{pile.id}/name", name=" Trivsel\n<2027> ")
    for name, role in (("x", Role.REVIEWER), ("  ", Role.OWNER)):
        browser(desk, role).post(f"/piles/{pile.id}/name", name=name)

    assert heard.headers["location"] == f"/piles/{pile.id}/pages"
    assert desk.register.piles()[0].name == "Trivsel <2027>"
    assert 'value="Trivsel &lt;2027&gt;"' in browser(desk).get(f"/piles/{pile.id}/pages").text
    assert "Ret navn" not in browser(desk, Role.REVIEWER).get(f"/piles/{pile.id}/pages").text


def test_a_pile_opens_at_its_pages_or_for_who_only_reads_at_its_result(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    pile = desk.register.add("Trivsel", "2026-11-24T10:00:00.000")

    assert f'href="/piles/{pile.id}/pages"' in browser(desk, Role.REVIEWER).get("/").text
    assert f'href="/piles/{pile.id}/result"' in browser(desk, Role.READER).get("/").text
