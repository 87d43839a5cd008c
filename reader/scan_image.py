"""Pages of image files: TIFF (page by page), JPEG, PNG -> grey pixels as stored."""

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import ExifTags, Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import PHOTOMETRIC_INTERPRETATION, TiffImageFile

from kryds.model.errors import ScanFileError
from kryds.reader.jpeg import COLOUR, GREY, decode_at, jpeg_frame
from kryds.reader.scan_page import DAMAGED, ENCODING_UNKNOWN, Gray, ScanFault, ScanPage, image_page, too_large

#: What Pillow raises on a file it cannot make out: damage of one byte can come out as any of these.
DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    TypeError,
    OverflowError,
    Image.DecompressionBombError,
)
#: The value of PhotometricInterpretation that says 0 is white (TIFF 6.0, section 8).
MIN_IS_WHITE = 0
#: Exif orientations that mirror (JEITA CP-3451, tag 274).
MIRRORED = (2, 4, 5, 7)
Where = tuple[str, int]


def count_tiff_pages(path: Path) -> int:
    """How many pages. A chain of pages that breaks off counts one more: the page lost there. Raises ScanFileError."""
    with _told_here(), path.open("rb") as file:
        tiff = _opened_tiff(file, path)
        for pages in count(1):
            try:
                tiff.seek(pages)
            except EOFError:
                return pages
            except DAMAGE:
                return pages + 1
    raise AssertionError  # the chain of pages in a file has an end


def load_tiff_pages(path: Path, source: str, indices: Sequence[int]) -> Iterator[ScanPage | ScanFault]:
    """The pages with these indices (from 0), one in memory at a time. Raises ScanFileError."""
    with path.open("rb") as file:
        tiff = _opened_tiff(file, path)
        for index in indices:
            page = _tiff_page(tiff, (source, index))
            yield page
            if isinstance(page, ScanFault):  # after a fault Pillow no longer knows where it is
                tiff = _opened_tiff(file, path)


def load_jpeg_page(path: Path, source: str, index: int, long_side_px: int | None = None) -> ScanPage | ScanFault:
    """The one page of a JPEG file; as in ``load_pages``."""
    stored = path.read_bytes()
    data = np.frombuffer(stored, np.uint8)
    frame = jpeg_frame(data)
    if frame is None or index:
        return ScanFault(source, index, DAMAGED)
    if reason := too_large(frame.width_px, frame.height_px):
        return ScanFault(source, index, reason)
    try:
        with _told_here(), JpegImageFile(io.BytesIO(stored)) as picture:
            dpi, orientation = _claims(picture)
            if frame.components in (GREY, COLOUR):
                decoded = decode_at(data, frame, None if orientation in MIRRORED else long_side_px)
            else:  # only Pillow knows which JPEGs in print colours count ink and which count light
                gray = _gray_of(picture)
                decoded = None if gray is None else (gray, None)
    except DAMAGE:
        decoded = None
    if decoded is None:
        return ScanFault(source, index, DAMAGED)
    return image_page((source, index), _unmirrored(decoded[0], orientation), dpi, decoded[1])


def load_png_page(path: Path, source: str, index: int) -> ScanPage | ScanFault:
    """The one page of a PNG file."""
    try:
        with _told_here(), PngImageFile(path) as picture:
            if index:
                return ScanFault(source, index, DAMAGED)
            if reason := too_large(*picture.size):
                return ScanFault(source, index, reason)
            dpi, orientation = _claims(picture)
            gray = _gray_of(picture)
    except DAMAGE:
        return ScanFault(source, index, DAMAGED)
    if gray is None:
        return ScanFault(source, index, ENCODING_UNKNOWN)
    return image_page((source, index), _unmirrored(gray, orientation), dpi)


def _tiff_page(tiff: TiffImageFile, where: Where) -> ScanPage | ScanFault:
    try:
        with _told_here():
            tiff.seek(where[1])
            if reason := too_large(*tiff.size):
                return ScanFault(*where, reason)
            dpi, orientation = _claims(tiff)
            tiff.getexif()[ExifTags.Base.Orientation] = 1  # or else Pillow turns the pixels
            gray = _gray_of(tiff)
    except DAMAGE:
        return ScanFault(*where, DAMAGED)
    if gray is None:
        return ScanFault(*where, ENCODING_UNKNOWN)
    return image_page(where, _unmirrored(gray, orientation), dpi)


def _opened_tiff(file: BinaryIO, path: Path) -> TiffImageFile:
    """The file at its first page. Given a path, Pillow maps it to memory and mistakes the sides of turned pages."""
    try:
        with _told_here():
            file.seek(0)
            return TiffImageFile(file)
    except DAMAGE as error:
        raise ScanFileError(f"{path}: is damaged and cannot be opened; scan the sheets again") from error


@contextmanager
def _told_here() -> Iterator[None]:
    """Pillow's warnings of damage and of large pictures are silenced: both are told as faults of the page."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _claims(picture: Image.Image) -> tuple[tuple[float, float], int]:
    """What the file says of its resolution (across and down, dpi) and of its Exif orientation (1 to 8)."""
    across, down = picture.info.get("dpi", (0, 0))
    orientation = picture.getexif().get(ExifTags.Base.Orientation, 1)
    return (float(across), float(down)), int(orientation)


def _unmirrored(gray: Gray, orientation: int) -> Gray:
    return np.ascontiguousarray(gray[::-1]) if orientation in MIRRORED else gray


def _gray_of(picture: Image.Image) -> Gray | None:
    """The pixels in grey, what is transparent on white; None for a kind of number no scanner writes."""
    if picture.mode.startswith("I;16"):
        # A copy has the sides of its pixels; a TIFF picture that was kept from being turned has not.
        high = (np.asarray(picture.copy()) >> 8).astype(np.uint8)
        return np.subtract(255, high, dtype=np.uint8) if _counts_ink(picture) else high
    if picture.mode in ("I", "F"):
        return None
    if "A" in picture.getbands() or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered)
    if picture.mode not in ("1", "L", "P", "RGB", "RGBA"):
        picture = picture.convert("RGB")
    return np.array(picture.convert("L"), np.uint8)


def _counts_ink(picture: Image.Image) -> bool:
    """Whether 0 is white; Pillow turns 1 and 8 bits round by itself, 16 bits not."""
    return isinstance(picture, TiffImageFile) and picture.tag_v2.get(PHOTOMETRIC_INTERPRETATION) == MIN_IS_WHITE
