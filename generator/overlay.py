"""What was read, drawn for laying over the scan: one PDF with a page of drawings for each page of the scan.

Each verdict has a shape of its own, so that it can be told without colour.
"""

import io
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from kryds.generator.drawn_page import AnnotatedPage, rows_of
from kryds.generator.legend import draw_strip
from kryds.generator.overlay_pen import OverlayPen
from kryds.generator.sheet_frame import PageBox, frame_of_page, frame_of_sheet
from kryds.model.phrases import Phrases


def draw_overlays(pages: Sequence[tuple[AnnotatedPage, PageBox]], phrases: Phrases) -> bytes:
    """A PDF whose pages, in order, hold the drawings in the user space of the pages they are for."""
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=1, invariant=1)
    for page, box in pages:
        _draw_page(canvas, page, box, phrases)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw_page(canvas: Canvas, page: AnnotatedPage, box: PageBox, phrases: Phrases) -> None:
    """A page that was read carries its rows and their legend; every page carries its fate."""
    if page.edition and page.reading.mm_to_px:
        layout = page.edition.layout
        frame = frame_of_sheet(page.reading, (layout.width_mm, layout.height_mm), box)
        rows = tuple(rows_of(page, page.edition, frame))
    else:
        frame, rows = frame_of_page(box), ()
    pen = OverlayPen(canvas, frame)
    for row in rows:
        row.draw(pen)
    draw_strip(pen, page, rows, (frame.shown, phrases))
