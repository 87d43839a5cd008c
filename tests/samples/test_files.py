import io
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import img2pdf  # type: ignore[import-untyped]
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from kryds.samples.paper.files import as_jpeg, as_pdf, as_png, as_tiff
from kryds.samples.paper.printer import PaperPage
from kryds.samples.paper.scanner import ScannedPage
from kryds.samples.paper.warp import Warp
from tests.outside import needs


def _scan(*, bilevel: bool = False, colour: bool = False, dpi: float = 100) -> ScannedPage:
    pixels = np.full((400, 300, 3) if colour else (400, 300), 255, np.uint8)
    pixels[50:90, 40:200] = 0
    return ScannedPage(pixels, dpi, bilevel, 80, PaperPage(pixels, dpi, np.eye(2, 3)), Warp(np.eye(3)))


EVERY = [_scan(), _scan(colour=True), _scan(bilevel=True)]


def test_a_pdf_shows_the_scans_in_their_true_size() -> None:
    with pdfium.PdfDocument(as_pdf(EVERY)) as document:
        for page in document:
            assert page.get_size() == pytest.approx((216, 288))
            shown = page.render(scale=100 / 72, grayscale=True).to_numpy()
            assert shown[70, 100].mean() < 30
            assert shown[300, 100].mean() > 230


def test_a_pdf_carries_the_jpeg_untouched() -> None:
    assert as_jpeg(EVERY[0]) in as_pdf(EVERY)


@needs("qpdf", "qpdf")
def test_a_pdf_of_scans_has_no_faults(tmp_path: Path) -> None:
    (tmp_path / "s.pdf").write_bytes(as_pdf(EVERY))
    done = subprocess.run(["qpdf", "--check", tmp_path / "s.pdf"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_another_program_makes_the_same_picture_of_our_jpeg() -> None:
    with pdfium.PdfDocument(img2pdf.convert(as_jpeg(EVERY[0]))) as theirs, pdfium.PdfDocument(as_pdf(EVERY)) as ours:
        pictures = [d[0].render(grayscale=True).to_numpy().astype(int) for d in (theirs, ours)]
    assert np.abs(pictures[0] - pictures[1]).max() <= 2


def test_a_tiff_of_black_and_white_pages_is_group_4() -> None:
    with Image.open(io.BytesIO(as_tiff([_scan(bilevel=True)] * 3))) as tiff:
        assert (getattr(tiff, "n_frames", 1), tiff.info["compression"], tiff.mode) == (3, "group4", "1")
        assert tiff.info["dpi"] == pytest.approx((100, 100))
        assert (np.array(tiff.convert("L")) == _scan(bilevel=True).pixels).all()


def test_a_tiff_of_grey_pages_keeps_every_grey() -> None:
    with Image.open(io.BytesIO(as_tiff([_scan()]))) as tiff:
        assert (np.array(tiff) == _scan().pixels).all()


def test_a_png_has_its_dpi_and_one_bit_where_one_is_enough() -> None:
    with Image.open(io.BytesIO(as_png(_scan(bilevel=True)))) as png:
        assert png.mode == "1"
        assert png.info["dpi"] == pytest.approx((100, 100), abs=0.1)


def test_a_jpeg_says_which_way_is_up() -> None:
    with Image.open(io.BytesIO(as_jpeg(_scan(), orientation=6))) as jpeg:
        assert jpeg.getexif()[0x0112] == 6
        assert jpeg.info["dpi"] == (100, 100)


def test_a_picture_that_claims_no_resolution_still_fits_a_pdf() -> None:
    with pdfium.PdfDocument(as_pdf([_scan(dpi=0.0)])) as document:
        assert document[0].get_size() == (300, 400)


@pytest.mark.parametrize("encode", [as_pdf, as_tiff])
def test_the_same_pages_give_the_same_bytes(encode: Callable[[Sequence[ScannedPage]], bytes]) -> None:
    assert encode([_scan(), _scan()]) == encode([_scan(), _scan()])
