import io
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from kryds.model.reading import Reason
from kryds.reader.pdf_picture import is_dark, only_picture, picture_gray
from kryds.reader.scan_page import MAX_PIXELS
from tests.reader import scanned
from tests.reader.scanned import GREY_1, GREY_8, Gray

FLATE = {"/Filter": Name.FlateDecode}
G4 = {"/K": -1, "/Columns": scanned.WIDTH, "/Rows": scanned.HEIGHT}


def decoded(data: bytes) -> Gray | Reason:
    with pdfium.PdfDocument(data) as pdf:
        picture = only_picture(pdf[0])
        assert picture is not None
        found = picture_gray(picture)
        return found if isinstance(found, Reason) else found[0]


def pixels(data: bytes) -> Gray:
    gray = decoded(data)
    assert isinstance(gray, np.ndarray)
    return gray


def is_one_picture(data: bytes) -> bool:
    with pdfium.PdfDocument(data) as pdf:
        return only_picture(pdf[0]) is not None


def colour(gray: Gray) -> Gray:
    return np.repeat(gray[..., None], 3, axis=2)


def packed(gray: Gray) -> bytes:
    return np.packbits(gray > 128, axis=1).tobytes()


def jpeg2000(gray: Gray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(gray).save(file, "JPEG2000", no_jp2=True)
    return file.getvalue()


def print_colour_jpeg(gray: Gray) -> bytes:
    """As Pillow writes it: by Adobe's custom, light and not ink."""
    file = io.BytesIO()
    Image.fromarray(gray).convert("RGB").convert("CMYK").save(file, "JPEG", quality=95)
    return file.getvalue()


FLIPPED = {"/Decode": Array([1, 0])}
REVERSED_PALETTE = pikepdf.String(bytes(255 - level for level in range(256) for _ in range(3)))
SEPARATION = Array(
    [
        Name.Separation,
        Name.Black,
        Name.DeviceGray,
        Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[0], N=1),
    ]
)

ENCODINGS: dict[str, tuple[dict[str, Any], bytes]] = {
    "JPEG": ({"/Filter": Name.DCTDecode, **GREY_8}, scanned.jpeg(scanned.sheet())),
    "JPEG in colour": (
        {"/Filter": Name.DCTDecode, **GREY_8, "/ColorSpace": Name.DeviceRGB},
        scanned.jpeg(colour(scanned.sheet())),
    ),
    "JPEG packed once more": (
        {"/Filter": Array([Name.FlateDecode, Name.DCTDecode]), **GREY_8},
        scanned.flate(scanned.jpeg(scanned.sheet())),
    ),
    "JPEG stored inverted": ({"/Filter": Name.DCTDecode, **GREY_8, **FLIPPED}, scanned.jpeg(255 - scanned.sheet())),
    "JPEG that counts ink": (
        {"/Filter": Name.DCTDecode, **GREY_8, "/ColorSpace": SEPARATION},
        scanned.jpeg(255 - scanned.sheet()),
    ),
    "JPEG in print colours": (
        {"/Filter": Name.DCTDecode, **GREY_8, "/ColorSpace": Name.DeviceCMYK, "/Decode": Array([1, 0] * 4)},
        print_colour_jpeg(scanned.sheet()),
    ),
    "Flate": ({**FLATE, **GREY_8}, scanned.flate(scanned.sheet().tobytes())),
    "Flate in colour": (
        {**FLATE, **GREY_8, "/ColorSpace": Name.DeviceRGB},
        scanned.flate(colour(scanned.sheet()).tobytes()),
    ),
    "Flate with a palette": (
        {**FLATE, **GREY_8, "/ColorSpace": Array([Name.Indexed, Name.DeviceRGB, 255, REVERSED_PALETTE])},
        scanned.flate((255 - scanned.sheet()).tobytes()),
    ),
    "JPEG 2000": ({"/Filter": Name.JPXDecode}, jpeg2000(scanned.sheet())),
}

BILEVEL: dict[str, tuple[dict[str, Any], bytes]] = {
    "Flate": ({**FLATE, **GREY_1}, scanned.flate(packed(scanned.bilevel()))),
    "Flate inverted": ({**FLATE, **GREY_1, **FLIPPED}, scanned.flate(packed(255 - scanned.bilevel()))),
    "group 4": (
        {"/Filter": Name.CCITTFaxDecode, "/DecodeParms": Dictionary(G4), **GREY_1},
        scanned.group4(scanned.bilevel()),
    ),
    "group 4, black is 1": (
        {"/Filter": Name.CCITTFaxDecode, "/DecodeParms": Dictionary({**G4, "/BlackIs1": True}), **GREY_1},
        scanned.group4(255 - scanned.bilevel()),
    ),
    "JBIG2": ({"/Filter": Name.JBIG2Decode, **GREY_1}, scanned.jbig2(scanned.bilevel())),
    "stencil": ({**FLATE, "/ImageMask": True, "/BitsPerComponent": 1}, scanned.flate(packed(scanned.bilevel()))),
    "stencil in group 4": (
        {
            "/Filter": Name.CCITTFaxDecode,
            "/DecodeParms": Dictionary(G4),
            "/ImageMask": True,
            "/BitsPerComponent": 1,
        },
        scanned.group4(scanned.bilevel()),
    ),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_picture_comes_out_of_every_encoding_as_it_was_stored(encoding: str) -> None:
    gray = pixels(scanned.image_pdf(*ENCODINGS[encoding]))

    assert np.abs(gray.astype(int) - scanned.sheet()).mean() < 8  # print colours are converted roughly


@pytest.mark.parametrize("encoding", BILEVEL)
def test_black_is_black_in_every_bilevel_encoding(encoding: str) -> None:
    assert np.array_equal(pixels(scanned.image_pdf(*BILEVEL[encoding])), scanned.bilevel())


def test_a_stencil_painted_in_a_light_colour_is_light() -> None:
    data = scanned.image_pdf(*BILEVEL["stencil"], before=b"1 1 1 rg")

    assert np.array_equal(pixels(data), 255 - scanned.bilevel())


def test_a_damaged_jpeg_is_told_as_damage() -> None:
    entries, data = ENCODINGS["JPEG"]

    assert decoded(scanned.image_pdf(entries, data[: len(data) // 2])) == Reason("page_damaged")
    assert decoded(scanned.image_pdf(entries, b"no JPEG at all")) == Reason("page_damaged")


def test_a_picture_that_cannot_be_decoded_is_told_as_damage() -> None:
    data = scanned.image_pdf({"/Filter": Name.JPXDecode, **GREY_8}, b"no JPEG 2000 at all")

    assert decoded(data) == Reason("page_damaged")


def test_a_picture_made_to_fill_the_memory_is_refused_unseen() -> None:
    side = int(MAX_PIXELS**0.5) + 1000
    bomb = scanned.image_pdf({**FLATE, **GREY_1, "/Width": side, "/Height": side}, scanned.flate(b""))

    reason = decoded(bomb)

    assert isinstance(reason, Reason)
    assert reason.kind == "page_too_large"


def test_a_jpeg_larger_than_its_page_says_is_refused_unseen() -> None:
    entries, data = ENCODINGS["JPEG"]
    place = data.index(b"\xff\xc0") + 5  # height and width in the frame header
    data = data[:place] + b"\xff\xff\xff\xff" + data[place + 4 :]

    assert decoded(scanned.image_pdf(entries, data)) == Reason("page_too_large", (("megapixels", "4295"),))


PLAIN = ENCODINGS["JPEG"]
WORDS = b"BT /F 12 Tf 40 40 Td (Jeg er tydelig) Tj ET"


@pytest.mark.parametrize(
    ("hidden", "content"),
    {
        "text recognised and laid over unseen": {"after": b"3 Tr " + WORDS},
        "text painted under the picture": {"before": WORDS},
        "a path that only clips": {"after": b"10 10 50 50 re W n"},
        "a shape under the picture": {"before": b"1 0 0 rg 0 0 420 594 re f"},
    }.items(),
)
def test_what_is_not_seen_does_not_stand_in_the_way(hidden: str, content: dict[str, Any]) -> None:
    assert is_one_picture(scanned.image_pdf(*PLAIN, **content)), hidden


@pytest.mark.parametrize(
    ("seen", "content"),
    {
        "text over the picture": {"after": WORDS},
        "a line over the picture": {"after": b"0 0 m 100 100 l S"},
        "a second picture": {"after": b"q 420 0 0 594 0 0 cm /Scan Do Q"},
        "a shading": {"after": b"q /Pattern cs /Scan Do Q 0 0 10 10 re f"},
        "a picture on part of the page": {"matrix": b"200 0 0 300 0 0"},
        "a picture off the page": {"matrix": b"420 0 0 594 1000 1000"},
        "a picture without an extent": {"matrix": b"0 0 0 0 0 0"},
    }.items(),
)
def test_what_is_seen_beside_the_picture_makes_it_no_longer_the_only_one(seen: str, content: dict[str, Any]) -> None:
    assert not is_one_picture(scanned.image_pdf(*PLAIN, **content)), seen


def test_a_transparent_picture_is_left_to_the_renderer() -> None:
    faint = Dictionary(ExtGState=Dictionary(Faint=Dictionary(ca=0.5)))
    file = pikepdf.open(io.BytesIO(scanned.image_pdf(*PLAIN, before=b"/Faint gs")))
    file.pages[0].Resources.ExtGState = faint.ExtGState

    assert not is_one_picture(scanned.saved(file))


@pytest.mark.parametrize(("subtype", "stands_in_the_way"), [("/Link", False), ("/Square", True)])
def test_annotations_count_unless_they_show_nothing(subtype: str, stands_in_the_way: bool) -> None:  # noqa: FBT001
    note = Dictionary(Type=Name.Annot, Subtype=Name(subtype), Rect=[10, 10, 90, 90])

    assert is_one_picture(scanned.image_pdf(*PLAIN, Annots=Array([note]))) is not stands_in_the_way


def test_a_page_is_dark_when_most_of_it_is() -> None:
    assert not is_dark(scanned.sheet())
    assert is_dark(255 - scanned.sheet())


def test_the_resolution_follows_from_how_large_the_picture_stands_on_the_page(tmp_path: Path) -> None:
    page = scanned.first_page(tmp_path, scanned.image_pdf(*PLAIN, matrix=b"210 0 0 297 0 0", MediaBox=[0, 0, 210, 297]))

    assert page.dpi == 144.0
    assert cv2.countNonZero(page.gray) == page.gray.size
