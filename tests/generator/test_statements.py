from collections.abc import Callable

import pytest

from kryds.generator.grid import BOX_AIR_MM, BOX_MM, columns_of, grid_of
from kryds.generator.placed import Role, TextLine
from kryds.generator.statements import ROW_MM, Board, ItemRow, SectionHead
from kryds.generator.typeface import HEAVY_MM
from kryds.model.form import Form
from kryds.model.geometry import Paper
from kryds.model.phrases import Phrases


@pytest.fixture
def board(make_form: Callable[..., Form], danish: Phrases) -> Board:
    form = make_form((4,))
    grid = grid_of(Paper.A4)
    return Board(form, grid, columns_of(form, grid)[0], danish)


def row(board: Board, place: int) -> ItemRow:
    return ItemRow(board, board.form.items[place], place, len(board.form.items))


def test_the_lowest_row_keeps_lines_clear_of_its_boxes() -> None:
    assert ROW_MM >= 9.5
    assert (ROW_MM - BOX_MM) / 2 - HEAVY_MM / 2 >= BOX_AIR_MM


def test_a_page_begins_with_no_row_that_would_leave_one_behind_or_alone(board: Board) -> None:
    assert [row(board, place).piece.may_begin_page for place in range(4)] == [False, False, True, False]


def test_boxes_stand_halfway_down_their_strip(board: Board) -> None:
    strip = row(board, 0).strip(100, 1.4).rect
    assert strip.height == pytest.approx(ROW_MM + 1.4)
    assert all(abs(box.rect.centre.y - strip.centre.y) < 0.011 for box in row(board, 0).boxes(strip))


def test_the_strip_holds_statement_and_boxes(board: Board) -> None:
    strip = row(board, 0).strip(100, 0).rect
    last = row(board, 0).boxes(strip)[-1].rect
    assert strip.x == board.grid.left
    assert strip.right > last.right


def test_categories_stand_above_their_columns(board: Board) -> None:
    cells = next(node for node in SectionHead(board, 1).nodes(50) if node.role is Role.ROW).children[1:]
    labels = [piece for cell in cells for piece in cell.ink if isinstance(piece, TextLine)]
    assert [label.text for label in labels] == ["Ja", "Nej"]
    assert all(abs(label.start.x - centre) < 5 for label, centre in zip(labels, board.columns.centres, strict=True))


def test_a_section_that_goes_on_says_so(board: Board) -> None:
    heading = SectionHead(board, 1, continued=True).nodes(50)[0]
    assert [piece.text for piece in heading.ink if isinstance(piece, TextLine)] == ["Del 1 (fortsat)"]
