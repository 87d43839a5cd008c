"""The part where people count their crosses, multiply and add up by hand."""

from dataclasses import dataclass

from kryds.generator.flow import Piece
from kryds.generator.grid import Grid
from kryds.generator.placed import Frame, Ink, Node, Role, Stroke, TextLine, centred_baseline, stack
from kryds.generator.typeface import (
    BODY,
    FIELD_LINE_MM,
    HAIRLINE_MM,
    HEADING,
    HEAVY_MM,
    SMALL,
    SMALL_BOLD,
    TINY,
    Colour,
    Face,
    Style,
    width_mm,
    wrap,
)
from kryds.model.form import Band, Form, Option, Result
from kryds.model.geometry import Point, Rect
from kryds.model.phrases import Phrases

#: A writing field: room for a number by hand.
FIELD_MM = (24.0, 8.4)
LINE_MM = 10.0
TOTAL_MM = 13.0
_COLUMN_HEAD_MM = 8.0
_TO_RULE_MM = 2.3
_GAP_MM = 8.0
_TEXT_MOST_MM = 120.0
_TOTAL = Style(Face.BOLD, 11.5, 5.0)
#: Columns from the right edge leftwards: the most points, the points field, =, x weight, the field for crosses.
_MAX_MM, _EQUALS_MM, _WEIGHT_MM = 19.0, 9.0, 15.0
_RANGE_MM = 20.0


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Heading, text, and a line per category with a field for its crosses and one for its points; then the total."""

    form: Form
    result: Result
    grid: Grid
    phrases: Phrases

    @property
    def _text(self) -> tuple[str, ...]:
        return wrap(self.result.text, BODY, min(self.grid.content_mm, _TEXT_MOST_MM))

    @property
    def _heading(self) -> tuple[str, ...]:
        return wrap(self.result.title, HEADING, self.grid.content_mm)

    @property
    def _table_at_mm(self) -> float:
        heading = HEADING.cap_mm + (len(self._heading) - 1) * HEADING.leading_mm + _TO_RULE_MM
        return heading + 3.0 + BODY.cap_mm + (len(self._text) - 1) * BODY.leading_mm + 2.0

    @property
    def piece(self) -> Piece:
        """All of it stays on one page."""
        lines = _COLUMN_HEAD_MM + len(self.form.options) * LINE_MM + TOTAL_MM
        return Piece(round(self._table_at_mm + lines, 2), gap_mm=_GAP_MM, rows=len(self.form.options))

    def nodes(self, top: float, growth: float) -> tuple[Node, ...]:
        """The whole part from y ``top`` down, every line ``growth`` mm higher than it need be."""
        left, right = self.grid.left, self.grid.right
        heading = stack(self._heading, HEADING, left, top + HEADING.cap_mm)
        y = round(heading[-1].start.y + _TO_RULE_MM - HEAVY_MM / 2, 2)
        rule = Stroke(Point(left, y), Point(right, y), HEAVY_MM, Colour.ACCENT)
        text = stack(self._text, BODY, left, y + 3.0 + HEAVY_MM / 2 + BODY.cap_mm)
        table_top = top + self._table_at_mm
        lines_top = table_top + _COLUMN_HEAD_MM
        tops = [lines_top + at * (LINE_MM + growth) for at in range(len(self.form.options) + 1)]
        lines = (
            self._line(option, (y, below)) for option, y, below in zip(self.form.options, tops, tops[1:], strict=False)
        )
        rows = (self._column_heads(lines_top - 2.0), *lines, self._total(tops[-1]))
        return (
            Node(Role.HEADING, heading),
            Node(Role.ARTIFACT, (rule,)),
            Node(Role.PARAGRAPH, text),
            Node(Role.TABLE, children=rows),
            Node(Role.ARTIFACT, self._rules(tops)),
        )

    @property
    def _points_left(self) -> float:
        return self.grid.right - _MAX_MM - FIELD_MM[0]

    @property
    def _crosses_left(self) -> float:
        return self._points_left - _EQUALS_MM - _WEIGHT_MM - FIELD_MM[0]

    def _rules(self, tops: list[float]) -> tuple[Ink, ...]:
        """A hairline above every line, a heavy rule above the total."""
        left, right = self.grid.left, self.grid.right
        looks = [(HAIRLINE_MM, Colour.LINE)] * (len(tops) - 1) + [(HEAVY_MM, Colour.ACCENT)]
        return tuple(
            Stroke(Point(left, round(y, 2)), Point(right, round(y, 2)), line_mm, colour)
            for y, (line_mm, colour) in zip(tops, looks, strict=True)
        )

    def _column_heads(self, baseline: float) -> Node:
        field = FIELD_MM[0] / 2
        places = (
            ("crosses", self._crosses_left + field),
            ("weight", self._points_left - _EQUALS_MM - _WEIGHT_MM / 2),
            ("points", self._points_left + field),
        )
        say = self.phrases.say
        first = stack((say("sheet.category"),), SMALL_BOLD, self.grid.left, baseline)
        cells = [Node(Role.HEADER_CELL, first)]
        for key, middle in places:
            cells.append(Node(Role.HEADER_CELL, (_centred(say(f"sheet.{key}"), SMALL_BOLD, middle, baseline),)))
        return Node(Role.ROW, children=tuple(cells))

    def _line(self, option: Option, edges: tuple[float, float]) -> Node:
        """Category, field for its crosses, x weight =, field for its points, between two y."""
        middle = sum(edges) / 2
        baseline = centred_baseline(1, BODY, middle)
        label = stack((option.label,), BODY, self.grid.left, baseline)
        weight = _centred(f"× {option.weight}", BODY, self._points_left - _EQUALS_MM - _WEIGHT_MM / 2, baseline)
        equals = _centred("=", BODY, self._points_left - _EQUALS_MM / 2, baseline)
        return _row(
            label, (_field(self._crosses_left, middle),), (weight, equals), (_field(self._points_left, middle),)
        )

    def _total(self, top: float) -> Node:
        """The field for all points, and how many there can be."""
        middle = top + TOTAL_MM / 2 + 0.4
        baseline = centred_baseline(1, _TOTAL, middle)
        label = stack((self.phrases.say("sheet.total"),), _TOTAL, self.grid.left, baseline)
        most = self.phrases.say("sheet.of_max", max=self.form.max_points)
        of = stack((most,), _TOTAL, self._points_left + FIELD_MM[0] + 3.0, baseline)
        return _row(label, (), (), (_field(self._points_left, middle, HEAVY_MM), *of))


@dataclass(frozen=True, slots=True)
class BandLine:
    """A named range of the total with what it means; the last line is followed by the sources."""

    band: Band
    grid: Grid
    first: bool
    sources: tuple[str, ...] = ()

    @property
    def _words(self) -> tuple[str, ...]:
        text = f"{self.band.label} – {self.band.text}" if self.band.text else self.band.label
        return wrap(text, SMALL, min(self.grid.content_mm - _RANGE_MM, _TEXT_MOST_MM))

    @property
    def _source_lines(self) -> tuple[str, ...]:
        return tuple(line for source in self.sources for line in wrap(source, TINY, self.grid.content_mm))

    @property
    def piece(self) -> Piece:
        """A page does not begin with it: bands stay under the table."""
        height = len(self._words) * SMALL.leading_mm + 1.0 + len(self._source_lines) * TINY.leading_mm
        return Piece(round(height, 2), gap_mm=4.0 if self.first else 0.0, may_begin_page=False)

    def nodes(self, top: float) -> tuple[Node, ...]:
        """Range, name and meaning, and the sources, from y ``top`` down."""
        baseline = top + SMALL.cap_mm
        spread = f"{self.band.low}–{self.band.high}"
        words = (
            *stack((spread,), SMALL_BOLD, self.grid.left, baseline),
            *stack(self._words, SMALL, self.grid.left + _RANGE_MM, baseline),
        )
        below = baseline + len(self._words) * SMALL.leading_mm + 1.0
        nodes = [Node(Role.PARAGRAPH, words)]
        if self.sources:
            nodes.append(Node(Role.PARAGRAPH, stack(self._source_lines, TINY, self.grid.left, below)))
        return tuple(nodes)


def band_lines(form: Form, grid: Grid, phrases: Phrases) -> tuple[BandLine, ...]:
    """The bands from the lowest up, the publications they come from under the last."""
    ordered = sorted(form.bands, key=lambda band: band.low)
    sources = tuple(dict.fromkeys(phrases.say("sheet.source", source=band.source) for band in ordered))
    return tuple(
        BandLine(band, grid, first=at == 0, sources=sources if at == len(ordered) - 1 else ())
        for at, band in enumerate(ordered)
    )


def _row(label: tuple[TextLine, ...], *cells: tuple[Ink, ...]) -> Node:
    return Node(Role.ROW, children=(Node(Role.HEADER_CELL, label), *(Node(Role.CELL, ink) for ink in cells)))


def _centred(text: str, style: Style, middle: float, baseline: float) -> TextLine:
    return TextLine(Point(round(middle - width_mm(text, style) / 2, 2), round(baseline, 2)), text, style)


def _field(left: float, middle: float, line_mm: float = FIELD_LINE_MM) -> Frame:
    width, height = FIELD_MM
    return Frame(Rect(round(left, 2), round(middle - height / 2, 2), width, height), line_mm, Colour.QUIET)
