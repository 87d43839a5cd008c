"""The settling page's script in a real browser: what is pressed is written down, and to the row that was seen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from kryds.desk.web.desk import Desk
from kryds.desk.web.register import Pile
from tests.desk.web.desks import OpenDoor
from tests.desk.web.serving import A_BLINK_MS, A_LOOK_MS, look, stop_clock
from tests.desk.web.visits import looking, served

pytestmark = pytest.mark.slow

#: A slow line (milliseconds).
SLOW = 800


@pytest.fixture
def page(desk: Desk, pile: Pile) -> Iterator[Page]:
    with served(desk, OpenDoor()) as address, looking(address) as context:
        page = context.new_page()
        page.goto(f"/piles/{pile.id}/settle")
        page.locator("#settling[data-keys]").wait_for()
        yield page


def slow(page: Page) -> None:
    """Every word takes its time to arrive."""

    def wait(route: Route) -> None:
        page.wait_for_timeout(SLOW)
        route.continue_()

    page.route(lambda url: url.endswith("/settle"), wait)


def leave(page: Page) -> None:
    """Is done; the page is left when every word has arrived."""
    page.get_by_role("button", name="Færdig").click()
    page.wait_for_url("**/take")


def row(page: Page) -> str | None:
    return page.locator("[name=row]").get_attribute("value")


def test_a_word_on_its_way_is_written_down_before_who_is_done_leaves(desk: Desk, pile: Pile, page: Page) -> None:
    slow(page)
    look(page)
    page.keyboard.press("1")
    leave(page)

    assert [(word.choice, word.who) for word in desk.store(pile).decisions()] == [(1, "Åse")]


def test_a_key_sooner_than_the_row_could_be_seen_is_for_no_row_and_says_so(desk: Desk, pile: Pile, page: Page) -> None:
    stop_clock(page)
    first = row(page)
    page.keyboard.press("1")
    page.clock.run_for(A_BLINK_MS)
    page.keyboard.press("2")
    expect(page.locator("#said")).to_have_text("Det tryk kom, før rækken her var til at se. Tryk igen.")
    second = row(page)
    page.clock.run_for(A_LOOK_MS)
    assert first != second == row(page)
    leave(page)

    assert [word.choice for word in desk.store(pile).decisions()] == [1]


def test_a_key_counts_from_when_it_was_pressed_however_late_the_page_hears_of_it(
    desk: Desk, pile: Pile, page: Page
) -> None:
    page.evaluate("window.late = new KeyboardEvent('keydown', { key: '2', bubbles: true })")
    look(page)
    page.keyboard.press("1")
    look(page)
    page.evaluate("document.body.dispatchEvent(window.late)")
    expect(page.locator("#said")).to_have_text("Det tryk kom, før rækken her var til at se. Tryk igen.")
    leave(page)

    assert [word.choice for word in desk.store(pile).decisions()] == [1]


def test_a_key_while_the_next_row_is_on_its_way_is_for_no_row_and_says_so(desk: Desk, pile: Pile, page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(lambda url: "ahead" in url, hold)
    page.reload()
    page.locator("#settling[data-keys]").wait_for()
    look(page)
    page.keyboard.press("1")
    page.keyboard.press("2")
    expect(page.locator("#said")).to_have_text("Den næste række er på vej.")
    for route in held:
        route.continue_()
    page.unroute_all()
    expect(page.locator("#row")).not_to_have_attribute("aria-busy", "true")
    leave(page)

    assert [word.choice for word in desk.store(pile).decisions()] == [1]


def test_taking_back_waits_for_its_turn(desk: Desk, pile: Pile, page: Page) -> None:
    first = row(page)
    slow(page)
    look(page)
    page.keyboard.press("1")
    look(page)
    page.keyboard.press("u")
    page.wait_for_function("row => document.querySelector('[name=row]')?.value === row", arg=first)
    page.unroute_all(behavior="wait")
    look(page)
    page.keyboard.press("2")
    leave(page)

    assert [(word.state.value, word.choice) for word in desk.store(pile).decisions()] == [
        ("answered", 1),
        ("doubtful", None),
        ("answered", 2),
    ]
