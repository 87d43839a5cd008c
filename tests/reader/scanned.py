"""Small scans made with real encoders: a page with a blot off its middle, so that turning and mirroring show."""

import io
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pikepdf import Dictionary, Name, Stream
from PIL import Image

from kryds.reader.scan import ScanFault, ScanKind, ScanPage, load_pages
from kryds.reader.scan_page import Affine

Gray = npt.NDArray[np.uint8]

WIDTH, HEIGHT = 420, 594
PAPER = 236
BLOT = (0.3, 0.2)  # of the width and the height, from the top left
FULL_PAGE = b"420 0 0 594 0 0"
GREY_8 = {"/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 8}
GREY_1 = {"/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 1}


def sheet() -> Gray:
    """A grey page with a blot and two lines."""
    gray = np.full((HEIGHT, WIDTH), PAPER, np.uint8)
    cv2.circle(gray, (round(BLOT[0] * WIDTH), round(BLOT[1] * HEIGHT)), 30, 12, -1)
    return gray


def bilevel() -> Gray:
    """The same in black and white, 0 and 255."""
    return np.where(sheet() > 128, 255, 0).astype(np.uint8)


def jpeg(pixels: Gray) -> bytes:
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 95])[1].tobytes()


def group4(gray: Gray) -> bytes:
    """CCITT group 4 in which black runs are black: what TIFF, PDF and JBIG2 all build on."""
    file = io.BytesIO()
    Image.fromarray(gray < 128).save(file, "TIFF", compression="group4")
    tags = Image.open(file).tag_v2  # type: ignore[attr-defined]
    (start,), (length,) = tags[273], tags[279]
    return file.getvalue()[start : start + length]


def jbig2(gray: Gray) -> bytes:
    """A JBIG2 page as PDF embeds it (ITU-T T.88): page information, and one generic region coded as group 4 is."""
    height, width = gray.shape
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + group4(gray)
    return _segment(0, 48, page) + _segment(1, 38, region)


def _segment(number: int, kind: int, data: bytes) -> bytes:
    return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data


def image_pdf(entries: Mapping[str, Any], data: bytes, **page: Any) -> bytes:  # noqa: ANN401 - PDF objects
    """A one-page PDF of one image; ``matrix``, ``before`` and ``after`` go into its content, the rest into the page."""
    file = pikepdf.new()
    image = Stream(file, data)
    for key, value in {"/Width": WIDTH, "/Height": HEIGHT, **entries}.items():
        image[key] = value
    image.Type, image.Subtype = Name.XObject, Name.Image
    matrix, before, after = (page.pop(key, default) for key, default in _CONTENT.items())
    content = before + b" q " + matrix + b" cm /Scan Do Q " + after
    return page_pdf(content, {"/Scan": image}, file=file, **page)


_CONTENT = {"matrix": FULL_PAGE, "before": b"", "after": b""}


def page_pdf(content: bytes, pictures: Mapping[str, Any], *, file: pikepdf.Pdf | None = None, **page: Any) -> bytes:  # noqa: ANN401
    """A one-page PDF with this content; Helvetica is there as /F."""
    file = file or pikepdf.new()
    file.add_blank_page(page_size=(WIDTH, HEIGHT))
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    objects = Dictionary({key: file.make_indirect(value) for key, value in pictures.items()})
    file.pages[0].Resources = Dictionary(XObject=objects, Font=Dictionary(F=helvetica))
    file.pages[0].Contents = Stream(file, content)
    for key, value in page.items():
        file.pages[0][f"/{key}"] = value
    return saved(file)


def saved(file: pikepdf.Pdf, **options: Any) -> bytes:  # noqa: ANN401
    data = io.BytesIO()
    file.save(data, **options)
    return data.getvalue()


def flate(data: bytes) -> bytes:
    return zlib.compress(data)


def first_page(tmp_path: Path, data: bytes, index: int = 0) -> ScanPage:
    """The page of a scan file with these bytes."""
    page = loaded(tmp_path, data, index)
    assert isinstance(page, ScanPage), page
    return page


def loaded(tmp_path: Path, data: bytes, index: int = 0) -> ScanPage | ScanFault:
    path = tmp_path / "scan"
    path.write_bytes(data)
    (page,) = load_pages(path, "scan", [index])
    return page


def blot_in(gray: Gray) -> tuple[float, float]:
    """The middle of the blot, in pixels."""
    rows, columns = np.nonzero(gray < 100)
    return float(columns.mean()) + 0.5, float(rows.mean()) + 0.5


def mapped(px_to_pt: Affine, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = px_to_pt
    return a * x + c * y + e, b * x + d * y + f


def blot_shown(data: bytes) -> tuple[float, float]:
    """Where a viewer shows the blot, in the page's user space (points)."""
    with pdfium.PdfDocument(data) as pdf:
        page = pdf[0]
        gray = page.render(scale=2, grayscale=True).to_numpy()
        x, y = blot_in(gray)
        across, up = pdfium_c.c_double(), pdfium_c.c_double()
        height, width = gray.shape
        pdfium_c.FPDF_DeviceToPage(page, 0, 0, width, height, 0, round(x), round(y), across, up)
        return across.value, up.value


def encoded(kind: str) -> bytes:
    file = io.BytesIO()
    Image.fromarray(sheet()).save(file, kind)
    return file.getvalue()


#: A page in each kind of file.
FILES = {
    ScanKind.PDF: page_pdf(b"0 0 m 9 9 l S", {}),
    ScanKind.TIFF: encoded("TIFF"),
    ScanKind.JPEG: jpeg(sheet()),
    ScanKind.PNG: encoded("PNG"),
}
