import queue
import shutil
import socket
import threading
import webbrowser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from kryds.desk.review import Sitting, reviewer_named, serve_review
from kryds.desk.store import Store
from kryds.model.errors import ArgumentError
from kryds.model.load import load_phrases
from tests.desk.web.desks import new_desk, open_pile
from tests.desk.web.serving import A_BLINK_MS, A_LOOK_MS, look, stop_clock

DANISH = load_phrases("da")
CHROMIUM = shutil.which("chromium")


@dataclass
class Finished:
    """How often the results were written."""

    times: int = 0

    def __call__(self) -> Path:
        """Writes nothing."""
        self.times += 1
        return Path("resultat/summary.pdf")


@pytest.fixture
def finish() -> Finished:
    return Finished()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three answers that await a person, on two sheets."""
    desk = new_desk(tmp_path)
    return desk.store(open_pile(desk))


@pytest.fixture
def opened(store: Store, finish: Finished, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address the browser was told to open; the server has ended when the test has."""
    addresses: queue.Queue[str] = queue.Queue()
    monkeypatch.setattr(webbrowser, "open", addresses.put)
    server = threading.Thread(target=serve_review, args=(store, finish, DANISH, Sitting("Åse")), daemon=True)
    server.start()
    yield addresses.get(timeout=10)
    server.join(timeout=10)
    assert not server.is_alive()


@pytest.fixture
def chromium() -> str:
    if not CHROMIUM:
        pytest.skip("needs chromium: apt-get install chromium")
    return CHROMIUM


@pytest.fixture
def page(chromium: str, opened: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.set_default_timeout(8000)
        page.goto(opened)
        yield page
        browser.close()


def words(store: Store) -> list[tuple[str, str, int | None]]:
    """Item, state and choice of each decision."""
    return [(each.item_id, each.state.value, each.choice) for each in store.decisions()]


def press(page: Page, key: str, then: str) -> None:
    look(page)
    page.keyboard.press(key)
    said(page, then)


def said(page: Page, text: str) -> None:
    page.get_by_text(text, exact=True).locator("visible=true").first.wait_for()


def test_three_answers_are_settled_by_keys_alone(page: Page, store: Store, finish: Finished) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    press(page, "3", then="Ark 2, 2.2: Altid")
    press(page, "d", then="Ark 1, 1.2: flere kryds")
    press(page, "u", then="Fortrudt – her er rækken igen")
    press(page, "2", then="Ark 1, 1.2: Sjældent")
    press(page, "0", then="Alle svar er afgjort")
    press(page, "Enter", then="Tak – dine svar er med i resultatet")

    assert words(store) == [
        ("2.2", "answered", 3),
        ("1.2", "multiple", None),
        ("1.2", "doubtful", None),
        ("1.2", "answered", 2),
        ("1.1", "blank", None),
    ]
    assert (finish.times, faults) == (1, [])


def test_a_key_meant_for_the_picture_before_settles_nothing(page: Page, store: Store) -> None:
    stop_clock(page)
    page.keyboard.press("3")
    said(page, "Ark 2, 2.2: Altid")
    page.keyboard.press("3")  # the next row is there, but not painted yet
    said(page, "Den næste række er på vej.")
    page.clock.run_for(A_BLINK_MS)
    page.keyboard.down("3")
    said(page, "Det tryk kom, før rækken her var til at se. Tryk igen.")
    page.clock.run_for(A_LOOK_MS)
    page.keyboard.down("3")  # still held down: the browser repeats it
    page.keyboard.up("3")
    page.keyboard.press("3")
    said(page, "Ark 1, 1.2: Altid")
    page.get_by_role("button", name="Færdig").click()
    page.get_by_text("Tilbage at afgøre: 1.").wait_for()

    assert words(store) == [("2.2", "answered", 3), ("1.2", "answered", 3)]


def test_the_category_in_focus_is_shown_on_the_paper(page: Page) -> None:
    page.keyboard.press("Tab")
    aimed = page.locator(".narrow-picture .box.aimed")

    assert page.locator(":focus").inner_text().split() == ["1", "Aldrig"]
    assert (aimed.count(), aimed.get_attribute("data-choice")) == (1, "1")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(page)
    page.get_by_role("button", name="Færdig").click()
    page.get_by_text("Du kan lukke vinduet.").wait_for()


def test_a_lost_server_is_said_out_loud_and_the_row_comes_again(page: Page, store: Store) -> None:
    page.route("**/*", lambda route: route.abort())
    look(page)
    page.keyboard.press("1")
    page.get_by_role("alert").filter(has_text="ikke forbindelse").wait_for()
    page.unroute_all()
    press(page, "1", then="Ark 1, 1.2: Aldrig")
    press(page, "2", then="Ark 2, 2.2: Sjældent")
    press(page, "1", then="Ark 2, 1.1: Aldrig")
    page.get_by_text("Alle svar er afgjort").wait_for()
    look(page)
    page.keyboard.press("Enter")
    page.get_by_text("Du kan lukke vinduet.").wait_for()

    assert words(store) == [("1.2", "answered", 1), ("2.2", "answered", 2), ("1.1", "answered", 1)]


def test_when_nothing_awaits_a_person_nothing_is_served(
    tmp_path: Path, finish: Finished, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = new_desk(tmp_path)
    serve_review(desk.store(open_pile(desk, sheets=0)), finish, DANISH, Sitting("Åse"))

    assert capsys.readouterr().out == "Ingen svar venter på en person.\n"
    assert finish.times == 0


def test_ctrl_c_writes_the_results_too(
    store: Store, finish: Finished, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("uvicorn.Server.run", interrupt)
    serve_review(store, finish, DANISH, Sitting("Åse", open_browser=False))

    assert finish.times == 1
    assert capsys.readouterr().out.startswith("http://127.0.0.1:")


def test_a_port_that_is_taken_is_named(store: Store, finish: Finished) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ArgumentError, match=f"--port {port}"):
            serve_review(store, finish, DANISH, Sitting("Åse", port))


def test_a_reviewer_is_who_is_logged_in_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "ase")

    assert (reviewer_named(None), reviewer_named("  Åse \t Ø. ")) == ("ase", "Åse Ø.")


@pytest.mark.parametrize("name", ["", " ", "reader", "x" * 101, "a\x00b"])
def test_a_name_that_cannot_stand_in_the_tables_is_refused(name: str) -> None:
    with pytest.raises(ArgumentError, match="--reviewer"):
        reviewer_named(name)


def test_where_nobody_is_logged_in_a_name_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError("no user")

    monkeypatch.setattr("getpass.getuser", nobody)

    with pytest.raises(ArgumentError, match="--reviewer NAME"):
        reviewer_named(None)
