"""The PDF document a sheet is drawn into: what it says of itself, how it is printed, how it stays small."""

import io
from typing import Any, BinaryIO

from reportlab.pdfbase.pdfdoc import PDFResourceDictionary, PDFStream, PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from kryds.generator.pen import pt
from kryds.generator.placed import PlacedSheet
from kryds.generator.typeface import Face, register

#: PDF 1.7 knows the viewer preference for duplex printing.
_PDF_VERSION = (1, 7)


def new_canvas(placed: PlacedSheet) -> Canvas:
    """An empty document in the form's language; the same drawing gives the same bytes.

    It asks to be printed in full size, and on both sides of the paper if that never puts two sheets on one piece.
    """
    form, layout = placed.edition.form, placed.edition.layout
    register(Face.REGULAR)
    canvas = Canvas(
        io.BytesIO(),
        pagesize=(pt(layout.width_mm), pt(layout.height_mm)),
        pageCompression=1,
        invariant=1,
        pdfVersion=_PDF_VERSION,
        lang=form.language,
        initialFontName=Face.REGULAR.value,  # type: ignore[arg-type] # the stubs take the name for a size
    )
    canvas.setTitle(form.title)
    canvas.setSubject(form.subtitle or form.id)
    canvas.setAuthor("kryds")
    canvas.setCreator("kryds")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setViewerPreference("PrintScaling", "None")
    both_sides = len(placed.pages) % 2 == 0
    canvas.setViewerPreference("Duplex", "DuplexFlipLongEdge" if both_sides else "Simplex")
    return canvas


def document_of(canvas: Canvas) -> Any:  # noqa: ANN401 - the stubs do not know the document
    """The document behind a canvas: its catalogue, its pages, its numbered objects."""
    return canvas._doc  # type: ignore[attr-defined] # noqa: SLF001 - ReportLab has no public door to it


def slim_page(canvas: Canvas) -> None:
    """Lets the page closed last share its resources with its like, and stores its drawing without ASCII armour."""
    document = document_of(canvas)
    page = document.Pages.pages[-1]
    page.Rotate = page.Trans = None
    page.Contents = PDFStream(content=page.stream, filters=[PDFZCompress])
    drawings = tuple(sorted(page.XObjects.dict)) if page.XObjects else ()
    name = " ".join(("resources", *drawings))
    if name not in document.idToObject:
        resources: Any = PDFResourceDictionary()
        resources.basicFonts()
        if drawings:
            resources.XObject = page.XObjects
        document.Reference(resources, name)
    page.Resources = document.Reference(document.idToObject[name])


def write_document(canvas: Canvas, file: BinaryIO) -> None:
    """Finishes the document and writes it."""
    data: bytes = canvas.getpdfdata()  # type: ignore[no-untyped-call]
    file.write(data)
