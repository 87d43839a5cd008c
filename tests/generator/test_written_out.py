import io
import tracemalloc
from typing import Any

import pypdf
from reportlab.pdfgen.canvas import Canvas

from kryds.generator.document import slim_page
from kryds.generator.tags import StructureTree
from kryds.generator.written_out import WrittenOut


def write(pages: int, file: Any) -> Any:  # noqa: ANN401 - whatever can be written to
    """A document of so many tagged pages."""
    canvas = Canvas(io.BytesIO(), invariant=1)
    tree, out = StructureTree(canvas), WrittenOut(canvas, file)
    for number in range(pages):
        section = tree.child(tree.document, "Sect")
        for word in range(20):
            with tree.content(tree.child(section, "P")):
                canvas.drawString(72, 100 + 20 * word, f"side {number + 1}, linje {word}")
        canvas.bookmarkPage(f"{number}")
        canvas.addOutlineEntry(f"Side {number + 1}", f"{number}", 0)
        tree.end_page()
        slim_page(canvas)
        out.put_page()
        tree.write_out(out)
    tree.close()
    out.close()
    return file


class Nowhere(io.BytesIO):
    """Keeps nothing of what is written."""

    def write(self, data: Any) -> int:  # noqa: ANN401 - as any file
        """So many bytes."""
        return len(data)


def test_what_is_written_page_by_page_is_a_whole_document() -> None:
    reader = pypdf.PdfReader(write(3, io.BytesIO()), strict=True)

    assert ["side 3, linje 0" in page.extract_text() for page in reader.pages] == [False, False, True]
    assert [reader.get_destination_page_number(entry) for entry in reader.outline] == [0, 1, 2]  # type: ignore[arg-type]


def test_every_mark_on_a_page_leads_to_its_element() -> None:
    reader = pypdf.PdfReader(write(2, io.BytesIO()), strict=True)
    root: Any = reader.trailer["/Root"]
    tree = root["/StructTreeRoot"]
    owners = tree["/ParentTree"]["/Nums"][3].get_object()

    assert [element.get_object()["/K"] for element in owners] == [[number] for number in range(20)]
    assert all(element.get_object()["/Pg"] == reader.pages[1] for element in owners)
    assert len(tree["/K"][0].get_object()["/K"]) == 2


def test_the_same_pages_give_the_same_bytes() -> None:
    assert write(2, io.BytesIO()).getvalue() == write(2, io.BytesIO()).getvalue()


def test_a_further_page_takes_next_to_no_memory() -> None:
    write(2, Nowhere())  # whatever is made once
    peaks = []
    for pages in (100, 300):
        tracemalloc.start()
        write(pages, Nowhere())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] - peaks[0] < 200 * 5000  # bytes; its elements alone, kept, were three times that
