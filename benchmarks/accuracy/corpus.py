"""Scans with known answers: sheets printed as ever, filled in and scanned by samples/paper."""

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, fields
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator
from pydantic import TypeAdapter

from benchmarks.accuracy.conditions import CONDITIONS, Condition, random_condition
from benchmarks.training.scenes import random_pen
from kryds.generator.place import place_sheet
from kryds.generator.sheet import write_sheets
from kryds.model.edition import Edition
from kryds.model.geometry import Paper
from kryds.model.layout import PageLayout
from kryds.model.load import form_file, load_form, load_phrases
from kryds.model.roster import Person, Roster
from kryds.samples.paper.acts import Act, ItemTruth, plan_sheet
from kryds.samples.paper.files import as_jpeg, as_pdf
from kryds.samples.paper.hand import Part, Writer, real_writers, with_pen, writer
from kryds.samples.paper.pen import PENS
from kryds.samples.paper.scanner import ScannedPage
from kryds.samples.paper.simulate import PrintedSheet, Scene, SimulatedSheet, simulate_sheet

FORM, ITEMS = "mus-leder", 20
TRUTH_FILE = "truth.csv"
SEED = 2026


@dataclass(frozen=True, slots=True)
class Case:
    """One item of one page, and the truth. ``page`` counts from 1; x, y, width, height are the row in pixels."""

    condition: str
    source: str
    page: int
    item: str
    act: str
    writer: str
    pen: str
    state: str
    choice: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Crowd:
    """Who fills in, and what such people do. All that is left to chance follows from ``seed`` and a sheet's number.

    ``any_paper``: their pens, and the printers and scanners of their sheets, are drawn at random instead of being one
    of ten, and of seven conditions.
    """

    hands: Sequence[Writer]
    habits: Mapping[Act, float]
    seed: int = SEED
    any_paper: bool = False


@dataclass(frozen=True)
class Job:
    """One sheet to make: its number in the print (from 0), under which condition, by which of a crowd."""

    print_file: Path
    edition: Edition
    index: int
    condition: Condition
    person: Writer
    crowd: Crowd


def print_sheets(out: Path, copies: int) -> tuple[Path, Edition]:
    """A PDF of numbered sheets, and the edition they were printed from."""
    placed = place_sheet(load_form(form_file(FORM)), Paper.A4, load_phrases("da"))
    path = out / "sheets.pdf"
    with path.open("wb") as file:
        write_sheets(placed, Roster("", tuple(Person(number, "") for number in range(1, copies + 1))), file)
    return path, placed.edition


def people(strokes: Path | None, *, developing: bool) -> tuple[Writer, ...]:
    """The hands that fill in: real ones where ``strokes`` has them, as many from arithmetic; a fifth measures."""
    real = real_writers(strokes) if strokes else ()
    everybody = (*real, *(writer(number) for number in range(max(120, len(real)))))
    return tuple(person for person in everybody if (person.part is Part.MEASURING) is not developing)


def make_corpus(folder: Path, rows: int, crowd: Crowd, *, jobs: int) -> Edition:
    """Fill ``folder``, emptied first, with scans of at least ``rows`` items; the truth goes beside it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    copies = max(len(CONDITIONS), -(-rows // ITEMS))
    print_file, edition = print_sheets(folder.parent, copies)
    rng = np.random.default_rng(crowd.seed)
    order = rng.permutation(len(crowd.hands))
    work = []
    for index in range(copies):
        # Every hand meets every pen: how dark a mark is must not depend on whose it is.
        pen = random_pen(rng) if crowd.any_paper else PENS[int(rng.integers(len(PENS)))]
        person = with_pen(crowd.hands[order[index % len(order)]], pen)
        condition = random_condition(rng) if crowd.any_paper else CONDITIONS[index % len(CONDITIONS)]
        work.append((folder, Job(print_file, edition, index, condition, person, crowd)))
    with workers(jobs) as pool:
        cases = [case for found in pool.map(_make_sheet, work) for case in found]
    _write(folder.parent / TRUTH_FILE, cases)
    return edition


def workers(jobs: int) -> ProcessPoolExecutor:
    """Fresh processes: one forked after OpenCV has started its threads would wait for them for ever."""
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))


def load_cases(path: Path) -> list[Case]:
    """The truth that ``make_corpus`` wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        return TypeAdapter(list[Case]).validate_python(list(csv.DictReader(file)))


def _make_sheet(work: tuple[Path, Job]) -> list[Case]:
    cv2.setNumThreads(1)
    folder, job = work
    rng = np.random.default_rng([job.crowd.seed, job.index])
    sheet = PrintedSheet(job.print_file.read_bytes(), job.edition, job.index)
    plan = plan_sheet(job.edition.layout, job.crowd.habits, rng)
    made = simulate_sheet(sheet, plan, Scene(job.person, job.condition.printer, job.condition.scanner), rng)
    names = _save(folder, job, made, rng)
    truth = {item.item_id: item for item in made.truth}
    return [
        _case(job, name, (scanned, layout, row_number), truth[row.item_id])
        for name, scanned, layout in zip(names, made.pages, job.edition.layout.pages, strict=True)
        for row_number, row in enumerate(layout.rows)
    ]


def _save(folder: Path, job: Job, made: SimulatedSheet, rng: Generator) -> list[tuple[str, int]]:
    """Write the pages as their device would; where each ended: file and page from 1."""
    stem = f"{job.condition.name.replace(' ', '-')}-{job.index + 1:04}"
    if made.pages[0].dpi:
        (folder / f"{stem}.pdf").write_bytes(as_pdf(made.pages))
        return [(f"{stem}.pdf", number) for number in range(1, len(made.pages) + 1)]
    names = [f"{stem}-{number}.jpg" for number in range(1, len(made.pages) + 1)]
    for name, page in zip(names, made.pages, strict=True):
        # Phones note that the picture stands upright, or note nothing.
        (folder / name).write_bytes(as_jpeg(page, orientation=int(rng.integers(0, 2)) or 1))
    return [(name, 1) for name in names]


def _case(job: Job, name: tuple[str, int], place: tuple[ScannedPage, PageLayout, int], truth: ItemTruth) -> Case:
    scanned, layout, row_number = place
    rect = layout.rows[row_number].rect
    corners = [[x, y] for x in (rect.x, rect.right) for y in (rect.y, rect.bottom)]
    points = scanned.find(np.array(corners, dtype=float))
    (x, y), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return Case(
        condition=job.condition.name,
        source=name[0],
        page=name[1],
        item=truth.item_id,
        act=truth.act.value,
        writer=job.person.name,
        pen=job.person.pen.name,
        state=truth.state.value,
        choice=str(truth.choice or ""),
        x=round(x),
        y=round(y),
        width=round(right - x),
        height=round(bottom - y),
    )


def _write(path: Path, cases: Sequence[Case]) -> None:
    file = io.StringIO(newline="")
    table = csv.DictWriter(file, [field.name for field in fields(Case)], lineterminator="\n")
    table.writeheader()
    table.writerows(asdict(case) for case in cases)
    path.write_text(file.getvalue(), encoding="utf-8")
