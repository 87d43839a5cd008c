"""A pile as an office brings it: sheets of the MUS-test, each another one, scanned into files of a hundred pages."""

import io
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from kryds.generator.place import place_sheet
from kryds.generator.placed import PlacedSheet
from kryds.generator.sheet import write_sheets
from kryds.model.geometry import Paper
from kryds.model.load import form_file, load_form, load_phrases
from kryds.model.roster import Person, Roster
from kryds.samples.paper.acts import USUAL, plan_sheet
from kryds.samples.paper.files import as_pdf
from kryds.samples.paper.hand import with_pen, writer
from kryds.samples.paper.pen import PENS
from kryds.samples.paper.scanner import ScannedPage, ScannerProfile
from kryds.samples.paper.simulate import PrintedSheet, Scene, simulate_sheet

PAGES_A_SHEET, PAGES_A_FILE = 2, 100
#: A quick scan, so that the pile is made in a minute or two.
SCANNER = ScannerProfile(dpi=150, quality=80)


def make_pile(folder: Path, pages: int) -> list[Path]:
    """The files of ``pages`` pages in the folder; made unless they are there."""
    files = [folder / f"bunke-{number}.pdf" for number in range(1, -(-pages // PAGES_A_FILE) + 1)]
    sheets = PAGES_A_FILE // PAGES_A_SHEET
    if not all(file.is_file() for file in files):
        folder.mkdir(parents=True, exist_ok=True)
        scanned = partial(_scanned, _printed(len(files) * sheets))
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            for number, file in enumerate(files):
                made = pool.map(scanned, range(number * sheets, (number + 1) * sheets))
                file.write_bytes(as_pdf([page for sheet in made for page in sheet][: pages - number * PAGES_A_FILE]))
    return files


def _placed() -> PlacedSheet:
    return place_sheet(load_form(form_file("mus-leder")), Paper.A4, load_phrases("da"))


def _printed(copies: int) -> bytes:
    file = io.BytesIO()
    write_sheets(_placed(), Roster("", tuple(Person(copy, "") for copy in range(1, copies + 1))), file)
    return file.getvalue()


def _scanned(printed: bytes, index: int) -> tuple[ScannedPage, ...]:
    edition = _placed().edition
    rng = np.random.default_rng([2026, index])
    scene = Scene(with_pen(writer(index), PENS[index % len(PENS)]), scanner=SCANNER)
    plans = plan_sheet(edition.layout, USUAL, rng)
    return simulate_sheet(PrintedSheet(printed, edition, index), plans, scene, rng).pages
