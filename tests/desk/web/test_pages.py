from pathlib import Path

import pytest

from kryds.desk.archive import Archive
from kryds.desk.printing import UNNUMBERED
from kryds.desk.web.desk import Desk
from kryds.desk.web.jobs import JobKind
from kryds.desk.web.visitor import Role
from tests.desk.piles import placed
from tests.desk.web.desks import MOMENT, browser, new_desk, read_pile


@pytest.fixture
def desk(tmp_path: Path, home: Path) -> Desk:
    Archive(home).keep(placed().edition, UNNUMBERED)
    return new_desk(tmp_path / "desk")


def test_every_page_is_told_and_what_gave_no_answers_is_shown_with_its_reason(desk: Desk) -> None:
    pile = read_pile(desk)
    page = browser(desk).get(f"/piles/{pile.id}/pages").text

    assert "4 sider læst" in page
    assert "3 ark er læst." in page
    assert "Tilbage at afgøre: 1." in page
    assert f'<img loading="lazy" src="/piles/{pile.id}/scan/1/4.jpg?small" alt="bunke.pdf, side 4">' in page
    assert "Siden er ikke" in page
    assert "Alle 4 sider" in page


def test_a_reader_sees_the_pages_but_brings_none(desk: Desk) -> None:
    page = browser(desk, Role.READER).get(f"/piles/{read_pile(desk).id}/pages").text

    assert "4 sider læst" in page
    assert "Træk de scannede filer hertil" not in page


def test_a_job_that_failed_is_told_and_may_be_tried_again(desk: Desk) -> None:
    pile = desk.register.add("Prøve", MOMENT)
    desk.jobs.add(pile.id, JobKind.READ, "da", MOMENT)
    job = desk.jobs.take()
    assert job
    desk.jobs.end(job, MOMENT, "Traceback <b>: a bug")
    visitor, address = browser(desk), f"/piles/{pile.id}/pages"

    assert "Læsningen gik i stå" in visitor.get(address).text
    assert "&lt;b&gt;" in visitor.get(address).text
    assert visitor.post(address).status == 303
    assert desk.jobs.is_busy(pile.id)


def test_a_pile_that_is_not_there_is_told(desk: Desk) -> None:
    heard = browser(desk).get("/piles/abc/pages")

    assert (heard.status, "Siden findes ikke" in heard.text) == (404, True)
