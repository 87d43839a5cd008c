"""The whole way through the desk, in a real browser against a real server."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kryds.samples.paper.files import as_pdf
from kryds.templates import __file__ as templates_file
from tests.desk.conftest import Kryds
from tests.desk.piles import PLANS, empty, foreign, scanned
from tests.desk.web.serving import PATIENCE_S, Serving, chromium, look, serve

pytestmark = pytest.mark.slow

SAMPLES = Path(templates_file).parents[1] / "samples"
#: The statements of the sample.
ITEMS = tuple(f"{part}.{number}" for part, count in ((1, 5), (2, 7), (3, 8)) for number in range(1, count + 1))


@pytest.fixture
def desk(tmp_path: Path, home: Path) -> Iterator[Serving]:
    assert home
    serving = serve(tmp_path / "desk")
    yield serving
    serving.end()


@pytest.fixture
def page(desk: Serving) -> Iterator[Page]:
    with chromium() as browser:
        page = browser.new_context(locale="da-DK", accept_downloads=True, reduced_motion="reduce").new_page()
        page.set_default_timeout(PATIENCE_S * 1000)
        page.goto(desk.address)
        yield page


def bring(page: Page, name: str, *files: Path) -> None:
    """Begins a pile, uploads the files, and waits until they are read and the results written."""
    page.get_by_label("Ny stak").fill(name)
    page.get_by_role("button", name="Begynd").click()
    page.set_input_files("#files", list(files))
    page.locator(".next").wait_for()


def settle(page: Page, keys: dict[str, str], until: int) -> None:
    """Presses the key for the sheet that is shown, until all are settled."""
    page.locator("#settling[data-keys]").wait_for()
    for _ in range(until):
        sheet = page.locator("#row .place").inner_text().splitlines()[0]
        row = page.locator("[name=row]").get_attribute("value")
        number = re.search(r"Ark (\S+)", sheet)
        assert number
        look(page)
        page.keyboard.press(keys[number[1]])
        page.wait_for_function("row => document.querySelector('[name=row]')?.value !== row", arg=row)
    expect(page.get_by_role("heading", name="Alle svar er afgjort")).to_be_visible()


def finish(page: Page) -> None:
    """Is done, and waits until the results are written anew."""
    page.keyboard.press("Enter")
    page.wait_for_url("**/take")
    page.locator("#busy").wait_for(state="detached")


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).first.click()
    return Path(waiting.value.path()).read_bytes()


def test_a_printed_pile_is_uploaded_read_settled_by_keys_and_taken_along(
    page: Page, kryds: Kryds, tmp_path: Path
) -> None:
    assert kryds("print", "ja-nej", "-o", "sheets.pdf", "--copies", "8").exit_code == 0
    plans = {copy: (1, 2, 3, 3, 4, 1, 3, 2)[copy - 1] for copy in range(1, 9)}
    sheets = [scanned(copy, plan) for copy, plan in plans.items()]
    (tmp_path / "bunke <b>Å.pdf").write_bytes(as_pdf([*sheets, empty(), foreign()]))
    bring(page, "Frokost på <i>Ærø</i>", tmp_path / "bunke <b>Å.pdf")
    page.get_by_text("8 ark er læst.").wait_for()
    expect(page.get_by_text("Frokost på <i>Ærø</i>")).to_be_visible()
    expect(page.locator(".seen").get_by_text("bunke <b>Å.pdf, side 10")).to_be_visible()
    assert page.locator(".seen img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 100

    page.get_by_role("link", name="Afgør tvivlen").click()
    # Of the sheets with both boxes crossed, the person says yes, no, and that there are two.
    settle(page, {"3": "1", "4": "2", "7": "d"}, until=3)
    finish(page)
    rows = list(csv.DictReader(io.StringIO(downloaded(page, "CSV").decode("utf-8-sig"))))
    truth = {str(copy): PLANS[plan].choice if plan in (1, 2) else None for copy, plan in plans.items()}
    truth |= {"3": 1, "4": 2}
    points = {1: "1", 2: "0", None: ""}

    assert {row["sheet"]: row["1.1"] for row in rows} == {sheet: points[choice] for sheet, choice in truth.items()}
    assert downloaded(page, "Sammenfatning").startswith(b"%PDF")
    assert downloaded(page, "Excel").startswith(b"PK")
    assert downloaded(page, "SPSS").startswith(b"$FL2")


def test_the_sample_piles_answers_are_the_truth(page: Page) -> None:
    bring(page, "Prøven", SAMPLES / "pile.pdf")
    with (SAMPLES / "truth.csv").open(encoding="utf-8-sig", newline="") as file:
        truth = {(row["sheet"], row["item"]): row for row in csv.DictReader(file)}
    page.get_by_role("link", name="Afgør tvivlen").click()
    page.locator("#settling[data-keys]").wait_for()
    sheet = page.locator("#row .place").inner_text().split()[1]
    item = page.locator("#row h1 .item").inner_text()
    look(page)
    said = truth[sheet, item]
    page.keyboard.press({"answered": said["choice"], "corrected": said["choice"], "blank": "0"}.get(said["state"], "d"))
    page.get_by_role("heading", name="Alle svar er afgjort").wait_for()
    finish(page)
    rows = list(csv.DictReader(io.StringIO(downloaded(page, "CSV").decode("utf-8-sig"))))

    assert len(rows) == 6
    assert {(row["sheet"], item): row[item] for row in rows for item in ITEMS} == {
        key: row["choice"] for key, row in truth.items()
    }
    assert all(int(row["score"]) == sum(int(row[item]) for item in ITEMS) for row in rows if row["score"])
