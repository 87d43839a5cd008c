import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Dictionary, Name
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from kryds.model.reading import Reason
from kryds.reader import scan_pdf
from kryds.reader.scan import ScanFault, ScanPage, count_pages, load_pages
from tests.reader import scanned
from tests.reader.scanned import GREY_8

GARBAGE = b"this is no packed content" * 4
JPEG = ({"/Filter": Name.DCTDecode, **GREY_8}, scanned.jpeg(scanned.sheet()))
HALF = f"0 0 0 rg {scanned.WIDTH * 0.3 - 30} {scanned.HEIGHT * 0.8 - 30} 60 60 re f".encode()


def nested() -> bytes:
    """The picture inside a form that is shrunk and moved, inside another that brings it back."""
    file = pikepdf.open(io.BytesIO(scanned.image_pdf(*JPEG)))
    page = file.pages[0]
    picture = page.Resources.XObject
    inner = pikepdf.Stream(file, b"q 420 0 0 594 0 0 cm /Scan Do Q", Resources=Dictionary(XObject=picture))
    inner.Type, inner.Subtype, inner.BBox, inner.Matrix = (
        Name.XObject,
        Name.Form,
        [0, 0, 420, 594],
        [0.5, 0, 0, 0.5, 9, 9],
    )
    page.Resources = Dictionary(XObject=Dictionary(Inner=file.make_indirect(inner)))
    page.Contents = pikepdf.Stream(file, b"q 2 0 0 2 -18 -18 cm /Inner Do Q")
    return scanned.saved(file)


def pile(pages: int) -> bytes:
    """Pages one after the other, each with its own picture."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.append(io.BytesIO(scanned.image_pdf(*JPEG)))
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


PAGES = {
    "as most scanners write it": scanned.image_pdf(*JPEG),
    "turned a quarter by the viewer": scanned.image_pdf(*JPEG, Rotate=90),
    "turned over by the viewer": scanned.image_pdf(*JPEG, Rotate=180),
    "turned three quarters by the viewer": scanned.image_pdf(*JPEG, Rotate=270),
    "turned a quarter by its matrix": scanned.image_pdf(*JPEG, matrix=b"0 420 -594 0 594 0", MediaBox=[0, 0, 594, 420]),
    "turned over by its matrix": scanned.image_pdf(*JPEG, matrix=b"-420 0 0 -594 420 594"),
    "straightened by its matrix": scanned.image_pdf(*JPEG, matrix=b"419.7 14.7 -20.7 593.6 10 -7"),
    "mirrored top to bottom": scanned.image_pdf(*JPEG, matrix=b"420 0 0 -594 0 594"),
    "mirrored left to right": scanned.image_pdf(*JPEG, matrix=b"-420 0 0 594 420 0"),
    "on a page that begins elsewhere": scanned.image_pdf(
        *JPEG, matrix=b"420 0 0 594 100 -50", MediaBox=[100, -50, 520, 544]
    ),
    "cropped": scanned.image_pdf(*JPEG, CropBox=[10, 8, 416, 590]),
    "inside forms": nested(),
    "rendered, as something is written over it": scanned.image_pdf(*JPEG, after=b"BT /F 9 Tf 300 20 Td (Kopi) Tj ET"),
    "drawn, not scanned": scanned.page_pdf(HALF, {}),
    "drawn and turned": scanned.page_pdf(HALF, {}, Rotate=90),
    "drawn on a page that begins elsewhere": scanned.page_pdf(HALF, {}, MediaBox=[-40, -30, 420, 594], Rotate=270),
}


@pytest.mark.parametrize("how", PAGES)
def test_pixels_are_mapped_to_where_a_viewer_shows_them(how: str, tmp_path: Path) -> None:
    page = scanned.first_page(tmp_path, PAGES[how])

    found = scanned.mapped(page.px_to_pt, *scanned.blot_in(page.gray))

    assert found == pytest.approx(scanned.blot_shown(PAGES[how]), abs=1.0)


@pytest.mark.parametrize("how", ["turned a quarter by the viewer", "turned over by its matrix", "inside forms"])
def test_the_pixels_of_a_picture_are_those_stored(how: str, tmp_path: Path) -> None:
    page = scanned.first_page(tmp_path, PAGES[how])

    assert page.gray.shape == (scanned.HEIGHT, scanned.WIDTH)
    assert scanned.blot_in(page.gray) == pytest.approx((126, 119), abs=1)


@pytest.mark.parametrize("how", ["mirrored top to bottom", "mirrored left to right"])
def test_a_mirrored_picture_is_turned_over_so_that_text_can_be_read(how: str, tmp_path: Path) -> None:
    page = scanned.first_page(tmp_path, PAGES[how])

    assert scanned.blot_in(page.gray) == pytest.approx((126, scanned.HEIGHT - 119), abs=1)


def test_strips_are_put_together_by_rendering(tmp_path: Path) -> None:
    file = pikepdf.new()
    strips = {}
    for number, rows in enumerate(np.array_split(scanned.sheet(), 3)):
        strip = pikepdf.Stream(file, scanned.flate(rows.tobytes()), Width=scanned.WIDTH, Height=len(rows))
        strip.Subtype, strip.ColorSpace, strip.BitsPerComponent = Name.Image, Name.DeviceGray, 8
        strip.Filter = Name.FlateDecode
        strips[f"/S{number}"] = strip
    content = b"".join(f"q 420 0 0 198 0 {396 - 198 * n} cm /S{n} Do Q ".encode() for n in range(3))

    page = scanned.first_page(tmp_path, scanned.page_pdf(content, strips, file=file))

    assert page.dpi == 200.0
    assert page.gray.shape == (1650, 1167)
    assert page.gray[800, 600] == scanned.PAPER


def test_what_was_filled_in_on_screen_is_seen(tmp_path: Path) -> None:
    drawing = io.BytesIO()
    canvas = Canvas(drawing, pagesize=(420, 594))
    canvas.acroForm.checkbox(name="q1", x=100, y=400, size=40, buttonStyle="cross", checked=True, forceBorder=True)
    canvas.save()

    page = scanned.first_page(tmp_path, drawing.getvalue())

    x, y = 120 * page.gray.shape[1] / 420, (594 - 420) * page.gray.shape[0] / 594
    assert page.gray[round(y) - 2 : round(y) + 2, round(x) - 2 : round(x) + 2].min() < 100


def test_a_page_on_which_nothing_stands_is_white(tmp_path: Path) -> None:
    page = scanned.first_page(tmp_path, scanned.page_pdf(b"q Q", {}))

    assert page.gray.shape == (1650, 1167)
    assert page.gray.min() == 255


@pytest.mark.parametrize(
    "content",
    [pytest.param(b"q /Gone Do Q", id="picture gone"), pytest.param(GARBAGE, id="content cannot be unpacked")],
)
def test_a_page_that_lost_what_stood_on_it_is_not_taken_for_an_empty_one(content: bytes, tmp_path: Path) -> None:
    file = pikepdf.open(io.BytesIO(scanned.page_pdf(content, {})))
    if content == GARBAGE:
        file.pages[0].Contents = pikepdf.Stream(file, content, Filter=Name.FlateDecode)

    assert scanned.loaded(tmp_path, scanned.saved(file)) == ScanFault("scan", 0, Reason("page_damaged"))


def test_a_damaged_page_leaves_the_others_alone(tmp_path: Path) -> None:
    entries, data = JPEG
    writer = PdfWriter()
    for each in (data, data[:2000], data):
        writer.append(io.BytesIO(scanned.image_pdf(entries, each)))
    writer.write(tmp_path / "pile.pdf")

    pages = list(load_pages(tmp_path / "pile.pdf", "pile.pdf", range(4)))

    assert [isinstance(page, ScanPage) for page in pages] == [True, False, True, False]
    assert pages[3] == ScanFault("pile.pdf", 3, Reason("page_damaged"))


def test_a_picture_too_dark_to_be_paper_is_looked_at_as_a_viewer_shows_it(tmp_path: Path) -> None:
    mask = pikepdf.Stream(file := pikepdf.new(), scanned.flate(bytes(scanned.WIDTH * scanned.HEIGHT)))
    mask.Subtype, mask.Width, mask.Height = Name.Image, scanned.WIDTH, scanned.HEIGHT
    mask.ColorSpace, mask.BitsPerComponent, mask.Filter = Name.DeviceGray, 8, Name.FlateDecode
    black = pikepdf.Stream(file, scanned.jpeg(np.zeros((scanned.HEIGHT, scanned.WIDTH), np.uint8)))
    black.Subtype, black.Width, black.Height, black.SMask = Name.Image, scanned.WIDTH, scanned.HEIGHT, mask
    black.ColorSpace, black.BitsPerComponent, black.Filter = Name.DeviceGray, 8, Name.DCTDecode
    content = b"q 420 0 0 594 0 0 cm /Scan Do Q"

    page = scanned.first_page(tmp_path, scanned.page_pdf(content, {"/Scan": black}, file=file))

    assert page.gray.min() == 255  # wholly transparent, so the paper shows


def test_a_page_with_its_unit_wrong_is_not_rendered_at_any_size(tmp_path: Path) -> None:
    page = scanned.first_page(tmp_path, scanned.page_pdf(b"0 0 m 9 9 l S", {}, MediaBox=[0, 0, 14000, 9000]))

    assert max(page.gray.shape) == 4000


def test_pages_come_in_the_order_asked_for_over_many_openings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_pdf, "PAGES_PER_OPENING", 2)
    file = pikepdf.open(io.BytesIO(scanned.image_pdf(*JPEG)))
    for _ in range(4):
        file.pages.append(file.pages[0])
    file.save(tmp_path / "pile.pdf")

    assert count_pages(tmp_path / "pile.pdf") == 5
    assert [page.index for page in load_pages(tmp_path / "pile.pdf", "pile", [4, 0, 3, 1, 2])] == [4, 0, 3, 1, 2]


def test_a_file_protected_against_change_only_is_read(tmp_path: Path) -> None:
    file = pikepdf.open(io.BytesIO(scanned.image_pdf(*JPEG)))
    locked = scanned.saved(file, encryption=pikepdf.Encryption(owner="chef", user=""))

    assert scanned.first_page(tmp_path, locked).gray.shape == (scanned.HEIGHT, scanned.WIDTH)


def test_of_a_file_cut_short_the_pages_before_the_cut_are_read_and_the_loss_is_told(tmp_path: Path) -> None:
    whole = pile(3)
    path = tmp_path / "scan.pdf"
    path.write_bytes(whole[: whole.rindex(b"/DCTDecode") + 1000])

    assert count_pages(path) == 4
    pages = list(load_pages(path, "scan.pdf", range(4)))

    assert [isinstance(page, ScanPage) for page in pages] == [True, True, False, False]
    assert pages[3] == ScanFault("scan.pdf", 3, Reason("file_cut_short"))


def test_junk_before_and_after_the_pdf_does_not_matter(tmp_path: Path) -> None:
    page = scanned.first_page(tmp_path, b"HTTP/1.1 200 OK\r\n\r\n" + scanned.image_pdf(*JPEG) + bytes(5000))

    assert page.gray.shape == (scanned.HEIGHT, scanned.WIDTH)
