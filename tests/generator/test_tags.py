from collections.abc import Iterator
from typing import Any

import pypdf


def structure(pdf: pypdf.PdfReader) -> Any:  # noqa: ANN401 - a PDF object is anything
    return pdf.root_object["/StructTreeRoot"]


def elements(node: Any) -> Iterator[Any]:  # noqa: ANN401 - the same
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(found, dict) and "/S" in found:
            yield found
            yield from elements(found)


def roles(pdf: pypdf.PdfReader) -> list[str]:
    return [element["/S"] for element in elements(structure(pdf))]


def test_a_sheet_is_tagged_down_to_its_boxes(mus_pdf: pypdf.PdfReader) -> None:
    found = roles(mus_pdf)
    assert "/MarkInfo" in mus_pdf.root_object
    assert found[0] == "/Document"
    counts = {role: found.count(role) for role in ("/H1", "/H2", "/L", "/Table", "/Form", "/Sect")}
    assert counts == {"/H1": 1, "/H2": 4, "/L": 1, "/Table": 4, "/Form": 100, "/Sect": 2}


def test_drawings_are_told_in_words(mus_pdf: pypdf.PdfReader) -> None:
    found = elements(structure(mus_pdf))
    figures = [element for element in found if element["/S"] == "/Figure"]
    assert len(figures) == 3
    assert all("felt" in figure["/Alt"] for figure in figures)


def test_marked_content_and_parent_tree_agree(mus_pdf: pypdf.PdfReader) -> None:
    numbers = structure(mus_pdf)["/ParentTree"]["/Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in mus_pdf.pages:
        marks = page.get_contents().get_data().count(b"/MCID")  # type: ignore[union-attr]
        of_page = owners[page["/StructParents"]]
        assert len(of_page) == marks
        assert all(mcid in owner.get_object()["/K"] for mcid, owner in enumerate(of_page))


def test_pages_are_tabbed_through_in_reading_order(mus_pdf: pypdf.PdfReader) -> None:
    assert all(str(page["/Tabs"]) == "/S" for page in mus_pdf.pages)
