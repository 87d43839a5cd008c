"""The pages of the scan files themselves, copied into a new PDF: PDF pages as they are, image files as pages."""

import io
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import cache, partial
from math import hypot
from pathlib import Path
from typing import Self

from PIL.TiffImagePlugin import TiffImageFile
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from kryds.generator.embedded_image import EmbeddedImage, embed_jpeg, embed_png, embed_tiff_page
from kryds.generator.spooled import Spool
from kryds.generator.typeface import PT_MM
from kryds.model.geometry import Paper
from kryds.model.reading import PageReading

#: What pypdf, pdfium and Pillow raise on files that are not what they should be: not of one kind.
TROUBLE = (
    PyPdfError,
    DependencyError,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RuntimeError,
    SyntaxError,
)
#: Entries of a page that lead out of it, to fields, scripts and other pages. What annotations show is drawn into the
#: page first, see _flattened.
LEFT_BEHIND = ("/Annots", "/AA", "/B", "/Dur", "/Trans")
#: Annotations that show nothing of themselves.
UNSEEN_ANNOTATIONS = ("/Link", "/Popup")
#: Exif orientations (JEITA CP-3451, tag 274): quarter turns clockwise that set the picture upright, after turning it
#: over top to bottom if it is mirrored.
QUARTER_TURNS = {2: 2, 3: 2, 5: 1, 6: 1, 7: 3, 8: 3}
MIRRORED = (2, 4, 5, 7)
#: First bytes of the kinds of file (see kryds.reader.scan); a PDF's may stand anywhere in the first kilobyte.
HEAD_BYTES = 1024
JPEG_MAGIC, PNG_MAGIC, TIFF_MAGICS = b"\xff\xd8", b"\x89PNG", (b"II", b"MM")

PAPER_PT = (Paper.A4.size_mm[0] / PT_MM, Paper.A4.size_mm[1] / PT_MM)

#: Adds the page that was read to the new PDF.
_AddPage = Callable[[PageReading], PageObject]


class ScanSources:
    """Copies pages of scan files to ``writer``; each file is opened once."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._open = ExitStack()
        self._spool = self._open.enter_context(Spool(writer))
        self._files: dict[Path, _AddPage] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def add(self, path: Path, reading: PageReading) -> PageObject:
        """The page that was read, at the end of the new PDF; a white one where the reader could not show it either."""
        if not reading.width_px:
            return self._white_page()
        try:
            if path not in self._files:
                self._files[path] = self._opened(path)
            return self._files[path](reading)
        except TROUBLE:
            return self._white_page()
        finally:
            self._spool.take()

    def _opened(self, path: Path) -> _AddPage:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        if b"%PDF-" in head:
            return partial(self._add_pdf_page, self._readers(path))
        if head.startswith(TIFF_MAGICS):
            tiff = TiffImageFile(self._open.enter_context(path.open("rb")))
            return lambda reading: self._add_image(embed_tiff_page(tiff, reading.index), reading)
        embed = embed_jpeg if head.startswith(JPEG_MAGIC) else embed_png
        return lambda reading: self._add_image(embed(path), reading)

    def _white_page(self) -> PageObject:
        return self._writer.add_blank_page(*PAPER_PT)

    def _readers(self, path: Path) -> tuple[Callable[[], PdfReader], ...]:
        """The file as it is, and as pdfium writes it; each opened when first asked for."""
        file = self._open.enter_context(path.open("rb"))
        return cache(lambda: PdfReader(file)), cache(lambda: PdfReader(_flattened(path)))

    def _add_pdf_page(self, readers: tuple[Callable[[], PdfReader], ...], reading: PageReading) -> PageObject:
        """The page as it is; from pdfium where it has fields filled in or pypdf makes nothing of it."""
        as_is, flattened = readers
        try:
            page = as_is().pages[reading.index]
            if not _shows_annotations(page):
                copy = self._writer.add_page(page, LEFT_BEHIND)
                self._spool.forget(as_is())
                return copy
        except TROUBLE:
            return self._writer.add_page(flattened().pages[reading.index], LEFT_BEHIND)
        return self._writer.add_page(flattened().pages[reading.index], LEFT_BEHIND)

    def _add_image(self, image: EmbeddedImage, reading: PageReading) -> PageObject:
        """A page of the picture's own size, turned as a viewer turns the picture."""
        width, height = _page_size(image, reading)
        page = self._writer.add_blank_page(width, height)
        stream = self._writer._add_object(_image_object(image))  # noqa: SLF001 - pypdf's own way in, under no other name
        names = DictionaryObject({NameObject("/Scan"): stream})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): names})
        matrix = (width, 0, 0, -height, 0, height) if image.orientation in MIRRORED else (width, 0, 0, height, 0, 0)
        content = DecodedStreamObject()
        content.set_data(f"{' '.join(f'{number:.4f}' for number in matrix)} cm /Scan Do".encode())
        page[NameObject("/Contents")] = self._writer._add_object(content)  # noqa: SLF001
        if turns := QUARTER_TURNS.get(image.orientation, 0):
            page[NameObject("/Rotate")] = NumberObject(90 * turns)
        return page


def _flattened(path: Path) -> io.BytesIO:
    """The PDF as pdfium understands it, with what annotations and fields show drawn into its pages."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - only for the few files that need it
    import pypdfium2.raw as pdfium_c  # noqa: PLC0415

    copy = io.BytesIO()
    with closing(pdfium.PdfDocument(path)) as pdf, closing(pdfium.PdfDocument.new()) as new:
        pdf.init_forms()
        for page in pdf:
            with closing(page):
                pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
        new.import_pages(pdf)
        new.save(copy)
    return copy


def _shows_annotations(page: PageObject) -> bool:
    annotations = page.get("/Annots")
    return any(
        annotation.get_object().get("/Subtype") not in UNSEEN_ANNOTATIONS
        for annotation in (annotations.get_object() if annotations else ())
    )


def _page_size(image: EmbeddedImage, reading: PageReading) -> tuple[float, float]:
    """Points: what the reader said a pixel is, else the shorter side as wide as A4."""
    a, b, c, d, _, _ = reading.px_to_pt
    if (reading.width_px, reading.height_px) == (image.width_px, image.height_px):
        return image.width_px * hypot(a, b), image.height_px * hypot(c, d)
    scale = PAPER_PT[0] / min(image.width_px, image.height_px)
    return image.width_px * scale, image.height_px * scale


def _image_object(image: EmbeddedImage) -> DecodedStreamObject:
    """The image XObject; the data are encoded already, so they are put in as they are."""
    stream = DecodedStreamObject()
    stream.set_data(image.data)
    entries = {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Image"),
        "/Width": NumberObject(image.width_px),
        "/Height": NumberObject(image.height_px),
        "/ColorSpace": _space(image),
        "/BitsPerComponent": NumberObject(image.bits),
        "/Filter": NameObject(image.filter),
    }
    stream.update({NameObject(key): value for key, value in entries.items()})
    if image.parms:
        parms = {NameObject(key): _number(value) for key, value in image.parms.items()}
        stream[NameObject("/DecodeParms")] = DictionaryObject(parms)
    if image.decode:
        stream[NameObject("/Decode")] = ArrayObject(NumberObject(end) for end in image.decode)
    return stream


def _space(image: EmbeddedImage) -> NameObject | ArrayObject:
    if not image.palette:
        return NameObject(image.space)
    last = NumberObject(len(image.palette) // 3 - 1)
    return ArrayObject([NameObject("/Indexed"), NameObject("/DeviceRGB"), last, ByteStringObject(image.palette)])


def _number(value: float) -> BooleanObject | NumberObject:
    return BooleanObject(value) if isinstance(value, bool) else NumberObject(value)
