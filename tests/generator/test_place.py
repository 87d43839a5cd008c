from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kryds.generator.lint import lint_sheet
from kryds.generator.place import place_sheet
from kryds.generator.placed import Node, PlacedSheet, Role, TextLine
from kryds.model.errors import FormError
from kryds.model.form import Form, Result, Section
from kryds.model.geometry import Paper
from kryds.model.phrases import Phrases

WORDS = "jeg kan vælge mine egne opgaver når arbejdet tillader det og kollegerne er enige om at det går an"


def headings(placed: PlacedSheet, page: int) -> list[str]:
    nodes = placed.pages[page - 1].nodes
    return [
        " ".join(line.text for line in node.ink if isinstance(line, TextLine)) for node in nodes if is_heading(node)
    ]


def is_heading(node: Node) -> bool:
    return node.role is Role.HEADING


def test_the_mus_test_takes_two_pages_that_break_between_sections(placed_mus: PlacedSheet) -> None:
    assert headings(placed_mus, 1) == ["FORBEREDELSE OG GENNEMFØRELSE AF MUS", "SAMTALEN"]
    assert headings(placed_mus, 2) == ["VÆRDIEN AF MUS", "RESULTAT"]


@pytest.mark.parametrize("paper", Paper)
def test_every_item_has_a_row_and_a_box_for_each_choice(mus_leder: Form, danish: Phrases, paper: Paper) -> None:
    layout = place_sheet(mus_leder, paper, danish).edition.layout
    rows = [row.item_id for page in layout.pages for row in page.rows]
    boxes = [(box.item_id, box.choice) for page in layout.pages for box in page.boxes]
    assert rows == [item.id for item in mus_leder.items]
    assert boxes == [(item.id, choice) for item in mus_leder.items for choice in range(1, 6)]


def test_the_same_form_is_placed_the_same(mus_leder: Form, danish: Phrases, placed_mus: PlacedSheet) -> None:
    assert place_sheet(mus_leder, Paper.A4, danish).edition.digest == placed_mus.edition.digest


def test_positions_are_rounded_to_a_hundredth_of_a_millimetre(placed_mus: PlacedSheet) -> None:
    places = [box.rect for page in placed_mus.edition.layout.pages for box in page.boxes]
    assert all(value == round(value, 2) for rect in places for value in (rect.x, rect.y))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(st.integers(2, 18), min_size=1, max_size=14), min_size=1, max_size=5),
    st.tuples(st.integers(2, 10), st.sampled_from(Paper)),
)
def test_any_form_is_placed_without_crowding(
    make_form: Callable[..., Form], danish: Phrases, lengths: list[list[int]], kind: tuple[int, Paper]
) -> None:
    options, paper = kind
    words = WORDS.split()
    sections = tuple(Section(title="Del", items=tuple(" ".join(words[:n]) for n in part)) for part in lengths)
    form = make_form(labels=tuple(f"Svar {n}" for n in range(options)), sections=sections)
    placed = place_sheet(form, paper, danish)
    assert not [finding for finding in lint_sheet(placed) if "mm" in finding or "too long" in finding]
    for page in placed.edition.layout.pages:
        assert all(above.rect.bottom <= below.rect.y + 0.02 for above, below in pairwise(page.rows))
        assert not page.rows or page.rows[-1].rect.bottom <= paper.size_mm[1] - 13.9


def test_a_section_that_goes_on_says_so_and_keeps_two_rows_together(
    make_form: Callable[..., Form], danish: Phrases
) -> None:
    placed = place_sheet(make_form((60,)), Paper.A4, danish)
    rows = [len(page.rows) for page in placed.edition.layout.pages]
    assert min(rows) >= 2
    assert headings(placed, 2) == ["Del 1 (fortsat)"]


def test_one_statement_and_two_categories_take_one_page(make_form: Callable[..., Form], danish: Phrases) -> None:
    placed = place_sheet(make_form((1,)), Paper.A4, danish)
    assert [len(page.boxes) for page in placed.edition.layout.pages] == [2]


def test_bands_stand_under_the_table_with_their_source_once(full_form: Form, danish: Phrases) -> None:
    (page,) = place_sheet(full_form, Paper.A4, danish).pages
    lines = [piece.text for node in page.nodes for piece in node.ink if isinstance(piece, TextLine)]
    assert lines[-5:] == ["0–2", "Lavt", "3–5", "Højt – Godt gået", "Kilde: Bogen"]


def test_instructions_that_fill_the_first_page_are_refused(make_form: Callable[..., Form], danish: Phrases) -> None:
    with pytest.raises(FormError, match="title, introduction and steps leave no room"):
        place_sheet(make_form(steps=("Læs det hele igen. " * 25,) * 12), Paper.A4, danish)


def test_a_result_higher_than_a_page_is_refused(make_form: Callable[..., Form], danish: Phrases) -> None:
    result = Result(title="R" * 40, text="Tæl. " * 110)
    bands = [{"low": n, "high": n, "label": "Ord " * 40, "text": "Mere " * 100, "source": "Bogen"} for n in range(12)]
    with pytest.raises(FormError, match="result: the table and the bands are higher than a page"):
        place_sheet(make_form(result=result, bands=bands), Paper.A4, danish)


def test_a_heading_higher_than_a_page_is_refused(make_form: Callable[..., Form], danish: Phrases) -> None:
    ten = tuple(f"Svar {n}" for n in range(10))
    sections = (Section(title="Del", items=("Et",) * 3), Section(title="Ord " * 145, items=("langt " * 99,) * 3))
    with pytest.raises(FormError, match=r"sections.2: .* shorten"):
        place_sheet(make_form(labels=ten, sections=sections), Paper.LETTER, danish)


def test_statements_higher_than_a_page_are_refused(make_form: Callable[..., Form], danish: Phrases) -> None:
    ten = tuple(f"Svar {n}" for n in range(10))
    sections = (Section(title="Del " * 148, items=("Kort", "Kort", "langord " * 74, "langord " * 74)),)
    with pytest.raises(FormError, match=r"statement 1\.3 and those beside it fill a page; shorten them"):
        place_sheet(make_form(labels=ten, sections=sections), Paper.LETTER, danish)
