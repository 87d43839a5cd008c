import io
from typing import Any

import pypdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from kryds.generator.chart_pen import ChartPen, picture_size
from kryds.model.geometry import Rect


def jpeg(mode: str) -> bytes:
    file = io.BytesIO()
    Image.new(mode, (40, 20), 200 if mode == "L" else (200, 10, 10)).save(file, "JPEG")
    return file.getvalue()


def drawn(*pictures: bytes) -> bytes:
    canvas = Canvas(io.BytesIO())
    pen = ChartPen(canvas, 297.0)
    for picture in pictures:
        pen.picture(picture, Rect(20, 30, 80, 40))
    return bytes(canvas.getpdfdata())  # type: ignore[no-untyped-call]


def stored(data: bytes) -> list[Any]:
    page: Any = pypdf.PdfReader(io.BytesIO(data)).pages[0]
    drawings = page["/Resources"]["/XObject"]
    return [drawing.get_object() for drawing in drawings.values()]


@pytest.mark.parametrize(("mode", "space"), [("L", "/DeviceGray"), ("RGB", "/DeviceRGB")])
def test_a_picture_is_embedded_byte_for_byte(mode: str, space: str) -> None:
    data = drawn(jpeg(mode))
    (picture,) = stored(data)
    assert jpeg(mode) in data
    assert picture["/Filter"] == "/DCTDecode"
    assert picture["/ColorSpace"] == space


def test_the_same_picture_is_stored_once() -> None:
    assert len(stored(drawn(jpeg("L"), jpeg("L"), jpeg("RGB")))) == 2


def test_the_size_of_a_picture_is_read_from_it() -> None:
    assert picture_size(jpeg("L")) == (40, 20)
