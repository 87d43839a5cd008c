"""Pages marked at random, scanned at random, registered by the reader: windows of boxes with their labels.

A window is what reader/network.py sees: ink (float16), WINDOW_PX square, the box as found in its middle.
"""

import io
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from numpy.random import Generator

from benchmarks.training.marks import MarkedRow, Row, mark_row
from benchmarks.training.scenes import random_scene
from kryds.generator.place import place_sheet
from kryds.generator.sheet import write_sheets
from kryds.model.edition import Edition
from kryds.model.geometry import Paper
from kryds.model.layout import PageLayout
from kryds.model.load import form_file, load_form, load_phrases
from kryds.model.roster import Person, Roster
from kryds.reader.measure import measure_boxes
from kryds.reader.read import LocatedPage, locate_page
from kryds.reader.scan import ScanPage
from kryds.reader.settings import DEFAULT
from kryds.reader.windows import box_windows, ink_threshold
from kryds.samples.paper.hand import Writer, real_writers, writer
from kryds.samples.paper.pen import Pen, draw
from kryds.samples.paper.printer import GREY_AXES, PaperPage, come_out, print_page
from kryds.samples.paper.scanner import PhotoProfile, ScannedPage, scan, snap
from kryds.samples.paper.simulate import Scene

FORMS = (("mus-leder", Paper.A4), ("trivsel-60", Paper.A4), ("mus-leder", Paper.LETTER))
#: Half a window in mm: the box (3 mm) and 1 mm around it, where arms overshoot.
WINDOW_HALF_MM = 4.0


@dataclass(frozen=True)
class Examples:
    """Boxes of simulated pages.

    ``ink`` float16 (N, W, W), ``labels`` uint8 (N,), ``pages`` int32 (N,): boxes of a page stay together. ``traits``
    float32 (N, 3): inner_ink, trace_ink and spill_ink, which decide whether a box is looked at any closer.
    """

    ink: npt.NDArray[np.float16]
    labels: npt.NDArray[np.uint8]
    pages: npt.NDArray[np.int32]
    traits: npt.NDArray[np.float32]


def make_examples(strokes: Path, pages: range, *, held_back: bool, jobs: int) -> Examples:
    """Windows from the pages numbered ``pages``, by writers held back from training or by the others."""
    chunks = [pages[start : start + 25] for start in range(0, len(pages), 25)]
    tasks = [(strokes, chunk, held_back) for chunk in chunks]
    with ProcessPoolExecutor(jobs) as pool:
        parts = list(pool.map(_examples_of_chunk, tasks))
    return _joined(parts)


def _joined(parts: Sequence[Examples]) -> Examples:
    return Examples(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Examples)))


def _examples_of_chunk(task: tuple[Path, range, bool]) -> Examples:
    strokes, pages, back = task
    cv2.setNumThreads(1)
    prints = [_printed(*form) for form in FORMS]
    people = [person for person in (*real_writers(strokes), *map(writer, range(2000))) if person.held_back is back]
    parts = [part for number in pages if (part := _page(number, prints, people)) is not None]
    return _joined(parts)


def _printed(form: str, paper: Paper) -> tuple[bytes, Edition]:
    placed = place_sheet(load_form(form_file(form)), paper, load_phrases("da"))
    file = io.BytesIO()
    write_sheets(placed, Roster("", (Person(1, ""),)), file)
    return file.getvalue(), placed.edition


def _page(number: int, prints: Sequence[tuple[bytes, Edition]], people: Sequence[Writer]) -> Examples | None:
    """One page's windows and labels; None when the reader could not locate it."""
    rng = np.random.default_rng([number, 2026])
    pdf, edition = prints[int(rng.integers(len(prints)))]
    scene = random_scene(people[int(rng.integers(len(people)))], rng)
    layout = edition.layout.pages[int(rng.integers(len(edition.layout.pages)))]
    rows = [_row(layout, place.item_id) for place in layout.rows]
    marked = [mark_row(row, scene.writer, rng) for row in rows]
    with pdfium.PdfDocument(pdf) as document:
        paper = print_page(document, layout.number - 1, scene.resolution)
    paper = _filled_in(come_out(paper, scene.printer, rng), (rows, marked), scene.writer.pen, rng)
    gray = _gray(_captured(paper, scene, rng))
    located = locate_page(ScanPage("page", number, gray, 0.0, (1.0, 0, 0, 1.0, 0, 0)), {edition.digest: edition})
    if not isinstance(located, LocatedPage):
        return None
    page = located.registered
    windows = box_windows(page, WINDOW_HALF_MM, ink_threshold(page, DEFAULT))
    truth = {
        box: label
        for row, mark in zip(rows, marked, strict=True)
        for box, label in zip(row.boxes, mark.labels, strict=True)
    }
    labels = np.array([truth[box] for box in layout.boxes], np.uint8)
    numbers = measure_boxes(page, DEFAULT)
    traits = np.array([(box.inner_ink, box.trace_ink, box.spill_ink) for box in numbers], np.float32)
    return Examples(windows.ink.astype(np.float16), labels, np.full(len(labels), number, np.int32), traits)


def _row(layout: PageLayout, item_id: str) -> Row:
    place = next(row for row in layout.rows if row.item_id == item_id)
    return Row(place, tuple(box for box in layout.boxes if box.item_id == item_id))


def _filled_in(
    paper: PaperPage, rows: tuple[Sequence[Row], Sequence[MarkedRow]], pen: Pen, rng: Generator
) -> PaperPage:
    paper = draw(paper, [stroke for mark in rows[1] for stroke in mark.strokes], pen, rng)
    for row, mark in zip(*rows, strict=True):
        for place in mark.fluid:
            _paint_over(paper, row.boxes[place].rect.centre, rng)
    return draw(paper, [stroke for mark in rows[1] for stroke in mark.after], pen, rng)


def _paint_over(paper: PaperPage, centre: object, rng: Generator) -> None:
    """Correction fluid: a white blot over the box, its edge wavering, what is under it nearly gone."""
    middle = np.array([[getattr(centre, "x"), getattr(centre, "y")]])  # noqa: B009 - a Point
    at = paper.place(middle)[0]
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    radius = rng.uniform(3.0, 5.0) * paper.px_per_mm * (1 + 0.12 * rng.standard_normal(24))
    outline = np.column_stack([at[0] + radius * np.cos(turn), at[1] + radius * np.sin(turn) * rng.uniform(0.8, 1)])
    blot = np.zeros(paper.pixels.shape[:2], np.uint8)
    cv2.fillPoly(blot, [outline.astype(np.int32)], 255, cv2.LINE_AA)
    cover = (blot / 255.0 * rng.uniform(0.93, 1.0)).reshape(*blot.shape, *(1,) * (paper.pixels.ndim - GREY_AXES))
    paper.pixels[:] = paper.pixels * (1 - cover) + 250 * cover


def _captured(paper: PaperPage, scene: Scene, rng: Generator) -> ScannedPage:
    return (
        snap(paper, scene.scanner, rng) if isinstance(scene.scanner, PhotoProfile) else scan(paper, scene.scanner, rng)
    )


def _gray(page: ScannedPage) -> npt.NDArray[np.uint8]:
    """The pixels the reader gets: through the file's JPEG when there is one."""
    pixels = page.pixels if page.pixels.ndim == GREY_AXES else page.pixels[:, :, ::-1]
    if page.quality is None:
        gray = pixels if pixels.ndim == GREY_AXES else cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
        return np.ascontiguousarray(gray, np.uint8)
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, page.quality])
    decoded = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    assert decoded is not None  # noqa: S101 - our own JPEG
    return np.asarray(decoded, np.uint8)


def worth_a_look(examples: Examples) -> Examples:
    """The boxes that are not clearly empty: those the network is asked about."""
    inner, trace, spill = examples.traits.T
    is_open = (inner > DEFAULT.vacant_ink) | (trace > DEFAULT.vacant_trace) | (spill > DEFAULT.vacant_spill)
    return Examples(*(getattr(examples, field.name)[is_open] for field in fields(Examples)))
