from pathlib import Path

from kryds.desk.web.one_folder import OneFolder
from kryds.model.errors import ArgumentError
from tests.desk.web.desks import Browser, OpenDoor, new_desk, open_pile

ADDRESS = "/piles/here/settle"


def folder(tmp_path: Path, summary: Path | None = Path("resultat/summary.pdf")) -> OneFolder:
    desk = new_desk(tmp_path)
    return OneFolder(desk.store(open_pile(desk)), lambda: summary, "da")


def test_one_comes_to_the_settling_page_at_once(tmp_path: Path) -> None:
    visitor = Browser(folder(tmp_path).app(OpenDoor()))
    page = visitor.get(ADDRESS, **{"accept-language": "en"}).text

    assert visitor.get("/").headers["location"] == ADDRESS
    assert "0 af 3 afgjort" in page  # in the language of the command, not of the browser
    assert "Stakke" not in page
    assert "Én person afgør" not in page


def test_being_done_writes_the_results_and_ends_the_server(tmp_path: Path) -> None:
    found = folder(tmp_path)
    ended: list[bool] = []
    found.stop = lambda: ended.append(found.is_finished)
    page = Browser(found.app(OpenDoor())).post(ADDRESS, do="finish").text

    assert ended == [True]
    assert "resultat/summary.pdf" in page
    assert "Tilbage at afgøre: 3." in page


def test_a_file_that_cannot_be_written_is_named_and_the_page_stays(tmp_path: Path) -> None:
    def refuse() -> Path:
        raise ArgumentError("summary.pdf: cannot be written; close it")

    desk = new_desk(tmp_path)
    found = OneFolder(desk.store(open_pile(desk)), refuse, "da")
    heard = Browser(found.app(OpenDoor())).post(ADDRESS, do="finish")

    assert (heard.status, "summary.pdf: cannot be written" in heard.text) == (400, True)
    assert not found.is_finished
