"""A pile to read: sheets of the MUS-test printed, filled in and scanned at 300 dpi in grey by samples/paper."""

import io
import sys
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
from kryds.samples.paper.scanner import OFFICE_GREY_300, ScannedPage, ScannerProfile
from kryds.samples.paper.simulate import PrintedSheet, Scene, simulate_sheet

FORM, PAGES_A_SHEET = "mus-leder", 2


def placed_sheet() -> PlacedSheet:
    """The MUS-test in its place: two pages, 20 statements of five boxes."""
    return place_sheet(load_form(form_file(FORM)), Paper.A4, load_phrases("da"))


def scan_file(folder: Path, pages: int) -> Path:
    """Where ``make_pile`` puts its scan."""
    return folder / f"scan-{pages}.pdf"


def make_pile(folder: Path, pages: int, *, jobs: int = 2) -> None:
    """Scans ``pages`` pages into one PDF in ``folder``, unless it is there already."""
    if (scan := scan_file(folder, pages)).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    copies = -(-pages // PAGES_A_SHEET)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        made = [page for sheet in pool.map(partial(scanned, printed(copies)), range(copies)) for page in sheet]
    scan.write_bytes(as_pdf(made[:pages]))


def printed(copies: int) -> bytes:
    """The PDF of so many numbered sheets."""
    file = io.BytesIO()
    write_sheets(placed_sheet(), Roster("", tuple(Person(copy, "") for copy in range(1, copies + 1))), file)
    return file.getvalue()


def scanned(pdf: bytes, index: int, scanner: ScannerProfile = OFFICE_GREY_300) -> tuple[ScannedPage, ...]:
    """The pages of sheet ``index`` (from 0) of what was printed, filled in by another hand with another pen each."""
    edition = placed_sheet().edition
    rng = np.random.default_rng([2026, index])
    scene = Scene(with_pen(writer(index), PENS[index % len(PENS)]), scanner=scanner)
    return simulate_sheet(PrintedSheet(pdf, edition, index), plan_sheet(edition.layout, USUAL, rng), scene, rng).pages


if __name__ == "__main__":
    make_pile(Path(sys.argv[1]), int(sys.argv[2]))
