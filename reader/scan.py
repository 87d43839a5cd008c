"""Scan files (PDF, TIFF, JPEG, PNG) -> pages, one at a time."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kryds.reader.scan_files import ScanFile, scan_files
from kryds.reader.scan_kind import ScanKind, count_pages, scan_kind
from kryds.reader.scan_page import Affine, Gray, ScanFault, ScanPage

__all__ = [
    "Affine",
    "Gray",
    "ScanFault",
    "ScanFile",
    "ScanKind",
    "ScanPage",
    "count_pages",
    "load_pages",
    "scan_files",
    "scan_kind",
]


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
