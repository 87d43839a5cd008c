"""Scan files (PDF, TIFF, JPEG, PNG) -> pages, one at a time. What a file is, its first bytes say, not its name."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from kryds.model.errors import ScanFileError
from kryds.reader.scan_files import ScanFile, scan_files
from kryds.reader.scan_page import Affine, Gray, ScanFault, ScanPage

__all__ = ["Affine", "Gray", "ScanFault", "ScanFile", "ScanKind", "ScanPage", "count_pages", "load_pages", "scan_files"]

#: A PDF may begin with other bytes; its header stands within the first kilobyte (ISO 32000-2, annex I).
HEAD_BYTES = 1024

CURE = "scan it to PDF, TIFF, JPEG or PNG"


class ScanKind(StrEnum):
    """The kinds of file pages are read from."""

    PDF = "pdf"
    TIFF = "tiff"
    JPEG = "jpeg"
    PNG = "png"


#: First bytes of the image files (TIFF 6.0 and its 64-bit kin, JPEG, PNG).
MAGIC = {
    b"II*\0": ScanKind.TIFF,
    b"MM\0*": ScanKind.TIFF,
    b"II+\0": ScanKind.TIFF,
    b"MM\0+": ScanKind.TIFF,
    b"\xff\xd8\xff": ScanKind.JPEG,
    b"\x89PNG\r\n\x1a\n": ScanKind.PNG,
}
#: First bytes of files people give by mistake, and what they are.
FOREIGN_MAGIC = {
    b"GIF8": "a GIF picture",
    b"BM": "a BMP picture",
    b"RIFF": "a WebP picture",
    b"PK\x03\x04": "a zip archive or an Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"{\\rtf": "a text document",
}
#: Brands of the box format phones store photos in (ISO/IEC 23008-12), from byte 8.
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"avif")


def count_pages(path: Path) -> int:
    """How many pages a scan file holds. Raises ScanFileError when it cannot be opened as a whole."""
    match scan_kind(path):
        case ScanKind.PDF:
            from kryds.reader.scan_pdf import count_pdf_pages  # noqa: PLC0415 - a pile of JPEGs does not pay for pdfium

            return count_pdf_pages(path)
        case ScanKind.TIFF:
            from kryds.reader.scan_image import count_tiff_pages  # noqa: PLC0415 - the same

            return count_tiff_pages(path)
        case _:
            return 1


def load_pages(
    path: Path, source: str, indices: Sequence[int], *, long_side_px: int | None = None
) -> Iterator[ScanPage | ScanFault]:
    """The pages with these indices (from 0), in that order, one in memory at a time.

    Where a picture whose longer side has some ``long_side_px`` will do, a JPEG's decoder reduces it (``ScanPage.whole``
    then gives the rest): that spares a third of decoding. None: every pixel as stored.
    A page that cannot be decoded is a ScanFault and the others follow; an index past the end is a fault as well.
    Raises ScanFileError when the file as a whole cannot be opened. Not for several threads at once: pdfium is not.
    """
    match scan_kind(path):
        case ScanKind.PDF:
            from kryds.reader.scan_pdf import load_pdf_pages  # noqa: PLC0415 - as in count_pages

            yield from load_pdf_pages(path, source, indices, long_side_px)
        case ScanKind.TIFF:
            from kryds.reader.scan_image import load_tiff_pages  # noqa: PLC0415

            yield from load_tiff_pages(path, source, indices)
        case ScanKind.JPEG:
            from kryds.reader.scan_image import load_jpeg_page  # noqa: PLC0415

            yield from (load_jpeg_page(path, source, index, long_side_px) for index in indices)
        case ScanKind.PNG:
            from kryds.reader.scan_image import load_png_page  # noqa: PLC0415

            yield from (load_png_page(path, source, index) for index in indices)


def scan_kind(path: Path) -> ScanKind:
    """What kind of scan a file is. Raises ScanFileError, naming the cure, when it is none or cannot be opened."""
    if path.is_dir():
        raise ScanFileError(f"{path}: this folder holds no scans; {CURE} and put the files there")
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except FileNotFoundError as error:
        raise ScanFileError(f"{path}: there is no such file; check the name") from error
    except OSError as error:
        raise ScanFileError(f"{path}: cannot be opened ({error.strerror}); check that you may read it") from error
    if not head.strip(b"\0"):
        raise ScanFileError(f"{path}: the file is empty; scan the sheets again")
    if b"%PDF-" in head:
        return ScanKind.PDF
    kind = next((kind for magic, kind in MAGIC.items() if head.startswith(magic)), None)
    if kind is None:
        raise ScanFileError(f"{path}: {_foreign(head)}")
    return kind


def _foreign(head: bytes) -> str:
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        return "is a photo in a phone's own format (HEIC); let the phone save it as JPEG and send it again"
    named = next((name for magic, name in FOREIGN_MAGIC.items() if head.startswith(magic)), None)
    return f"is {named}, not a scan; {CURE}" if named else f"is not a scan kryds knows; {CURE}"
