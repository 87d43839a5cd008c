"""The sheet as a form on screen: a group of radio buttons per statement, over the printed boxes.

A button lies inside its box and is drawn without ground or border, so that the sheet looks as it does on paper.
A group's full name is the item's id (section.number); its values are the categories' ids.
"""

from dataclasses import dataclass, field

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFStream,
    PDFString,
    PDFZCompress,
)
from reportlab.pdfgen.canvas import Canvas

from kryds.generator.document import document_of
from kryds.generator.pen import Pen, pt
from kryds.generator.placed import Frame, Node
from kryds.generator.tags import Element, StructureTree
from kryds.model.edition import Edition

#: Field flag 16, Radio; without flag 15, NoToggleToOff, a cross can be taken back (ISO 32000-1, table 226).
RADIO = 1 << 15
#: Annotation flag 3, Print (table 165).
PRINTED = 1 << 2
#: Between the printed line and the button, so that no renderer's rounding lets one cover the other.
_AIR_MM = 0.25
#: The strokes of the cross: from this share of the button's side to the other, this many points wide.
_CROSS_FROM, _CROSS_PT = 0.11, 1.7


@dataclass(frozen=True)
class _Field:
    """A field, or what several have in common: its dictionary, the reference to it, and what is under it so far."""

    entries: PDFDictionary
    reference: PDFObjectReference
    kids: list[PDFObjectReference] = field(default_factory=list)


class FormFields:
    """The fields of one document."""

    def __init__(self, canvas: Canvas, tree: StructureTree, edition: Edition) -> None:
        self._canvas = canvas
        self._document = document_of(canvas)
        self._tree = tree
        self._edition = edition
        self._fields: dict[str, _Field] = {}
        self._roots: list[object] = []
        self._looks: dict[tuple[float, bool], PDFObjectReference] = {}

    def button(self, node: Node, element: Element, pen: Pen, prefix: str) -> None:
        """The button in the box of ``node`` on the present page. ``prefix`` keeps apart the sheets of one document."""
        (frame,) = (ink for ink in node.ink if isinstance(ink, Frame))
        inside = frame.rect.inset(frame.line_mm + _AIR_MM)
        option = self._edition.form.options[node.choice - 1]
        look = {key: self._look(pt(inside.width), crossed=key != "Off") for key in (option.id, "Off")}
        group = self._group(node.item_id, prefix)
        widget = PDFDictionary(
            {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Widget"),
                "Rect": PDFArray([round(edge, 3) for edge in pen.rect_pt(inside)]),
                "F": PRINTED,
                "P": self._document.thisPageRef(),
                "Parent": group.reference,
                "AS": PDFName("Off"),
                "AP": PDFDictionary({"N": PDFDictionary(look)}),
                "MK": PDFDictionary({"CA": PDFString("8"), "BG": PDFArray([1])}),
                "H": PDFName("N"),
            }
        )
        self._canvas._addAnnotation(widget)  # type: ignore[attr-defined] # noqa: SLF001 - public doors make links only
        reference = self._document.Reference(widget)
        group.kids.append(reference)
        self._tree.adopt_widget(element, widget, reference)

    def close(self) -> None:
        """Hangs the fields into the catalogue."""
        for one in self._fields.values():
            one.entries["Kids"] = PDFArray(one.kids)
        form = PDFDictionary({"Fields": PDFArray(self._roots)})
        self._document.Catalog.AcroForm = self._document.Reference(form)

    def _group(self, item_id: str, prefix: str) -> _Field:
        """The group of an item."""
        group = self._named(f"{prefix}{item_id}")
        if "FT" not in group.entries:
            group.entries["FT"] = PDFName("Btn")
            group.entries["Ff"] = RADIO
            group.entries["TU"] = PDFString(f"{item_id} {self._edition.items[item_id].text}")
        return group

    def _named(self, full: str) -> _Field:
        """The field with this full name and, as a full stop parts names, its parents; made when first asked for."""
        if full not in self._fields:
            parent, _, own = full.rpartition(".")
            entries = PDFDictionary({"T": PDFString(own)})
            made = _Field(entries, self._document.Reference(entries))
            self._fields[full] = made
            if parent:
                above = self._named(parent)
                entries["Parent"] = above.reference
                above.kids.append(made.reference)
            else:
                self._roots.append(made.reference)
        return self._fields[full]

    def _look(self, side: float, *, crossed: bool) -> PDFObjectReference:
        """The picture of a button: a cross, or nothing. All buttons of a size share the two."""
        key = (side, crossed)
        if key not in self._looks:
            near, far = round(side * _CROSS_FROM, 3), round(side * (1 - _CROSS_FROM), 3)
            cross = f"q 0 G {_CROSS_PT} w 1 J {near} {near} m {far} {far} l {near} {far} m {far} {near} l S Q"
            about = PDFDictionary({"Type": PDFName("XObject"), "Subtype": PDFName("Form"), "FormType": 1})
            about["BBox"] = PDFArray([0, 0, side, side])
            about["Resources"] = PDFDictionary()
            look = PDFStream(about, cross if crossed else "q Q", [PDFZCompress])
            self._looks[key] = self._document.Reference(look)
        return self._looks[key]
