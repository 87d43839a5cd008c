"""Where a sheet lies on the PDF page of its scan, so that drawings stand on the paper and texts stand upright on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from kryds.generator.typeface import PT_MM
from kryds.model.geometry import Paper, Point, Rect
from kryds.model.reading import PageReading, PixelRect

#: An affine map as PDF writes it: x' = a x + c y + e, y' = b x + d y + f.
Affine = tuple[float, float, float, float, float, float]

#: Half the step the local map is taken over (mm): long against the rounding of the registration, short against a curl.
STEP_MM = 20.0


@dataclass(frozen=True)
class PageBox:
    """What a viewer shows of a PDF page: ``left, bottom, right, top`` in user space, turned by ``rotate`` degrees."""

    left: float
    bottom: float
    right: float
    top: float
    rotate: int = 0

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """The corners as shown: top left, top right, bottom right, bottom left."""
        stored = [
            Point(self.left, self.top),
            Point(self.right, self.top),
            Point(self.right, self.bottom),
            Point(self.left, self.bottom),
        ]
        first = -(self.rotate // 90) % 4  # turned a quarter clockwise, the stored lower left is shown at the top left
        return stored[first], stored[(first + 1) % 4], stored[(first + 2) % 4], stored[(first + 3) % 4]


@dataclass(frozen=True)
class SheetFrame:
    """The sheet's millimetres on a page of a PDF.

    ``matrix`` maps points of paper (1/72 inch, x right, y up, origin at the sheet's top left) to the page's user space.
    ``shown`` is what of the sheet the page shows, in millimetres.
    """

    matrix: Affine
    shown: Rect

    def middle_mm(self, found: PixelRect, px_to_pt: Affine) -> Point:
        """The middle of a box found on the scan, in the sheet's millimetres."""
        middle = _apply(px_to_pt, Point(found.x + found.width / 2, found.y + found.height / 2))
        return _to_mm(self.matrix, middle)


def frame_of_sheet(reading: PageReading, size_mm: tuple[float, float], box: PageBox) -> SheetFrame:
    """The frame of a registered page of a sheet of this size: the map in the middle of the sheet, taken for all of it.

    A photo's perspective is left out: it would slant the letters.
    """
    x, y = size_mm[0] / 2, size_mm[1] / 2
    left, right, above, below, middle = (
        _apply(reading.px_to_pt, _through(reading.mm_to_px, Point(x + dx, y + dy)))
        for dx, dy in ((-STEP_MM, 0), (STEP_MM, 0), (0, -STEP_MM), (0, STEP_MM), (0, 0))
    )
    per_pt = PT_MM / (2 * STEP_MM)
    a, b = (right.x - left.x) * per_pt, (right.y - left.y) * per_pt
    c, d = (above.x - below.x) * per_pt, (above.y - below.y) * per_pt
    x_pt, y_pt = x / PT_MM, -y / PT_MM
    return _framed((a, b, c, d, middle.x - a * x_pt - c * y_pt, middle.y - b * x_pt - d * y_pt), box)


def frame_of_page(box: PageBox) -> SheetFrame:
    """The frame of a page that is no sheet we know: as shown, its shorter side as wide as A4."""
    top_left, top_right, _, bottom_left = box.corners
    across = hypot(top_right.x - top_left.x, top_right.y - top_left.y)
    down = hypot(bottom_left.x - top_left.x, bottom_left.y - top_left.y)
    scale = min(across, down) / (Paper.A4.size_mm[0] / PT_MM)
    a, b = (top_right.x - top_left.x) / across * scale, (top_right.y - top_left.y) / across * scale
    return _framed((a, b, -b, a, top_left.x, top_left.y), box)


def _framed(matrix: Affine, box: PageBox) -> SheetFrame:
    """The frame with what is shown: the largest upright rectangle (nearly) within the turned page."""
    corners = [_to_mm(matrix, corner) for corner in box.corners]
    _, left, right, _ = sorted(corner.x for corner in corners)
    _, top, bottom, _ = sorted(corner.y for corner in corners)
    return SheetFrame(matrix, Rect(left, top, right - left, bottom - top))


def _to_mm(matrix: Affine, place: Point) -> Point:
    """From user space back to the sheet's millimetres, y down."""
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    x, y = place.x - e, place.y - f
    return Point((d * x - c * y) / area * PT_MM, (b * x - a * y) / area * PT_MM)


def _apply(matrix: Affine, place: Point) -> Point:
    a, b, c, d, e, f = matrix
    return Point(a * place.x + c * place.y + e, b * place.x + d * place.y + f)


def _through(homography: Sequence[float], place: Point) -> Point:
    """A point through a 3 x 3 homography given row by row."""
    x, y, w = (homography[at] * place.x + homography[at + 1] * place.y + homography[at + 2] for at in (0, 3, 6))
    return Point(x / w, y / w)
