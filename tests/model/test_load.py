import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kryds.model.errors import ArgumentError, FormError
from kryds.model.form import Form
from kryds.model.load import (
    bundled_forms,
    form_file,
    form_schema,
    languages_of,
    load_form,
    load_phrases,
)

FORM = """\
id: ja-tak
version: 1
language: da
title: Et skema
subtitle: Til prøve
options:
  - {id: ja, label: Ja, weight: 1}
  - {id: nej, label: Nej, weight: 0}
sections:
  - title: Afsnit
    items:
      - Første
      - Andet
bands:
  - low: 0
    high: 1
    label: Lidt
    text: Prøv igen
    source: Eget eksempel
"""
ENGLISH = """\
language: en
title: A form
subtitle: For trying
options: {ja: Yes, nej: No}
sections:
  - title: Section
    items:
      - First
      - Second
bands:
  - label: A little
    text: Try again
"""


@pytest.fixture
def form(tmp_path: Path) -> Path:
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    (tmp_path / "en.yaml").write_text(ENGLISH, encoding="utf-8")
    return tmp_path / "form.yaml"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def complaints(form: Path, language: str | None = None) -> list[str]:
    with pytest.raises(FormError) as caught:
        load_form(form, language)
    return [line.removeprefix(f"{form.parent}/") for line in str(caught.value).splitlines()]


def test_a_form_is_what_its_file_says(form: Path) -> None:
    loaded = load_form(form)

    assert [(item.id, item.text) for item in loaded.items] == [("1.1", "Første"), ("1.2", "Andet")]
    assert (loaded.language, loaded.max_points, loaded.bands[0].source) == ("da", 2, "Eget eksempel")


def test_a_translation_changes_the_texts_and_nothing_else(form: Path) -> None:
    english = load_form(form, "en")

    assert [item.text for item in english.items] == ["First", "Second"]
    assert [(o.id, o.label, o.weight) for o in english.options] == [("ja", "Yes", 1), ("nej", "No", 0)]
    assert (english.language, english.bands[0].text, english.bands[0].high) == ("en", "Try again", 1)
    assert english.bands[0].source == "Eget eksempel"


def test_a_form_knows_its_languages_its_own_first(form: Path) -> None:
    (form.parent / "notes.yaml").touch()

    assert languages_of(form) == ("da", "en")


def test_a_language_nobody_wrote_is_told_with_those_there_are(form: Path) -> None:
    with pytest.raises(ArgumentError, match=r"ja-tak is not there in 'sv'; write .*sv\.yaml or choose da, en"):
        load_form(form, "sv")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("version: 1", "version: en", "form.yaml, line 2, version: is 'en'; write a whole number, such as 3"),
        (
            "language: da",
            "language: dansk",
            "form.yaml, line 3, language: is 'dansk'; write two small letters, such as da or en",
        ),
        ("title: Et", "titel: Et", "form.yaml, line 4, titel: no such key; did you mean title?"),
        ("title: Et skema\n", "", "form.yaml, line 1, title: is missing; write it"),
        ("label: Nej, ", "", "form.yaml, line 8, options.2.label: is missing; write it"),
        (
            "weight: 0",
            "weight: true",
            "form.yaml, line 8, options.2.weight: is 'true'; write a whole number, such as 3",
        ),
        ("id: nej", "id: ja", "form.yaml, line 6, options: the id ja stands twice; give each option an id of its own"),
        ("      - Andet", "      -", "form.yaml, line 13, sections.1.items.2: is empty; write one text"),
        (
            "      - Andet",
            "      - Andet: nej",
            "form.yaml, line 13, sections.1.items.2: is a group of keys; write one text",
        ),
        ("high: 1", "high: -1", "form.yaml, line 15, bands.1: low (0) is above high (-1); swap them"),
        ("    source: Eget eksempel\n", "", "form.yaml, line 15, bands.1.source: is missing; write it"),
        (
            "title: Afsnit",
            "title: Afsnit\n    title: Afsnit",
            "form.yaml, line 11, title: stands on line 10 too; take one of them out",
        ),
    ],
)
def test_a_fault_in_the_form_is_told_by_line_key_and_cure(form: Path, old: str, new: str, said: str) -> None:
    edit(form, old, new)

    assert said in complaints(form)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("language: en", "language: da", "line 1, language: is da, the file is named for en; make them the same"),
        ("subtitle: For trying\n", "", "line 1, subtitle: is missing, the form has one; translate it"),
        ("title: A", "introduction: Hello\ntitle: A", "line 2, introduction: the form has none; take it out"),
        (", nej: No", "", "line 4, options.nej: is missing, the form has it; translate it"),
        ("nej: No", "nej: No, nix: Nix", "line 4, options.nix: the form has no such option; it has ja, nej"),
        ("title: A", "steps: [One]\ntitle: A", "line 2, steps: has 1, the form has 0; make them match"),
        ("      - Second\n", "", "line 7, sections.1.items: has 1, the form has 2; make them match"),
        (
            "bands:\n  - label: A little\n    text: Try again\n",
            "",
            "line 1, bands: has 0, the form has 1; make them match",
        ),
        (
            "    text: Try again\n",
            "",
            "line 11, bands.1.text: stands in one of form and translation only; write it in both or in none",
        ),
        ("title: A form", "title: ''", "line 2, title: is empty; write a text, or take the key out"),
    ],
)
def test_a_translation_that_does_not_match_is_told_by_line_key_and_cure(
    form: Path, old: str, new: str, said: str
) -> None:
    edit(form.parent / "en.yaml", old, new)

    assert complaints(form, "en") == [f"en.yaml, {said}"]


def test_every_fault_is_told_at_once(form: Path) -> None:
    edit(form, "version: 1", "version: 0")
    edit(form, "weight: 1", "weight: meget")

    assert complaints(form) == [
        "form.yaml, line 2, version: is '0'; write 1 or more",
        "form.yaml, line 7, options.1.weight: is 'meget'; write a whole number, such as 3",
    ]


def test_a_form_is_found_by_name_by_folder_and_by_file(form: Path) -> None:
    assert form_file("mus-leder").parent.name == "mus-leder"
    assert form_file(str(form.parent)) == form
    assert form_file(str(form)) == form


def test_a_form_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"mus-lder: no such form, form file or folder; did you mean mus-leder\?"):
        form_file("mus-lder")
    with pytest.raises(ArgumentError, match=r"the bundled forms are .*mus-leder"):
        form_file("noget-helt-andet")
    with pytest.raises(ArgumentError, match=r"cannot be opened \(File name too long\); check the name"):
        form_file("x" * 300)
    with pytest.raises(ArgumentError, match=r"the folder holds no form\.yaml"):
        form_file(str(tmp_path))


def test_the_bundled_forms_are_named_in_order() -> None:
    assert "mus-leder" in bundled_forms()
    assert list(bundled_forms()) == sorted(bundled_forms())


def test_phrases_are_flat_keys_and_a_language_nobody_wrote_is_told() -> None:
    assert load_phrases("da").words["number.decimal_sign"] == ","
    with pytest.raises(ArgumentError, match=r"there are no phrases in 'sv'; choose da, en, or write .*sv\.yaml"):
        load_phrases("sv")


def test_a_schema_tells_what_an_editor_completes() -> None:
    schema = form_schema(Form)

    assert {"id", "title", "options", "sections"} <= set(schema["required"])
    assert schema["$schema"].startswith("https://json-schema.org/")


LINES = FORM.splitlines(keepends=True)


@settings(max_examples=150)
@given(
    at=st.integers(0, len(LINES) - 1),
    instead=st.text(st.characters(codec="utf-8"), max_size=12)
    | st.sampled_from(["a: [", "- ", "\t", "? x", "yes", "5: 5", "<<: {a: 1}", "options: 5", "sections: [5, [], {}]"]),
)
def test_a_form_with_any_line_spoilt_loads_or_is_told_line_by_line(
    tmp_path_factory: pytest.TempPathFactory, at: int, instead: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "spoilt.yaml"
    path.write_text("".join([*LINES[:at], instead + "\n", *LINES[at + 1 :]]), encoding="utf-8")
    said = ""
    try:
        load_form(path)
    except FormError as error:
        said = str(error)

    assert all(re.match(rf"{path}(, line \d+)?[:,] ", line) for line in said.splitlines())
