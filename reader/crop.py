"""The picture of a row: what a person needs to see to decide an item; and of the head, to see whose sheet it is."""

from collections.abc import Collection, Iterator, Sequence

import cv2
import numpy as np

from kryds.model.geometry import Rect
from kryds.model.layout import PageLayout
from kryds.model.reading import SHEET_ITEM, PageReading, PixelRect, RowCrop
from kryds.reader.fiducials import Reduced
from kryds.reader.register import Registration
from kryds.reader.scan_page import ScanPage

#: Resolution of the picture: 140 dpi reads well on a screen and in print, a row weighs some 10 kB.
CROP_PX_PER_MM = 5.5
#: Paper shown left and right of the row. Above and below, the row's own air (2 mm and more) shows a cross that missed
#: its box; a strip beyond the hairlines would show the feet of the row above.
CROP_MARGIN_MM = 2.5
CROP_OVER_MM = 0.3
AROUND_BOX_MM = 1.5
JPEG_QUALITY = 72
#: The head reaches from the paper's edge to so far below the page code, where the name may stand, if no row does.
HEAD_UNDER_CODE_MM = 14.0


def crop_rows(
    picture: Reduced, registration: Registration, layout: PageLayout, item_ids: Collection[str]
) -> Iterator[RowCrop]:
    """The upright pictures of the rows of ``item_ids``, in printed order; for SHEET_ITEM, that of the head before."""
    if SHEET_ITEM in item_ids:
        yield RowCrop(SHEET_ITEM, _picture(picture, registration, _head(layout)), ())
    for row in layout.rows:
        if row.item_id in item_ids:
            own = [box.rect for box in layout.boxes if box.item_id == row.item_id]
            rect = _shown(row.rect, own)
            boxes = tuple(_in_crop(box, rect) for box in own)
            yield RowCrop(row.item_id, _picture(picture, registration, rect), boxes)


def crop_again(page: ScanPage, reading: PageReading, layout: PageLayout, item_ids: Collection[str]) -> list[RowCrop]:
    """The pictures of rows that were decided when ``page`` was read as ``reading``, and await a person since.

    Rows are cut where their boxes were found, if ``reading`` has what was measured of them, else where the fiducials
    place them. Empty when the page is not as large as it was: then its rows are elsewhere, and a picture would mislead.
    """
    if page.gray.shape != (reading.height_px, reading.width_px):
        return []
    # The reading counts pixels from their edges, OpenCV from their centres.
    half = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1]])
    mm_to_px = half @ np.asarray(reading.mm_to_px, np.float64).reshape(3, 3)
    registration = Registration(mm_to_px, reading.residual_mm, len(layout.fiducials))
    found = _as_found(layout, reading, registration)
    return list(crop_rows(Reduced(page.gray, 1), registration, found, item_ids))


def _as_found(layout: PageLayout, reading: PageReading, registration: Registration) -> PageLayout:
    """The layout with its boxes and rows where the boxes were found; as it is if nothing is known of them."""
    if not reading.measurements:
        return layout
    found = [(box.found.x + box.found.width / 2, box.found.y + box.found.height / 2) for box in reading.measurements]
    middles = [(box.rect.centre.x, box.rect.centre.y) for box in layout.boxes]
    return layout.moved((registration.to_mm(np.array(found) - 0.5) - middles).tolist())


def _shown(row: Rect, boxes: Sequence[Rect]) -> Rect:
    """The row with a margin, and where paper bends up or down along it all of its boxes with theirs."""
    top = min([row.y - CROP_OVER_MM, *(box.y - AROUND_BOX_MM for box in boxes)])
    bottom = max([row.bottom + CROP_OVER_MM, *(box.bottom + AROUND_BOX_MM for box in boxes)])
    return Rect(row.x - CROP_MARGIN_MM, top, row.width + 2 * CROP_MARGIN_MM, bottom - top)


def _head(layout: PageLayout) -> Rect:
    """Where title, name and serial number stand: across the paper, as far as the outermost fiducials' far edges."""
    reach = [(each.centre.x, each.side_mm / 2 + CROP_MARGIN_MM) for each in layout.fiducials]
    left, right = min(x - half for x, half in reach), max(x + half for x, half in reach)
    rows = [row.rect.y - CROP_OVER_MM for row in layout.rows]
    return Rect(left, 0.0, right - left, min([layout.code.bottom + HEAD_UNDER_CODE_MM, *rows]))


def _picture(picture: Reduced, registration: Registration, rect: Rect) -> bytes:
    to_mm = np.array([[1 / CROP_PX_PER_MM, 0, rect.x], [0, 1 / CROP_PX_PER_MM, rect.y], [0, 0, 1]])
    size = (round(rect.width * CROP_PX_PER_MM), round(rect.height * CROP_PX_PER_MM))
    mapping = picture.from_stored() @ registration.mm_to_px @ to_mm
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    upright = cv2.warpPerspective(picture.gray, mapping, size, flags=flags, borderValue=255)
    encoded, data = cv2.imencode(".jpg", upright, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not encoded:
        raise RuntimeError("OpenCV could not encode a JPEG")
    return data.tobytes()


def _in_crop(box: Rect, crop: Rect) -> PixelRect:
    scale = CROP_PX_PER_MM
    return PixelRect((box.x - crop.x) * scale, (box.y - crop.y) * scale, box.width * scale, box.height * scale)
