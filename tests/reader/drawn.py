"""A page drawn with plain rectangles, so that the reader is tried without the generator: what it needs and no more."""

from collections.abc import Iterable

import cv2
import numpy as np
import numpy.typing as npt
import segno

from kryds.model.edition import Edition
from kryds.model.form import Form, Option, Section
from kryds.model.geometry import Point, Rect
from kryds.model.layout import BoxPlace, Fiducial, PageLayout, RowPlace, SheetLayout
from kryds.model.page_code import PageCode, encode, marker_id
from kryds.model.reading import RowCrop
from kryds.reader.scan import ScanPage

Gray = npt.NDArray[np.uint8]

WIDTH_MM, HEIGHT_MM, SIDE_MM, LINE_MM = 210.0, 297.0, 8.0, 0.3
DPI = 150
#: Grey below which a pixel is printed.
PRINTED = 128
PX_PER_MM = DPI / 25.4


def form(items: int = 6, options: int = 4, form_id: str = "drawn") -> Form:
    """Two sections, one a page."""
    texts = tuple(f"Udsagn {number}" for number in range(1, items + 1))
    half = (items + 1) // 2
    sections = [Section(title="Første", items=texts[:half])]
    sections += [Section(title="Anden", items=texts[half:])] if texts[half:] else []
    return Form(
        id=form_id,
        version=1,
        language="da",
        title="Prøve",
        options=tuple(Option(id=f"k{n}", label=f"K{n}", weight=n) for n in range(1, options + 1)),
        sections=tuple(sections),
    )


def edition(form_: Form | None = None) -> Edition:
    """The form laid out, a section a page."""
    form_ = form_ or form()
    pages = tuple(_page(form_, number) for number in range(1, len(form_.sections) + 1))
    return Edition(form_, SheetLayout(WIDTH_MM, HEIGHT_MM, LINE_MM, pages))


def _page(form_: Form, number: int) -> PageLayout:
    items = [item for item in form_.items if item.section == number]
    tops = [60.0 + 12 * place for place in range(len(items))]
    rows = tuple(RowPlace(item.id, Rect(24, top, 162, 12)) for item, top in zip(items, tops, strict=True))
    boxes = tuple(
        BoxPlace(item.id, choice + 1, Rect(110 + 14 * choice, top + 3, 6, 6))
        for item, top in zip(items, tops, strict=True)
        for choice in range(len(form_.options))
    )
    return PageLayout(number, _fiducials(), Rect(160, 20, 17, 17), rows, boxes)


def _fiducials() -> tuple[Fiducial, ...]:
    places = [(x, y) for y in (15.5, 148.5, 281.5) for x in (15.5, 194.5)]
    return tuple(Fiducial(slot, Point(x, y), SIDE_MM) for slot, (x, y) in enumerate(places))


def draw_page(edition_: Edition, number: int = 1, copy: int = 7, without: Iterable[int | str] = ()) -> Gray:
    """The printed page at DPI; ``without`` names slots of fiducials left out, or "code"."""
    scale = 4 * PX_PER_MM
    canvas = np.full((round(HEIGHT_MM * scale), round(WIDTH_MM * scale)), 255, np.uint8)
    page = edition_.layout.pages[number - 1]
    for fiducial in page.fiducials:
        if fiducial.slot not in without:
            _draw_fiducial(canvas, fiducial, marker_id(edition_.digest, number, fiducial.slot), scale)
    if "code" not in without:
        text = encode(PageCode(edition_.form.id, edition_.digest, "", copy, number))
        _draw_cells(canvas, np.array(segno.make(text, micro=False).matrix, bool), page.code, scale)
    for box in page.boxes:
        _rect(canvas, box.rect, 0, scale)
        _rect(canvas, box.rect.inset(LINE_MM), 255, scale)
    return np.asarray(cv2.resize(canvas, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), np.uint8)


def _draw_fiducial(canvas: Gray, fiducial: Fiducial, identity: int, scale: float) -> None:
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    cells = np.asarray(cv2.aruco.generateImageMarker(dictionary, identity, 8)) == 0
    half = fiducial.side_mm / 2
    place = Rect(fiducial.centre.x - half, fiducial.centre.y - half, fiducial.side_mm, fiducial.side_mm)
    _draw_cells(canvas, cells, place, scale)


def _draw_cells(canvas: Gray, cells: npt.NDArray[np.bool_], place: Rect, scale: float) -> None:
    side = place.width / len(cells)
    for row, column in np.argwhere(cells):
        _rect(canvas, Rect(place.x + column * side, place.y + row * side, side, side), 0, scale)


def _rect(canvas: Gray, rect: Rect, value: int, scale: float) -> None:
    left, top, right, bottom = (round(edge * scale) for edge in (rect.x, rect.y, rect.right, rect.bottom))
    canvas[top:bottom, left:right] = value


def box_of(edition_: Edition, item_id: str, choice: int) -> Rect:
    """The place of a box."""
    boxes = [box for page in edition_.layout.pages for box in page.boxes]
    return next(box.rect for box in boxes if (box.item_id, box.choice) == (item_id, choice))


def cross(page: Gray, box: Rect, width_mm: float = 0.5, darkness: int = 60) -> None:
    """Two strokes across the middle of the box."""
    for sign in (1, -1):
        stroke(page, box, ((-2.8, -2.8 * sign), (2.8, 2.8 * sign)), (width_mm, darkness))


def stroke(page: Gray, box: Rect, ends_mm: tuple[tuple[float, float], ...], pen: tuple[float, int]) -> None:
    """One straight stroke, its ends in mm from the middle of the box."""
    width_mm, darkness = pen
    start, end = (
        (round((box.centre.x + x) * PX_PER_MM * 16), round((box.centre.y + y) * PX_PER_MM * 16)) for x, y in ends_mm
    )
    cv2.line(page, start, end, darkness, max(1, round(width_mm * PX_PER_MM)), cv2.LINE_AA, 4)


def fill(page: Gray, box: Rect, darkness: int = 50) -> None:
    """The box filled in."""
    _rect(page, box.inset(0.2), darkness, PX_PER_MM)


def cover(page: Gray, box: Rect) -> None:
    """White paper over the box and 1 mm around it."""
    place = box.inset(-1)
    left, top, right, bottom = (round(mm * PX_PER_MM) for mm in (place.x, place.y, place.right, place.bottom))
    page[top:bottom, left:right] = page.max()


def turned(page: Gray, degrees: float) -> Gray:
    """The page turned about its middle, as a skewed feed does."""
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(page, matrix, (width, height), borderValue=255), np.uint8)


def hollowed(page: Gray) -> Gray:
    """The page at 300 dpi, black only where darker than its surroundings: areas of weak toner have holes."""
    large = cv2.resize(page, None, fx=2, fy=2, interpolation=cv2.INTER_NEAREST)
    toner = np.clip(70 + np.random.default_rng(5).normal(0, 10, large.shape), 0, 255)
    weak = np.where(large < PRINTED, toner, 255).astype(np.uint8)
    return np.asarray(cv2.adaptiveThreshold(weak, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 9, 5), np.uint8)


def worn(page: Gray, share: float) -> Gray:
    """The page copied until its black is in crumbs: this share of it is gone."""
    crumbs = cv2.GaussianBlur(np.random.default_rng(8).normal(0, 1, page.shape), (0, 0), 1.5)
    gone = crumbs < np.quantile(crumbs, share)
    return np.asarray(np.where((page < PRINTED) & ~gone, 0, 255), np.uint8)


def scan_page(gray: Gray, source: str = "scan.pdf", index: int = 0) -> ScanPage:
    """The page as if it came from a scan file."""
    return ScanPage(source, index, np.ascontiguousarray(gray), float(DPI), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))


def picture(crop: RowCrop) -> Gray:
    """The pixels of a row's picture."""
    pixels = cv2.imdecode(np.frombuffer(crop.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert pixels is not None
    return np.asarray(pixels, np.uint8)
