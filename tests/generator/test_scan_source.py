import io
import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter

from kryds.generator.scan_source import ScanSources
from kryds.model.reading import PageReading
from tests.generator import annotated


def added(path: Path, reading: PageReading) -> tuple[PageObject, bytes]:
    """The page added to a new PDF, and the PDF."""
    writer = PdfWriter()
    file = io.BytesIO()
    with ScanSources(writer) as sources:
        sources.add(path, reading)
        writer.write(file)
    return PdfReader(file).pages[0], file.getvalue()


def blank_pdf(tmp_path: Path, pages: int = 1, **options: object) -> Path:
    file = pikepdf.new()
    for number in range(pages):
        file.add_blank_page(page_size=(300 + number, 400))
    file.save(tmp_path / "scan.pdf", **options)  # type: ignore[arg-type]
    return tmp_path / "scan.pdf"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_an_image_file_becomes_a_page_of_the_size_the_reader_took_it_for(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "scan"
    path.write_bytes(annotated.encoded(annotated.picture(), kind))

    page, _ = added(path, annotated.reading())

    assert (page.mediabox.width, page.mediabox.height) == pytest.approx((604.8, 855.36))


def test_an_image_the_reader_saw_otherwise_is_as_wide_as_a4(tmp_path: Path) -> None:
    path = tmp_path / "scan"
    path.write_bytes(annotated.encoded(Image.new("L", (300, 200), 255), "PNG"))

    page, _ = added(path, annotated.reading())

    assert page.mediabox.height == pytest.approx(595.28, abs=0.01)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_shown_as_a_viewer_shows_its_file(orientation: int, tmp_path: Path) -> None:
    path = tmp_path / "scan"
    exif = Image.Exif()
    exif[0x0112] = orientation
    marked = annotated.picture()
    marked.paste(0, (0, 0, 300, 200))
    path.write_bytes(annotated.encoded(marked, "PNG", exif=exif))

    _, data = added(path, annotated.reading())

    with Image.open(path) as file, pdfium.PdfDocument(data) as pdf:
        from PIL import ImageOps  # noqa: PLC0415

        expected = ImageOps.exif_transpose(file).convert("L")
        shown = pdf[0].render(scale=1 / 0.72, grayscale=True).to_pil().resize(expected.size)
        assert np.abs(np.asarray(shown).astype(int) - np.asarray(expected)).mean() < 3


def test_pages_of_a_file_are_found_by_their_index(tmp_path: Path) -> None:
    page, _ = added(blank_pdf(tmp_path, pages=3), replace(annotated.reading(), index=2))

    assert page.mediabox.width == 302


def test_links_are_left_behind_and_the_page_is_not_touched(tmp_path: Path) -> None:
    path = blank_pdf(tmp_path)
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
        file.pages[0].Annots = Array([link])
        file.pages[0].Contents = pikepdf.Stream(file, b"% as it was")
        file.save(path)

    page, _ = added(path, annotated.reading())

    assert "/Annots" not in page
    contents = page.get_contents()
    assert contents is not None
    assert b"as it was" in page["/Contents"].get_object().get_data()  # type: ignore[union-attr]


def test_what_a_stamp_shows_is_drawn_into_the_page(tmp_path: Path) -> None:
    path = blank_pdf(tmp_path)
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        look = pikepdf.Stream(file, b"0 g 0 0 50 50 re f", BBox=[0, 0, 50, 50])
        look.Type, look.Subtype = Name.XObject, Name.Form
        stamp = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Stamp,
            Rect=[100, 100, 150, 150],
            F=4,
            AP=Dictionary(N=file.make_indirect(look)),
        )
        file.pages[0].Annots = Array([file.make_indirect(stamp)])
        file.save(path)

    page, data = added(path, annotated.reading())

    assert "/Annots" not in page
    with pdfium.PdfDocument(data) as pdf:
        assert pdf[0].render(scale=1, grayscale=True).to_numpy()[275, 125] == 0


def test_a_file_pypdf_cannot_open_comes_by_way_of_pdfium(tmp_path: Path) -> None:
    path = blank_pdf(tmp_path, encryption=pikepdf.Encryption(owner="chef", user=""))

    page, _ = added(path, annotated.reading())

    assert page.mediabox.width == 300


@pytest.mark.parametrize("data", [b"%PDF-1.7 and no more", b"\x89PNG and no more", b"II*\0 and no more"])
def test_a_file_nobody_can_open_any_more_gives_a_white_page(
    data: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    path = tmp_path / "scan"
    path.write_bytes(data)

    page, _ = added(path, annotated.reading())

    assert page.mediabox.width == pytest.approx(595.28, abs=0.01)


def test_a_page_the_reader_could_not_show_is_not_looked_for() -> None:
    page, _ = added(Path("gone.pdf"), replace(annotated.reading(), width_px=0))

    assert page.get_contents() is None
