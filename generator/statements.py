"""The heading of a section with the categories above their columns, and the rows of statements with their boxes."""

from dataclasses import dataclass

from kryds.generator.flow import Piece
from kryds.generator.grid import BOX_MM, Columns, Grid
from kryds.generator.placed import Frame, Node, Role, Stroke, TextLine, centred_baseline, stack
from kryds.generator.typeface import (
    BODY,
    BOX_LINE_MM,
    HAIRLINE_MM,
    HEADING,
    HEAVY_MM,
    ITEM_NUMBER,
    Colour,
    width_mm,
    wrap,
)
from kryds.model.form import Form, Item
from kryds.model.geometry import Point, Rect
from kryds.model.layout import BoxPlace, RowPlace
from kryds.model.phrases import Phrases

#: The lowest row; a row of more lines has this air above and below its text together.
ROW_MM = 9.6
ROW_AIR_MM = 4.0
#: Air above a section's heading, and between the heading's last baseline and its rule.
SECTION_GAP_MM = 7.0
_TO_RULE_MM = 2.3
#: Rows of a section that stay with its heading, and rows that go on to the next page together.
KEEP_ROWS = 2
#: What a row's strip takes in to the right of the last box.
_STRIP_AIR_MM = 2.0


@dataclass(frozen=True, slots=True)
class Board:
    """What all sections of a form share: the page's skeleton, the columns and the words."""

    form: Form
    grid: Grid
    columns: Columns
    phrases: Phrases


@dataclass(frozen=True, slots=True)
class SectionHead:
    """The heading of section ``number``; ``continued`` where the section goes on on a new page."""

    board: Board
    number: int
    continued: bool = False

    @property
    def piece(self) -> Piece:
        """Its height, with air above it; the rows it belongs to follow."""
        return Piece(self._text_mm + _TO_RULE_MM, gap_mm=SECTION_GAP_MM)

    @property
    def _title(self) -> tuple[str, ...]:
        title = self.board.form.sections[self.number - 1].title
        if self.continued:
            title = self.board.phrases.say("sheet.continued", title=title)
        columns = self.board.columns
        return wrap(title, HEADING, columns.text_left + columns.text_mm - self.board.grid.left, even=True)

    @property
    def _text_mm(self) -> float:
        columns = self.board.columns
        title_mm = HEADING.cap_mm + (len(self._title) - 1) * HEADING.leading_mm
        style = columns.label_style
        labels_mm = style.cap_mm + (max(map(len, columns.labels)) - 1) * style.leading_mm
        return max(title_mm, labels_mm)

    def nodes(self, top: float) -> tuple[Node, ...]:
        """Heading, categories and the rule under them, from y ``top`` down."""
        grid = self.board.grid
        baseline = top + self._text_mm
        title = stack(self._title, HEADING, grid.left, baseline - (len(self._title) - 1) * HEADING.leading_mm)
        y = round(baseline + _TO_RULE_MM - HEAVY_MM / 2, 2)
        rule = Stroke(Point(grid.left, y), Point(grid.right, y), HEAVY_MM, Colour.ACCENT)
        corner = Node(Role.HEADER_CELL, (), alt=self.board.phrases.say("sheet.statement"))
        cells = (corner, *(Node(Role.HEADER_CELL, label) for label in self._labels(baseline)))
        return (Node(Role.HEADING, title), Node(Role.ARTIFACT, (rule,)), Node(Role.ROW, children=cells))

    def _labels(self, last_baseline: float) -> tuple[tuple[TextLine, ...], ...]:
        """Each label's lines, centred above its column, all ending on the same baseline."""
        columns = self.board.columns
        style = columns.label_style
        return tuple(
            tuple(
                TextLine(
                    Point(
                        round(centre - width_mm(line, style) / 2, 2),
                        round(last_baseline - (len(lines) - 1 - at) * style.leading_mm, 2),
                    ),
                    line,
                    style,
                )
                for at, line in enumerate(lines)
            )
            for centre, lines in zip(columns.centres, columns.labels, strict=True)
        )


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A statement and its boxes. ``place`` counts from 0 in its section, which has ``of`` statements."""

    board: Board
    item: Item
    place: int
    of: int

    @property
    def _lines(self) -> tuple[str, ...]:
        return wrap(self.item.text, BODY, self.board.columns.text_mm)

    @property
    def _height_mm(self) -> float:
        return max(ROW_MM, (len(self._lines) - 1) * BODY.leading_mm + BODY.cap_mm + ROW_AIR_MM)

    @property
    def piece(self) -> Piece:
        """Its height; whether a page may begin with it, and the heading that then stands above it again."""
        whole = self.place < KEEP_ROWS or self.of - self.place < KEEP_ROWS
        heading = SectionHead(self.board, self.item.section, continued=True).piece.height_mm
        return Piece(round(self._height_mm, 2), may_begin_page=not whole, repeat_mm=heading, rows=1)

    def strip(self, top: float, growth: float) -> RowPlace:
        """The strip from the statement to a little beyond the last box, ``growth`` mm higher than it need be."""
        grid, columns = self.board.grid, self.board.columns
        right = min(grid.right, columns.centres[-1] + BOX_MM / 2 + _STRIP_AIR_MM)
        height = round(self._height_mm + growth, 2)
        return RowPlace(self.item.id, Rect(round(grid.left, 2), round(top, 2), round(right - grid.left, 2), height))

    def boxes(self, strip: Rect) -> tuple[BoxPlace, ...]:
        """The boxes of the row, halfway down its strip."""
        choices = range(1, len(self.board.form.options) + 1)
        return tuple(BoxPlace(self.item.id, at, self.board.columns.box(at, strip.centre.y)) for at in choices)

    def nodes(self, strip: Rect) -> tuple[Node, ...]:
        """Number, statement, boxes, and the hairline that leads the eye to the next row."""
        grid, columns = self.board.grid, self.board.columns
        lines = self._lines
        baseline = centred_baseline(len(lines), BODY, strip.centre.y)
        number = stack((self.item.id,), ITEM_NUMBER, grid.left, baseline)
        statement = stack(lines, BODY, columns.text_left, baseline)
        cells = (Node(Role.HEADER_CELL, (*number, *statement)), *map(self._cell, self.boxes(strip)))
        y = round(strip.bottom - HAIRLINE_MM / 2, 2)
        hairline = Stroke(Point(grid.left, y), Point(grid.right, y), HAIRLINE_MM, Colour.LINE)
        return (Node(Role.ROW, children=cells), Node(Role.ARTIFACT, (hairline,)))

    def _cell(self, box: BoxPlace) -> Node:
        frame = Frame(box.rect, BOX_LINE_MM, Colour.INK)
        label = self.board.form.options[box.choice - 1].label
        field = Node(Role.FIELD, (frame,), alt=label, item_id=box.item_id, choice=box.choice)
        return Node(Role.CELL, children=(field,))
