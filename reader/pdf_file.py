"""A PDF opened, whole or as far as it goes, and how many pages it holds."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kryds.model.errors import ScanFileError
from kryds.reader.pdf_salvage import salvaged


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """An opened file; ``is_cut`` when its end is missing and only the pages before it could be saved."""

    pdf: pdfium.PdfDocument
    is_cut: bool


@contextmanager
def opened_pdf(path: Path) -> Iterator[OpenedPdf]:
    """The file, its form fields ready to be drawn."""
    try:
        opened = OpenedPdf(pdfium.PdfDocument(path), is_cut=False)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise ScanFileError(
                f"{path}: is protected with a password; save a copy without one and read that"
            ) from error
        opened = OpenedPdf(_salvaged(path, error), is_cut=True)
    with closing(opened.pdf):
        opened.pdf.init_forms()
        yield opened


def _salvaged(path: Path, fault: pdfium.PdfiumError) -> pdfium.PdfDocument:
    try:
        if data := salvaged(path.read_bytes()):
            return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        fault = error
    raise ScanFileError(f"{path}: is damaged or empty, no page of it can be read; scan the sheets again") from fault


def count_pdf_pages(path: Path) -> int:
    """How many pages; a file cut short counts one more, for those lost. Raises ScanFileError for none."""
    with opened_pdf(path) as opened:
        return len(opened.pdf) + opened.is_cut
