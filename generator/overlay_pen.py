"""The shapes a verdict is drawn with, in millimetres of the sheet; each stands on white so that it reads on a scan."""

from dataclasses import dataclass
from enum import StrEnum

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from kryds.generator.pen import pt
from kryds.generator.sheet_frame import SheetFrame
from kryds.generator.typeface import Colour, Face, Style, register, width_mm
from kryds.model.geometry import Point, Rect

#: Line widths (mm): a shape's, a lighter one's, and how much wider the white under a line is.
LINE_MM, THIN_MM, HALO_MM = 0.55, 0.38, 0.7
#: How far a ring stands off its box (mm): clear of the box's line, short of the next row's ring.
RING_OFF_MM = 1.0
#: Corner radius of a ring as a share of its side, and of a frame around a row (mm).
ROUND, FRAME_RADIUS_MM = 0.34, 2.6
#: From a ring to the second one around it (mm).
RING_STEP_MM = 0.95
#: Height of a chip, and the room at its ends (mm).
CHIP_MM, CHIP_END_MM = 4.6, 1.3
#: Dashes of the frame around a row that asks for a person (mm on, mm off).
DASH_MM = (1.8, 1.5)
#: The cross-out sign on a cancelled box: its radius, and half the width of the cross in it (mm).
SIGN_RADIUS_MM, SIGN_CROSS_MM = 1.7, 0.75
#: The open dash beside a blank row (mm).
BAR_WIDTH_MM, BAR_HEIGHT_MM = 3.4, 1.3


class Tint(StrEnum):
    """Colours by what they say, as RRGGBB; each has a contrast of at least 4.5:1 on white (WCAG 2.2, 1.4.3)."""

    CHOSEN = Colour.ACCENT
    DOUBT = "A34A00"
    QUIET = Colour.QUIET


@dataclass(frozen=True, slots=True)
class Line:
    """How an outline is drawn, and whether it is filled with white."""

    tint: Tint
    width_mm: float = LINE_MM
    dashed: bool = False
    filled: bool = False


WORDS = Style(Face.REGULAR, 7.5, 3.4)
WORDS_BOLD = Style(Face.BOLD, 8, 3.6)
POINTS = Style(Face.BOLD, 9.5, 4.0)
_WHITE = HexColor("#FFFFFF")


class OverlayPen:
    """Draws on a canvas page in the user space of a scan's page; places are millimetres of the sheet, y down."""

    def __init__(self, canvas: Canvas, frame: SheetFrame) -> None:
        self._canvas = canvas
        canvas.transform(*frame.matrix)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)

    def ring(self, box: Rect, *, double: bool = False) -> None:
        """Around the chosen box; a second ring around the first says that a person chose it."""
        ring = box.inset(-RING_OFF_MM)
        if double:
            around = ring.inset(-RING_STEP_MM)
            self._rounded(around, ROUND * around.width, Line(Tint.CHOSEN, THIN_MM))
        self._rounded(ring, ROUND * ring.width, Line(Tint.CHOSEN))

    def cross_out(self, middle: Point) -> None:
        """The sign on a cancelled box: a cross in a disc."""
        x, y, arm = pt(middle.x), -pt(middle.y), pt(SIGN_CROSS_MM)
        self._canvas.setFillColor(_WHITE)
        self._stroke(Line(Tint.QUIET, THIN_MM))
        self._canvas.circle(x, y, pt(SIGN_RADIUS_MM), stroke=1, fill=1)
        self._canvas.line(x - arm, y - arm, x + arm, y + arm)
        self._canvas.line(x - arm, y + arm, x + arm, y - arm)

    def dashed(self, around: Rect) -> None:
        """Around the boxes of a row that asks for a person."""
        self._rounded(around, FRAME_RADIUS_MM, Line(Tint.DOUBT, dashed=True))

    def dash(self, middle: Point) -> None:
        """An open dash: nothing was crossed."""
        bar = Rect(middle.x - BAR_WIDTH_MM / 2, middle.y - BAR_HEIGHT_MM / 2, BAR_WIDTH_MM, BAR_HEIGHT_MM)
        self._rounded(bar, BAR_HEIGHT_MM / 2, Line(Tint.QUIET, THIN_MM, filled=True))

    def chip(self, middle: Point, text: str, tint: Tint) -> None:
        """A few signs in a white lozenge."""
        width = max(CHIP_MM, width_mm(text, POINTS) + 2 * CHIP_END_MM)
        self.panel(Rect(middle.x - width / 2, middle.y - CHIP_MM / 2, width, CHIP_MM), tint)
        start = Point(middle.x - width_mm(text, POINTS) / 2, middle.y + POINTS.cap_mm / 2)
        self.words(start, text, (POINTS, tint))

    def panel(self, place: Rect, tint: Tint) -> None:
        """A white ground for words, framed."""
        self._rounded(place, min(CHIP_MM, place.height) / 2, Line(tint, THIN_MM, filled=True))

    def ground(self, place: Rect) -> None:
        """White without a frame."""
        self._canvas.setFillColor(_WHITE)
        self._canvas.roundRect(
            pt(place.x), -pt(place.bottom), pt(place.width), pt(place.height), pt(place.height / 2), stroke=0, fill=1
        )

    def words(self, start: Point, text: str, look: tuple[Style, Tint]) -> None:
        """A line of text from the left end of its baseline."""
        style, tint = look
        register(style.face)
        self._canvas.setFillColor(HexColor(f"#{tint}"))
        self._canvas.setFont(style.face.value, style.size_pt)
        self._canvas.drawString(pt(start.x), -pt(start.y), text)

    def _rounded(self, place: Rect, radius_mm: float, line: Line) -> None:
        """A rectangle with round corners: first a wider white line, then the line itself."""
        shape = (pt(place.x), -pt(place.bottom), pt(place.width), pt(place.height), pt(radius_mm))
        self._canvas.setFillColor(_WHITE)
        self._canvas.setStrokeColor(_WHITE)
        self._canvas.setLineWidth(pt(line.width_mm + HALO_MM))
        self._canvas.roundRect(*shape, stroke=1, fill=int(line.filled))
        self._stroke(line)
        self._canvas.roundRect(*shape, stroke=1, fill=0)
        self._canvas.setDash()

    def _stroke(self, line: Line) -> None:
        self._canvas.setStrokeColor(HexColor(f"#{line.tint}"))
        self._canvas.setLineWidth(pt(line.width_mm))
        if line.dashed:
            self._canvas.setDash([pt(length) for length in DASH_MM])
