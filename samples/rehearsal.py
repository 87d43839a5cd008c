"""A form rehearsed before it is printed: its sheets filled in, scanned and read in software.

What was read is held against what was written. That shows whether a sheet can be read, and which of its rows or columns
would make work.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

import numpy as np

from kryds.generator.placed import PlacedSheet
from kryds.generator.sheet import write_sheets
from kryds.model.edition import Edition
from kryds.model.roster import Person, Roster
from kryds.reader.read import read_page
from kryds.reader.scan import ScanPage
from kryds.reader.threads import use_one_thread
from kryds.samples.paper.acts import USUAL, plan_sheet
from kryds.samples.paper.files import decoded
from kryds.samples.paper.hand import writer
from kryds.samples.paper.outcome import Outcome, Said, outcome_of
from kryds.samples.paper.printer import LASER, PHOTOCOPY, PrinterProfile
from kryds.samples.paper.scanner import (
    COLOUR_150,
    DAMAGED_OFFICE,
    HARD_JPEG_200,
    OFFICE_BILEVEL_300,
    OFFICE_GREY_300,
    ScannedPage,
    ScannerProfile,
)
from kryds.samples.paper.simulate import PrintedSheet, Scene, simulate_sheet

#: What the sheets go through, in turn: the devices an office has, most of them in order.
DEVICES: tuple[tuple[PrinterProfile, ScannerProfile], ...] = (
    (LASER, replace(OFFICE_GREY_300, dpi=200)),
    (LASER, HARD_JPEG_200),
    (PHOTOCOPY, replace(OFFICE_GREY_300, dpi=200)),
    (LASER, COLOUR_150),
    (LASER, OFFICE_BILEVEL_300),
    (LASER, DAMAGED_OFFICE),
)
#: Sheets handed to a process at once: few enough for a progress bar to move.
SHEETS_AT_ONCE = 4
SEED = 41


@dataclass(frozen=True, slots=True)
class RehearsedRow:
    """What became of one row; ``choice`` is the column that was meant, from 1, and 0 where none was.

    ``is_bilevel``: whether it was scanned in black and white.
    """

    item_id: str
    choice: int
    outcome: Outcome
    is_bilevel: bool = False


@dataclass(frozen=True)
class Rehearsal:
    """Rows by what became of them: all, those in black and white, by item, and by the column (from 1) meant."""

    outcomes: Counter[Outcome]
    bilevel: Counter[Outcome]
    by_item: Mapping[str, Counter[Outcome]]
    by_choice: Mapping[int, Counter[Outcome]]

    @staticmethod
    def of(rows: Iterable[RehearsedRow]) -> "Rehearsal":
        """The rows, counted."""
        outcomes: Counter[Outcome] = Counter()
        bilevel: Counter[Outcome] = Counter()
        by_item: dict[str, Counter[Outcome]] = {}
        by_choice: dict[int, Counter[Outcome]] = {}
        for row in rows:
            outcomes[row.outcome] += 1
            bilevel[row.outcome] += row.is_bilevel
            by_item.setdefault(row.item_id, Counter())[row.outcome] += 1
            if row.choice:
                by_choice.setdefault(row.choice, Counter())[row.outcome] += 1
        return Rehearsal(outcomes, bilevel, by_item, by_choice)


def trouble(outcomes: Counter[Outcome]) -> float:
    """The share of rows that were not simply read, 0 to 1."""
    return 1 - outcomes[Outcome.CORRECT] / max(1, outcomes.total())


def rehearse(placed: PlacedSheet, sheets: int, jobs: int) -> Iterator[tuple[RehearsedRow, ...]]:
    """Fills in and reads ``sheets`` sheets over ``jobs`` processes; sheet by sheet, what became of its rows."""
    file = io.BytesIO()
    write_sheets(placed, Roster("", (Person(1, ""),)), file)
    work = [(file.getvalue(), placed.edition, number) for number in range(sheets)]
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=use_one_thread) as pool:
        yield from pool.map(_rehearse_sheet, work, chunksize=SHEETS_AT_ONCE)


def _rehearse_sheet(work: tuple[bytes, Edition, int]) -> tuple[RehearsedRow, ...]:
    pdf, edition, number = work
    rng = np.random.default_rng([SEED, number])
    printer, scanner = DEVICES[number % len(DEVICES)]
    plan = plan_sheet(edition.layout, USUAL, rng)
    made = simulate_sheet(PrintedSheet(pdf, edition), plan, Scene(writer(number), printer, scanner), rng)
    said = dict(row for index, page in enumerate(made.pages) for row in _read(page, index, edition))
    bilevel = scanner.depth.is_bilevel
    return tuple(
        RehearsedRow(
            item.item_id, item.choice, outcome_of((truth.state, truth.choice), said.get(item.item_id)), bilevel
        )
        for truth, item in zip(made.truth, plan, strict=True)
    )


def _read(page: ScannedPage, index: int, edition: Edition) -> Iterator[tuple[str, Said]]:
    scan = ScanPage("rehearsal", index, decoded(page), page.dpi, (1.0, 0, 0, 1.0, 0, 0))
    for answer in read_page(scan, {edition.digest: edition}).reading.answers:
        yield answer.item_id, (answer.state, answer.choice)
