"""The result and the making of a test as people meet them: in a browser, by keyboard, for a screen reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from kryds.desk.web.register import Pile
from tests.desk.web.desks import OpenDoor, new_desk, read_pile
from tests.desk.web.filled_piles import Filled, likely, pile_of
from tests.desk.web.visits import barriers, looking, served


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Pile, Pile]]:
    """The desk's address, a pile in two groups with an earlier round, and one with scans."""
    folder = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KRYDS_HOME", str(folder / "home"))
        served_desk = new_desk(folder)
        pile_of(served_desk, Filled(likely(1, 12, -0.5)), name="Forår", created="2026-04-01")
        people = {"afdeling": ["Salg"] * 9 + ["Lager"] * 8 + ["Kontor"] * 3}
        pile = pile_of(served_desk, Filled(likely(1, 20), people), name="Efterår", created="2026-10-01")
        scanned = read_pile(served_desk)
        with served(served_desk, OpenDoor()) as address:
            yield address, pile, scanned


@pytest.fixture(scope="module")
def context(desk: tuple[str, Pile, Pile]) -> Iterator[BrowserContext]:
    with looking(desk[0]) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    page.set_viewport_size({"width": 1200, "height": 900})
    yield page
    page.close()


def addresses(pile: Pile, scanned: Pile) -> list[str]:
    result = f"/piles/{pile.id}/result"
    return [result, f"{result}?by=afdeling&one=0.0&other=0.1", f"{result}/sheets", f"/piles/{scanned.id}/result",
            f"/piles/{scanned.id}/result/sheets", "/make", "/make/print/mus-leder", "/make/write"]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(desk: tuple[str, Pile, Pile], page: Page, scheme: str) -> None:
    address, *piles = desk
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in addresses(*piles):
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

        assert barriers(page) == [], path


def test_what_is_written_before_the_script_is_there_is_looked_at_too(desk: tuple[str, Pile, Pile], page: Page) -> None:
    page.goto(f"{desk[0]}/make/write")
    held: list[Route] = []
    page.route("**/make.js", lambda route: held.append(route))  # noqa: PLW0108 - no name may be put on a list's method
    page.get_by_role("button", name="YAML").click(no_wait_after=True)
    page.get_by_label("Testens fil").fill("id: X")
    for route in held:
        route.continue_()

    expect(page.locator(".complaints")).to_be_visible()


def test_axe_finds_nothing_beside_complaints_in_yaml_and_on_a_sheet(desk: tuple[str, Pile, Pile], page: Page) -> None:
    address, _, scanned = desk
    page.goto(f"{address}/make/write")
    page.get_by_role("button", name="YAML").click()
    page.get_by_label("Testens fil").fill("id: X")
    expect(page.locator(".complaints")).to_be_visible()
    assert barriers(page) == []

    page.goto(f"{address}/piles/{scanned.id}/result/sheets")
    page.get_by_role("link", name="Ark 1").click()
    assert barriers(page) == []


def test_no_page_scrolls_sideways_on_a_phone(desk: tuple[str, Pile, Pile], page: Page) -> None:
    address, *piles = desk
    page.set_viewport_size({"width": 390, "height": 800})
    for path in addresses(*piles):
        page.goto(address + path)

        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_two_groups_are_chosen_by_keyboard(desk: tuple[str, Pile, Pile], page: Page) -> None:
    address, pile, _ = desk
    page.goto(f"{address}/piles/{pile.id}/result")
    page.get_by_label("Delt efter").focus()
    page.keyboard.type("afd")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Vis").press("Enter")
    page.get_by_label("Ved siden af").select_option(label="Salg (9)")
    page.get_by_role("button", name="Vis").press("Enter")

    expect(page.get_by_role("heading", name="Her er forskellen størst")).to_be_visible()
    expect(page.get_by_role("heading", name="Salg", exact=True)).to_be_visible()


def test_an_answer_leads_to_its_box_on_the_scan_and_back(desk: tuple[str, Pile, Pile], page: Page) -> None:
    address, _, scanned = desk
    page.goto(f"{address}/piles/{scanned.id}/result/sheets")
    page.get_by_role("link", name="Ark 2").press("Enter")
    page.wait_for_load_state("networkidle")
    page.locator("a.line-of-sheet").first.press("Enter")
    box = page.locator("#box-1-1 rect").first
    ring = box.evaluate("each => getComputedStyle(each).strokeWidth")

    expect(box).to_be_in_viewport()
    assert ring == "5px"
    page.locator("#box-1-1 a").press("Enter")
    assert page.url.endswith("#answer-1-1")


def test_the_box_stands_on_the_cross_in_the_picture(desk: tuple[str, Pile, Pile], page: Page) -> None:
    """The ring's place in the picture holds more ink than the other box's, which is empty."""
    address, _, scanned = desk
    page.goto(f"{address}/piles/{scanned.id}/result/sheets")
    page.get_by_role("link", name="Ark 1").click()
    page.wait_for_load_state("networkidle")
    ink = page.evaluate(
        """async () => {
          const href = document.querySelector("svg.scan image").getAttribute("href");
          const picture = await createImageBitmap(await (await fetch(href)).blob());
          const canvas = new OffscreenCanvas(picture.width, picture.height);
          const pen = canvas.getContext("2d");
          pen.drawImage(picture, 0, 0);
          const box = document.querySelector("rect.chosen"), svg = box.ownerSVGElement.viewBox.baseVal;
          const scale = picture.width / svg.width;
          const [x, y, width, height] = ["x", "y", "width", "height"].map(n => box[n].baseVal.value * scale);
          const dark = (left) => {
            const data = pen.getImageData(left, y, width, height).data;
            let sum = 0;
            for (let at = 0; at < data.length; at += 4) sum += data[at] < 128;
            return sum / (data.length / 4);
          };
          return [dark(x), dark(x - 3 * width)];
        }"""
    )

    assert ink[0] > ink[1] + 0.03


def test_a_test_is_written_kept_and_downloaded(desk: tuple[str, Pile, Pile], page: Page, tmp_path: Path) -> None:
    address, *_ = desk
    page.goto(f"{address}/make")
    page.get_by_role("link", name="Skriv en ny test").press("Enter")
    before = page.locator(".sheet-page").get_attribute("src")
    page.get_by_label("Titel", exact=True).fill("Frokost på Ærø")
    expect(page.locator(".sheet-page")).not_to_have_attribute("src", before or "")
    page.get_by_label("Titel", exact=True).fill("")
    expect(page.locator(".complaints")).to_contain_text("Skriv en titel")
    expect(page.locator("#said")).to_have_text("Der er 1 ting at rette.")
    page.get_by_label("Titel", exact=True).fill("Frokost på Ærø")
    page.get_by_role("button", name="+ Afsnit").press("Enter")
    expect(page.locator("[name=section-2-title]")).to_be_focused()
    page.keyboard.type("STEDET")
    page.keyboard.press("Tab")
    page.keyboard.type("Der er ro")
    page.get_by_role("button", name="Gem, og vælg antal").press("Enter")
    page.get_by_label("Antal").fill("2")
    with page.expect_download() as download:
        page.get_by_role("button", name="Hent PDF").press("Enter")
    file = tmp_path / "ark.pdf"
    download.value.save_as(file)

    assert download.value.suggested_filename == "frokost-paa-aeroe.pdf"
    assert file.read_bytes().startswith(b"%PDF")


#: A server that takes a second to add a row: longer than the sheet waits for the last key.
SLOW = """
    const quick = window.fetch;
    window.fetch = async (address, wish) => {
      if (String(wish?.body).includes("do=add-")) await new Promise((done) => setTimeout(done, 1000));
      return quick(address, wish);
    };
"""


def test_what_is_pressed_right_after_a_key_is_not_lost_however_slow_the_server(
    desk: tuple[str, Pile, Pile], page: Page
) -> None:
    address, *_ = desk
    page.add_init_script(SLOW)
    page.goto(f"{address}/make/write")
    page.get_by_label("Titel", exact=True).fill("Frokost på Ærø")
    page.get_by_role("button", name="+ Afsnit").press("Enter")
    page.get_by_role("button", name="+ Afsnit").press("Enter")

    expect(page.locator("[name=section-3-title]")).to_be_focused()


def test_a_complaint_leads_to_its_line(desk: tuple[str, Pile, Pile], page: Page) -> None:
    address, *_ = desk
    page.goto(f"{address}/make/write")
    page.get_by_role("button", name="YAML").press("Enter")
    text = page.get_by_label("Testens fil")
    text.fill(text.input_value().replace("version: 1", "version: ny"))
    page.get_by_role("button", name="Linje 2").press("Enter")
    chosen = text.evaluate("each => each.value.slice(each.selectionStart, each.selectionEnd)")

    assert chosen == "version: ny"


def test_a_list_saved_by_an_old_excel_keeps_its_letters(
    desk: tuple[str, Pile, Pile], page: Page, tmp_path: Path
) -> None:
    address, *_ = desk
    roster = tmp_path / "liste.csv"
    roster.write_bytes("navn;afdeling\nÅse Sørensen;Køkken\n".encode("cp1252"))
    page.goto(f"{address}/make/print/ja-nej")
    page.get_by_role("radio", name="Ark med navn").check()
    page.get_by_label("Hent listen fra en fil").set_input_files(roster)

    expect(page.locator("#roster")).to_have_value("navn;afdeling\nÅse Sørensen;Køkken\n")
