"""Scanned pages as the files a scanner or a phone writes: PDF, multi-page TIFF, JPEG, PNG.

The same pages give the same bytes.
"""

import io
from collections.abc import Sequence

import cv2
import numpy as np
from PIL import Image, ImageChops

from kryds.samples.paper.printer import GREY_AXES, PT_PER_INCH, Pixels
from kryds.samples.paper.scanner import ScannedPage

#: Assumed where a picture claims no resolution and a format must have one.
SCREEN_DPI = 72.0
_EXIF_ORIENTATION = 0x0112


def decoded(page: ScannedPage) -> Pixels:
    """The grey pixels a reader gets when it opens the page's file: through its JPEG, if it is one."""
    pixels = page.pixels if page.pixels.ndim == GREY_AXES else page.pixels[:, :, ::-1]
    if page.quality is None:
        gray = pixels if pixels.ndim == GREY_AXES else cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
        return np.ascontiguousarray(gray, np.uint8)
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, page.quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def as_jpeg(page: ScannedPage, *, orientation: int = 1) -> bytes:
    """A JPEG with its dpi, and the EXIF ``orientation`` (1 to 8) by which a viewer turns it."""
    exif = Image.Exif()
    exif[_EXIF_ORIENTATION] = orientation
    file = io.BytesIO()
    extra = {"exif": exif.tobytes()} if orientation != 1 else {}
    Image.fromarray(page.pixels).save(file, "JPEG", quality=page.quality or 90, dpi=_dpi(page), **extra)
    return file.getvalue()


def as_png(page: ScannedPage) -> bytes:
    """A PNG with its dpi; one bit a pixel where the page is bilevel."""
    file = io.BytesIO()
    _image(page).save(file, "PNG", dpi=_dpi(page))
    return file.getvalue()


def as_tiff(pages: Sequence[ScannedPage]) -> bytes:
    """One TIFF of all pages: CCITT Group 4 where bilevel, else Deflate."""
    first, *rest = [_image(page) for page in pages]
    file = io.BytesIO()
    compression = "group4" if pages[0].bilevel else "tiff_adobe_deflate"
    first.save(file, "TIFF", save_all=True, append_images=rest, compression=compression, dpi=_dpi(pages[0]))
    return file.getvalue()


def as_pdf(pages: Sequence[ScannedPage]) -> bytes:
    """A PDF with one full-page picture a page, as office scanners write it: JPEG, Group 4 where bilevel."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for page in pages:
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects += _page_objects(page, number)
    objects[1] = f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(kids)}] >>".encode()
    return _assembled(objects)


def _page_objects(page: ScannedPage, number: int) -> list[bytes]:
    """The page, what it paints, and its picture: PDF objects ``number``, + 1 and + 2."""
    height_px, width_px = page.pixels.shape[:2]
    scale = PT_PER_INCH / (page.dpi or SCREEN_DPI)
    width, height = width_px * scale, height_px * scale
    paint = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Scan Do Q".encode()
    kind, data = _picture(page)
    return [
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.3f} {height:.3f}] /Contents {number + 1} 0 R"
        f" /Resources << /XObject << /Scan {number + 2} 0 R >> >> >>".encode(),
        _stream("", paint),
        _stream(f"/Type /XObject /Subtype /Image /Width {width_px} /Height {height_px} {kind}", data),
    ]


def _picture(page: ScannedPage) -> tuple[str, bytes]:
    """The entries of the image dictionary that say how ``data`` is encoded, and the data."""
    height, width = page.pixels.shape[:2]
    if page.bilevel:
        parameters = f"<< /K -1 /Columns {width} /Rows {height} /BlackIs1 false >>"
        kind = f"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms {parameters}"
        return kind, _group4(page)
    colours = "/DeviceGray" if page.pixels.ndim == 2 else "/DeviceRGB"  # noqa: PLR2004
    return f"/ColorSpace {colours} /BitsPerComponent 8 /Filter /DCTDecode", as_jpeg(page)


def _group4(page: ScannedPage) -> bytes:
    """The CCITT Group 4 data alone, in one strip.

    Pillow encodes a set bit as a black run and means white by it; inverted, black runs are ink, as fax machines mean.
    """
    height, width = page.pixels.shape[:2]
    file = io.BytesIO()
    ImageChops.invert(_image(page)).save(
        file, "TIFF", compression="group4", strip_size=height * width, tiffinfo={278: height}
    )
    with Image.open(file) as written:
        offsets, counts = written.tag_v2[273], written.tag_v2[279]  # type: ignore[attr-defined]
    return file.getvalue()[offsets[0] : offsets[0] + counts[0]]


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _assembled(objects: Sequence[bytes]) -> bytes:
    file = io.BytesIO()
    file.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(file.tell())
        file.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = file.tell()
    file.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    for offset in offsets:
        file.write(f"{offset:010} 00000 n \n".encode())
    file.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return file.getvalue()


def _image(page: ScannedPage) -> Image.Image:
    image = Image.fromarray(page.pixels)
    return image.convert("1", dither=Image.Dither.NONE) if page.bilevel else image


def _dpi(page: ScannedPage) -> tuple[float, float]:
    return (page.dpi or SCREEN_DPI,) * 2
