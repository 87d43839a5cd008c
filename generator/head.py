"""The top of a page: title and instructions on the first, a running head on the others, the page code on all."""

from dataclasses import dataclass

from kryds.generator.grid import CODE_QUIET_MM, FIDUCIAL_EDGE_MM, Grid
from kryds.generator.guide import guide_panel, guide_strip
from kryds.generator.placed import Node, Role, Slot, TextLine, stack
from kryds.generator.typeface import (
    BODY,
    LEAD,
    NAME,
    NUMERAL,
    RUNNING,
    SERIAL,
    SMALL,
    SUBTITLE,
    TINY,
    TITLE,
    shorten,
    width_mm,
    wrap,
)
from kryds.model.form import Form
from kryds.model.geometry import Point, Rect
from kryds.model.phrases import Phrases

#: The right part of the head: page code, its text, and under them how to cross. The rest is for words.
ASIDE_MM = 54.0
GUTTER_MM = 6.0
#: From a numeral's left end to the text of its step.
STEP_INDENT_MM = 8.0
_TITLE_TO_SUBTITLE_MM = 7.4
_TO_NAME_MM = 7.6
_STEP_GAP_MM = 2.2
_STRIP_MM = 8.0


@dataclass(frozen=True, slots=True)
class Head:
    """The top of one page: what stands there, where it ends, and where what differs from sheet to sheet goes."""

    nodes: tuple[Node, ...]
    bottom: float
    serial: Slot
    code_text: Slot
    name: Slot


def first_head(form: Form, grid: Grid, phrases: Phrases, pages: int) -> Head:
    """The head of the first page: title, subtitle, name, instructions."""
    column = _text_mm(grid)
    baseline = FIDUCIAL_EDGE_MM + TITLE.cap_mm
    title = stack(wrap(form.title, TITLE, column, even=True), TITLE, grid.left, baseline)
    nodes = [Node(Role.TITLE, title)]
    baseline = title[-1].start.y
    if form.subtitle:
        subtitle = stack(wrap(form.subtitle, SUBTITLE, column), SUBTITLE, grid.left, baseline + _TITLE_TO_SUBTITLE_MM)
        nodes.append(Node(Role.PARAGRAPH, subtitle))
        baseline = subtitle[-1].start.y
    name = _name_slot(grid, baseline + _TO_NAME_MM)
    instructions, bottom = _instructions(form, grid, phrases, max(name.start.y + 6.0, grid.code.bottom + 6.0))
    return _head((*nodes, *_page_text(form, grid, phrases, (1, pages)), *instructions), bottom, grid, name)


def running_head(form: Form, grid: Grid, phrases: Phrases, page: tuple[int, int]) -> Head:
    """The head of a further page; ``page`` is its number and how many there are."""
    column = _text_mm(grid)
    title = stack((shorten(form.title, RUNNING, column),), RUNNING, grid.left, FIDUCIAL_EDGE_MM + RUNNING.cap_mm)
    strip = Rect(grid.left, round(grid.code.bottom - _STRIP_MM + 0.8, 2), column, _STRIP_MM)
    nodes = (Node(Role.ARTIFACT, title), *_page_text(form, grid, phrases, page), *guide_strip(phrases, strip))
    return _head(nodes, grid.code.bottom + CODE_QUIET_MM, grid, _name_slot(grid, FIDUCIAL_EDGE_MM + 8.0))


def _head(nodes: tuple[Node, ...], bottom: float, grid: Grid, name: Slot) -> Head:
    room = ASIDE_MM - grid.code.width - CODE_QUIET_MM
    right = _label_right(grid)
    serial = Slot(Point(right, round(FIDUCIAL_EDGE_MM + SERIAL.cap_mm, 2)), room, SERIAL, from_right=True)
    code_text = Slot(Point(right, grid.code.bottom), room, TINY, from_right=True)
    return Head(nodes, bottom, serial, code_text, name)


def _text_mm(grid: Grid) -> float:
    return grid.content_mm - ASIDE_MM - GUTTER_MM


def _label_right(grid: Grid) -> float:
    """Where the words beside the page code end: clear of its quiet zone."""
    return round(grid.code.x - CODE_QUIET_MM - 0.6, 2)


def _name_slot(grid: Grid, baseline: float) -> Slot:
    return Slot(Point(grid.left, round(baseline, 2)), _text_mm(grid), NAME)


def _page_text(form: Form, grid: Grid, phrases: Phrases, page: tuple[int, int]) -> tuple[Node, ...]:
    """Page x of y and the form's id, beside the page code."""
    lines = (
        (phrases.say("sheet.page_of", page=page[0], pages=page[1]), SMALL, grid.code.y + SERIAL.cap_mm + 5.0),
        (form.id, TINY, grid.code.bottom - TINY.leading_mm),
    )
    right = _label_right(grid)
    return tuple(
        Node(Role.PARAGRAPH, (TextLine(Point(round(right - width_mm(text, style), 2), round(y, 2)), text, style),))
        for text, style, y in lines
    )


def _instructions(form: Form, grid: Grid, phrases: Phrases, top: float) -> tuple[tuple[Node, ...], float]:
    """Introduction and steps beside how to cross, from ``top`` down; and where they end.

    A form without introduction and steps says how to cross alone, across the page.
    """
    if not form.introduction and not form.steps:
        return guide_panel(phrases, Rect(grid.left, top, grid.content_mm, 0.0))
    nodes: list[Node] = []
    baseline = top + LEAD.cap_mm
    if form.introduction:
        lines = stack(wrap(form.introduction, LEAD, _text_mm(grid)), LEAD, grid.left, baseline)
        nodes.append(Node(Role.PARAGRAPH, lines))
        baseline = lines[-1].start.y + _STEP_GAP_MM + LEAD.leading_mm
    steps, last = _steps(form, grid, baseline)
    nodes += steps
    panel, panel_bottom = guide_panel(phrases, Rect(grid.right - ASIDE_MM, top, ASIDE_MM, 0.0))
    return (*nodes, *panel), max(last, panel_bottom)


def _steps(form: Form, grid: Grid, baseline: float) -> tuple[tuple[Node, ...], float]:
    """The numbered steps, the first on ``baseline``, and the last baseline (or the one above, when there are none)."""
    items: list[Node] = []
    last = baseline - _STEP_GAP_MM - LEAD.leading_mm
    for number, text in enumerate(form.steps, start=1):
        numeral = stack((str(number),), NUMERAL, grid.left, baseline + NUMERAL.cap_mm - BODY.cap_mm)
        lines = wrap(text, BODY, _text_mm(grid) - STEP_INDENT_MM)
        body = stack(lines, BODY, grid.left + STEP_INDENT_MM, baseline)
        parts = (Node(Role.LIST_LABEL, numeral), Node(Role.LIST_BODY, body))
        items.append(Node(Role.LIST_ITEM, children=parts))
        last = max(body[-1].start.y, numeral[-1].start.y)
        baseline = last + _STEP_GAP_MM + BODY.leading_mm
    return ((Node(Role.LIST, children=tuple(items)),) if items else ()), last
