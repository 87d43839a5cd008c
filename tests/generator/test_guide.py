from kryds.generator.grid import BOX_MM
from kryds.generator.guide import DRAWN_BOX_MM, guide_panel, guide_strip
from kryds.generator.placed import Frame, Role, TextLine
from kryds.model.geometry import Rect
from kryds.model.phrases import Phrases

PLACE = Rect(130, 50, 54, 0)


def test_the_drawings_say_in_words_what_they_show(danish: Phrases) -> None:
    nodes, _ = guide_panel(danish, PLACE)
    figures = [node for node in nodes if node.role is Role.FIGURE]
    assert [node.alt for node in figures] == [danish.say("sheet.cross_picture"), danish.say("sheet.mistake_picture")]


def test_undoing_shows_one_box_filled_and_one_crossed(danish: Phrases) -> None:
    figure = guide_strip(danish, PLACE)[0]
    frames = [piece for piece in figure.ink if isinstance(piece, Frame)]
    assert [frame.filled for frame in frames] == [True, False]
    assert len(figure.ink) == 4


def test_drawn_boxes_are_smaller_than_real_ones() -> None:
    assert DRAWN_BOX_MM < BOX_MM


def test_the_panel_ends_below_its_last_line(danish: Phrases) -> None:
    nodes, bottom = guide_panel(danish, PLACE)
    assert round(bottom, 2) >= max(piece.start.y for node in nodes for piece in node.ink if isinstance(piece, TextLine))
