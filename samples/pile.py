"""The bundled sample: a blank sheet, and a pile of six filled in and scanned, as a clerk gets it from the copier.

    python -m kryds.samples.pile samples/

writes the same files byte for byte again. Not everything went well with the pile: sheets lie upside down, pages are
out of order, a back side is empty, one person corrected a cross, one left an item out, and one filled a box and
crossed no other, so that only a person can say what was meant.
"""

import csv
import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.random import Generator

from kryds.generator.place import place_sheet
from kryds.generator.placed import PlacedSheet
from kryds.generator.sheet import write_sheets
from kryds.model.geometry import Paper
from kryds.model.load import form_file, load_form, load_phrases
from kryds.model.roster import Person, Roster
from kryds.samples.paper.acts import Act, ItemPlan, truth_of
from kryds.samples.paper.files import as_pdf
from kryds.samples.paper.hand import writer
from kryds.samples.paper.pen import BLACK_BALLPOINT, BLUE_BALLPOINT, FELT_TIP, GEL, PENCIL, RED, Pen
from kryds.samples.paper.printer import LASER, MM_PER_INCH, PaperPage, come_out
from kryds.samples.paper.scanner import ScannedPage, ScannerProfile
from kryds.samples.paper.simulate import PrintedSheet, Scene, capture, simulate_sheet

FORM, LANGUAGE = "mus-leder", "da"
BLANK_FILE, PILE_FILE, TRUTH_FILE = "mus-leder-blank.pdf", "pile.pdf", "truth.csv"
SCANNER = ScannerProfile(dpi=150, quality=60, rotation_deg=1.2, dust=4, noise=1.0, shading=0.02, white_point=0.9)
SEED = 20


@dataclass(frozen=True)
class Filled:
    """One sheet of the pile: who filled it in, the column crossed for each item, and where they did something else."""

    person: int
    pen: Pen
    columns: str
    otherwise: Mapping[str, ItemPlan] = field(default_factory=dict)
    upside_down: bool = False


SHEETS = (
    Filled(11, BLUE_BALLPOINT, "43423 4435443 43324433"),
    Filled(
        25,
        BLACK_BALLPOINT,
        "54444 5445454 44435344",
        {"2.3": ItemPlan("2.3", Act.CORRECTION, choice=4, others=(2,))},
    ),
    Filled(13, GEL, "32312 3324333 32213322", upside_down=True),
    Filled(14, PENCIL, "44534 4554344 54434443", {"3.5": ItemPlan("3.5", Act.FILL, choice=3)}),
    Filled(15, FELT_TIP, "53445 5455445 45445534", {"1.4": ItemPlan("1.4", Act.BLANK, choice=0)}, upside_down=True),
    Filled(16, RED, "33423 4343334 33323423"),
)

#: The order of the pages in the feeder: (sheet, page), both from 1; None is an empty back side.
ORDER = ((1, 1), (1, 2), (2, 1), (2, 2), (4, 1), (3, 2), (3, 1), None, (5, 2), (5, 1), (4, 2), (6, 1), (6, 2))


def make_pile(folder: Path) -> None:
    """Write the blank sheet, the pile and the truth about it into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    placed = place_sheet(load_form(form_file(FORM)), Paper.A4, load_phrases(LANGUAGE))
    plans = [_plans(placed, sheet) for sheet in SHEETS]
    (folder / BLANK_FILE).write_bytes(_printed(placed, (0,)))
    (folder / PILE_FILE).write_bytes(as_pdf(_scanned(placed, plans)))
    (folder / TRUTH_FILE).write_text(_truth(placed, plans), encoding="utf-8")


def _plans(placed: PlacedSheet, sheet: Filled) -> tuple[ItemPlan, ...]:
    items = placed.edition.form.items
    columns = sheet.columns.replace(" ", "")
    plain = (ItemPlan(item.id, Act.CROSS, int(column)) for item, column in zip(items, columns, strict=True))
    return tuple(sheet.otherwise.get(plan.item_id, plan) for plan in plain)


def _printed(placed: PlacedSheet, copies: tuple[int, ...]) -> bytes:
    file = io.BytesIO()
    write_sheets(placed, Roster("", tuple(Person(copy, "") for copy in copies)), file)
    return file.getvalue()


def _scanned(placed: PlacedSheet, plans: list[tuple[ItemPlan, ...]]) -> list[ScannedPage]:
    pdf = _printed(placed, tuple(range(1, len(SHEETS) + 1)))
    made = []
    for index, (sheet, plan) in enumerate(zip(SHEETS, plans, strict=True)):
        scanner = replace(SCANNER, quarters=2 if sheet.upside_down else 0)
        scene = Scene(writer(sheet.person, sheet.pen), LASER, scanner)
        rng = np.random.default_rng([SEED, index])
        made.append(simulate_sheet(PrintedSheet(pdf, placed.edition, index), plan, scene, rng).pages)
    empty = _empty_back(placed, np.random.default_rng([SEED, len(SHEETS)]))
    return [empty if place is None else made[place[0] - 1][place[1] - 1] for place in ORDER]


def _empty_back(placed: PlacedSheet, rng: Generator) -> ScannedPage:
    layout, px_per_mm = placed.edition.layout, SCANNER.dpi / MM_PER_INCH
    size = (round(layout.height_mm * px_per_mm), round(layout.width_mm * px_per_mm))
    blank = PaperPage(np.full(size, 255, np.uint8), SCANNER.dpi, np.array([[px_per_mm, 0, 0], [0, px_per_mm, 0]]))
    return capture(come_out(blank, LASER, rng), SCANNER, rng)


def _truth(placed: PlacedSheet, plans: list[tuple[ItemPlan, ...]]) -> str:
    file = io.StringIO(newline="")
    table = csv.writer(file, lineterminator="\n")
    table.writerow(("sheet", "item", "state", "choice"))
    for sheet, plan in enumerate(plans, start=1):
        for item in plan:
            truth = truth_of(item, len(placed.edition.form.options))
            table.writerow((sheet, item.item_id, truth.state, truth.choice or ""))
    return file.getvalue()


if __name__ == "__main__":
    make_pile(Path(sys.argv[1]))
