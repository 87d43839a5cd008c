"""The shapes charts are made of, in millimetres of the page, y down."""

import io
from collections.abc import Sequence
from hashlib import sha256

from PIL import Image
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from kryds.generator.document import document_of
from kryds.generator.palette import DOUBT, WHITE, rgb
from kryds.generator.pen import Pen, pt
from kryds.generator.typeface import Colour, Style, register, width_mm
from kryds.model.geometry import Point, Rect

#: Colour spaces of JPEG files by Pillow's names (ISO 32000-1, 8.6.4).
_COLOUR_SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}
#: Line of the small crosses and signs, as a share of their side.
_CROSS_LINE = 0.14


class ChartPen(Pen):
    """A pen that also fills, and embeds pictures."""

    def __init__(self, canvas: Canvas, height_mm: float) -> None:
        super().__init__(canvas, height_mm)
        self._drawing = canvas

    def words(self, start: Point, text: str, style: Style, colour: str) -> None:
        """A line of text in a colour of its own."""
        register(style.face)
        self._drawing.setFillColorRGB(*rgb(colour))
        self._drawing.setFont(style.face.value, style.size_pt)
        _, baseline, _, _ = self.rect_pt(Rect(start.x, start.y, 0.0, 0.0))
        self._drawing.drawString(pt(start.x), baseline, text)

    def centred(self, middle: Point, text: str, style: Style, colour: str) -> None:
        """A line of text whose capitals are centred about ``middle``."""
        start = Point(middle.x - width_mm(text, style) / 2, middle.y + style.cap_mm / 2)
        self.words(start, text, style, colour)

    def ending(self, end: Point, text: str, style: Style) -> None:
        """A line of text up to the right end of its baseline."""
        self.words(Point(end.x - width_mm(text, style), end.y), text, style, style.colour)

    def fill(self, place: Rect, colour: str) -> None:
        """A rectangle without an outline."""
        left, bottom, _, _ = self.rect_pt(place)
        self._drawing.setFillColorRGB(*rgb(colour))
        self._drawing.rect(left, bottom, pt(place.width), pt(place.height), stroke=0, fill=1)

    def outline(self, place: Rect, colour: str, line_mm: float, *, dashed: bool = False) -> None:
        """A rectangle whose line lies inside ``place``."""
        inner = place.inset(line_mm / 2)
        left, bottom, _, _ = self.rect_pt(inner)
        self._drawing.setStrokeColorRGB(*rgb(colour))
        self._drawing.setLineWidth(pt(line_mm))
        if dashed:
            self._drawing.setDash([pt(0.9), pt(0.7)])
        self._drawing.rect(left, bottom, pt(inner.width), pt(inner.height), stroke=1, fill=0)
        if dashed:
            self._drawing.setDash([])

    def shape(self, corners: Sequence[Point], colour: str) -> None:
        """A filled polygon."""
        path = self._drawing.beginPath()
        for at, corner in enumerate(corners):
            x, y, _, _ = self.rect_pt(Rect(corner.x, corner.y, 0.0, 0.0))
            (path.lineTo if at else path.moveTo)(x, y)
        path.close()
        self._drawing.setFillColorRGB(*rgb(colour))
        self._drawing.drawPath(path, stroke=0, fill=1)

    def line(self, points: Sequence[Point], colour: str, line_mm: float) -> None:
        """An open line through the points."""
        path = self._drawing.beginPath()
        for at, point in enumerate(points):
            x, y, _, _ = self.rect_pt(Rect(point.x, point.y, 0.0, 0.0))
            (path.lineTo if at else path.moveTo)(x, y)
        self._drawing.setStrokeColorRGB(*rgb(colour))
        self._drawing.setLineWidth(pt(line_mm))
        self._drawing.drawPath(path, stroke=1, fill=0)

    def tick(self, middle: Point, side_mm: float) -> None:
        """The sign of what is done: a tick in a dark disc."""
        half = side_mm / 2
        x, y, _, _ = self.rect_pt(Rect(middle.x, middle.y, 0.0, 0.0))
        self._drawing.setFillColorRGB(*rgb(Colour.ACCENT))
        self._drawing.circle(x, y, pt(half), stroke=0, fill=1)
        stops = ((-0.48, 0.04), (-0.12, 0.4), (0.5, -0.34))
        self.line([Point(middle.x + half * dx, middle.y + half * dy) for dx, dy in stops], WHITE, side_mm * _CROSS_LINE)

    def warning(self, middle: Point, side_mm: float) -> None:
        """The sign of what awaits a person: an exclamation mark in a triangle."""
        half = side_mm / 2
        top = middle.y - half
        corners = (Point(middle.x, top), Point(middle.x + half * 1.12, middle.y + half))
        self.shape((*corners, Point(middle.x - half * 1.12, middle.y + half)), DOUBT)
        stem = side_mm * 0.13
        self.fill(Rect(middle.x - stem / 2, top + side_mm * 0.36, stem, side_mm * 0.32), WHITE)
        self.fill(Rect(middle.x - stem / 2, top + side_mm * 0.76, stem, stem), WHITE)

    def gap(self, middle: Point, side_mm: float) -> None:
        """The sign of what lacks: an open square with a dash."""
        self.outline(
            Rect(middle.x - side_mm / 2, middle.y - side_mm / 2, side_mm, side_mm), Colour.QUIET, side_mm * _CROSS_LINE
        )
        arm = side_mm * 0.22
        ends = (Point(middle.x - arm, middle.y), Point(middle.x + arm, middle.y))
        self.line(ends, Colour.QUIET, side_mm * _CROSS_LINE)

    def crossed_box(self, place: Rect) -> None:
        """A dark box with a white cross."""
        self.fill(place, Colour.ACCENT)
        inner = place.inset(place.width * 0.24)
        falling = (Point(inner.x, inner.y), Point(inner.right, inner.bottom))
        rising = (Point(inner.x, inner.bottom), Point(inner.right, inner.y))
        for arm in (falling, rising):
            self.line(arm, WHITE, place.width * _CROSS_LINE)

    def picture(self, jpeg: bytes, place: Rect) -> None:
        """A JPEG, its bytes as they are; the same picture is stored once."""
        name = f"jpeg{sha256(jpeg).hexdigest()[:16]}"
        if not self._drawing.hasForm(name):
            document_of(self._drawing).addForm(name, PDFStream(_about(jpeg), jpeg))
            document_of(self._drawing).inPage()
        left, bottom, _, _ = self.rect_pt(place)
        self._drawing.saveState()
        self._drawing.transform(pt(place.width), 0, 0, pt(place.height), left, bottom)
        self._drawing.doForm(name)
        self._drawing.restoreState()


def picture_size(jpeg: bytes) -> tuple[int, int]:
    """Width and height of a JPEG in pixels."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        return picture.size


def _about(jpeg: bytes) -> PDFDictionary:
    """The dictionary of an image XObject (ISO 32000-1, table 89)."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        (width, height), mode = picture.size, picture.mode
    return PDFDictionary(
        {
            "Type": PDFName("XObject"),
            "Subtype": PDFName("Image"),
            "Width": width,
            "Height": height,
            "ColorSpace": PDFName(_COLOUR_SPACES[mode]),
            "BitsPerComponent": 8,
            "Filter": PDFName("DCTDecode"),
        }
    )
