"""Every page of the desk in a real browser: for who cannot see it, in light and dark, on a desk and on a phone.

With KRYDS_PICTURES=FOLDER in the environment a picture of each is left there to be looked at.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from kryds.desk.web.accounts import Accounts
from kryds.desk.web.desk import Desk
from kryds.desk.web.entry import AccountDoor
from kryds.desk.web.jobs import JobKind
from kryds.desk.web.visitor import Role
from tests.desk.web.desks import MOMENT, browser, new_desk, open_pile, read_pile
from tests.desk.web.filled_piles import Filled, likely, pile_of
from tests.desk.web.visits import barriers, looking, served

pytestmark = pytest.mark.slow

PASSWORD = "en lang adgangskode"
LOOKS = [("da", "light", 1280), ("en", "dark", 1280), ("da", "dark", 390), ("en", "light", 390)]
#: What is wider than its place on purpose scrolls in itself, not the page.
WIDER = """[...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > innerWidth + 1
    && !each.closest('.wide, .tabs, .unseen, .past, .tiles, svg')).slice(0, 3)
    .map(each => each.outerHTML.slice(0, 120))"""
#: What is pressed, chosen or written into without a name a screen reader could say.
NAMELESS = """[...document.querySelectorAll('button, a[href], input:not([type=hidden]), select, textarea, summary')]
    .filter(each => each.checkVisibility() && !each.ariaHidden && !each.querySelector('img[alt]'))
    .filter(each => !(each.innerText?.trim() || each.ariaLabel || each.labels?.length))
    .map(each => each.outerHTML.slice(0, 120))"""


@dataclass(frozen=True)
class Site:
    """A desk with something on every page; ``pages`` are addresses by the name of their picture."""

    address: str
    pages: dict[str, str]


def site_of(desk: Desk) -> dict[str, str]:
    """Fills the desk; the address of every page by a name."""
    pile_of(desk, Filled(likely(1, 12, -0.5)), name="Trivsel, forår", created="2026-04-01")
    people = {"afdeling": ["Salg"] * 9 + ["Lager"] * 8 + ["Kontor"] * 3}
    groups = pile_of(desk, Filled(likely(1, 20), people), name="Trivsel, efterår", created="2026-10-01")
    few = pile_of(desk, Filled(likely(3, 3)), name="Et meget langt navn på en stak, som ikke er til at komme uden om")
    busy = desk.register.add("Bliver læst", MOMENT)
    desk.jobs.add(busy.id, JobKind.READ, "da", MOMENT)
    doubts, gone = open_pile(desk), desk.register.add("Glemt", MOMENT)
    receipt = browser(desk).post(f"/piles/{gone.id}/forget", do="all", name="Glemt").headers["location"]
    desk.jobs.end(next(job for job in [desk.jobs.take()] if job), MOMENT, "worker_died")
    scanned = read_pile(desk)
    sheet = desk.result(scanned).sheets[0].reading
    result = f"/piles/{groups.id}/result"
    return {
        "piles": "/", "pages": f"/piles/{scanned.id}/pages", "pages-fault": f"/piles/{busy.id}/pages",
        "settle": f"/piles/{doubts.id}/settle", "settle-none": f"/piles/{few.id}/settle", "result": result,
        "result-two": f"{result}?by=afdeling&one=0.0&other=0.1", "result-none": f"/piles/{few.id}/result",
        "sheets": f"{result}/sheets", "sheet": f"/piles/{scanned.id}/result/sheets/{sheet.digest}/{sheet.sheet}",
        "take": f"/piles/{scanned.id}/take", "take-none": f"/piles/{few.id}/take",
        "forget": f"/piles/{scanned.id}/forget", "receipt": receipt, "make": "/make", "print": "/make/print/mus-leder",
        "write": "/make/write", "access": "/people", "own": "/own",
    }  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KRYDS_HOME", str(folder / "home"))
        desk = new_desk(folder)
        accounts = Accounts(desk.engine)
        for name, role in (("Åse Sørensen", Role.OWNER), ("Bo", Role.REVIEWER)):
            accounts.keep(name, PASSWORD, role)
        with served(desk, AccountDoor(accounts), accounts) as address:
            yield Site(address, site_of(desk))


@pytest.fixture(scope="module")
def context(site: Site) -> Iterator[BrowserContext]:
    with looking(site.address) as context:
        yield context


def look(page: Page, site: Site, looks: tuple[str, str, int]) -> None:
    """The next pages in another language, light and width."""
    cookies = {"kryds-language": looks[0], "kryds-theme": looks[1]}
    page.context.add_cookies([{"name": name, "value": value, "url": site.address} for name, value in cookies.items()])
    page.set_viewport_size({"width": looks[2], "height": 900})


def faults(page: Page, name: str, looks: tuple[str, str, int]) -> list[str]:
    """What hinders somebody on the page as it is now."""
    if folder := os.environ.get("KRYDS_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{'-'.join(map(str, looks))}.png", full_page=True)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    wider = page.evaluate("document.documentElement.scrollWidth > innerWidth") and page.evaluate(WIDER)
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dataset.theme]") == [*looks[:2]]
    found = [*barriers(page), *(f"nameless: {each}" for each in page.evaluate(NAMELESS))]
    return [f"{name} {looks}: {each}" for each in (*found, *(f"wider: {each}" for each in wider or ()))]


def test_no_page_hinders_anybody(site: Site, context: BrowserContext) -> None:
    page, found = context.new_page(), []
    page.goto("/login")
    for looks in LOOKS:
        look(page, site, looks)
        page.reload()
        found += faults(page, "login", looks)
    page.get_by_role("textbox").first.fill("Åse Sørensen")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    for looks in LOOKS:
        look(page, site, looks)
        for name, path in site.pages.items():
            page.goto(path)
            found += faults(page, name, looks)

    assert found == []


def test_the_keyboard_reaches_everything_in_the_order_it_is_read_and_shows_where_it_is(
    site: Site, context: BrowserContext
) -> None:
    page = context.new_page()
    for name in ("piles", "settle", "result", "forget", "write"):
        page.goto(site.pages[name])
        page.evaluate("document.activeElement.blur()")
        tops, unseen, steps = [], [], page.evaluate("document.querySelectorAll('a, button, input').length")
        for _ in range(min(steps, 25)):
            page.keyboard.press("Tab")
            where = page.evaluate("""() => { const at = document.activeElement, box = at.getBoundingClientRect();
                return [at.tagName, box.top + scrollY, getComputedStyle(at).outlineStyle, at.className] }""")
            if where[0] == "BODY":
                break
            tops.append(where[1])
            if where[2] == "none" and "unseen" not in where[3]:
                unseen.append(where)

        assert unseen == [], name
        assert tops, name
