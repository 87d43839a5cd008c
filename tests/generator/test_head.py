from collections.abc import Callable

from kryds.generator.grid import CODE_QUIET_MM, grid_of
from kryds.generator.head import Head, first_head, running_head
from kryds.generator.placed import Role, TextLine
from kryds.generator.typeface import width_mm
from kryds.model.form import Form
from kryds.model.geometry import Paper
from kryds.model.phrases import Phrases

GRID = grid_of(Paper.A4)


def lines(head: Head) -> list[TextLine]:
    waiting, found = list(head.nodes), []
    while waiting:
        node = waiting.pop(0)
        found += [piece for piece in node.ink if isinstance(piece, TextLine)]
        waiting = [*node.children, *waiting]
    return found


def test_the_first_page_tells_title_steps_and_how_to_cross(mus_leder: Form, danish: Phrases) -> None:
    head = first_head(mus_leder, GRID, danish, 2)
    said = " ".join(line.text for line in lines(head))
    assert head.nodes[0].role is Role.TITLE
    for words in ("MUS-testen.", "Hvor godt fungerer din MUS?", "Side 1 af 2", "Fortrudt?", "sæt kryds i det rigtige"):
        assert words in said


def test_steps_are_a_numbered_list(mus_leder: Form, danish: Phrases) -> None:
    (steps,) = (node for node in first_head(mus_leder, GRID, danish, 2).nodes if node.role is Role.LIST)
    assert [[part.role for part in item.children] for item in steps.children] == [[Role.LIST_LABEL, Role.LIST_BODY]] * 2


def test_further_pages_tell_how_to_undo_a_cross_too(mus_leder: Form, danish: Phrases) -> None:
    said = " ".join(line.text for line in lines(running_head(mus_leder, GRID, danish, (2, 3))))
    assert "Side 2 af 3" in said
    assert "Fortrudt?" in said


def test_a_form_without_instructions_still_tells_how_to_cross_and_how_to_undo_it(
    make_form: Callable[..., Form], danish: Phrases
) -> None:
    said = " ".join(line.text for line in lines(first_head(make_form(), GRID, danish, 1)))
    assert "Sæt et tydeligt kryds" in said
    assert "Fortrudt?" in said


def test_steps_need_no_introduction(make_form: Callable[..., Form], danish: Phrases) -> None:
    said = [line.text for line in lines(first_head(make_form(steps=("Læs.",)), GRID, danish, 1))]
    assert "Læs." in said


def test_nothing_comes_into_the_quiet_zone_of_the_page_code(mus_leder: Form, danish: Phrases) -> None:
    zone = GRID.code.inset(-CODE_QUIET_MM)
    for head in (first_head(mus_leder, GRID, danish, 2), running_head(mus_leder, GRID, danish, (2, 2))):
        beside = [line for line in lines(head) if line.start.y - line.style.cap_mm < zone.bottom]
        assert all(line.start.x + width_mm(line.text, line.style) <= zone.x for line in beside)
        assert max(head.serial.start.x, head.code_text.start.x, head.name.start.x + head.name.width_mm) <= zone.x
