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

    assert desk.register.piles()[0].name.startswith("Stak 20")


def test_who_may_not_bring_piles_is_not_asked_to(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    reader = browser(desk, Role.READER)

    assert "Ny stak" not in reader.get("/").text
    assert reader.post("/piles", name="x").status == 403
