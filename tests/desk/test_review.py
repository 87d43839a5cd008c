import queue
import shutil
import socket
import threading
import webbrowser
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from kryds.desk.review import Sitting, reviewer_named, serve_review
from kryds.model.errors import ArgumentError
from kryds.model.load import load_phrases
from tests.desk.exports.groups import COMPLETE, group
from tests.desk.review_work import Desk

DANISH = load_phrases("da")
CHROMIUM = shutil.which("chromium")
#: Longer than the page waits before it believes that a key is meant for the picture shown (milliseconds).
A_LOOK = 250


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address the browser was told to open; the server has ended when the test has."""
    addresses: queue.Queue[str] = queue.Queue()
    monkeypatch.setattr(webbrowser, "open", addresses.put)
    server = threading.Thread(target=serve_review, args=(desk.work, DANISH, Sitting("Åse")), daemon=True)
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
        page.goto(opened)
        yield page
        browser.close()


def press(page: Page, key: str, then: str) -> None:
    page.wait_for_timeout(A_LOOK)
    page.keyboard.press(key)
    page.get_by_text(then, exact=True).locator("visible=true").first.wait_for()


def test_three_answers_are_settled_by_keys_alone(page: Page, desk: Desk) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    press(page, "3", then="Ark 2, 2.2: Altid")
    press(page, "d", then="Ark 1, 1.2: flere kryds")
    press(page, "u", then="Fortrudt – her er ark 1, 1.2 igen")
    press(page, "2", then="Ark 1, 1.2: Sjældent")
    press(page, "0", then="Alle svar er afgjort")
    press(page, "Enter", then="Tak – dine svar er med i resultatet")

    assert desk.words == [
        ("2.2", "answered", 3),
        ("1.2", "multiple", None),
        ("1.2", "doubtful", None),
        ("1.2", "answered", 2),
        ("1.1", "blank", None),
    ]
    assert (desk.finished, faults) == (1, [])


def test_a_key_meant_for_the_picture_before_settles_nothing(page: Page, desk: Desk) -> None:
    press(page, "3", then="Ark 2, 2.2: Altid")
    page.keyboard.press("3")
    page.keyboard.down("3")
    page.wait_for_timeout(A_LOOK)
    page.keyboard.down("3")  # still held down: the browser repeats it
    page.wait_for_timeout(A_LOOK)

    assert desk.words == [("2.2", "answered", 3)]
    page.get_by_role("button", name="Færdig").click()
    page.get_by_text("Svar, der stadig venter: 2.").wait_for()


def test_the_category_in_focus_is_shown_on_the_paper(page: Page) -> None:
    page.keyboard.press("Tab")
    aimed = page.locator(".narrow .box.aimed")

    assert page.locator(":focus").inner_text().split() == ["1", "Aldrig"]
    assert (aimed.count(), aimed.get_attribute("data-choice")) == (1, "1")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.wait_for_timeout(A_LOOK)
    page.get_by_role("button", name="Færdig").click()
    page.get_by_text("Du kan lukke vinduet.").wait_for()


def test_a_lost_server_is_said_out_loud(page: Page) -> None:
    page.route("**/*", lambda route: route.abort())
    page.wait_for_timeout(A_LOOK)
    page.keyboard.press("1")
    page.get_by_role("alert").filter(has_text="ikke længere forbindelse").wait_for()
    page.unroute_all()
    page.get_by_role("button", name="Færdig").click()
    page.get_by_text("Du kan lukke vinduet.").wait_for()


def test_when_nothing_awaits_a_person_nothing_is_served(capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk((group(COMPLETE),))
    serve_review(desk.work, DANISH, Sitting("Åse"))

    assert capsys.readouterr().out == "Ingen svar venter på en person.\n"
    assert desk.finished == 0


def test_ctrl_c_writes_the_results_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("uvicorn.Server.run", interrupt)
    serve_review(desk.work, DANISH, Sitting("Åse", open_browser=False))

    assert desk.finished == 1
    assert capsys.readouterr().out.startswith("http://127.0.0.1:")


def test_a_port_that_is_taken_is_named(desk: Desk) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ArgumentError, match=f"--port {port}"):
            serve_review(desk.work, DANISH, Sitting("Åse", port))


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
