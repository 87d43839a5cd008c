import io
from typing import Any

import pypdf

from kryds.generator.document import document_of, new_canvas, slim_page, write_document
from kryds.generator.placed import PlacedSheet


def written(placed: PlacedSheet, pages: int) -> pypdf.PdfReader:
    canvas = new_canvas(placed)
    for _ in range(pages):
        canvas.showPage()
        slim_page(canvas)
    file = io.BytesIO()
    write_document(canvas, file)
    return pypdf.PdfReader(file)


def catalogue(pdf: pypdf.PdfReader) -> Any:  # noqa: ANN401 - a PDF object is anything
    return pdf.root_object


def test_a_document_tells_title_language_and_that_it_wants_full_size(placed_mus: PlacedSheet) -> None:
    pdf = written(placed_mus, 1)
    root = catalogue(pdf)
    assert pdf.metadata is not None
    assert pdf.metadata.title == "MUS-testen. Til dig der er leder"
    assert root["/Lang"] == "da"
    assert root["/ViewerPreferences"]["/PrintScaling"] == "/None"


def test_two_pages_ask_for_both_sides_of_the_paper(placed_mus: PlacedSheet) -> None:
    assert catalogue(written(placed_mus, 1))["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipLongEdge"


def test_an_odd_page_count_keeps_sheets_on_paper_of_their_own(placed_mus: PlacedSheet) -> None:
    one = PlacedSheet(placed_mus.edition, placed_mus.pages[:1], placed_mus.phrases)
    assert catalogue(written(one, 1))["/ViewerPreferences"]["/Duplex"] == "/Simplex"


def test_pages_share_their_resources(placed_mus: PlacedSheet) -> None:
    first, second = written(placed_mus, 2).pages
    assert first.raw_get("/Resources") == second.raw_get("/Resources")


def test_the_document_behind_a_canvas_has_a_catalogue(placed_mus: PlacedSheet) -> None:
    assert document_of(new_canvas(placed_mus)).Catalog.Lang.s == "da"
