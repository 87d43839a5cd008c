import io
from pathlib import Path

from pypdf import PdfReader

from kryds.generator.overlay import draw_overlays
from kryds.generator.sheet_frame import PageBox
from kryds.model.phrases import Phrases
from kryds.model.reading import PageState
from tests.generator import annotated

BOX = PageBox(0, 0, 604.8, 855.36)
SCAN = Path("scan.pdf")


def test_there_is_a_page_of_drawings_for_each_page_of_the_scan(danish: Phrases) -> None:
    pages = [(annotated.page(SCAN), BOX), (annotated.not_read(SCAN, PageState.FOREIGN), BOX)]

    texts = [page.extract_text() for page in PdfReader(io.BytesIO(draw_overlays(pages, danish))).pages]

    assert ["ark 12" in text for text in texts] == [True, False]
    assert ["Ikke læst" in text for text in texts] == [False, True]


def test_the_same_pages_give_the_same_bytes(danish: Phrases) -> None:
    pages = [(annotated.page(SCAN), BOX)]

    assert draw_overlays(pages, danish) == draw_overlays(pages, danish)
