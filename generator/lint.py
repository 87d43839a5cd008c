"""What a placed sheet could do better, each with its cure: for whoever writes the form, before anything is printed."""

from collections.abc import Iterator
from itertools import pairwise

from kryds.generator.grid import BOX_AIR_MM, BOX_GAP_MM, BOX_MM
from kryds.generator.placed import Frame, Ink, Node, PlacedPage, PlacedSheet, Role, Stroke, TextLine
from kryds.generator.typeface import missing_glyphs, width_mm
from kryds.model.form import Form
from kryds.model.geometry import Rect
from kryds.model.layout import BoxPlace, PageLayout

#: Nearer to the paper edge than this, ordinary printers leave white: 4.2 mm for lasers, up to 5 mm for ink-jets.
PRINTABLE_MM = 5.0
#: A statement of more lines is read with effort; a title of more lines pushes the statements down.
STATEMENT_LINES = 4
TITLE_LINES = 2
#: Labels smaller than this are read with effort.
LABEL_PT = 8.5
#: Positions are rounded to 0.01 mm; what is off by less than this is not off.
_ROUNDING_MM = 0.02


def lint_sheet(placed: PlacedSheet) -> tuple[str, ...]:
    """Findings about a sheet, each naming place and cure; empty when there is nothing to better."""
    form = placed.edition.form
    findings = list(_glyphs(form))
    for page, layout in zip(placed.pages, placed.edition.layout.pages, strict=True):
        findings += _boxes(layout)
        findings += _crowded(page, layout)
        findings += _cut_off(placed, page)
        findings += _texts(page, layout)
    return tuple(dict.fromkeys(findings))


def _glyphs(form: Form) -> Iterator[str]:
    """Characters of the form that would print as empty frames."""
    for place, text in _form_texts(form):
        if absent := missing_glyphs(text):
            yield f"{place}: the typeface cannot print {' '.join(absent)}; write it another way"


def _form_texts(form: Form) -> Iterator[tuple[str, str]]:
    yield "title", form.title
    yield "subtitle", form.subtitle or ""
    yield "introduction", form.introduction or ""
    yield from ((f"steps.{number}", step) for number, step in enumerate(form.steps, start=1))
    yield from ((f"options.{option.id}", option.label) for option in form.options)
    for number, section in enumerate(form.sections, start=1):
        yield f"sections.{number}.title", section.title
    yield from ((f"statement {item.id}", item.text) for item in form.items)
    if form.result:
        yield "result", f"{form.result.title} {form.result.text}"
    yield from ((f"bands.{band.label}", f"{band.label} {band.text or ''} {band.source}") for band in form.bands)


def _boxes(layout: PageLayout) -> Iterator[str]:
    """Boxes too small for a thick pen, or so close that a cross reaches into the next."""
    for box in layout.boxes:
        if min(box.rect.width, box.rect.height) < BOX_MM - _ROUNDING_MM:
            yield f"statement {box.item_id}: its boxes are smaller than {BOX_MM} mm; print the form anew"
    for left, right in pairwise(layout.boxes):
        if left.item_id == right.item_id and right.rect.x - left.rect.right < BOX_GAP_MM - _ROUNDING_MM:
            yield f"statement {left.item_id}: its boxes stand closer than {BOX_GAP_MM} mm; use fewer categories"


def _crowded(page: PlacedPage, layout: PageLayout) -> Iterator[str]:
    """Ink so close to a box that the reader may take it for part of a cross."""
    ink = [(_extent(piece), piece) for piece in _ink_of(page.nodes)]
    for box in layout.boxes:
        zone = box.rect.inset(-BOX_AIR_MM + _ROUNDING_MM)
        near = [piece for extent, piece in ink if _overlap(zone, extent) and not _is_outline(piece, box)]
        if near:
            yield f"statement {box.item_id}: {_called(near[0])} comes nearer than {BOX_AIR_MM} mm to a box; shorten it"


def _cut_off(placed: PlacedSheet, page: PlacedPage) -> Iterator[str]:
    """Ink where ordinary printers do not print."""
    layout = placed.edition.layout
    paper = Rect(0.0, 0.0, layout.width_mm, layout.height_mm).inset(PRINTABLE_MM)
    for piece in _ink_of(page.nodes):
        extent = _extent(piece)
        if extent.x < paper.x or extent.y < paper.y or extent.right > paper.right or extent.bottom > paper.bottom:
            yield f"page {page.number}: {_called(piece)} is nearer than {PRINTABLE_MM} mm to the paper edge; shorten it"


def _texts(page: PlacedPage, layout: PageLayout) -> Iterator[str]:
    """Texts that take too many lines, or that reach beyond the column between the fiducials."""
    inner = [fiducial.centre.x for fiducial in layout.fiducials]
    side = layout.fiducials[0].side_mm / 2
    for node in _nodes_of(page.nodes):
        lines = [piece for piece in node.ink if isinstance(piece, TextLine)]
        for line in lines:
            if line.start.x + width_mm(line.text, line.style) > max(inner) - side:
                yield f"page {page.number}: {_called(line)} is too long for its column; shorten it"
        if node.role is Role.TITLE and len(lines) > TITLE_LINES:
            yield f"title: takes {len(lines)} lines; shorten it to {TITLE_LINES}"
        if node.role is Role.ROW:
            yield from _row_texts(node)


def _row_texts(row: Node) -> Iterator[str]:
    """A statement of many lines; a label set small."""
    fields = [node for node in _nodes_of(row.children) if node.role is Role.FIELD]
    lines = [piece for piece in row.children[0].ink if isinstance(piece, TextLine)]
    if fields and len(lines) - 1 > STATEMENT_LINES:
        said = len(lines) - 1
        yield f"statement {fields[0].item_id}: takes {said} lines beside its boxes; shorten it to {STATEMENT_LINES}"
    heads = [node for node in row.children if node.role is Role.HEADER_CELL]
    sizes = [piece.style.size_pt for node in heads for piece in node.ink if isinstance(piece, TextLine)]
    if not fields and min(sizes) < LABEL_PT:
        yield f"options: the labels are set in {min(sizes):g} pt to fit their columns; shorten the longest"


def _nodes_of(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _nodes_of(node.children)


def _ink_of(nodes: tuple[Node, ...]) -> Iterator[Ink]:
    for node in _nodes_of(nodes):
        yield from node.ink


def _extent(piece: Ink) -> Rect:
    """The rectangle a piece of ink covers; letters reach a little below their baseline."""
    match piece:
        case TextLine():
            width = width_mm(piece.text, piece.style)
            height = piece.style.cap_mm * 1.1
            return Rect(piece.start.x, piece.start.y - height, width, height + piece.style.cap_mm * 0.35)
        case Stroke():
            left, right = sorted((piece.start.x, piece.end.x))
            top, bottom = sorted((piece.start.y, piece.end.y))
            return Rect(left, top, right - left, bottom - top).inset(-piece.line_mm / 2)
        case Frame():
            return piece.rect


def _overlap(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _is_outline(piece: Ink, box: BoxPlace) -> bool:
    return isinstance(piece, Frame) and piece.rect == box.rect


def _called(piece: Ink) -> str:
    """A piece of ink as its writer knows it."""
    return repr(piece.text) if isinstance(piece, TextLine) else "a line"
