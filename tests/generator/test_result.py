from itertools import pairwise

from kryds.generator.grid import grid_of
from kryds.generator.placed import Frame, Node, Role, TextLine
from kryds.generator.result import FIELD_MM, ResultTable, band_lines
from kryds.model.form import Form, Result
from kryds.model.geometry import Paper
from kryds.model.phrases import Phrases


def table_of(form: Form, phrases: Phrases, growth: float = 0.0) -> Node:
    result = form.result or Result(title="-", text="-")
    nodes = ResultTable(form, result, grid_of(Paper.A4), phrases).nodes(100, growth)
    return next(node for node in nodes if node.role is Role.TABLE)


def texts(row: Node) -> list[str]:
    return [piece.text for cell in row.children for piece in cell.ink if isinstance(piece, TextLine)]


def test_a_line_per_category_multiplies_by_its_weight(mus_leder: Form, danish: Phrases) -> None:
    rows = table_of(mus_leder, danish).children
    assert texts(rows[0]) == ["Kategori", "Antal krydser", "Vægt", "Point"]
    assert texts(rows[5]) == ["Altid", "× 5", "="]


def test_the_total_is_told_with_its_maximum(mus_leder: Form, danish: Phrases) -> None:
    assert texts(table_of(mus_leder, danish).children[-1]) == ["I alt", "af 100"]


def test_writing_fields_have_room_for_handwriting_and_do_not_touch(mus_leder: Form, danish: Phrases) -> None:
    rows = table_of(mus_leder, danish).children
    fields = [piece.rect for row in rows for cell in row.children for piece in cell.ink if isinstance(piece, Frame)]
    assert len(fields) == 11
    assert FIELD_MM[1] >= 8
    points = [field for field in fields if field.x == fields[-1].x]
    assert all(below.y > above.bottom for above, below in pairwise(points))


def test_lines_grow_with_the_rows_of_the_sheet(mus_leder: Form, danish: Phrases) -> None:
    def last_field(growth: float) -> float:
        ink = table_of(mus_leder, danish, growth).children[-1].children[-1].ink
        return next(piece.rect.y for piece in ink if isinstance(piece, Frame))

    assert round(last_field(1.0) - last_field(0.0), 2) == 5.0


def test_bands_go_from_low_to_high_and_only_the_last_tells_sources(full_form: Form, danish: Phrases) -> None:
    lines = band_lines(full_form, grid_of(Paper.A4), danish)
    assert [line.band.low for line in lines] == [0, 3]
    assert [line.sources for line in lines] == [(), ("Kilde: Bogen",)]
    assert not any(line.piece.may_begin_page for line in lines)
