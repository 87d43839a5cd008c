"""Every form and every language found on disk: whoever adds one need not touch a test."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from kryds.generator.place import place_sheet
from kryds.generator.typeface import missing_glyphs
from kryds.model.form import Form
from kryds.model.geometry import Paper, Rect
from kryds.model.layout import SheetLayout
from kryds.model.load import (
    SCHEMAS,
    bundled_forms,
    form_file,
    form_schema,
    languages_of,
    load_form,
    load_phrases,
    templates_folder,
)

FORMS = [(name, language) for name in bundled_forms() for language in languages_of(form_file(name))]
LANGUAGES = sorted(path.stem for path in (templates_folder() / "phrases").glob("*.yaml"))
FILES = sorted(templates_folder().glob("*/*.yaml"))
#: What a printer may leave white at the edge of the paper.
UNPRINTABLE_MM = 6.0

every_form = pytest.mark.parametrize(("name", "language"), FORMS)
every_paper = pytest.mark.parametrize("paper", Paper)


@cache
def form(name: str, language: str) -> Form:
    return load_form(form_file(name), language)


@cache
def layout(name: str, language: str, paper: Paper) -> SheetLayout:
    return place_sheet(form(name, language), paper, load_phrases(language)).edition.layout


def texts_of(form: Form) -> Iterator[str]:
    """Every text of the form that is printed somewhere."""
    yield from filter(None, (form.title, form.subtitle, form.introduction, *form.steps))
    yield from (option.label for option in form.options)
    for section in form.sections:
        yield from (section.title, *section.items)
    if form.result:
        yield from (form.result.title, form.result.text)
    for band in form.bands:
        yield from filter(None, (band.label, band.text, band.source))


def apart(one: Rect, other: Rect, air_mm: float) -> bool:
    grown = one.inset(-air_mm)
    return grown.right <= other.x or other.right <= grown.x or grown.bottom <= other.y or other.bottom <= grown.y


@every_form
def test_a_form_is_named_after_its_folder_and_its_language_has_phrases(name: str, language: str) -> None:
    assert form(name, language).id == name
    assert form(name, language).language == language
    assert language in LANGUAGES


@pytest.mark.parametrize("name", bundled_forms())
def test_a_translation_says_it_in_its_own_words_and_weighs_it_alike(name: str) -> None:
    for one, other in combinations([form(name, language) for language in languages_of(form_file(name))], 2):
        assert not {item.text for item in one.items} & {item.text for item in other.items}
        assert [(o.id, o.weight) for o in one.options] == [(o.id, o.weight) for o in other.options]


@every_form
def test_every_letter_of_a_form_can_be_drawn(name: str, language: str) -> None:
    assert missing_glyphs("".join(texts_of(form(name, language)))) == ()


@every_form
@every_paper
def test_every_item_has_one_box_for_each_option_on_one_page(name: str, language: str, paper: Paper) -> None:
    pages = layout(name, language, paper).pages
    boxes = [(page.number, box.item_id, box.choice) for page in pages for box in page.boxes]
    options = len(form(name, language).options)

    assert [row.item_id for page in pages for row in page.rows] == [item.id for item in form(name, language).items]
    assert sorted((item, choice) for _, item, choice in boxes) == sorted(
        (item.id, choice) for item in form(name, language).items for choice in range(1, options + 1)
    )
    assert set(Counter(item for _, item in {(page, item) for page, item, _ in boxes}).values()) == {1}


@every_form
@every_paper
def test_everything_a_reader_needs_stands_on_the_paper_with_air_around_it(
    name: str, language: str, paper: Paper
) -> None:
    sheet = layout(name, language, paper)
    printable = Rect(0, 0, sheet.width_mm, sheet.height_mm).inset(UNPRINTABLE_MM)
    for page in sheet.pages:
        fiducials = [Rect(f.centre.x, f.centre.y, 0, 0).inset(-f.side_mm / 2) for f in page.fiducials]
        places = [*fiducials, page.code, *(box.rect for box in page.boxes)]

        assert all(printable.x <= p.x and p.right <= printable.right for p in places)
        assert all(printable.y <= p.y and p.bottom <= printable.bottom for p in places)
        assert all(apart(one, other, air_mm=2.0) for one, other in combinations(places, 2))


@every_form
def test_a_box_stands_within_the_row_that_is_shown_for_it(name: str, language: str) -> None:
    for page in layout(name, language, Paper.A4).pages:
        rows = {row.item_id: row.rect for row in page.rows}

        assert all(rows[box.item_id].y <= box.rect.y for box in page.boxes)
        assert all(box.rect.bottom <= rows[box.item_id].bottom for box in page.boxes)


@pytest.mark.parametrize(
    ("name", "items", "options", "pages"),
    [("mus-leder", 20, 5, 2), ("team-pulse", 18, 7, 2), ("ja-nej", 1, 2, 1), ("trivsel-60", 60, 4, 4)],
)
def test_the_bundled_forms_show_the_whole_range(name: str, items: int, options: int, pages: int) -> None:
    shown = form(name, languages_of(form_file(name))[0])

    assert (len(shown.items), len(shown.options)) == (items, options)
    assert len(layout(name, shown.language, Paper.A4).pages) == pages


def test_the_mus_test_is_the_one_on_paper() -> None:
    mus = form("mus-leder", "da")

    assert [(section.title, len(section.items)) for section in mus.sections] == [
        ("FORBEREDELSE OG GENNEMFØRELSE AF MUS", 5),
        ("SAMTALEN", 7),
        ("VÆRDIEN AF MUS", 8),
    ]
    assert [(o.label, o.weight) for o in mus.options] == [
        ("Aldrig", 1),
        ("Sjældent", 2),
        ("Af og til", 3),
        ("Oftest", 4),
        ("Altid", 5),
    ]
    assert (mus.max_points, mus.bands) == (100, ())


@pytest.mark.parametrize("file", SCHEMAS)
def test_the_schemas_are_those_of_the_models(file: str) -> None:
    written = json.loads((templates_folder() / file).read_text(encoding="utf-8"))

    assert written == form_schema(SCHEMAS[file]), "write them again: kryds schema, see CONTRIBUTING.md"


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name != "phrases"], ids=str)
def test_an_editor_finds_the_schema_by_the_first_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    pointed = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    wanted = "form.schema.json" if path.name == "form.yaml" else "translation.schema.json"

    assert pointed
    assert (path.parent / pointed[1]).resolve() == (templates_folder() / wanted).resolve()


def blanks(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_phrases_with_the_same_blanks(language: str) -> None:
    danish, other = load_phrases("da").words, load_phrases(language).words

    assert sorted(other) == sorted(danish)
    assert {key: blanks(text) for key, text in other.items()} == {key: blanks(text) for key, text in danish.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_says_something_that_can_be_drawn(language: str) -> None:
    words = load_phrases(language).words

    assert [key for key, text in words.items() if not text.strip()] == []
    assert missing_glyphs("".join(words.values())) == ()
