"""The whole way through paper in one call: a printed sheet comes back filled in and scanned, its truth known."""

from dataclasses import dataclass

import pypdfium2 as pdfium
from numpy.random import Generator

from kryds.model.edition import Edition
from kryds.samples.paper.acts import ItemPlan, ItemTruth, fill_in, truth_of
from kryds.samples.paper.hand import Writer
from kryds.samples.paper.phone import PhotoProfile, snap
from kryds.samples.paper.printer import LASER, PaperPage, PrinterProfile, Resolution, come_out, print_page
from kryds.samples.paper.scanner import OFFICE_GREY_300, Depth, ScannedPage, ScannerProfile, scan

#: A page that will be photographed is printed this finely: above what the phone resolves.
PHOTO_DPI = 250


@dataclass(frozen=True)
class Scene:
    """Who does what with the sheet: its printer, its writer and its scanner or phone."""

    writer: Writer
    printer: PrinterProfile = LASER
    scanner: ScannerProfile | PhotoProfile = OFFICE_GREY_300

    @property
    def resolution(self) -> Resolution:
        """How finely its pages are worked on."""
        if isinstance(self.scanner, PhotoProfile):
            return Resolution(PHOTO_DPI, colour=True)
        return Resolution(self.scanner.dpi, colour=self.scanner.depth is Depth.COLOUR)


@dataclass(frozen=True)
class PrintedSheet:
    """Sheet ``index`` (from 0) of a PDF that ``write_sheets`` wrote with ``edition``."""

    pdf: bytes
    edition: Edition
    index: int = 0


@dataclass(frozen=True)
class SimulatedSheet:
    """The scanned pages of one sheet in printed order, and what stands on them in printed order."""

    pages: tuple[ScannedPage, ...]
    truth: tuple[ItemTruth, ...]


def simulate_sheet(sheet: PrintedSheet, plan: tuple[ItemPlan, ...], scene: Scene, rng: Generator) -> SimulatedSheet:
    """Print the sheet, let the scene's writer carry out ``plan``, scan it. Same seed, same pixels."""
    layouts = sheet.edition.layout.pages
    plans = {item.item_id: item for item in plan}
    pages = []
    with pdfium.PdfDocument(sheet.pdf) as document:
        for place, layout in enumerate(layouts):
            paper = print_page(document, sheet.index * len(layouts) + place, scene.resolution)
            paper = come_out(paper, scene.printer, rng)
            paper = fill_in(paper, layout, (scene.writer, plans), rng)
            pages.append(capture(paper, scene.scanner, rng))
    options = len(sheet.edition.form.options)
    return SimulatedSheet(tuple(pages), tuple(truth_of(item, options) for item in plan))


def capture(paper: PaperPage, device: ScannerProfile | PhotoProfile, rng: Generator) -> ScannedPage:
    """The page scanned or photographed, whichever the device does."""
    if isinstance(device, PhotoProfile):
        return snap(paper, device, rng)
    return scan(paper, device, rng)
