"""The pages of a summary: what is written flows down them, a page at a time, tagged for what it is."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from reportlab.pdfgen.canvas import Canvas

from kryds.generator.chart_pen import ChartPen
from kryds.generator.document import slim_page
from kryds.generator.palette import RULE
from kryds.generator.pen import pt
from kryds.generator.placed import Role
from kryds.generator.tags import Element, StructureTree
from kryds.generator.typeface import HAIRLINE_MM, HEADING, HEAVY_MM, SMALL, Colour, Face, Style, register, shorten, wrap
from kryds.generator.written_out import WrittenOut
from kryds.model.geometry import Point, Rect
from kryds.model.phrases import Phrases

#: Paper around what is written: left and right, top, bottom (mm).
SIDE_MM, TOP_MM, BOTTOM_MM = 20.0, 17.0, 18.0
#: From the lower edge up to the baseline of the foot (mm).
_FOOT_UP_MM = 10.0
MEAN = Style(Face.BOLD, 9.5, 4.0)
FOOT = Style(Face.REGULAR, 8, 3.6, Colour.QUIET)


class SummaryPages:
    """A document in the making, written into ``file`` chapter by chapter.

    ``y`` is how far down the present page is written, in millimetres.
    """

    def __init__(self, title: str, phrases: Phrases, file: BinaryIO) -> None:
        self.phrases = phrases
        self.y = 0.0
        self._canvas = _new_canvas(title, phrases)
        self._tree = StructureTree(self._canvas)
        self._out = WrittenOut(self._canvas, file)
        self._section: Element = self._tree.document
        self._foot = ""
        self._number = 0
        self.repeat_on_top()
        self._chapters = 0
        self.begin_paper(0.0, 0.0)

    def begin_paper(self, width_mm: float, height_mm: float) -> None:
        """The paper of the pages from the next chapter on. No page may be open."""
        self._size_mm = (width_mm, height_mm)
        self.pen = ChartPen(self._canvas, height_mm)

    @property
    def left(self) -> float:
        """The x where lines begin."""
        return SIDE_MM

    @property
    def width(self) -> float:
        """How wide a line can be (mm)."""
        return self._size_mm[0] - 2 * SIDE_MM

    @property
    def right(self) -> float:
        """The x where lines end."""
        return self.left + self.width

    @property
    def room(self) -> float:
        """How much of the present page is left (mm)."""
        return self._size_mm[1] - BOTTOM_MM - self.y

    @property
    def page_room(self) -> float:
        """How much an empty page holds (mm)."""
        return self._size_mm[1] - BOTTOM_MM - TOP_MM

    @property
    def next_room(self) -> float:
        """How much a further page of the chapter holds below what is repeated on it (mm)."""
        return self.page_room - self._repeat_mm

    def begin_chapter(self, title: str, foot: str, level: int) -> None:
        """A new page, an entry in the outline (``level`` 0 or 1), and the words at the foot of its pages."""
        self.end_page()
        self._tree.write_out(self._out)
        self.repeat_on_top()
        self._foot = foot
        self._section = self._tree.child(self._tree.document, "Sect")
        self._begin_page()
        self._chapters += 1
        key = f"c{self._chapters}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(title, key, level, closed=level == 0 or None)

    def repeat_on_top(self, draw: Callable[[], None] | None = None, height_mm: float = 0.0) -> None:
        """What ``draw`` draws, ``height_mm`` tall, stands at the top of every further page of the chapter."""
        self._repeat = draw
        self._repeat_mm = height_mm

    def need(self, height_mm: float) -> None:
        """Goes on to a new page unless ``height_mm`` are left on this one."""
        if height_mm > self.room:
            self.turn()

    def turn(self) -> None:
        """Goes on to a new page."""
        self.end_page()
        self._begin_page()
        if self._repeat:
            self._repeat()

    def end_page(self) -> None:
        """Closes the present page, if there is one."""
        if not self._number or not self.y:
            return
        with self._tree.artifact():
            self._draw_foot()
        self._tree.end_page()
        slim_page(self._canvas)
        self._out.put_page()
        self.y = 0.0

    def save(self) -> None:
        """Closes the document and writes what is not written yet."""
        self.end_page()
        self._tree.close()
        self._out.close()

    def element(self, role: Role, alt: str = "", parent: Element | None = None) -> Element:
        """An element of the structure, under the present chapter unless ``parent`` is named."""
        return self._tree.child(parent or self._section, role.value, alt)

    @contextmanager
    def tagged(self, role: Role, alt: str = "", parent: Element | None = None) -> Iterator[None]:
        """What is drawn meanwhile is an element of its own."""
        with self._tree.content(self.element(role, alt, parent)):
            yield

    @contextmanager
    def ornament(self) -> Iterator[None]:
        """What is drawn meanwhile says nothing: a rule, a repeated heading."""
        with self._tree.artifact():
            yield

    def write(self, text: str, style: Style, role: Role = Role.PARAGRAPH, width_mm: float = 0.0) -> None:
        """A paragraph at the left, as wide as the page unless ``width_mm`` is given; ``y`` ends below it."""
        lines = wrap(text, style, width_mm or self.width, even=role is Role.TITLE)
        self.need(len(lines) * style.leading_mm)
        with self.tagged(role):
            self.lines(Point(self.left, self.y), lines, style)
        self.y += len(lines) * style.leading_mm

    def lines(self, corner: Point, lines: tuple[str, ...], style: Style) -> None:
        """Lines under one another; ``corner`` is the left end of the first one's capitals."""
        for at, line in enumerate(lines):
            self.pen.text(Point(corner.x, corner.y + style.cap_mm + at * style.leading_mm), line, style)

    def rule(self, line_mm: float = HAIRLINE_MM, colour: str = RULE) -> None:
        """A line across, at ``y``."""
        with self.ornament():
            self.pen.fill(Rect(self.left, self.y - line_mm / 2, self.width, line_mm), colour)

    def _begin_page(self) -> None:
        self._number += 1
        width, height = self._size_mm
        self._canvas.setPageSize((pt(width), pt(height)))
        self.y = TOP_MM

    def _draw_foot(self) -> None:
        baseline = self._size_mm[1] - _FOOT_UP_MM
        number = self.phrases.say("summary.page", page=self._number)
        self.pen.text(Point(self.left, baseline), shorten(self._foot, FOOT, self.width - 30.0), FOOT)
        self.pen.ending(Point(self.right, baseline), number, FOOT)


#: A heading with its rule and the air below it (mm).
HEADING_MM = HEADING.leading_mm + 3.8


def heading(pages: SummaryPages, text: str, keep_mm: float) -> None:
    """A heading with a rule under it, on a page with ``keep_mm`` more."""
    pages.need(HEADING_MM + keep_mm)
    pages.write(text, HEADING, Role.HEADING)
    pages.y += 0.8
    pages.rule(HEAVY_MM, Colour.ACCENT)
    pages.y += 3.0


def _new_canvas(title: str, phrases: Phrases) -> Canvas:
    """An empty document in the language of the phrases; the same drawing gives the same bytes."""
    for face in Face:
        register(face)
    canvas = Canvas(
        io.BytesIO(),
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 7),
        lang=phrases.language,
        initialFontName=SMALL.face.value,  # type: ignore[arg-type] # the stubs take the name for a size
    )
    canvas.setTitle(title)
    canvas.setSubject(phrases.say("summary.subject"))
    canvas.setAuthor("kryds")
    canvas.setCreator("kryds")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas
