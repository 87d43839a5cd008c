from pathlib import Path

import pytest

from kryds.desk.web.desk import Desk
from kryds.desk.web.visitor import Role
from tests.desk.web.desks import browser, new_desk, read_pile
from tests.desk.web.filled_piles import Filled, edition, pile_of


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def test_every_sheet_is_listed_and_a_lacking_total_says_so(desk: Desk) -> None:
    pile = pile_of(desk, Filled([[3] * 20, ["blank", *[5] * 19]], {"afdeling": ["a", "b"]}))
    page = browser(desk).get(f"/piles/{pile.id}/result/sheets").text

    assert "Person 1" in page
    assert "60 af 100" in page
    assert "95 point fra 19 af 20" in page


def test_a_sheet_shows_its_answers(desk: Desk) -> None:
    pile = pile_of(desk, Filled([["multiple", "doubtful", "blank", *[4] * 17]], {"afdeling": ["a"]}))
    sheet = desk.result(pile).sheets[0].reading.sheet
    page = browser(desk).get(f"/piles/{pile.id}/result/sheets/{edition().digest}/{sheet}").text

    assert page.count("Oftest") >= 17
    assert "afgjort af Bo" in page
    assert "Det kan ikke ses sikkert" in page
    assert "68 point fra 17 af 20 udsagn" in page


def test_a_scanned_sheet_has_the_picture_and_the_box_of_each_answer(desk: Desk) -> None:
    pile = read_pile(desk)
    visitor = browser(desk)
    digest = next(iter(desk.result(pile).editions))
    page = visitor.get(f"/piles/{pile.id}/result/sheets/{digest}/1").text

    assert f'href="/piles/{pile.id}/scan/1/1.jpg"' in page
    assert 'href="#box-1-1"' in page
    assert page.count('<rect class="chosen"') == 1
    assert visitor.get(f"/piles/{pile.id}/scan/1/1.jpg").body.startswith(b"\xff\xd8")


@pytest.mark.parametrize("end", ["sheets", f"sheets/{edition().digest}/A"])
def test_a_reader_sees_no_sheet(desk: Desk, end: str) -> None:
    pile = pile_of(desk, Filled([[3] * 20] * 6))

    assert browser(desk, Role.READER).get(f"/piles/{pile.id}/result/{end}").status == 403


def test_a_sheet_that_is_not_there_is_not_there(desk: Desk) -> None:
    pile = pile_of(desk, Filled([[3] * 20]))

    assert browser(desk).get(f"/piles/{pile.id}/result/sheets/00000000/9").status == 404
