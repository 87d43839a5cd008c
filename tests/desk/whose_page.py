"""Sheets of two pages of the MUS-test, filled in and scanned by software paper; page codes blotted out with ink."""

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

SCANNER = ScannerProfile(dpi=150, quality=80, rotation_deg=0)
FORM = "mus-leder"


@cache
def placed() -> PlacedSheet:
    return place_sheet(load_form(form_file(FORM), "da"), Paper.A4, load_phrases("da"))


@cache
def scanned(copy: int, choice: int) -> tuple[ScannedPage, ...]:
    """Sheet ``copy`` with every item crossed in ``choice``, its two pages."""
    file = io.BytesIO()
    write_sheets(placed(), Roster("", (Person(copy, ""),)), file)
    plan = tuple(ItemPlan(item.id, Act.CROSS, choice) for item in placed().edition.form.items)
    scene = Scene(writer(3, BLACK_BALLPOINT), scanner=SCANNER)
    sheet = PrintedSheet(file.getvalue(), placed().edition)
    return simulate_sheet(sheet, plan, scene, np.random.default_rng([copy, choice])).pages


def blotted(page: ScannedPage, number: int) -> ScannedPage:
    """The page with ink over its page code, and over nothing else."""
    code = placed().edition.layout.pages[number - 1].code
    scale = SCANNER.dpi / 25.4
    pixels = page.pixels.copy()
    top, left = round((code.y + 1) * scale), round((code.x + 1) * scale)
    pixels[top : round((code.bottom - 1) * scale), left : round((code.right - 1) * scale)] = 30
    return replace(page, pixels=pixels)
