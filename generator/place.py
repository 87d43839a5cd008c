"""Form -> PlacedSheet: where everything stands on paper. Arithmetic only; generator/sheet.py draws it.

Pages are broken first, at the lowest height every row can have; then all rows of all pages grow alike into the room
that is left, so that a sheet never looks crammed on one page and empty on the next.
"""

from dataclasses import dataclass

from kryds.generator.flow import DoesNotFitError, break_pages, page_mm, row_growth
from kryds.generator.grid import columns_of, grid_of
from kryds.generator.head import Head, first_head, running_head
from kryds.generator.placed import Node, PlacedPage, PlacedSheet, Role
from kryds.generator.result import BandLine, ResultTable, band_lines
from kryds.generator.statements import Board, ItemRow, SectionHead
from kryds.generator.typeface import BOX_LINE_MM
from kryds.model.edition import Edition
from kryds.model.errors import FormError
from kryds.model.form import Form
from kryds.model.geometry import Paper
from kryds.model.layout import BoxPlace, PageLayout, RowPlace, SheetLayout
from kryds.model.phrases import Phrases

#: Air between the head of a page and what follows.
BODY_GAP_MM = 8.0
#: By how much a row may grow beyond its lowest height: more would loosen the hold of statement on box.
ROW_GROWTH_MM = 2.4

#: By how much a gap between sections may grow, within half of the room that is left.
GAP_GROWTH_MM = 4.0

Block = SectionHead | ItemRow | ResultTable | BandLine


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which blocks stand on which page, with these columns, and by how much every row can grow."""

    board: Board
    blocks: tuple[Block, ...]
    spans: tuple[range, ...]
    growth: float


def place_sheet(form: Form, paper: Paper, phrases: Phrases) -> PlacedSheet:
    """The form on paper of this size, its fixed words out of ``phrases``.

    Raises FormError, naming what to shorten, when it cannot be placed.
    """
    grid = grid_of(paper)
    plan = _best_plan([Board(form, grid, columns, phrases) for columns in columns_of(form, grid)])
    placed = [_place_page(plan, number) for number in range(1, len(plan.spans) + 1)]
    layout = SheetLayout(grid.width, grid.height, BOX_LINE_MM, tuple(page for _, page in placed))
    return PlacedSheet(Edition(form, layout), tuple(page for page, _ in placed), phrases)


def _best_plan(boards: list[Board]) -> _Plan:
    """The plan with the fewest pages; of these, the one with the most comfortable columns. Raises FormError."""
    plans: list[_Plan] = []
    for board in boards:
        blocks = _blocks(board)
        pieces = tuple(block.piece for block in blocks)
        room = _room(board)
        try:
            spans = break_pages(pieces, *room)
        except DoesNotFitError as error:
            fault = _too_long(board.form, blocks, error.index)
            continue
        plans.append(_Plan(board, blocks, spans, row_growth(pieces, spans, room, ROW_GROWTH_MM)))
    if not plans:
        raise fault
    return min(plans, key=lambda plan: len(plan.spans))


def _blocks(board: Board) -> tuple[Block, ...]:
    """Everything below the heads, from the first statement to the last band."""
    form = board.form
    blocks: list[Block] = []
    items = iter(form.items)
    for number, section in enumerate(form.sections, start=1):
        blocks.append(SectionHead(board, number))
        of = len(section.items)
        blocks += [ItemRow(board, next(items), place, of) for place in range(of)]
    if form.result:
        blocks.append(ResultTable(form, form.result, board.grid, board.phrases))
        blocks += band_lines(form, board.grid, board.phrases)
    return tuple(blocks)


def _head_of(board: Board, number: int, pages: int) -> Head:
    if number == 1:
        return first_head(board.form, board.grid, board.phrases, pages)
    return running_head(board.form, board.grid, board.phrases, (number, pages))


def _room(board: Board) -> tuple[float, float]:
    """Room below the head of the first page and of a further page."""
    first, other = (board.grid.bottom - _head_of(board, number, 9).bottom - BODY_GAP_MM for number in (1, 2))
    return first, other


def _place_page(plan: _Plan, number: int) -> tuple[PlacedPage, PageLayout]:
    """Page ``number``: its drawing and its layout."""
    board = plan.board
    head = _head_of(board, number, len(plan.spans))
    nodes: list[Node] = list(head.nodes)
    rows: list[RowPlace] = []
    boxes: list[BoxPlace] = []
    y = head.bottom + BODY_GAP_MM
    blocks = _blocks_of(plan, number)
    air = _gap_growth(plan, number)
    for at, block in enumerate(blocks):
        piece = block.piece
        y += piece.gap_mm + air if at and piece.gap_mm else 0.0
        if isinstance(block, ItemRow):
            row = block.strip(y, plan.growth)
            rows.append(row)
            boxes += block.boxes(row.rect)
            nodes += block.nodes(row.rect)
        elif isinstance(block, ResultTable):
            nodes += block.nodes(y, plan.growth)
        else:
            nodes += block.nodes(y)
        y += piece.height_mm + plan.growth * piece.rows
    layout = PageLayout(number, board.grid.fiducials, board.grid.code, tuple(rows), tuple(boxes))
    return PlacedPage(number, _in_tables(nodes), head.serial, head.code_text, head.name), layout


def _gap_growth(plan: _Plan, number: int) -> float:
    """By how much the gaps between sections on page ``number`` grow into the room that is left."""
    pieces = tuple(block.piece for block in plan.blocks)
    span = plan.spans[number - 1]
    gaps = sum(pieces[at].gap_mm > 0 for at in span[1:])
    rows = sum(pieces[at].rows for at in span)
    slack = _room(plan.board)[min(number - 1, 1)] - page_mm(pieces, span) - plan.growth * rows
    return min(GAP_GROWTH_MM, slack / gaps / 2) if gaps else 0.0


def _blocks_of(plan: _Plan, number: int) -> tuple[Block, ...]:
    """The blocks of page ``number``, with the heading again where a section goes on on it."""
    span = plan.spans[number - 1]
    blocks = plan.blocks[span.start : span.stop]
    if isinstance(blocks[0], ItemRow):
        return (SectionHead(plan.board, blocks[0].item.section, continued=True), *blocks)
    return blocks


def _in_tables(nodes: list[Node]) -> tuple[Node, ...]:
    """The nodes with the rows of each section gathered into a table; a heading ends the table before it."""
    gathered: list[Node] = []
    rows: list[Node] = []
    for node in nodes:
        if node.role is Role.ROW:
            rows.append(node)
            continue
        if rows and node.role is not Role.ARTIFACT:
            gathered.append(Node(Role.TABLE, children=tuple(rows)))
            rows = []
        gathered.append(node)
    if rows:
        gathered.append(Node(Role.TABLE, children=tuple(rows)))
    return tuple(gathered)


def _too_long(form: Form, blocks: tuple[Block, ...], index: int) -> FormError:
    """What to shorten when the pages cannot hold the block at ``index``."""
    block = blocks[index]
    if index == 0:
        return FormError(f"{form.id}: the title, introduction and steps leave no room on the first page; shorten them")
    if isinstance(block, SectionHead):
        title = form.sections[block.number - 1].title
        place = f"sections.{block.number}"
        return FormError(f"{form.id}, {place}: {title[:40]!r} and its first statements fill a page; shorten them")
    if isinstance(block, ItemRow):
        return FormError(
            f"{form.id}, sections: statement {block.item.id} and those beside it fill a page; shorten them"
        )
    return FormError(f"{form.id}, result: the table and the bands are higher than a page; shorten their texts")
