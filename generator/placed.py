"""A sheet with every line of ink in its place, ready to be drawn: values only, millimetres, origin top left, y down."""

from dataclasses import dataclass
from enum import StrEnum

from kryds.generator.typeface import Colour, Style
from kryds.model.edition import Edition
from kryds.model.geometry import Point, Rect
from kryds.model.phrases import Phrases


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text; ``start`` is the left end of its baseline."""

    start: Point
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line between two points, ``line_mm`` wide."""

    start: Point
    end: Point
    line_mm: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle whose printed line lies inside ``rect``; ``filled`` blackens the inside too."""

    rect: Rect
    line_mm: float
    colour: Colour
    filled: bool = False


Ink = TextLine | Stroke | Frame


def stack(lines: tuple[str, ...], style: Style, left: float, baseline: float) -> tuple[TextLine, ...]:
    """Lines under one another, flush left, the first on ``baseline``."""
    return tuple(
        TextLine(Point(round(left, 2), round(baseline + at * style.leading_mm, 2)), line, style)
        for at, line in enumerate(lines)
    )


def centred_baseline(lines: int, style: Style, middle: float) -> float:
    """The first baseline of ``lines`` lines whose capitals and air are centred about y ``middle``."""
    return middle - (lines - 1) * style.leading_mm / 2 + style.cap_mm / 2


class Role(StrEnum):
    """What a piece of the page is to someone who hears it read aloud (structure types of ISO 32000-1, 14.8.4)."""

    ARTIFACT = "Artifact"
    TITLE = "H1"
    HEADING = "H2"
    PARAGRAPH = "P"
    LIST = "L"
    LIST_ITEM = "LI"
    LIST_LABEL = "Lbl"
    LIST_BODY = "LBody"
    FIGURE = "Figure"
    TABLE = "Table"
    ROW = "TR"
    HEADER_CELL = "TH"
    CELL = "TD"
    FIELD = "Form"


@dataclass(frozen=True, slots=True)
class Node:
    """Ink with its meaning. ``alt`` says in words what a FIGURE shows, or which choice a FIELD is.

    ``item_id`` and ``choice`` name the box of a FIELD.
    """

    role: Role
    ink: tuple[Ink, ...] = ()
    children: tuple["Node", ...] = ()
    alt: str = ""
    item_id: str = ""
    choice: int = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a text that differs from sheet to sheet goes: ``width_mm`` from the start of the baseline, or up to it."""

    start: Point
    width_mm: float
    style: Style
    from_right: bool = False


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """What stands on one page of every sheet, and where that which differs goes."""

    number: int
    nodes: tuple[Node, ...]
    serial: Slot
    code_text: Slot
    name: Slot


@dataclass(frozen=True)
class PlacedSheet:
    """A form placed on paper: the edition (form and layout) and the drawing of its pages."""

    edition: Edition
    pages: tuple[PlacedPage, ...]
    phrases: Phrases
