"""Ink on a ReportLab canvas: the one place where the millimetres of a sheet become points and y turns upwards."""

from collections.abc import Iterable

from reportlab.pdfgen.canvas import Canvas

from kryds.generator.placed import Frame, Ink, Slot, Stroke, TextLine
from kryds.generator.typeface import PT_MM, Style, register, shorten, width_mm
from kryds.model.geometry import Point, Rect


def pt(length_mm: float) -> float:
    """Millimetres in points."""
    return round(length_mm / PT_MM, 3)


class Pen:
    """Draws on a canvas whose page is ``height_mm`` high."""

    def __init__(self, canvas: Canvas, height_mm: float) -> None:
        self._canvas = canvas
        self._height_mm = height_mm

    def draw(self, ink: Iterable[Ink]) -> None:
        """Draws each piece of ink."""
        for piece in ink:
            match piece:
                case TextLine():
                    self.text(piece.start, piece.text, piece.style)
                case Stroke():
                    self._stroke(piece)
                case Frame():
                    self._frame(piece)

    def text(self, start: Point, text: str, style: Style) -> None:
        """A line of text from the left end of its baseline."""
        register(style.face)
        self._canvas.setFillColorRGB(*_rgb(style.colour))
        self._canvas.setFont(style.face.value, style.size_pt)
        self._canvas.drawString(pt(start.x), self._up(start.y), text)

    def fill_slot(self, slot: Slot, text: str) -> None:
        """A text that differs from sheet to sheet, shortened to the room it has."""
        said = shorten(text, slot.style, slot.width_mm)
        left = slot.start.x - (width_mm(said, slot.style) if slot.from_right else 0.0)
        self.text(Point(left, slot.start.y), said, slot.style)

    def cells(self, place: Rect, runs: Iterable[tuple[int, int, int, int]], across: int) -> None:
        """Black cells of a square symbol with ``across`` cells a side; a run is column, row, width and height.

        One path, filled once: where cells meet, no renderer leaves a seam.
        """
        cell = pt(place.width) / across
        path = " ".join(f"{x} {y} {width} {height} re" for x, y, width, height in runs)
        matrix = f"{cell:.4f} 0 0 {-cell:.4f} {pt(place.x):.3f} {self._up(place.y):.3f}"
        self._canvas.addLiteral(f"q 0 g {matrix} cm {path} f Q")

    def rect_pt(self, place: Rect) -> tuple[float, float, float, float]:
        """The rectangle as left, bottom, right, top in points."""
        return pt(place.x), self._up(place.bottom), pt(place.right), self._up(place.y)

    def _stroke(self, stroke: Stroke) -> None:
        self._canvas.setStrokeColorRGB(*_rgb(stroke.colour))
        self._canvas.setLineWidth(pt(stroke.line_mm))
        self._canvas.line(pt(stroke.start.x), self._up(stroke.start.y), pt(stroke.end.x), self._up(stroke.end.y))

    def _frame(self, frame: Frame) -> None:
        inner = frame.rect.inset(frame.line_mm / 2)
        self._canvas.setStrokeColorRGB(*_rgb(frame.colour))
        self._canvas.setFillColorRGB(*_rgb(frame.colour))
        self._canvas.setLineWidth(pt(frame.line_mm))
        left, bottom, _, _ = self.rect_pt(inner)
        self._canvas.rect(left, bottom, pt(inner.width), pt(inner.height), stroke=1, fill=1 if frame.filled else 0)

    def _up(self, y_mm: float) -> float:
        return pt(self._height_mm - y_mm)


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue
