import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdf
import pytest
from pikepdf import Dictionary, Name, Stream
from reportlab.pdfgen.canvas import Canvas

from kryds.generator.annotate import AnnotatedPage, write_annotated
from kryds.model.geometry import Point, Rect
from kryds.model.phrases import Phrases
from kryds.model.reading import AnswerState, PageState, Reason
from tests.generator import annotated
from tests.generator.annotated import CHOSEN, DOUBT, DrawnPdf
from tests.outside import needs

#: Places on the sheet (mm): on the ring around box 2 of row 1.1, beside the rows, on the frame around row 1.2.
RING = Rect(124.1, 102.5, 0.8, 2)
POINTS_BESIDE, ASKING_BESIDE = Rect(161, 100, 7, 8), Rect(161, 114, 7, 8)
FRAME = Rect(120, 112.4, 10, 1.6)


def written(phrases: Phrases, *pages: AnnotatedPage) -> bytes:
    file = io.BytesIO()
    write_annotated(pages, phrases, file)
    return file.getvalue()


def scan_pdf(quarters: int = 0, *, content: bytes = b"", **page: object) -> bytes:
    """One full-page JPEG, at 1/100 inch a pixel."""
    file = pikepdf.new()
    picture = annotated.picture(quarters)
    width, height = picture.size
    image = Stream(file, annotated.encoded(picture, "JPEG"), Width=width, Height=height, Subtype=Name.Image)
    image.Filter, image.ColorSpace, image.BitsPerComponent = Name.DCTDecode, Name.DeviceGray, 8
    file.add_blank_page(page_size=(0.72 * width, 0.72 * height))
    file.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=image))
    plain = b"q %f 0 0 %f 0 0 cm /Im0 Do Q" % (0.72 * width, 0.72 * height)
    file.pages[0].Contents = Stream(file, content or plain)
    for key, value in page.items():
        file.pages[0][f"/{key}"] = value
    data = io.BytesIO()
    file.save(data)
    return data.getvalue()


def stored(tmp_path: Path, data: bytes, name: str = "scan.pdf") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def shows_what_was_read(drawn: DrawnPdf) -> bool:
    return (
        drawn.has(CHOSEN, RING)
        and drawn.has(CHOSEN, POINTS_BESIDE)
        and drawn.has(DOUBT, FRAME)
        and drawn.has(DOUBT, ASKING_BESIDE)
        and not drawn.has(CHOSEN, Rect(100, 130, 60, 100))
    )


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_drawings_stand_on_the_paper_and_words_upright_on_it_however_it_lies(
    quarters: int, rotate: int, tmp_path: Path, danish: Phrases
) -> None:
    page = annotated.page(stored(tmp_path, scan_pdf(quarters, Rotate=rotate)), quarters)

    drawn = DrawnPdf(written(danish, page), page.reading)

    assert shows_what_was_read(drawn)
    first, last = drawn.text_run("ark 12")
    assert last.x - first.x == pytest.approx(7.5, abs=1.5)
    assert last.y == pytest.approx(first.y, abs=0.5)


def test_a_page_that_begins_elsewhere_and_is_cropped_is_drawn_on_where_it_is(tmp_path: Path, danish: Phrases) -> None:
    data = scan_pdf(
        content=b"q 604.8 0 0 855.36 100 -50 cm /Im0 Do Q",
        MediaBox=[100, -50, 704.8, 805.36],
        CropBox=[110, -40, 690, 790],
        UserUnit=2,
    )
    page = annotated.page(stored(tmp_path, data))
    page = replace(page, reading=replace(page.reading, px_to_pt=(0.72, 0, 0, -0.72, 100, 805.36)))

    drawn = DrawnPdf(written(danish, page), page.reading)

    assert shows_what_was_read(drawn)
    assert drawn.text_run("ark 12")[0].y > 7  # within what the crop leaves


def test_the_picture_in_the_pdf_is_the_one_scanned_byte_for_byte(tmp_path: Path, danish: Phrases) -> None:
    page = annotated.page(stored(tmp_path, scan_pdf()))

    with pikepdf.open(io.BytesIO(written(danish, page))) as file:
        image = file.pages[0].Resources.XObject["/Im0"]
        assert image.read_raw_bytes() == annotated.encoded(annotated.picture(), "JPEG")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"604.8 0 0 855.36 0 0 cm /Im0 Do", id="state not saved"),
        pytest.param(b"q q q 604.8 0 0 855.36 0 0 cm /Im0 Do", id="state not restored"),
        pytest.param(b"Q Q q 604.8 0 0 855.36 0 0 cm /Im0 Do Q 0.5 0 0 0.5 9 9 cm", id="more restored than saved"),
        pytest.param(b"q (q q \\( q) pop 604.8 0 0 855.36 0 0 cm /Im0 Do Q", id="strings that look like operators"),
    ],
)
def test_what_a_page_leaves_behind_does_not_upset_the_drawings(content: bytes, tmp_path: Path, danish: Phrases) -> None:
    page = annotated.page(stored(tmp_path, scan_pdf(content=content)))

    assert shows_what_was_read(DrawnPdf(written(danish, page), page.reading))


@pytest.mark.parametrize("contents", [None, "several", "broken"])
def test_pages_with_no_one_plain_content_are_drawn_on(contents: str | None, tmp_path: Path, danish: Phrases) -> None:
    file = pikepdf.open(io.BytesIO(scan_pdf()))
    if contents == "several":
        file.pages[0].Contents = pikepdf.Array(
            [file.make_indirect(Stream(file, part)) for part in (b"q 604.8 0 0 855.36", b"0 0 cm /Im0 Do Q")]
        )
    elif contents == "broken":
        file.pages[0].Contents = Stream(file, b"no packed content", Filter=Name.FlateDecode)
    else:
        del file.pages[0]["/Contents"], file.pages[0]["/Resources"]
    path = tmp_path / "scan.pdf"
    file.save(path)
    page = annotated.page(path)

    assert shows_what_was_read(DrawnPdf(written(danish, page), page.reading))


def test_what_was_filled_in_on_screen_stays_on_the_page(tmp_path: Path, danish: Phrases) -> None:
    path = tmp_path / "fillable.pdf"
    canvas = Canvas(str(path), pagesize=(604.8, 855.36))
    canvas.acroForm.checkbox(name="q", x=300, y=300, size=60, checked=True, buttonStyle="cross", forceBorder=True)
    canvas.save()
    page = annotated.page(path)

    data = written(danish, page)

    middle = Rect(330 / 2.88 - 3, (855.36 - 330) / 2.88 - 3, 6, 6)
    assert DrawnPdf(data, page.reading).has((0, 0, 0), middle)
    assert "/Annots" not in pypdf.PdfReader(io.BytesIO(data)).pages[0]


def test_pages_come_in_the_order_given_each_with_its_fate(tmp_path: Path, danish: Phrases) -> None:
    pdf, jpeg = stored(tmp_path, scan_pdf()), stored(tmp_path, annotated.encoded(annotated.picture(), "JPEG"), "b.jpg")
    foreign = annotated.not_read(jpeg, PageState.FOREIGN)
    reason = Reason("page_damaged")
    pages = [
        replace(foreign, reading=replace(foreign.reading, reason=reason)),
        annotated.page(pdf),
        annotated.not_read(pdf, PageState.BLANK),
        replace(annotated.page(jpeg), reading=replace(annotated.reading(), state=PageState.DUPLICATE, reason=reason)),
    ]

    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(written(danish, *pages))).pages]

    assert texts[0].startswith(f"Ikke læst – {danish.reason(reason)}")
    assert "Læst: ark 12, side 1 – 1 venter på en person" in texts[1]
    assert texts[2].strip() == "Tom side"
    assert "Tæller ikke med – " in texts[3]
    assert "point" not in texts[3]  # its points count where it was read first


def test_a_page_that_cannot_be_shown_is_white_and_says_why(tmp_path: Path, danish: Phrases) -> None:
    gone = annotated.not_read(tmp_path / "gone.pdf", PageState.UNREADABLE)
    gone = replace(gone, reading=replace(gone.reading, width_px=0, reason=Reason("page_damaged")))

    (page,) = pypdf.PdfReader(io.BytesIO(written(danish, gone))).pages

    assert page.mediabox.width == pytest.approx(595.28, abs=0.01)
    assert page.extract_text().startswith("Ikke læst – Siden er beskadiget")


def test_the_same_pages_give_the_same_bytes(tmp_path: Path, danish: Phrases) -> None:
    page = annotated.page(stored(tmp_path, scan_pdf()))

    assert written(danish, page, page) == written(danish, page, page)


@needs("qpdf", "qpdf")
def test_qpdf_finds_nothing_to_complain_of(tmp_path: Path, danish: Phrases) -> None:
    pictures = [
        stored(tmp_path, annotated.encoded(annotated.picture(), kind), kind) for kind in ("JPEG", "PNG", "TIFF")
    ]
    pages = [annotated.page(path) for path in (stored(tmp_path, scan_pdf(Rotate=90)), *pictures)]
    path = stored(tmp_path, written(danish, *pages), "annotated.pdf")

    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_document_says_its_title_and_its_language(tmp_path: Path, danish: Phrases) -> None:
    data = written(danish, annotated.page(stored(tmp_path, scan_pdf())))

    reader = pypdf.PdfReader(io.BytesIO(data))

    assert reader.metadata
    assert reader.metadata.title == "Scanningerne med det, der er læst"
    assert str(reader.root_object["/Lang"]) == "da"


def test_a_blank_row_has_its_dash_and_an_answer_of_a_person_its_second_ring(tmp_path: Path, danish: Phrases) -> None:
    answers = (annotated.answered("1.1", 2, by="Jens"), annotated.unanswered("1.2", AnswerState.BLANK))
    page = annotated.page(stored(tmp_path, scan_pdf()), answers=answers)

    drawn = DrawnPdf(written(danish, page), page.reading)

    assert drawn.has(CHOSEN, Rect(123.0, 102.5, 0.8, 2))
    assert drawn.has((77, 77, 77), ASKING_BESIDE)
    assert drawn.text_run("afgjort af en person")[0].y == pytest.approx(Point(0, 6).y, abs=1.5)
