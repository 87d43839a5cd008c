"""How to cross a box and how to undo a cross, told with small drawings."""

from kryds.generator.placed import Frame, Ink, Node, Role, Stroke, centred_baseline, stack
from kryds.generator.typeface import BOX_LINE_MM, HEAVY_MM, SMALL, Colour, wrap
from kryds.model.geometry import Point, Rect
from kryds.model.phrases import Phrases

#: Side of a drawn box: smaller than a real one, so that nobody takes it for one.
DRAWN_BOX_MM = 4.6
_BETWEEN_MM = 2.4
_TEXT_AT_MM = 2 * DRAWN_BOX_MM + _BETWEEN_MM + 3.4
_ENTRY_GAP_MM = 3.2
#: The strokes of a drawn cross, as shares of the box: not quite straight, as a hand draws it.
_STROKES = ((0.17, 0.14, 0.86, 0.87), (0.85, 0.16, 0.15, 0.84))
_PEN_MM = 0.6


def guide_panel(phrases: Phrases, place: Rect) -> tuple[tuple[Node, ...], float]:
    """Both drawings, one above the other, in the width of ``place`` and from its top down; and where they end."""
    left = place.x + 5.0
    top = bottom = place.y
    nodes: list[Node] = []
    for key, draw in (("cross", _crossed), ("mistake", _undone)):
        lines = wrap(phrases.say(f"sheet.{key}"), SMALL, place.right - left - _TEXT_AT_MM)
        middle = top + DRAWN_BOX_MM / 2
        last = centred_baseline(1, SMALL, middle) + (len(lines) - 1) * SMALL.leading_mm
        words = stack(lines, SMALL, left + _TEXT_AT_MM, centred_baseline(1, SMALL, middle))
        nodes.append(Node(Role.FIGURE, draw(left, top), alt=phrases.say(f"sheet.{key}_picture")))
        nodes.append(Node(Role.PARAGRAPH, words))
        bottom = max(top + DRAWN_BOX_MM, last)
        top = bottom + _ENTRY_GAP_MM
    bar = Stroke(Point(place.x, place.y - 0.6), Point(place.x, round(bottom + 0.6, 2)), HEAVY_MM, Colour.ACCENT)
    return (Node(Role.ARTIFACT, (bar,)), *nodes), bottom


def guide_strip(phrases: Phrases, place: Rect) -> tuple[Node, ...]:
    """The drawing of how to undo a cross with its words beside it, centred in the height of ``place``."""
    lines = wrap(phrases.say("sheet.mistake"), SMALL, place.width - _TEXT_AT_MM, even=True)
    middle = place.centre.y
    words = stack(lines, SMALL, place.x + _TEXT_AT_MM, centred_baseline(len(lines), SMALL, middle))
    drawing = _undone(place.x, middle - DRAWN_BOX_MM / 2)
    return (Node(Role.FIGURE, drawing, alt=phrases.say("sheet.mistake_picture")), Node(Role.PARAGRAPH, words))


def _crossed(left: float, top: float) -> tuple[Ink, ...]:
    """A box with a good cross, next to the words."""
    return _cross(left + DRAWN_BOX_MM + _BETWEEN_MM, top)


def _undone(left: float, top: float) -> tuple[Ink, ...]:
    """A box filled in, and beside it a box crossed."""
    return (*_box(left, top, filled=True), *_cross(left + DRAWN_BOX_MM + _BETWEEN_MM, top))


def _cross(left: float, top: float) -> tuple[Ink, ...]:
    def at(x: float, y: float) -> Point:
        return Point(round(left + x * DRAWN_BOX_MM, 2), round(top + y * DRAWN_BOX_MM, 2))

    strokes = (Stroke(at(*ends[:2]), at(*ends[2:]), _PEN_MM, Colour.INK) for ends in _STROKES)
    return (*_box(left, top, filled=False), *strokes)


def _box(left: float, top: float, *, filled: bool) -> tuple[Ink, ...]:
    rect = Rect(round(left, 2), round(top, 2), DRAWN_BOX_MM, DRAWN_BOX_MM)
    return (Frame(rect, BOX_LINE_MM, Colour.INK, filled=filled),)
