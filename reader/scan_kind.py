"""What a scan file is (PDF, TIFF, JPEG, PNG), and how many pages it holds. Its first bytes say, not its name.

Without numpy: whoever only hands pages out to those who read starts sooner by a tenth of a second.
"""

from enum import StrEnum
from pathlib import Path

from kryds.model.errors import ScanFileError

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
            from kryds.reader.pdf_file import count_pdf_pages  # noqa: PLC0415 - a pile of JPEGs does not pay for pdfium

            return count_pdf_pages(path)
        case ScanKind.TIFF:
            from kryds.reader.scan_image import count_tiff_pages  # noqa: PLC0415 - the same

            return count_tiff_pages(path)
        case _:
            return 1


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
