"""The one picture a scanned PDF page consists of: found among the page's objects, and decoded without rendering."""

import ctypes
from dataclasses import dataclass
from math import hypot

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kryds.model.reading import Reason
from kryds.reader.jpeg import COLOUR, GREY, decode_at, jpeg_frame
from kryds.reader.scan_page import DAMAGED, Affine, Gray, Whole, too_large

#: Share of the page the picture must cover to stand for it. Scanners leave a rim when they straighten a page.
COVERS = 0.9
#: Text that is there to be searched, not seen (ISO 32000-2, table 104): 3 paints nothing, 7 only clips.
UNSEEN_TEXT = frozenset({pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP})
#: Annotations that show nothing of themselves.
UNSEEN_ANNOTATIONS = frozenset({pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_POPUP})
#: Mean grey below which a page is looked at again. A scan is mostly paper; a dark one is stored inverted: /Decode, or a
#: colour space that counts ink (pdfium's own decoder knows both), or transparency (only its renderer knows).
DARK_PAGE = 128
#: Every how many pixels the mean grey is sampled.
DARK_STEP = 32
#: Mean of red, green and blue (0 to 255) up to which a stencil is painted dark.
DARK_INK = 96


@dataclass(frozen=True)
class Picture:
    """An image and where it stands: ``matrix`` takes the unit square to the page's user space (points)."""

    image: pdfium.PdfImage
    matrix: pdfium.PdfMatrix

    @property
    def mirrored(self) -> bool:
        """Whether the page shows the stored pixels as in a mirror."""
        return self._area < 0

    @property
    def _area(self) -> float:
        return float(self.matrix.a * self.matrix.d - self.matrix.b * self.matrix.c)

    def dpi(self, width_px: int, height_px: int) -> float:
        """Pixels per inch of paper, the mean of both directions."""
        across = width_px / hypot(self.matrix.a, self.matrix.b)
        down = height_px / hypot(self.matrix.c, self.matrix.d)
        return (across + down) / 2 * 72

    def px_to_pt(self, width_px: int, height_px: int) -> Affine:
        """From pixels (unmirrored, if it is mirrored) to points; the pixels' y points down, the unit square's up."""
        a, b, c, d, e, f = (float(number) for number in self.matrix.get())
        if self.mirrored:
            return (a / width_px, b / width_px, c / height_px, d / height_px, e, f)
        return (a / width_px, b / width_px, -c / height_px, -d / height_px, e + c, f + d)

    def covers(self, box: tuple[float, float, float, float]) -> bool:
        """Whether it covers (nearly) all of ``box``: left, bottom, right, top in points."""
        if not self._area:
            return False
        left, bottom, right, top = self.matrix.on_rect(0, 0, 1, 1)
        width = min(right, box[2]) - max(left, box[0])
        height = min(top, box[3]) - max(bottom, box[1])
        return bool(width > 0 and height > 0 and width * height >= COVERS * (box[2] - box[0]) * (box[3] - box[1]))


def only_picture(page: pdfium.PdfPage) -> Picture | None:
    """The picture that makes up the page, or None when there is none, several, or something to be seen beside it.

    What is painted before the picture lies hidden under it.
    """
    if _shows_annotations(page):
        return None
    found: Picture | None = None
    for thing in page.get_objects():
        if thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            if found is not None:
                return None
            found = Picture(thing, _on_page(thing))
        elif found is not None and _is_seen(thing):
            return None
        if pdfium_c.FPDFPageObj_HasTransparency(thing):
            return None
    return found if found is not None and found.covers(page.get_bbox()) else None


def is_dark(gray: Gray) -> bool:
    """Whether a page's pixels are so dark that they may be stored inverted."""
    return bool(gray[::DARK_STEP, ::DARK_STEP].mean() < DARK_PAGE)


def picture_gray(picture: Picture, long_side_px: int | None = None) -> tuple[Gray, Whole | None] | Reason:
    """The picture's pixels as stored, or why there are none.

    Where a longer side of some ``long_side_px`` will do, a JPEG may come reduced; then the second value is there.
    """
    if reason := too_large(*picture.image.get_px_size()):
        return reason
    filters = picture.image.get_filters()
    if filters and filters[-1] == "DCTDecode":
        data = np.frombuffer(picture.image.get_data(decode_simple=len(filters) > 1), np.uint8)
        frame = jpeg_frame(data)
        if frame is None:
            return DAMAGED
        if reason := too_large(frame.width_px, frame.height_px):
            return reason
        if frame.components in (GREY, COLOUR):
            # In a mirrored picture of an odd height the pairs of rows would be others from the other end.
            decoded = decode_at(data, frame, None if picture.mirrored else long_side_px)
            if decoded is None or not is_dark(decoded[0]):
                return DAMAGED if decoded is None else decoded
    gray = _decoded_by_pdfium(picture.image)
    return gray if isinstance(gray, Reason) else (gray, None)


def _decoded_by_pdfium(image: pdfium.PdfImage) -> Gray | Reason:
    """Pixels of every other encoding: CCITT, JBIG2, Flate, JPEG 2000, JPEG in print colours or inverted."""
    try:
        metadata = image.get_metadata()
        bitmap = image.get_bitmap()
    except pdfium.PdfiumError:
        return DAMAGED
    pixels = bitmap.to_numpy()
    gray = np.array(pixels if pixels.ndim == 2 else cv2.cvtColor(pixels[..., :3], cv2.COLOR_BGR2GRAY), np.uint8)  # noqa: PLR2004 - grey is two-dimensional
    is_stencil = metadata.bits_per_pixel == 1 and metadata.colorspace == pdfium_c.FPDF_COLORSPACE_UNKNOWN
    return np.subtract(255, gray, dtype=np.uint8) if is_stencil and _painted_dark(image) else gray


def _painted_dark(image: pdfium.PdfImage) -> bool:
    """Whether a stencil's marks are ink. pdfium gives a stencil's marks as white."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium_c.FPDFPageObj_GetFillColor(image, red, green, blue, alpha)
    return (red.value + green.value + blue.value) / 3 <= DARK_INK


def _on_page(thing: pdfium.PdfObject) -> pdfium.PdfMatrix:
    """Where an object stands on the page, through the forms it is nested in."""
    matrix = thing.get_matrix()
    while thing.container is not None:
        thing = thing.container
        matrix = matrix.multiply(thing.get_matrix())
    return matrix


def _is_seen(thing: pdfium.PdfObject) -> bool:
    if thing.type == pdfium_c.FPDF_PAGEOBJ_FORM:
        return False  # its contents are looked at one by one
    if thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
        return pdfium_c.FPDFTextObj_GetTextRenderMode(thing) not in UNSEEN_TEXT
    if thing.type == pdfium_c.FPDF_PAGEOBJ_PATH:
        fill, stroke = ctypes.c_int(), pdfium_c.FPDF_BOOL()
        pdfium_c.FPDFPath_GetDrawMode(thing, fill, stroke)
        return bool(fill.value or stroke.value)
    return True


def _shows_annotations(page: pdfium.PdfPage) -> bool:
    for number in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, number)
        subtype = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if subtype not in UNSEEN_ANNOTATIONS:
            return True
    return False
