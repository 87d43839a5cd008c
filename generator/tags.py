"""The tagged structure of a PDF (ISO 32000-1, 14.7 and 14.8): what each piece of a page is, in reading order.

ReportLab draws but does not tag. A StructureTree stands beside a canvas: it opens elements, wraps drawing in marked
content, and on ``close`` hangs the tree into the catalogue.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference, PDFString
from reportlab.pdfbase.pdfdoc import format as packed
from reportlab.pdfgen.canvas import Canvas

from kryds.generator.document import document_of
from kryds.generator.written_out import WrittenOut


@dataclass
class Element:
    """A structure element under construction: its dictionary, the reference to it, and its children so far."""

    role: str
    entries: PDFDictionary
    reference: PDFObjectReference
    children: list[object] = field(default_factory=list)


class StructureTree:
    """Builds the structure of the document that ``canvas`` writes."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._document = document_of(canvas)
        self._elements: list[Element] = []
        self._root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        self._root_reference = self._document.Reference(self._root)
        self._owners: list[object] = []  # entry n of the parent tree: an element, or those of a page's content
        self._on_page: list[PDFObjectReference] = []
        self.document = self._new("Document", self._root_reference)
        self._written = (0, 0)  # so many owners, and children of the document

    def child(self, parent: Element, role: str, alt: str = "") -> Element:
        """A new element under ``parent``; ``alt`` says in words what it shows."""
        element = self._new(role, parent.reference)
        if alt:
            element.entries["Alt"] = PDFString(alt)
        parent.children.append(element.reference)
        return element

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """What is drawn meanwhile, on the present page, is content of ``element``."""
        self._canvas.addLiteral(f"/{element.role} <</MCID {len(self._on_page)}>> BDC")
        element.entries["Pg"] = self._document.thisPageRef()
        element.children.append(len(self._on_page))
        self._on_page.append(element.reference)
        yield
        self._canvas.addLiteral("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn meanwhile is no content: a rule, a fiducial, a running head."""
        self._canvas.addLiteral("/Artifact BMC")
        yield
        self._canvas.addLiteral("EMC")

    def adopt_widget(self, element: Element, widget: PDFDictionary, reference: PDFObjectReference) -> None:
        """Makes a form field's widget on the present page part of ``element``."""
        widget["StructParent"] = len(self._owners)
        self._owners.append(element.reference)
        page = self._document.thisPageRef()
        element.children.append(PDFDictionary({"Type": PDFName("OBJR"), "Obj": reference, "Pg": page}))

    def end_page(self) -> None:
        """Closes the canvas's page and ties its marked content to the elements it belongs to."""
        self._canvas.showPage()
        page = self._document.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._owners)
        page.Tabs = PDFName("S")
        self._owners.append(PDFArray(self._on_page))
        self._on_page = []

    def write_out(self, out: WrittenOut) -> None:
        """Writes the elements made so far.

        Their pages must be closed, and none but the document may be given children afterwards.
        """
        owners, children = (slice(done, None) for done in self._written)
        self._owners[owners] = [
            out.put_new(each) if isinstance(each, PDFArray) else each for each in self._owners[owners]
        ]
        self.document.children[children] = [packed(each, self._document) for each in self.document.children[children]]
        self._written = len(self._owners), len(self.document.children)
        finished = [element for element in self._elements if element is not self.document]
        for element in finished:
            element.entries["K"] = PDFArray(element.children)
        out.put([element.reference for element in finished])
        self._elements = [self.document]

    def close(self) -> None:
        """Hangs the tree into the catalogue. Nothing may be tagged afterwards."""
        for element in self._elements:
            element.entries["K"] = PDFArray(element.children)
        numbers = [part for key, owner in enumerate(self._owners) for part in (key, owner)]
        self._root["K"] = PDFArray([self.document.reference])
        self._root["ParentTree"] = self._document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
        self._root["ParentTreeNextKey"] = len(self._owners)
        self._document.Catalog.StructTreeRoot = self._root_reference
        self._document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _new(self, role: str, parent: PDFObjectReference) -> Element:
        entries = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(role), "P": parent})
        element = Element(role, entries, self._document.Reference(entries))
        self._elements.append(element)
        return element
