"""Pages of a PDF. A page that is one picture gives the picture's own pixels, decoded once; any other is rendered."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kryds.model.reading import Reason
from kryds.reader.pdf_file import OpenedPdf, opened_pdf
from kryds.reader.pdf_picture import Picture, is_dark, only_picture, picture_gray
from kryds.reader.scan_page import CUT_SHORT, DAMAGED, Affine, Gray, ScanFault, ScanPage, Whole

if TYPE_CHECKING:
    from pypdf.generic import StreamObject

#: Pages read before the file is opened anew: pdfium keeps every stream it has read (1 MB a page) until it is closed.
#: Opening costs half a millisecond.
PAGES_PER_OPENING = 32
#: Resolution pages are rendered at (dpi): above the 150 the reader measures at.
RENDER_DPI = 200
#: Longest side of a rendered page (px): A2 at 170 dpi. A larger page has its unit wrong.
MAX_RENDER_SIDE_PX = 4000
#: Operators that put something on a page (ISO 32000-2, annex A): a picture, text, a shading.
PAINTING = re.compile(rb"(?<![^\s\])>])(Do|BI|TJ|Tj|sh)(?!\S)")
#: The size of nothing, packed (zlib: two bytes of header, two of data, four of checksum; some add a line end).
EMPTY_PACKED_BYTES = 12


@dataclass(frozen=True, slots=True)
class _Place:
    """Which page of which file, and how long a picture of it will do."""

    path: Path
    source: str
    index: int
    long_side_px: int | None

    def page(self, gray: Gray, dpi: float, px_to_pt: Affine, whole: Whole | None = None) -> ScanPage:
        return ScanPage(self.source, self.index, gray, round(dpi, 1), px_to_pt, whole)

    def fault(self, reason: Reason) -> ScanFault:
        return ScanFault(self.source, self.index, reason)


def load_pdf_pages(
    path: Path, source: str, indices: Sequence[int], long_side_px: int | None = None
) -> Iterator[ScanPage | ScanFault]:
    """The pages with these indices (from 0); as in ``load_pages``. Raises ScanFileError when it cannot be opened."""
    for first in range(0, len(indices), PAGES_PER_OPENING):
        with opened_pdf(path) as opened:
            for index in indices[first : first + PAGES_PER_OPENING]:
                yield _load(opened, _Place(path, source, index, long_side_px))


def _load(opened: OpenedPdf, place: _Place) -> ScanPage | ScanFault:
    try:
        page = opened.pdf[place.index]
    except pdfium.PdfiumError:
        return place.fault(CUT_SHORT if opened.is_cut else DAMAGED)
    with closing(page):
        picture = only_picture(page)
        if picture is not None:
            return _of_picture(page, picture, place)
        if _is_bare(page):
            return place.fault(DAMAGED) if _should_show_something(place) else _white(page, place)
        return _rendered(page, place)


def _of_picture(page: pdfium.PdfPage, picture: Picture, place: _Place) -> ScanPage | ScanFault:
    decoded = picture_gray(picture, place.long_side_px)
    if isinstance(decoded, Reason):
        return place.fault(decoded)
    gray, whole = decoded
    if is_dark(gray):
        return _rendered(page, place)
    width, height = whole.size_px if whole else (gray.shape[1], gray.shape[0])
    if picture.mirrored:
        gray = np.ascontiguousarray(gray[::-1])
    return place.page(gray, picture.dpi(width, height), picture.px_to_pt(width, height), whole)


def _is_bare(page: pdfium.PdfPage) -> bool:
    """Whether nothing stands on the page that pdfium could make out."""
    return not pdfium_c.FPDFPage_CountObjects(page) and not pdfium_c.FPDFPage_GetAnnotCount(page)


def _should_show_something(place: _Place) -> bool:
    """Whether a bare page is a damaged one, not an empty back side: it says that it paints, or cannot say.

    pdfium gives the same empty page for both, so another reader is asked; it happens on bare pages only.
    """
    import pypdf  # noqa: PLC0415 - bare pages are rare, and it takes a tenth of the time of starting up
    from pypdf.errors import DependencyError, PyPdfError  # noqa: PLC0415 - the same

    try:
        with place.path.open("rb") as file:
            contents = pypdf.PdfReader(file).pages[place.index].get("/Contents")
            pieces = contents if isinstance(contents, list) else [contents] if contents else []
            return any(_paints(piece.get_object()) for piece in pieces)
    except (PyPdfError, DependencyError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return True  # what pypdf raises on broken objects is not of one kind


def _paints(stream: "StreamObject") -> bool:
    """Whether a piece of content paints. pypdf unpacks a damaged one to nothing."""
    data = stream.get_data()
    packed = stream._data  # noqa: SLF001 - there is no other way to the bytes as stored
    return PAINTING.search(data) is not None if data.strip() else len(packed.strip()) > EMPTY_PACKED_BYTES


def _scale(page: pdfium.PdfPage) -> float:
    """Pixels per point to render at."""
    return float(min(RENDER_DPI / 72, MAX_RENDER_SIDE_PX / max(*page.get_size(), 1.0)))


def _white(page: pdfium.PdfPage, place: _Place) -> ScanPage:
    scale = _scale(page)
    width, height = (max(1, round(side * scale)) for side in page.get_size())
    return place.page(np.full((height, width), 255, np.uint8), scale * 72, _px_to_pt(page, width, height))


def _rendered(page: pdfium.PdfPage, place: _Place) -> ScanPage:
    """The page as a viewer shows it: turned by /Rotate, with what was filled in on screen."""
    scale = _scale(page)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
    gray = np.array(bitmap.to_numpy(), np.uint8)
    bitmap.close()
    height, width = gray.shape
    return place.page(gray, scale * 72, _px_to_pt(page, width, height))


def _px_to_pt(page: pdfium.PdfPage, width: int, height: int) -> Affine:
    """From a rendered page's pixels to its user space, told by what three corners of the picture become."""
    (e, f), (ax, ay), (cx, cy) = (
        _in_user_space(page, (width, height), corner) for corner in ((0, 0), (width, 0), (0, height))
    )
    return ((ax - e) / width, (ay - f) / width, (cx - e) / height, (cy - f) / height, e, f)


def _in_user_space(page: pdfium.PdfPage, size: tuple[int, int], pixel: tuple[int, int]) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDF_DeviceToPage(page, 0, 0, *size, 0, *pixel, x, y)
    return x.value, y.value
