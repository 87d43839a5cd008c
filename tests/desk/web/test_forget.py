import re
from pathlib import Path

import pytest

from kryds.desk.archive import Archive
from kryds.desk.printing import UNNUMBERED
from kryds.desk.web.desk import Desk
from kryds.desk.web.jobs import JobKind
from kryds.desk.web.visitor import Role
from kryds.desk.web.worker import work_off
from tests.desk.piles import placed
from tests.desk.web.desks import MOMENT, browser, new_desk, read_pile


@pytest.fixture
def desk(tmp_path: Path, home: Path) -> Desk:
    Archive(home).keep(placed().edition, UNNUMBERED)
    return new_desk(tmp_path / "desk")


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file() and not path.name.startswith("desk.db")}


def test_a_pile_is_forgotten_with_a_receipt_and_nothing_is_left(desk: Desk) -> None:
    pile = read_pile(desk)
    visitor, address = browser(desk), f"/piles/{pile.id}/forget"
    receipt = visitor.post(address, do="all", name=pile.name).headers["location"]
    page = visitor.get(receipt).text

    assert files(desk.settings.data) == set()
    assert visitor.get(address).status == 404
    assert "Stakken »Prøve« er glemt" in page
    assert re.search(r"Åse, \d\d\.\d\d\.20\d\d kl\. ", page)
    assert '<th scope="row">Scannede filer</th><td class="number">1</td>' in page
    data = b"".join(path.read_bytes() for path in desk.settings.data.glob("desk.db*"))
    assert b"bunke.pdf" not in data


def test_a_pile_is_not_forgotten_by_a_slip(desk: Desk) -> None:
    pile = read_pile(desk)
    heard = browser(desk).post(f"/piles/{pile.id}/forget", do="all", name="En anden")

    assert (heard.status, "ikke stakkens navn" in heard.text) == (409, True)
    assert desk.register.find(pile.id)


@pytest.mark.parametrize("do", ["all", "people"])
def test_a_pile_being_read_is_not_forgotten(desk: Desk, do: str) -> None:
    pile = read_pile(desk)
    desk.jobs.add(pile.id, JobKind.READ, "da", MOMENT)

    assert browser(desk).post(f"/piles/{pile.id}/forget", do=do, name=pile.name).status == 409
    assert desk.register.find(pile.id)


def test_answers_stay_when_scans_and_names_are_dropped(desk: Desk) -> None:
    pile = read_pile(desk)
    visitor = browser(desk)
    receipt = visitor.post(f"/piles/{pile.id}/forget", do="people").headers["location"]
    assert "Scanninger og navne i stakken" in visitor.get(receipt).text
    assert work_off(desk)
    stripped = desk.register.find(pile.id)

    assert stripped
    assert stripped.stripped
    assert len(desk.result(stripped).sheets) == 3
    assert {name for name in files(desk.settings.data) if name.endswith((".pdf", ".jpg"))} == {"summary.pdf"}
    page = visitor.get(f"/piles/{pile.id}/pages").text
    assert "bunke.pdf" not in page
    assert "Træk de scannede filer hertil" not in page
    assert visitor.get(f"/piles/{pile.id}/scan/1/1.jpg").status == 404


def test_only_owners_forget(desk: Desk) -> None:
    pile = read_pile(desk)
    reviewer = browser(desk, Role.REVIEWER)

    assert reviewer.get(f"/piles/{pile.id}/forget").status == 403
    assert reviewer.post(f"/piles/{pile.id}/forget", do="all", name=pile.name).status == 403
