"""A page whose code is lost: read, asked about, named, and its sheet whole. The MUS-test gives 1 to 5 points a row."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Queue as Channel

import pytest
from playwright.sync_api import Page

from kryds.desk.account import exit_status
from kryds.desk.archive import Archive
from kryds.desk.decisions import held
from kryds.desk.printing import UNNUMBERED
from kryds.desk.result import Result, gather, load_result
from kryds.desk.review import Sitting, serve_review
from kryds.desk.store import Store
from kryds.desk.tables import page_rows
from kryds.desk.voice import Voice
from kryds.desk.web.jobs import JobKind
from kryds.desk.web.queue import Queue, Word
from kryds.desk.web.worker import work_off
from kryds.desk.workflow import Manner, Outcome, Pile, Place, open_store, read_scans
from kryds.model.errors import KrydsExit
from kryds.model.load import load_phrases
from kryds.model.reading import SHEET_ITEM, AnswerState
from kryds.samples.paper.files import as_pdf
from kryds.samples.paper.scanner import ScannedPage
from tests.desk.web.desks import MOMENT, brought, browser, new_desk
from tests.desk.web.serving import chromium, look
from tests.desk.web.test_settle import fields
from tests.desk.whose_page import blotted, placed, scanned

Read = Callable[..., Store]


@pytest.fixture
def read(tmp_path: Path, home: Path) -> Iterator[Read]:
    """Reads pages as one scan; the store."""
    Archive(home).keep(placed().edition, UNNUMBERED)
    stores = []

    def run(*pages: ScannedPage) -> Store:
        (tmp_path / "scan.pdf").write_bytes(as_pdf(list(pages)))
        place = Place(tmp_path / "out")
        read_scans(Pile([tmp_path / "scan.pdf"]), place, Manner(pdfs=False), Voice.in_language("en"))
        stores.append(open_store(place))
        return stores[-1]

    yield run
    for store in stores:
        store.close()


def spoilt(copy: int = 12, choice: int = 2) -> tuple[ScannedPage, ScannedPage]:
    """Sheet ``copy``, whose second page has lost its code."""
    one, two = scanned(copy, choice)
    return one, blotted(two, 2)


@dataclass
class Person:
    """Somebody who names sheets, and sees what is open."""

    store: Store
    name: str = "Åse"

    @property
    def queue(self) -> Queue:
        """What is open now."""
        queue = Queue(self.store)
        queue.refresh(gather(self.store))
        return queue

    def names(self, sheet: str) -> None:
        """The first question is which sheet a page is of; it is of this one."""
        queue = self.queue
        [ask] = queue.next(self.name, 1)
        assert ask.item.asks_sheet
        assert queue.decide(ask, self.name, Word(AnswerState.ANSWERED, sheet=sheet))

    def asked(self) -> list[tuple[int, str]]:
        """Page and item of each question."""
        return [(ask.item.page.index + 1, ask.item.answer.item_id) for ask in self.queue.next(self.name, 99)]


def sheets(result: Result) -> list[tuple[str, int, int, str]]:
    """Number, answers, points and status of each."""
    return [(s.reading.sheet, s.score.answered, s.score.points, s.score.status.value) for s in result.sheets]


def test_a_page_without_its_code_is_asked_about_with_a_picture_of_its_head(read: Read) -> None:
    store = read(*spoilt())

    assert sheets(load_result(store)) == [("12", 12, 24, "incomplete"), ("u1", 8, 16, "needs_review")]
    assert (Person(store).asked(), load_result(store).open_items) == ([(2, SHEET_ITEM)], 1)
    crop = store.crop(store.key_of("scan.pdf", 1), SHEET_ITEM)
    assert crop
    assert crop.jpeg[:2] == b"\xff\xd8"


def test_a_page_that_is_named_makes_its_sheet_whole(read: Read) -> None:
    store = read(*spoilt())
    Person(store).names("12")
    result = load_result(store)

    assert sheets(result) == [("12", 20, 40, "scored")]  # twenty crosses of two points
    assert (result.open_items, Person(store).asked()) == (0, [])
    [word] = store.decisions()
    assert (word.who, word.sheet, word.source, word.index, word.choice) == ("Åse", "12", "scan.pdf", 1, None)
    assert [page.number for page in result.sheets[0].reading.pages] == [1, 2]


def test_the_table_of_pages_tells_who_named_a_page_s_sheet(read: Read) -> None:
    store = read(*spoilt())
    Person(store).names("12")
    rows = [(row["sheet"], row["reason"]) for row in page_rows(load_result(store), load_phrases("da"))]

    assert rows == [("12", ""), ("12", "Siden hører til ark 12, siger Åse")]


def test_a_name_taken_back_leaves_the_page_waiting_and_nothing_is_deleted(read: Read) -> None:
    store = read(*spoilt())
    person = Person(store)
    person.names("13")
    assert sheets(load_result(store)) == [("12", 12, 24, "incomplete"), ("13", 8, 16, "incomplete")]
    queue = person.queue
    key = queue.last_of("Åse")
    assert key == ("scan.pdf", 1, SHEET_ITEM)
    assert queue.take_back(key, "Åse")
    assert person.asked() == [(2, SHEET_ITEM)]
    person.names("12")

    assert sheets(load_result(store)) == [("12", 20, 40, "scored")]
    assert [(word.sheet, word.state.value) for word in store.decisions()] == [
        ("13", "answered"),
        ("", "doubtful"),
        ("12", "answered"),
    ]


def test_a_second_scan_named_to_a_page_already_there_shows_where_they_disagree(read: Read) -> None:
    other = blotted(scanned(12, 4)[1], 2)  # the same page, other crosses
    store = read(*scanned(12, 2), other)
    Person(store).names("12")
    result = load_result(store)
    [sheet] = result.sheets

    assert (sheet.score.answered, sheet.score.points, sheet.score.status.value) == (12, 24, "needs_review")
    assert {a.reasons[0].kind for a in sheet.reading.answers if a.is_open} == {"scans_disagree"}
    assert [page.state.value for page in result.pages] == ["read", "read", "duplicate"]
    assert (result.open_items, len(Person(store).asked())) == (8, 8)
    assert Person(store).queue.last_of("Åse") == ("scan.pdf", 2, SHEET_ITEM)  # and can be taken back


def test_pages_copied_without_a_number_are_told_apart_by_the_numbers_people_give(read: Read) -> None:
    one, two = scanned(0, 2)
    store = read(two, one, one, scanned(0, 3)[1])
    person = Person(store)
    for left, sheet in zip((4, 3, 2, 1), ("1", "1", "2", "2"), strict=True):
        assert [item for _, item in person.asked()] == [SHEET_ITEM] * left  # those left are no surer than before
        person.names(sheet)

    assert sheets(load_result(store)) == [("1", 20, 40, "scored"), ("2", 20, 48, "scored")]


def test_two_people_must_name_the_same_sheet(read: Read) -> None:
    store = read(*spoilt())
    Person(store).names("12")
    [first] = store.decisions()
    agreed = replace(first, who="Bo", turn=2)

    assert held([first], 2) == ()
    assert held([first, replace(agreed, sheet="13")], 2) == ()
    assert [word.who for word in held([first, agreed], 2)] == ["Åse + Bo"]


def test_rows_that_a_named_page_makes_questions_have_their_pictures_at_once(tmp_path: Path, home: Path) -> None:
    Archive(home).keep(placed().edition, UNNUMBERED)
    desk = new_desk(tmp_path)
    pile = desk.register.add("Prøve", MOMENT)
    brought(desk, pile, "bunke.pdf", as_pdf([*scanned(12, 2), blotted(scanned(12, 4)[1], 2)]))
    desk.jobs.add(pile.id, JobKind.READ, "da", MOMENT)
    assert work_off(desk)
    visitor, address = browser(desk), f"/piles/{pile.id}/settle"
    visitor.send(address, do="sheet", number="12", **fields(visitor.get(address).text))
    rows = visitor.get(f"{address}/ahead").told["rows"]

    assert len(rows) == 3
    assert all('id="row-picture"' in row["html"] for row in rows)


def test_without_a_script_a_misspelt_number_is_refused_with_a_word(tmp_path: Path, home: Path) -> None:
    Archive(home).keep(placed().edition, UNNUMBERED)
    desk = new_desk(tmp_path)
    pile = desk.register.add("Prøve", MOMENT)
    brought(desk, pile, "bunke.pdf", as_pdf(list(spoilt())))
    desk.jobs.add(pile.id, JobKind.READ, "da", MOMENT)
    assert work_off(desk)
    visitor, address = browser(desk), f"/piles/{pile.id}/settle"
    page = visitor.get(address).text
    assert "Hvilket ark er siden fra?" in page
    refused = visitor.post(address, do="sheet", number="u1", **fields(page)).headers["location"]
    assert "Sådan ser et arks nummer ikke ud" in visitor.get(refused).text
    assert visitor.post(address, do="1", **fields(page)).headers["location"].endswith("?elsewhere")
    assert desk.store(pile).decisions() == ()

    assert visitor.post(address, do="sheet", number=" 12 ", **fields(page)).headers["location"] == address
    assert sheets(desk.result(pile)) == [("12", 20, 40, "scored")]
    visitor.post(address, do="undo")
    assert desk.result(pile).open_items == 1


def test_a_pile_with_a_page_nobody_knows_awaits_review(read: Read) -> None:
    store = read(*spoilt())
    outcome = Outcome(load_result(store), Place(Path("out")), None, ())

    assert exit_status(outcome, strict=True) is KrydsExit.AWAITS_REVIEW
    Person(store).names("12")
    assert exit_status(replace(outcome, result=load_result(store)), strict=True) is KrydsExit.DONE


@pytest.fixture
def page(read: Read, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """The review page in a real browser."""
    store = read(*spoilt(), *spoilt(13, 4))
    addresses: Channel[str] = Channel()
    monkeypatch.setattr("webbrowser.open", addresses.put)
    work = store, lambda: None, load_phrases("da"), Sitting("Åse")
    server = threading.Thread(target=serve_review, args=work, daemon=True)
    server.start()
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.set_default_timeout(20_000)
        page.goto(addresses.get(timeout=20))
        yield page
        look(page)
        page.get_by_role("button", name="Færdig").click()
    server.join(20)
    assert not server.is_alive()


def write(page: Page, text: str, then: str) -> None:
    look(page)
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    heard(page, then)


def heard(page: Page, words: str) -> None:
    page.get_by_text(words, exact=True).locator("visible=true").first.wait_for()


def test_sheets_are_named_by_keyboard_alone(page: Page, tmp_path: Path) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    write(page, "su", then="Sådan ser et arks nummer ikke ud. Skriv det, som det er trykt, fx 12 eller K7Q2-12.")
    write(page, "12", then="scan.pdf, side 2: ark 12")
    heard(page, "scan.pdf, side 4")
    look(page)
    page.keyboard.press("Escape")  # unknown: it comes again, as nothing else is left
    heard(page, "Sprunget over – rækken kommer igen til sidst")
    write(page, "k7q2-13", then="Alle svar er afgjort")
    look(page)
    page.keyboard.press("u")
    heard(page, "Fortrudt – her er rækken igen")
    write(page, " 13", then="Alle svar er afgjort")

    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with open_store(Place(tmp_path / "out")) as store:
        assert [word.sheet for word in store.decisions()] == ["12", "K7Q2-13", "", "13"]
        assert sheets(load_result(store)) == [("12", 20, 40, "scored"), ("13", 20, 80, "scored")]
