from collections.abc import Callable
from dataclasses import replace

from kryds.generator.lint import lint_sheet
from kryds.generator.place import place_sheet
from kryds.generator.placed import Frame, Node, PlacedSheet, Role, Stroke, TextLine
from kryds.generator.typeface import BODY, Colour
from kryds.model.edition import Edition
from kryds.model.form import Form, Section
from kryds.model.geometry import Paper, Point, Rect
from kryds.model.layout import BoxPlace
from kryds.model.phrases import Phrases


def with_ink(placed: PlacedSheet, *ink: TextLine | Stroke | Frame) -> PlacedSheet:
    first = replace(placed.pages[0], nodes=(*placed.pages[0].nodes, Node(Role.PARAGRAPH, ink)))
    return replace(placed, pages=(first, *placed.pages[1:]))


def with_boxes(placed: PlacedSheet, change: Callable[[BoxPlace], BoxPlace]) -> PlacedSheet:
    layout = placed.edition.layout
    first = replace(layout.pages[0], boxes=tuple(change(box) for box in layout.pages[0].boxes))
    layout = replace(layout, pages=(first, *layout.pages[1:]))
    return replace(placed, edition=Edition(placed.edition.form, layout))


def test_the_bundled_sheet_has_nothing_to_better(placed_mus: PlacedSheet) -> None:
    assert lint_sheet(placed_mus) == ()


def test_small_boxes_are_found(placed_mus: PlacedSheet) -> None:
    small = with_boxes(placed_mus, lambda box: replace(box, rect=box.rect.inset(0.5)))
    assert any("1.1: its boxes are smaller than 6.0 mm" in finding for finding in lint_sheet(small))


def test_boxes_too_close_are_found(placed_mus: PlacedSheet) -> None:
    def closer(box: BoxPlace) -> BoxPlace:
        return replace(box, rect=Rect(100 + 8 * box.choice, box.rect.y, 6, 6))

    found = lint_sheet(with_boxes(placed_mus, closer))
    assert any("closer than 3.0 mm; use fewer categories" in finding for finding in found)


def test_ink_near_a_box_is_found(placed_mus: PlacedSheet) -> None:
    box = placed_mus.edition.layout.pages[0].boxes[0].rect
    line = Stroke(Point(box.x, box.bottom + 1), Point(box.right, box.bottom + 1), 0.2, Colour.INK)
    assert "statement 1.1: a line comes nearer than 1.5 mm to a box; shorten it" in lint_sheet(
        with_ink(placed_mus, line)
    )


def test_ink_that_printers_cut_off_is_found(placed_mus: PlacedSheet) -> None:
    text = TextLine(Point(100, 295), "For langt nede", BODY)
    (finding,) = lint_sheet(with_ink(placed_mus, text))
    assert finding == "page 1: 'For langt nede' is nearer than 5.0 mm to the paper edge; shorten it"


def test_text_too_long_for_its_column_is_found(placed_mus: PlacedSheet) -> None:
    text = TextLine(Point(150, 60), "En linje der løber ud i hjørnemærkerne", BODY)
    assert any("is too long for its column" in finding for finding in lint_sheet(with_ink(placed_mus, text)))


def test_long_statements_and_titles_are_found(make_form: Callable[..., Form], danish: Phrases) -> None:
    sections = (Section(title="Del", items=("Et udsagn der bliver ved og ved " * 14,)),)
    found = lint_sheet(place_sheet(make_form(title="En alt for lang titel " * 5, sections=sections), Paper.A4, danish))
    assert "title: takes 4 lines; shorten it to 2" in found
    assert any(finding.startswith("statement 1.1: takes") for finding in found)


def test_labels_set_small_are_found(make_form: Callable[..., Form], danish: Phrases) -> None:
    labels = tuple(f"Utilfredsstillende {n}" for n in range(5))
    found = lint_sheet(place_sheet(make_form(labels=labels), Paper.A4, danish))
    assert any(finding.startswith("options: the labels are set in") for finding in found)


def test_signs_the_typeface_lacks_are_found(make_form: Callable[..., Form], danish: Phrases) -> None:
    found = lint_sheet(place_sheet(make_form(introduction="Hej ☃", steps=("漢",)), Paper.A4, danish))
    assert "introduction: the typeface cannot print ☃; write it another way" in found
    assert "steps.1: the typeface cannot print 漢; write it another way" in found


def test_all_texts_of_a_form_are_looked_at(full_form: Form, danish: Phrases) -> None:
    assert lint_sheet(place_sheet(full_form, Paper.A4, danish)) == ()
