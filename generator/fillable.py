"""The sheet as a form on screen: a group of radio buttons per statement, over the printed boxes.

A button covers the white inside of its box, so that the printed line shows and the sheet looks as it does on paper.
A group's full name is the item's id (section.number); its values are the categories' ids.
"""

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

from kryds.generator.pen import Pen, pt
from kryds.generator.placed import Frame, Node
from kryds.generator.tags import Element, StructureTree
from kryds.model.edition import Edition

#: Field flag 16, Radio; without flag 15, NoToggleToOff, a cross can be taken back (ISO 32000-1, table 226).
RADIO = 1 << 15
#: Annotation flag 3, Print (table 165).
PRINTED = 1 << 2
#: The strokes of the cross: from this share of the button's side to the other, this many points wide.
_CROSS_FROM, _CROSS_PT = 0.14, 1.7


class FormFields:
    """The fields of one document."""

    def __init__(self, canvas: Canvas, tree: StructureTree, edition: Edition) -> None:
        self._canvas = canvas
        self._document = canvas._doc  # noqa: SLF001 - ReportLab has no public door to the catalogue
        self._tree = tree
        self._edition = edition
        self._fields: dict[str, tuple[PDFDictionary, list[object]]] = {}
        self._roots: list[object] = []
        self._looks: dict[tuple[float, bool], PDFObjectReference] = {}

    def button(self, node: Node, element: Element, pen: Pen, prefix: str) -> None:
        """The button in the box of ``node`` on the present page. ``prefix`` keeps apart the sheets of one document."""
        (frame,) = (ink for ink in node.ink if isinstance(ink, Frame))
        inside = frame.rect.inset(frame.line_mm)
        option = self._edition.form.options[node.choice - 1]
        look = {key: self._look(pt(inside.width), crossed=key != "Off") for key in (option.id, "Off")}
        group, buttons = self._group(node.item_id, prefix)
        widget = PDFDictionary(
            {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Widget"),
                "Rect": PDFArray([round(edge, 3) for edge in pen.rect_pt(inside)]),
                "F": PRINTED,
                "P": self._document.thisPageRef(),
                "Parent": group,
                "AS": PDFName("Off"),
                "AP": PDFDictionary({"N": PDFDictionary(look)}),
                "MK": PDFDictionary({"CA": PDFString("8"), "BG": PDFArray([1])}),
                "H": PDFName("N"),
            }
        )
        self._canvas._addAnnotation(widget)  # noqa: SLF001 - the public doors make links and texts only
        reference = self._document.Reference(widget)
        buttons.append(reference)
        self._tree.adopt_widget(element, widget, reference)

    def close(self) -> None:
        """Hangs the fields into the catalogue."""
        for entries, kids in self._fields.values():
            entries["Kids"] = PDFArray(kids)
        form = PDFDictionary({"Fields": PDFArray(self._roots)})
        self._document.Catalog.AcroForm = self._document.Reference(form)

    def _group(self, item_id: str, prefix: str) -> tuple[PDFObjectReference, list[object]]:
        """The group of an item and its buttons so far. A full stop in a full name joins the names of parent and child."""
        full = f"{prefix}{item_id}"
        group = self._named(full)
        entries = self._fields[full][0]
        if "FT" not in entries:
            entries["FT"] = PDFName("Btn")
            entries["Ff"] = RADIO
            entries["TU"] = PDFString(f"{item_id} {self._edition.items[item_id].text}")
        return group, self._fields[full][1]

    def _named(self, full: str) -> PDFObjectReference:
        """The field with this full name, and its parents; made when first asked for."""
        if full in self._fields:
            return self._document.Reference(self._fields[full][0])
        parent, _, own = full.rpartition(".")
        entries = PDFDictionary({"T": PDFString(own)})
        reference = self._document.Reference(entries)
        self._fields[full] = (entries, [])
        if parent:
            entries["Parent"] = self._named(parent)
            self._fields[parent][1].append(reference)
        else:
            self._roots.append(reference)
        return reference

    def _look(self, side: float, *, crossed: bool) -> PDFObjectReference:
        """The picture of a button: white, with or without a cross. All buttons share the two."""
        key = (round(side, 3), crossed)
        if key not in self._looks:
            near, far = round(side * _CROSS_FROM, 3), round(side * (1 - _CROSS_FROM), 3)
            cross = f" 0 G {_CROSS_PT} w 1 J {near} {near} m {far} {far} l {near} {far} m {far} {near} l S"
            drawing = f"q 1 g 0 0 {key[0]} {key[0]} re f{cross if crossed else ''} Q"
            about = PDFDictionary({"Type": PDFName("XObject"), "Subtype": PDFName("Form"), "FormType": 1})
            about["BBox"] = PDFArray([0, 0, key[0], key[0]])
            about["Resources"] = PDFDictionary()
            self._looks[key] = self._document.Reference(PDFStream(about, drawing, [PDFZCompress]))
        return self._looks[key]
