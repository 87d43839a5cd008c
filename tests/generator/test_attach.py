import io

import pypdf
from reportlab.pdfgen.canvas import Canvas

from kryds.generator.attach import attach


def test_attached_files_come_out_as_they_went_in() -> None:
    canvas = Canvas(io.BytesIO(), invariant=1)
    attach(canvas, {"roster.json": "Åse".encode(), "edition.json": b"{}"})
    found = pypdf.PdfReader(io.BytesIO(canvas.getpdfdata())).attachments  # type: ignore[no-untyped-call]
    assert {name: files[0] for name, files in found.items()} == {"edition.json": b"{}", "roster.json": "Åse".encode()}
