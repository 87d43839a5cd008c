"""Pages marked at random, scanned at random, registered by the reader: windows of boxes with their labels.

A window is what reader/network.py sees: ink (float16), WINDOW_PX square, the box as found in its middle.
"""

import io
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from benchmarks.training.marks import COMMON, RARE, mark_page
from benchmarks.training.scenes import random_scene, times_copied
from kryds.generator.place import place_sheet
from kryds.generator.sheet import write_sheets
from kryds.model.edition import Edition
from kryds.model.geometry import Paper
from kryds.model.load import form_file, load_form, load_phrases
from kryds.model.roster import Person, Roster
from kryds.reader.grain import is_bilevel
from kryds.reader.measure import measure_boxes
from kryds.reader.network import WINDOW_HALF_MM, Likeness
from kryds.reader.page_pen import measure_pen
from kryds.reader.read import locate_page
from kryds.reader.scan import ScanPage
from kryds.reader.settings import DEFAULT
from kryds.reader.snap import LocatedPage
from kryds.reader.surroundings import surroundings
from kryds.reader.windows import box_windows, ink_threshold
from kryds.samples.paper.drawing import put_on_paper
from kryds.samples.paper.files import decoded
from kryds.samples.paper.hand import Part, part_of
from kryds.samples.paper.ink import RealMarks, load_real_marks
from kryds.samples.paper.printer import come_out, photocopy, print_page
from kryds.samples.paper.simulate import capture

#: From this share of the reader's limits on a box is learned from: bare paper that is nearly taken for a mark has more
#: to teach than what is clear to everybody.
NEARLY_OPEN = 0.6
#: Share of the inside of a box that a speck of dust covers: 0.4 mm across. A pen that rests leaves more.
SPECK_INK = 0.005
#: Where the paper is no noisier than this (as the pen says it), and no straight trace is as strong, ink that a scanner
#: or a copier hardened is gone but for specks; a pale stroke is seen from a trace of 1 on.
QUIET, LOST_TRACE = 0.4, 0.95
#: One page in so many is full of what is rare.
RARE_EVERY = 4
FORMS = (("mus-leder", Paper.A4), ("trivsel-60", Paper.A4), ("mus-leder", Paper.LETTER))


@dataclass(frozen=True)
class Examples:
    """Boxes of simulated pages.

    ``ink`` float16 (N, W, W), ``around`` the same of the surroundings, ``labels`` uint8 (N,), ``pages`` int32 (N,):
    boxes of a page stay together. ``traits`` float32 (N, 3): inner_ink, trace_ink and spill_ink, which decide whether
    a box is looked at any closer. ``pens`` float32 (N, 3): the pen of the box's page, as the network takes it.
    ``hardened`` bool (N,): the page was scanned in black and white only, or copied when it was filled in, and faint
    ink may be gone.
    """

    ink: npt.NDArray[np.float16]
    around: npt.NDArray[np.float16]
    labels: npt.NDArray[np.uint8]
    pages: npt.NDArray[np.int32]
    traits: npt.NDArray[np.float32]
    pens: npt.NDArray[np.float32]
    hardened: npt.NDArray[np.bool_]


def make_examples(strokes: Path, pages: range, part: Part, *, jobs: int) -> Examples:
    """Windows from the pages numbered ``pages``, by the writers of this part."""
    chunks = [pages[start : start + 25] for start in range(0, len(pages), 25)]
    tasks = [(strokes, chunk, part) for chunk in chunks]
    with ProcessPoolExecutor(jobs) as pool:
        parts = list(pool.map(_examples_of_chunk, tasks))
    return _joined(parts)


def _joined(parts: Sequence[Examples]) -> Examples:
    return Examples(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Examples)))


def _examples_of_chunk(task: tuple[Path, range, Part]) -> Examples:
    strokes, pages, part = task
    cv2.setNumThreads(1)
    prints = [_printed(*form) for form in FORMS]
    real = [marks for name, marks in load_real_marks(strokes).items() if part_of(name) is part]
    parts = [found for number in pages if (found := _page(number, prints, real)) is not None]
    return _joined(parts)


def _printed(form: str, paper: Paper) -> tuple[bytes, Edition]:
    placed = place_sheet(load_form(form_file(form)), paper, load_phrases("da"))
    file = io.BytesIO()
    write_sheets(placed, Roster("", (Person(1, ""),)), file)
    return file.getvalue(), placed.edition


def _page(number: int, prints: Sequence[tuple[bytes, Edition]], real: Sequence[RealMarks]) -> Examples | None:
    """One page's windows and labels; None when the reader could not locate it."""
    rng = np.random.default_rng([number, 2026])
    pdf, edition = prints[int(rng.integers(len(prints)))]
    scene = random_scene(real, rng)
    layout = edition.layout.pages[int(rng.integers(len(edition.layout.pages)))]
    marked = mark_page(layout, scene.writer, RARE if number % RARE_EVERY == 0 else COMMON, rng)
    with pdfium.PdfDocument(pdf) as document:
        paper = print_page(document, layout.number - 1, scene.resolution)
    paper = put_on_paper(come_out(paper, scene.printer, rng), marked.drawing, scene.writer.pen, rng)
    copies = times_copied(rng)
    for _ in range(copies):
        paper = photocopy(paper, rng)
    gray = decoded(capture(paper, scene.scanner, rng))
    located = locate_page(ScanPage("page", number, gray, 0.0, (1.0, 0, 0, 1.0, 0, 0)), {edition.digest: edition})
    if not isinstance(located, LocatedPage):
        return None
    page = located.registered
    windows = box_windows(page, WINDOW_HALF_MM, ink_threshold(page, DEFAULT))
    labels = np.array(marked.labels, np.uint8)
    numbers = measure_boxes(page, DEFAULT)
    traits = np.array([(box.inner_ink, box.trace_ink, box.spill_ink) for box in numbers], np.float32)
    count = len(labels)
    pens = np.tile(np.array(measure_pen(page, DEFAULT).as_row(), np.float32), (count, 1))
    hardened = np.full(count, copies > 0 or is_bilevel(located.picture.at_hand.gray, DEFAULT))
    around = surroundings(located, range(count), DEFAULT)
    ink, numbered = windows.ink.astype(np.float16), np.full(count, number, np.int32)
    return Examples(ink, around.astype(np.float16), labels, numbered, traits, pens, hardened)


def worth_a_look(examples: Examples) -> Examples:
    """The boxes that are not clearly empty: those the network is asked about, and what comes near to them."""
    limits = np.array([DEFAULT.vacant_ink, DEFAULT.vacant_trace, DEFAULT.vacant_spill]) * NEARLY_OPEN
    is_open = (examples.traits > limits).any(axis=1)
    labelled = replace(examples, labels=_as_seen(examples))
    return Examples(*(getattr(labelled, field.name)[is_open] for field in fields(Examples)))


def _as_seen(examples: Examples) -> npt.NDArray[np.uint8]:
    """The labels, for what is to be seen of what was done: a box touched that shows no more than dust is empty.

    Where a scan in black and white, or a copier, left a speck of a mark its box is touched, and where it left nothing
    the box is empty: else every bare box would look a little like a mark.
    """
    inner_ink, trace_ink, spill_ink = examples.traits.T
    labels, speck = examples.labels, inner_ink < SPECK_INK
    was_mark = np.isin(labels, (Likeness.CROSSED, Likeness.UNCLEAR, Likeness.WRITTEN))
    hardened = examples.hardened & (examples.pens[:, 2] < QUIET) & (trace_ink < LOST_TRACE)
    lost = hardened & was_mark & speck & (spill_ink <= DEFAULT.vacant_spill)
    nothing = lost & (inner_ink == 0) & (trace_ink <= DEFAULT.vacant_trace)
    bare = (labels == Likeness.TOUCHED) & speck | nothing
    seen = np.where(bare, Likeness.EMPTY, np.where(lost, Likeness.TOUCHED, labels))
    return np.asarray(seen, np.uint8)
