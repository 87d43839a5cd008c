from pathlib import Path

import pytest

from kryds.desk.archive import Archive
from kryds.desk.printing import UNNUMBERED
from kryds.desk.web import take
from kryds.desk.web.desk import Desk
from kryds.desk.web.jobs import JobKind
from kryds.desk.web.queue import Queue, Word
from kryds.desk.web.take import FILES, download_name, folder_of, is_fresh
from kryds.desk.web.worker import work_off
from kryds.model.reading import AnswerState
from tests.desk.piles import placed
from tests.desk.web.desks import MOMENT, browser, new_desk, read_pile


@pytest.fixture
def desk(tmp_path: Path, home: Path) -> Desk:
    Archive(home).keep(placed().edition, UNNUMBERED)
    return new_desk(tmp_path / "desk")


def test_every_file_may_be_fetched_under_the_piles_name(desk: Desk) -> None:
    pile = read_pile(desk, name="Trivsel <Ærø>/../2026")
    visitor = browser(desk)
    page = visitor.get(f"/piles/{pile.id}/take").text
    for name, kind in FILES.items():
        heard = visitor.get(f"/piles/{pile.id}/take/{name}")
        assert f"/take/{name}" in page
        assert (heard.status, heard.headers["content-type"].split(";")[0]) == (200, kind)
        assert "attachment" in heard.headers["content-disposition"]
        assert "Trivsel-%C3%86r%C3%B8-2026" in heard.headers["content-disposition"]


@pytest.mark.parametrize("name", ["written.json", "..%2f..%2fdesk.db", "../../desk.db", "answers.csv", "x"])
def test_no_other_file_may(desk: Desk, name: str) -> None:
    assert browser(desk).get(f"/piles/{read_pile(desk).id}/take/{name}").status == 404


def test_files_of_before_a_decision_are_told_to_be_old_and_written_anew(desk: Desk) -> None:
    pile = read_pile(desk)
    queue = Queue(desk.store(pile))
    queue.refresh(desk.latest.gathered(queue.store))
    queue.decide(queue.next("Åse", 1)[0], "Åse", Word(AnswerState.ANSWERED, 1))
    visitor, address = browser(desk), f"/piles/{pile.id}/take"
    assert not is_fresh(desk, pile)
    assert "Filerne her er fra før" in visitor.get(address).text
    before = (folder_of(desk, pile) / "export.csv").read_text("utf-8-sig")
    visitor.post(address)
    assert "Filerne bliver skrevet" in visitor.get(address).text
    assert "/take/export.csv" not in visitor.get(address).text
    assert visitor.get(f"{address}/export.csv").headers["location"] == address
    assert work_off(desk)

    assert is_fresh(desk, pile)
    assert (folder_of(desk, pile) / "export.csv").read_text("utf-8-sig") != before


def test_where_spss_cannot_be_written_the_page_says_what_is_lacking(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take, "find_spec", lambda _: None)
    page = browser(desk).get(f"/piles/{read_pile(desk).id}/take").text

    assert "/take/export.sav" not in page
    assert "SPSS mangler her" in page


def test_a_pile_without_sheets_has_no_tables(desk: Desk) -> None:
    pile = desk.register.add("Tom", MOMENT)
    desk.jobs.add(pile.id, JobKind.READ, "da", MOMENT)
    work_off(desk)

    assert not (folder_of(desk, pile) / "export.csv").exists()
    assert browser(desk).get(f"/piles/{pile.id}/take").status == 200


@pytest.mark.parametrize(
    ("name", "ending", "wanted"),
    [
        ("Trivsel, forår 2026", "xlsx", "Trivsel-forår-2026.xlsx"),
        ("../..", "summary.pdf", "kryds-summary.pdf"),
        ('a"b\\c\r\nd', "csv", "a-b-c-d.csv"),
    ],
)
def test_a_files_name_is_made_of_letters_only(name: str, ending: str, wanted: str) -> None:
    assert download_name(name, ending) == wanted
