import numpy as np
import pypdfium2 as pdfium
import pytest

from kryds.samples.paper.printer import (
    COPY_OF_A_COPY,
    INKJET,
    LASER,
    LOW_TONER,
    PHOTOCOPY,
    RECYCLED,
    SHRUNK,
    PaperPage,
    PrinterProfile,
    Resolution,
    come_out,
    photocopy,
    print_page,
    speckle,
)
from kryds.samples.paper.simulate import PrintedSheet

DPI = 150


def _page(sheet: PrintedSheet, *, colour: bool = False) -> PaperPage:
    with pdfium.PdfDocument(sheet.pdf) as document:
        return print_page(document, 0, Resolution(DPI, colour=colour))


def _printed(sheet: PrintedSheet, profile: PrinterProfile, seed: int = 1) -> PaperPage:
    return come_out(_page(sheet), profile, np.random.default_rng(seed))


def _dark(page: PaperPage) -> int:
    return int((page.pixels < 128).sum())


def _box_line(page: PaperPage, sheet: PrintedSheet) -> float:
    """How dark the left line of the first box is, in the middle of its width and height."""
    rect = sheet.edition.layout.pages[0].boxes[0].rect
    x, y = page.place(np.array([[rect.x + 0.15, rect.centre.y]]))[0]
    return float(page.pixels[round(y), round(x)])


def test_a_page_has_the_size_of_its_paper(sheet: PrintedSheet) -> None:
    layout = sheet.edition.layout
    expected = (layout.height_mm / 25.4 * DPI, layout.width_mm / 25.4 * DPI)
    assert _page(sheet).pixels.shape == pytest.approx(expected, abs=1)
    assert _page(sheet, colour=True).pixels.shape[2] == 3


@pytest.mark.parametrize("profile", [LASER, INKJET, SHRUNK, RECYCLED, PHOTOCOPY, COPY_OF_A_COPY])
def test_the_boxes_are_where_the_page_says_they_are(sheet: PrintedSheet, profile: PrinterProfile) -> None:
    assert _box_line(_printed(sheet, profile), sheet) < 150


def test_a_shrunk_print_is_smaller_about_the_middle(sheet: PrintedSheet) -> None:
    whole, shrunk = _printed(sheet, LASER), _printed(sheet, SHRUNK)
    layout = sheet.edition.layout
    middle = np.array([[layout.width_mm / 2, layout.height_mm / 2]])
    corners = np.array([[10.0, 10], [90, 120]])
    assert shrunk.place(middle) == pytest.approx(whole.place(middle), abs=0.6)
    assert np.ptp(shrunk.place(corners), axis=0) == pytest.approx(0.94 * np.ptp(whole.place(corners), axis=0))


def test_spreading_ink_thickens_and_thin_ink_thins(sheet: PrintedSheet) -> None:
    thick, thin = PrinterProfile(dot_gain_mm=0.08), PrinterProfile(dot_gain_mm=-0.08)
    assert _dark(_printed(sheet, thick)) > _dark(_printed(sheet, LASER)) > _dark(_printed(sheet, thin))


def test_low_toner_is_paler(sheet: PrintedSheet) -> None:
    assert _printed(sheet, LOW_TONER).pixels.min() > _printed(sheet, LASER).pixels.min() + 50


def test_recycled_paper_is_greyer(sheet: PrintedSheet) -> None:
    assert _printed(sheet, RECYCLED).pixels.max() < _printed(sheet, LASER).pixels.max()


def test_a_copy_of_a_colour_page_has_no_colour(sheet: PrintedSheet) -> None:
    copy = photocopy(_page(sheet, colour=True), np.random.default_rng(1))
    assert copy.pixels.shape[2] == 3
    assert (copy.pixels[:, :, 0] == copy.pixels[:, :, 2]).all()


def test_specks_are_dark_and_few() -> None:
    clean = np.full((400, 400), 255, np.uint8)
    speckle(clean, count=20, px_per_mm=8, rng=np.random.default_rng(3))
    assert 10 < (clean < 200).sum() < 4000


def test_the_same_seed_prints_the_same_page(sheet: PrintedSheet) -> None:
    assert (_printed(sheet, COPY_OF_A_COPY, 7).pixels == _printed(sheet, COPY_OF_A_COPY, 7).pixels).all()
    assert (_printed(sheet, COPY_OF_A_COPY, 7).pixels != _printed(sheet, COPY_OF_A_COPY, 8).pixels).any()
