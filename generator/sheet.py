"""PlacedSheet + Roster -> PDF: one sheet per person, vector only, tagged, with the edition inside.

A sheet alone is for the screen as well as for paper: its structure reaches down to each box. In a run of many, the
drawing that all sheets share is stored once per page and each page is one element of the structure, so that a
thousand sheets stay small.
"""

from typing import BinaryIO

from kryds.generator.attach import EDITION_FILE, ROSTER_FILE, attach
from kryds.generator.document import new_canvas, slim_page, write_document
from kryds.generator.fillable import FormFields
from kryds.generator.pen import Pen
from kryds.generator.placed import Node, PlacedPage, PlacedSheet, Role
from kryds.generator.symbol import FIDUCIAL_CELLS, code_runs, fiducial_runs
from kryds.generator.tags import Element, StructureTree
from kryds.model.geometry import Rect
from kryds.model.layout import PageLayout
from kryds.model.page_code import PageCode, encode, marker_id
from kryds.model.roster import Person, Roster


def write_sheets(placed: PlacedSheet, roster: Roster, file: BinaryIO, *, fillable: bool = False) -> None:
    """Writes one sheet per person to ``file``; ``fillable`` makes every box a button on screen.

    A person without a name gets a numbered sheet; copy 0 is a sheet without number. The same arguments give the same
    bytes.
    """
    run = _Run(placed, roster, fillable=fillable)
    for person in roster.people:
        for page in placed.pages:
            run.draw_page(page, person)
    run.save(file)


class _Run:
    """One PDF in the making."""

    def __init__(self, placed: PlacedSheet, roster: Roster, *, fillable: bool) -> None:
        layout = placed.edition.layout
        self._placed = placed
        self._roster = roster
        self._canvas = new_canvas(placed)
        self._pen = Pen(self._canvas, layout.height_mm)
        self._tree = StructureTree(self._canvas)
        self._fields = FormFields(self._canvas, self._tree, placed.edition) if fillable else None
        self._stamped = len(roster.people) > 1 and not fillable

    def draw_page(self, page: PlacedPage, person: Person) -> None:
        """One page of one person's sheet."""
        code = self._code_of(page, person)
        if self._stamped:
            whole = self._tree.child(self._tree.document, "P")
            self._draw_own(page, person, whole)
            with self._tree.content(whole):
                self._stamp(page)
        else:
            section = self._tree.child(self._tree.document, "Sect")
            self._draw_own(page, person, self._tree.child(section, "P"))
            with self._tree.artifact():
                self._draw_fiducials(page)
            prefix = "" if len(self._roster.people) == 1 else f"{code.sheet or person.copy}."
            self._draw_nodes(page.nodes, section, prefix)
        self._tree.end_page()
        slim_page(self._canvas)

    def save(self, file: BinaryIO) -> None:
        """Closes the document and writes it."""
        self._tree.close()
        if self._fields:
            self._fields.close()
        files = {EDITION_FILE: self._placed.edition.to_json()}
        if self._roster.run:
            files[ROSTER_FILE] = self._roster.to_json()
        attach(self._canvas, files)
        write_document(self._canvas, file)

    def _code_of(self, page: PlacedPage, person: Person) -> PageCode:
        edition = self._placed.edition
        return PageCode(edition.form.id, edition.digest, self._roster.run, person.copy, page.number)

    def _layout_of(self, page: PlacedPage) -> PageLayout:
        return self._placed.edition.layout.pages[page.number - 1]

    def _draw_own(self, page: PlacedPage, person: Person, element: Element) -> None:
        """What differs from sheet to sheet: page code, its text, serial number, name."""
        code = self._code_of(page, person)
        runs, across = code_runs(code)
        with self._tree.artifact():
            self._pen.cells(self._layout_of(page).code, runs, across)
        with self._tree.content(element):
            if code.sheet:
                self._pen.fill_slot(page.serial, self._placed.phrases.say("sheet.serial", sheet=code.sheet))
            self._pen.fill_slot(page.code_text, encode(code).lower().partition("/")[2])
            if person.name:
                self._pen.fill_slot(page.name, self._placed.phrases.say("sheet.name", name=person.name))

    def _draw_fiducials(self, page: PlacedPage) -> None:
        digest = self._placed.edition.digest
        for fiducial in self._layout_of(page).fiducials:
            corner = fiducial.side_mm / 2
            black = Rect(fiducial.centre.x - corner, fiducial.centre.y - corner, fiducial.side_mm, fiducial.side_mm)
            self._pen.cells(black, fiducial_runs(marker_id(digest, page.number, fiducial.slot)), FIDUCIAL_CELLS)

    def _draw_nodes(self, nodes: tuple[Node, ...], parent: Element, prefix: str) -> None:
        """Draws the nodes and tags each for what it is."""
        for node in nodes:
            if node.role is Role.ARTIFACT:
                with self._tree.artifact():
                    self._pen.draw(node.ink)
                continue
            element = self._tree.child(parent, node.role.value, node.alt)
            if node.ink:
                with self._tree.content(element):
                    self._pen.draw(node.ink)
            if self._fields and node.role is Role.FIELD:
                self._fields.button(node, element, self._pen, prefix)
            self._draw_nodes(node.children, element, prefix)

    def _stamp(self, page: PlacedPage) -> None:
        """The drawing all sheets share, stored when first asked for."""
        name = f"p{page.number}"
        if not self._canvas.hasForm(name):
            self._canvas.beginForm(name)
            self._draw_fiducials(page)
            for node in page.nodes:
                self._draw_untagged(node)
            self._canvas.endForm()
        self._canvas.doForm(name)

    def _draw_untagged(self, node: Node) -> None:
        self._pen.draw(node.ink)
        for child in node.children:
            self._draw_untagged(child)
