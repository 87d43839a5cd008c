"""A scanned sheet of two rows with three boxes each, and what was read of it; and where things are on a drawn page."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageDraw

from kryds.generator.drawn_page import AnnotatedPage
from kryds.model.edition import Edition
from kryds.model.form import Form, Option, Section
from kryds.model.geometry import Point, Rect
from kryds.model.layout import BoxPlace, PageLayout, RowPlace, SheetLayout
from kryds.model.page_code import PageCode
from kryds.model.reading import (
    Answer,
    AnswerState,
    BoxMeasurement,
    BoxState,
    Mark,
    PageReading,
    PageState,
    PixelRect,
)

PX_PER_MM = 4.0
WIDTH, HEIGHT = 840, 1188  # A4
ROWS = {"1.1": 100.0, "1.2": 114.0}
LEFTS = (110.0, 125.0, 140.0)
#: How far the paper lies right and down of where the fiducials said (mm).
SHIFT_MM = 0.5

CHOSEN, DOUBT = (11, 70, 80), (163, 74, 0)


def edition() -> Edition:
    options = tuple(Option(id=f"o{n}", label=f"O{n}", weight=n) for n in (1, 2, 3))
    section = Section(title="Del", items=("Et", "To"))
    form = Form(id="proeve", version=1, language="da", title="Prøve", options=options, sections=(section,))
    rows = tuple(RowPlace(item, Rect(20, top - 3, 140, 12)) for item, top in ROWS.items())
    boxes = tuple(
        BoxPlace(item, choice, Rect(left, top, 6, 6))
        for item, top in ROWS.items()
        for choice, left in enumerate(LEFTS, start=1)
    )
    page = PageLayout(number=1, fiducials=(), code=Rect(170, 11, 17, 17), rows=rows, boxes=boxes)
    return Edition(form, SheetLayout(210, 297, 0.3, (page,)))


def picture(quarters: int = 0) -> Image.Image:
    """The scan: the boxes as they lie, turned by so many quarters counter-clockwise."""
    image = Image.new("L", (WIDTH, HEIGHT), 240)
    pen = ImageDraw.Draw(image)
    for place in edition().layout.pages[0].boxes:
        corner = (place.rect.x + SHIFT_MM) * PX_PER_MM, (place.rect.y + SHIFT_MM) * PX_PER_MM
        pen.rectangle((*corner, corner[0] + 24, corner[1] + 24), outline=0)
    return image.rotate(90 * quarters, expand=True)


def reading(quarters: int = 0, source: str = "scan") -> PageReading:
    """What was read of the picture; ``px_to_pt`` is that of a page of 1/100 inch a pixel."""
    mm_to_px = _turned(quarters) @ np.diag([PX_PER_MM, PX_PER_MM, 1])
    width, height = (WIDTH, HEIGHT) if quarters % 2 == 0 else (HEIGHT, WIDTH)
    return PageReading(
        source=source,
        index=0,
        state=PageState.READ,
        code=PageCode("proeve", "00000000", "", 12, 1),
        number=1,
        rotation_deg=90 * quarters % 360,
        width_px=width,
        height_px=height,
        mm_to_px=tuple(mm_to_px.ravel()),
        px_to_pt=(0.72, 0, 0, -0.72, 0, 0.72 * height),
        measurements=tuple(_measured(place, mm_to_px) for place in edition().layout.pages[0].boxes),
        marks=(Mark("1.1", 3, BoxState.CANCELLED, 0.9, (0, 0, 1, 0)),),
    )


def _turned(quarters: int) -> npt.NDArray[np.float64]:
    """Pixels of the upright picture -> pixels of the turned one."""
    once = {0: np.eye(3), 1: [[0, 1, 0], [-1, 0, WIDTH], [0, 0, 1]]}
    once |= {2: [[-1, 0, WIDTH], [0, -1, HEIGHT], [0, 0, 1]], 3: [[0, -1, HEIGHT], [1, 0, 0], [0, 0, 1]]}
    return np.array(once[quarters], np.float64)


def _measured(place: BoxPlace, mm_to_px: npt.NDArray[np.float64]) -> BoxMeasurement:
    middle = np.array([place.rect.centre.x + SHIFT_MM, place.rect.centre.y + SHIFT_MM, 1])
    x, y, _ = mm_to_px @ middle
    found = PixelRect(x - 12, y - 12, 24, 24)
    return BoxMeasurement(place.item_id, place.choice, found, 0.7, *[0.0] * 4)


def answered(item: str, choice: int, by: str = "reader") -> Answer:
    return Answer(item, choice, AnswerState.ANSWERED, 0.99, decided_by=by)


def unanswered(item: str, state: AnswerState) -> Answer:
    return Answer(item, None, state, 0.5)


ANSWERS = (answered("1.1", 2), unanswered("1.2", AnswerState.DOUBTFUL))


def page(path: Path, quarters: int = 0, answers: Sequence[Answer] = ANSWERS) -> AnnotatedPage:
    return AnnotatedPage(path, reading(quarters), edition(), tuple(answers), {"1.1": 2})


def not_read(path: Path, state: PageState) -> AnnotatedPage:
    return AnnotatedPage(path, replace(reading(), state=state, mm_to_px=(), measurements=(), marks=(), code=None))


@dataclass(frozen=True)
class DrawnPdf:
    """A page of a written PDF as a viewer shows it, asked in the sheet's millimetres."""

    data: bytes
    reading: PageReading
    index: int = 0

    def colours(self, place: Rect) -> npt.NDArray[np.uint8]:
        """The pixels (N, 3) within a place on the sheet."""
        with pdfium.PdfDocument(self.data) as pdf:
            shown = pdf[self.index]
            scale = 3 / self._pt_per_mm()
            pixels = shown.render(scale=scale, rev_byteorder=True).to_numpy()[..., :3]
            height, width = pixels.shape[:2]
            corners = []
            for corner in (Point(place.x, place.y), Point(place.right, place.bottom)):
                x, y = pdfium_c.c_int(), pdfium_c.c_int()
                pdfium_c.FPDF_PageToDevice(shown, 0, 0, width, height, 0, *self._pt(corner), x, y)
                corners.append((x.value, y.value))
            (x0, x1), (y0, y1) = (sorted(ends) for ends in zip(*corners, strict=True))
            return np.array(pixels[y0 : y1 + 1, x0 : x1 + 1]).reshape(-1, 3)

    def has(self, colour: tuple[int, int, int], place: Rect) -> bool:
        """Whether something of this colour stands within ``place``."""
        return bool((np.abs(self.colours(place).astype(int) - colour).max(axis=1) < 60).any())

    def text_run(self, text: str) -> tuple[Point, Point]:
        """Where the first and the last letter of a text stand, in millimetres of the sheet."""
        with pdfium.PdfDocument(self.data) as pdf:
            words = pdf[self.index].get_textpage()
            start = words.get_text_range().index(text)
            return self._mm(words.get_charbox(start)), self._mm(words.get_charbox(start + len(text) - 1))

    def _pt(self, place: Point) -> tuple[float, float]:
        x, y, w = np.array(self.reading.mm_to_px).reshape(3, 3) @ (place.x, place.y, 1)
        a, b, c, d, e, f = self.reading.px_to_pt
        return a * x / w + c * y / w + e, b * x / w + d * y / w + f

    def _pt_per_mm(self) -> float:
        return float(np.linalg.norm(np.subtract(self._pt(Point(1, 0)), self._pt(Point(0, 0)))))

    def _mm(self, box: tuple[float, float, float, float]) -> Point:
        a, b, c, d, e, f = self.reading.px_to_pt
        to_pt = np.array([[a, c, e], [b, d, f], [0, 0, 1]]) @ np.array(self.reading.mm_to_px).reshape(3, 3)
        x, y, w = np.linalg.inv(to_pt) @ ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, 1)
        return Point(float(x / w), float(y / w))


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
