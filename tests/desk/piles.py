"""Piles to read: sheets printed, filled in and scanned by software paper, one question each so that it is quick."""

import io
from dataclasses import replace
from functools import cache

import numpy as np

from kryds.generator.place import place_sheet
from kryds.generator.placed import PlacedSheet
from kryds.generator.sheet import write_sheets
from kryds.model.geometry import Paper
from kryds.model.load import form_file, load_form, load_phrases
from kryds.model.roster import Person, Roster
from kryds.samples.paper.acts import Act, ItemPlan
from kryds.samples.paper.hand import writer
from kryds.samples.paper.pen import BLACK_BALLPOINT
from kryds.samples.paper.scanner import ScannedPage, ScannerProfile
from kryds.samples.paper.simulate import PrintedSheet, Scene, simulate_sheet

SCANNER = ScannerProfile(dpi=150, quality=70, rotation_deg=0.5)
#: Filled in on sheets 1 to 4: yes, no, both, nothing.
PLANS = {
    1: ItemPlan("1.1", Act.CROSS, 1),
    2: ItemPlan("1.1", Act.CROSS, 2),
    3: ItemPlan("1.1", Act.DOUBLE, 1, others=(2,)),
    4: ItemPlan("1.1", Act.BLANK, 0),
}


@cache
def placed(form: str = "ja-nej", language: str = "da", paper: Paper = Paper.A4) -> PlacedSheet:
    return place_sheet(load_form(form_file(form), language), paper, load_phrases(language))


@cache
def printed(*copies: int, roster: Roster | None = None) -> bytes:
    file = io.BytesIO()
    write_sheets(placed(), roster or Roster("", tuple(Person(copy, "") for copy in copies)), file)
    return file.getvalue()


@cache
def scanned(copy: int, plan: int | None = None) -> ScannedPage:
    """Sheet ``copy`` of ja-nej, filled in as PLANS say of ``plan`` (None: of ``copy``)."""
    sheet = PrintedSheet(printed(copy), placed().edition)
    scene = Scene(writer(copy, BLACK_BALLPOINT), scanner=SCANNER)
    return simulate_sheet(sheet, (PLANS[plan or copy],), scene, np.random.default_rng([copy])).pages[0]


def empty() -> ScannedPage:
    """The back of a sheet."""
    return replace(scanned(1), pixels=np.full_like(scanned(1).pixels, 250))


def foreign() -> ScannedPage:
    """A page of other paper: lines of writing, no fiducials."""
    pixels = np.full_like(scanned(1).pixels, 250)
    for y in range(200, 1500, 40):
        pixels[y : y + 12, 150:1000:3] = 20
    return replace(scanned(1), pixels=pixels)
