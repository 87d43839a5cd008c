import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from kryds.generator.pen import Pen, pt
from kryds.generator.placed import Frame, Slot, Stroke
from kryds.generator.typeface import BODY, Colour, width_mm
from kryds.model.geometry import Point, Rect


@pytest.fixture
def canvas() -> Canvas:
    return Canvas(io.BytesIO(), pagesize=(pt(210), pt(297)), pageCompression=0)


@pytest.fixture
def pen(canvas: Canvas) -> Pen:
    return Pen(canvas, 297)


def test_an_inch_is_72_points() -> None:
    assert pt(25.4) == 72


def test_y_counts_from_the_top_of_the_page(pen: Pen) -> None:
    assert pen.rect_pt(Rect(0, 0, 25.4, 25.4)) == (0, pt(297 - 25.4), 72, pt(297))


def test_the_line_of_a_frame_lies_inside_its_rectangle(canvas: Canvas, pen: Pen) -> None:
    pen.draw((Frame(Rect(10, 10, 6, 6), 0.3, Colour.INK),))
    *_, numbers = (line for line in canvas.getCurrentPageContent().splitlines() if line.endswith("re S"))
    left, _, width, height = (float(number) for number in numbers.split()[1:5])
    assert (left, width, height) == pytest.approx((pt(10.15), pt(5.7), pt(5.7)), abs=0.01)


def test_a_filled_frame_is_filled(canvas: Canvas, pen: Pen) -> None:
    pen.draw((Frame(Rect(10, 10, 6, 6), 0.3, Colour.INK, filled=True),))
    assert " re B" in canvas.getCurrentPageContent()


def test_a_stroke_has_its_width_and_colour(canvas: Canvas, pen: Pen) -> None:
    pen.draw((Stroke(Point(10, 10), Point(20, 10), 25.4 / 72, Colour.ACCENT),))
    content = canvas.getCurrentPageContent()
    assert "1 w" in content
    assert ".043137 .27451 .313725 RG" in content


def test_a_text_flush_right_ends_where_its_slot_begins(canvas: Canvas, pen: Pen) -> None:
    pen.fill_slot(Slot(Point(100, 50), 40, BODY, from_right=True), "Ark 12")
    left = next(float(line.split()[5]) for line in canvas.getCurrentPageContent().splitlines() if line.startswith("BT"))
    assert left == pytest.approx(pt(100 - width_mm("Ark 12", BODY)), abs=0.01)


def test_cells_are_one_path_filled_once(canvas: Canvas, pen: Pen) -> None:
    pen.cells(Rect(10, 10, 8, 8), ((0, 0, 2, 1), (3, 3, 1, 1)), 8)
    assert "cm 0 0 2 1 re 3 3 1 1 re f Q" in canvas.getCurrentPageContent()
