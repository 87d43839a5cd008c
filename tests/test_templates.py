"""Every form and every language found on disk: whoever adds one need not touch a test."""

import io
import json
import re
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from kryds.generator.lint import lint_sheet
from kryds.generator.place import place_sheet
from kryds.generator.placed import PlacedSheet
from kryds.generator.sheet import write_sheets
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
from kryds.model.roster import Person, Roster
from kryds.reader.read import read_page
from kryds.reader.scan import ScanPage
from kryds.samples.paper.acts import Act, plan_sheet
from kryds.samples.paper.hand import writer
from kryds.samples.paper.pen import BLACK_BALLPOINT
from kryds.samples.paper.scanner import ScannerProfile
from kryds.samples.paper.simulate import PrintedSheet, Scene, simulate_sheet

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
def placed(name: str, language: str, paper: Paper) -> PlacedSheet:
    return place_sheet(form(name, language), paper, load_phrases(language))


def layout(name: str, language: str, paper: Paper) -> SheetLayout:
    return placed(name, language, paper).edition.layout


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
@every_paper
def test_the_sheet_leaves_nothing_to_better(name: str, language: str, paper: Paper) -> None:
    assert lint_sheet(placed(name, language, paper)) == ()


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


@every_form
def test_a_sheet_filled_in_and_scanned_comes_back_as_it_was_filled_in(name: str, language: str) -> None:
    sheet = placed(name, language, Paper.A4)
    rng = np.random.default_rng(sum(f"{name}/{language}".encode()))
    plan = plan_sheet(sheet.edition.layout, {Act.CROSS: 1.0}, rng)
    file = io.BytesIO()
    write_sheets(sheet, Roster("", (Person(7, ""),)), file)
    scene = Scene(writer(3, BLACK_BALLPOINT), scanner=ScannerProfile(dpi=150, rotation_deg=1.0))
    scans = simulate_sheet(PrintedSheet(file.getvalue(), sheet.edition), plan, scene, rng)

    pages = [ScanPage("scan.pdf", n, page.pixels, 150.0, (1, 0, 0, 1, 0, 0)) for n, page in enumerate(scans.pages)]
    readings = [read_page(page, {sheet.edition.digest: sheet.edition}).reading for page in pages]

    decided = {
        answer.item_id: answer.choice for reading in readings for answer in reading.answers if not answer.is_open
    }
    assert [reading.code and (reading.code.copy, reading.number) for reading in readings] == [
        (7, page.number) for page in sheet.edition.layout.pages
    ]
    assert len(decided) >= 0.9 * len(plan)
    assert decided.items() <= {truth.item_id: truth.choice for truth in scans.truth}.items()


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

    assert written == form_schema(SCHEMAS[file]), "write it again: see CONTRIBUTING.md"


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
