"""Settles a pile by keys in Chromium: how long from a key to the next row's picture, and how long for all of them?

    python -m benchmarks.desk.settle --rows 200

Every sheet has two crosses where one is allowed, so every one is a question with its picture from the scan. The page is
told a key as soon as it takes the next (it takes none for a picture nobody can have looked at). Told is the time from
the key to the frame that shows the next picture, decoded, in milliseconds, and that for all rows; what a person needs
to look is not in it.
"""

import argparse
import io
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from kryds.generator.place import place_sheet
from kryds.generator.sheet import write_sheets
from kryds.model.geometry import Paper
from kryds.model.load import form_file, load_form, load_phrases
from kryds.model.roster import Person, Roster
from kryds.samples.paper.acts import Act, ItemPlan
from kryds.samples.paper.files import as_pdf
from kryds.samples.paper.hand import writer
from kryds.samples.paper.pen import BLACK_BALLPOINT
from kryds.samples.paper.scanner import ScannerProfile
from kryds.samples.paper.simulate import PrintedSheet, Scene, simulate_sheet
from tests.desk.web.serving import CHROMIUM, serve

#: Longer than the page waits before it takes a key for the picture it shows (milliseconds).
LOOK_MS = 170
#: Notes when a key came, and when the picture of the row after it stands on the screen.
WATCH = """() => {
  window.took = []; let pressed = 0;
  addEventListener('keydown', event => { pressed = event.timeStamp }, true);
  const frame = () => new Promise(requestAnimationFrame);
  const painted = since => frame().then(frame).then(() => took.push(performance.now() - since));
  new MutationObserver(() => {
    const picture = document.querySelector('#row #row-picture'), since = pressed;
    if (!picture) { took.push(null); return; }
    const image = new Image(); image.src = picture.getAttribute('href');
    image.decode().then(() => painted(since));
  }).observe(document.querySelector('#row'), { childList: true });
}"""


def pile_of(rows: int) -> bytes:
    """A scan of so many sheets of one statement, each with two crosses."""
    placed = place_sheet(load_form(form_file("ja-nej")), Paper.A4, load_phrases("da"))
    printed = io.BytesIO()
    write_sheets(placed, Roster("", tuple(Person(copy, "") for copy in range(1, rows + 1))), printed)
    scene = Scene(writer(3, BLACK_BALLPOINT), scanner=ScannerProfile(dpi=150))
    plan = (ItemPlan("1.1", Act.DOUBLE, 1, others=(2,)),)
    pages = []
    for index in range(rows):
        sheet = PrintedSheet(printed.getvalue(), placed.edition, index)
        pages += simulate_sheet(sheet, plan, scene, np.random.default_rng([2026, index])).pages
    return as_pdf(pages)


def measure(rows: int, folder: Path) -> tuple[list[float], float]:
    """The times by row, in milliseconds, and that of all of them, in seconds."""
    scan = folder / "bunke.pdf"
    scan.write_bytes(pile_of(rows))
    serving = serve(folder / "desk")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(locale="da-DK")
            page.set_default_timeout(600_000)
            page.goto(serving.address)
            page.get_by_role("button", name="Begynd").click()
            page.set_input_files("#files", scan)
            page.locator(".next").wait_for()
            page.get_by_role("link", name="Afgør tvivlen").click()
            page.locator("#settling[data-keys]").wait_for()
            page.evaluate(WATCH)
            begun = time.perf_counter()
            for row in range(rows):
                page.wait_for_timeout(LOOK_MS)
                page.keyboard.press("1")
                page.wait_for_function("count => took.length >= count", arg=row + 1, polling=10)
            took_s = time.perf_counter() - begun
            page.get_by_role("heading", name="Alle svar er afgjort").wait_for()
            return [each for each in page.evaluate("took") if each is not None], took_s
    finally:
        serving.end()


def main() -> None:
    """Measures and prints a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        took, all_s = measure(rows, Path(folder))
    late = statistics.quantiles(took, n=20)[-1]
    print(f"{rows} rows by keys in {all_s:.0f} s, of which {rows * LOOK_MS / 1000:.0f} s waiting to look")
    print(f"key to next picture: median {statistics.median(took):.0f}, 95 % {late:.0f}, longest {max(took):.0f} ms")


if __name__ == "__main__":
    main()
