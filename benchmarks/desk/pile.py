"""A pile as an office brings it: sheets of the MUS-test, each another one, scanned into files of a hundred pages."""

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from benchmarks.speed.pile import PAGES_A_SHEET, printed, scanned
from kryds.samples.paper.files import as_pdf
from kryds.samples.paper.scanner import ScannerProfile

PAGES_A_FILE = 100
#: A quick scan, so that the pile is made in a minute or two.
SCANNER = ScannerProfile(dpi=150, quality=80)


def make_pile(folder: Path, pages: int) -> list[Path]:
    """The files of ``pages`` pages in the folder; made unless they are there."""
    files = [folder / f"bunke-{number}.pdf" for number in range(1, -(-pages // PAGES_A_FILE) + 1)]
    sheets = PAGES_A_FILE // PAGES_A_SHEET
    if not all(file.is_file() for file in files):
        folder.mkdir(parents=True, exist_ok=True)
        scan = partial(scanned, printed(len(files) * sheets), scanner=SCANNER)
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            for number, file in enumerate(files):
                made = pool.map(scan, range(number * sheets, (number + 1) * sheets))
                file.write_bytes(as_pdf([page for sheet in made for page in sheet][: pages - number * PAGES_A_FILE]))
    return files
