import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kryds.desk.web.make_draft import data_of, draft_of
from kryds.desk.web.make_fields import MAX_ID, Fields, OptionRow, SectionRows, slug, yaml_of
from kryds.model.geometry import Paper
from kryds.model.load import bundled_forms, form_file

WORDS = {
    "title": "Frokost på Ærø", "language": "da", "introduction": "Sæt\n kryds", "steps": "Læs\n\nSvar ",
    "option-1-label": "Aldrig", "option-1-weight": "1", "option-2-label": "", "option-2-weight": "",
    "option-3-label": "Altid", "option-3-weight": "5",
    "section-1-title": "Maden", "section-1-items": "Grøden er varm\n  Smørret  er blødt\n",
    "section-2-title": "", "section-2-items": "",
}  # fmt: skip
RESULT = {"title": "RESULTAT", "text": "Tæl"}


def test_fields_become_a_form() -> None:
    data = Fields.from_words(WORDS).onto({"id": "frokost", "version": "1"}, RESULT)
    form = draft_of(yaml_of(data), Paper.A4).form
    assert form is not None

    assert (form.title, form.introduction, form.steps, form.subtitle) == (
        "Frokost på Ærø",
        "Sæt kryds",
        ("Læs", "Svar"),
        None,
    )
    assert [(option.id, option.label, option.weight) for option in form.options] == [
        ("aldrig", "Aldrig", 1),
        ("altid", "Altid", 5),
    ]
    assert [section.items for section in form.sections] == [("Grøden er varm", "Smørret er blødt")]
    assert form.result is None


def test_what_the_fields_do_not_show_stays() -> None:
    band = {"low": "2", "high": "9", "label": "lav", "source": "egen"}
    base = {
        "id": "x",
        "version": "3",
        "options": [{"id": "min-egen", "label": "Aldrig", "weight": "9"}],
        "bands": [band],
    }
    data = Fields.from_words({**WORDS, "result": "on"}).onto(base, RESULT)

    assert (data["version"], data["bands"], data["result"]) == ("3", [band], RESULT)
    assert [option["id"] for option in data["options"]] == ["min-egen", "altid"]
    assert list(data)[:4] == ["id", "version", "language", "title"]


def test_a_result_part_that_was_written_by_hand_is_kept_and_can_be_taken_out() -> None:
    base = {"id": "x", "version": "1", "result": {"title": "Egen", "text": "tekst"}}

    assert Fields.from_words({**WORDS, "result": "on"}).onto(base, RESULT)["result"] == base["result"]
    assert "result" not in Fields.from_words(WORDS).onto(base, RESULT)


@pytest.mark.parametrize(
    ("wish", "options", "sections"),
    [("add-option", 4, 2), ("add-section", 3, 3), ("drop-option-2", 2, 2), ("drop-section-1", 3, 1)],
)
def test_rows_come_and_go(wish: str, options: int, sections: int) -> None:
    fields = Fields.from_words(WORDS).changed(wish)

    assert (len(fields.options), len(fields.sections)) == (options, sections)


@pytest.mark.parametrize("wish", ["", "drop-option-99", "drop-option-x", "drop-", "drop-title-1", "keep"])
def test_another_wish_changes_no_row(wish: str) -> None:
    assert Fields.from_words(WORDS).changed(wish) == Fields.from_words(WORDS)


@pytest.mark.parametrize("name", bundled_forms())
def test_every_bundled_form_is_the_same_after_a_turn_as_fields(name: str) -> None:
    text = form_file(name).read_text(encoding="utf-8")
    data = data_of(text)
    again = yaml_of(Fields.from_data(data).onto(data, RESULT))

    assert draft_of(again, Paper.A4).form == draft_of(text, Paper.A4).form


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Trivsel på Ærø", "trivsel-paa-aeroe"), ("  ", "x"), ("A" * 40, "a" * 24), ("日本", "x"), ("1. Løn!", "1-loen")],
)
def test_an_id_is_made_of_a_title(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text(max_size=60), st.lists(st.sampled_from(["x", "a", "x-2", "a-2"])))
def test_an_id_is_one_and_nobody_else_s(text: str, taken: list[str]) -> None:
    made = slug(text, taken)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= MAX_ID
    assert made not in taken


LINE = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=30).filter(
    lambda text: bool(text.strip())
)


@given(LINE, st.lists(LINE, min_size=1, max_size=4))
@settings(deadline=None)
def test_whatever_is_written_comes_back_as_it_was(title: str, items: list[str]) -> None:
    """No text means anything to YAML: no colon, quote, hyphen or hash is lost or taken for a sign."""
    sections = (SectionRows(title, "\n".join(items)),)
    fields = Fields(title, "da", options=(OptionRow("no", "1"), OptionRow("1:30", "2")), sections=sections)
    data = data_of(yaml_of(fields.onto({"id": "x", "version": "1"}, RESULT)))

    assert data["title"] == title.strip()
    assert [option["label"] for option in data["options"]] == ["no", "1:30"]
    assert data["sections"][0]["items"] == [
        " ".join(item.split()) for item in "\n".join(items).splitlines() if item.strip()
    ]
