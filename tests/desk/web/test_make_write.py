import html
import re
from pathlib import Path

import pytest

from kryds.desk.web.make_draft import data_of
from kryds.desk.web.make_kept import Shelf
from tests.desk.web.desks import Browser, browser, new_desk
from tests.desk.web.visits import sent

FIELDS = {
    "mode": "fields", "paper": "a4", "title": "Frokost på Ærø", "language": "da",
    "option-1-label": "Nej", "option-1-weight": "0", "option-2-label": "Ja", "option-2-weight": "1",
    "section-1-title": "Maden", "section-1-items": "Grøden er varm\nSmørret er blødt",
}  # fmt: skip
YAML = """id: frokost
version: 1
language: da
title: Frokost
options:
  - {id: nej, label: Nej, weight: 0}
  - {id: ja, label: Ja, weight: 1}
sections:
  - title: Maden
    items:
      - Grøden er varm
"""


@pytest.fixture
def visitor(tmp_path: Path) -> Browser:
    return browser(new_desk(tmp_path))


@pytest.fixture
def shelf(tmp_path: Path, visitor: Browser) -> Shelf:  # noqa: ARG001 - the desk whose shelf it is
    return Shelf(tmp_path / "forms")


def text_in(page: str) -> str:
    """The form file that the page bears along."""
    found = re.search(r'name="text"(?: value="([^"]*)"|[^>]*>([^<]*)<)', page)
    assert found
    return html.unescape(found[1] or found[2])


def test_a_new_form_begins_with_one_to_write_over_and_its_sheet(visitor: Browser) -> None:
    page = visitor.get("/make/write").text

    assert 'value="Sådan har vi det"' in page
    assert page.count('class="sheet-page"') == 1
    assert 'class="complaints"' not in page


def test_an_english_visitor_begins_in_english(visitor: Browser) -> None:
    page = visitor.get("/make/write", **{"accept-language": "en"}).text

    assert 'value="How we are doing"' in page
    assert data_of(text_in(page))["language"] == "en"


def test_a_form_written_in_fields_is_kept_and_can_be_printed(visitor: Browser, shelf: Shelf) -> None:
    answer = sent(visitor, "/make/write", do="keep", **FIELDS)

    assert (answer.status, answer.headers["location"]) == (303, "/make/print/frokost-paa-aeroe")
    known = shelf.find("frokost-paa-aeroe")
    assert known is not None
    assert known.form.sections[0].items == ("Grøden er varm", "Smørret er blødt")
    assert "Frokost på Ærø" in visitor.get("/make").text
    assert sent(visitor, "/make/print/frokost-paa-aeroe", do="print", kind="blank").body.startswith(b"%PDF")


def test_a_kept_form_that_is_changed_counts_its_version_up(visitor: Browser, shelf: Shelf) -> None:
    sent(visitor, "/make/write", do="keep", **FIELDS)
    page = visitor.get("/make/write/frokost-paa-aeroe").text
    changed = {**FIELDS, "was": "frokost-paa-aeroe", "text": text_in(page)}
    sent(visitor, "/make/write", do="keep", **changed)
    same = shelf.find("frokost-paa-aeroe")
    sent(visitor, "/make/write", do="keep", **{**changed, "title": "Frokosten"})
    other = shelf.find("frokost-paa-aeroe")
    assert same is not None
    assert other is not None

    assert (same.form.version, other.form.version, other.form.title) == (1, 2, "Frokosten")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"title": " "}, "Skriv en titel."),
        ({"option-2-label": "", "option-2-weight": ""}, "mindst to svarmuligheder"),
        ({"option-2-weight": ""}, "Skriv point"),
        ({"section-1-items": ""}, "mindst ét udsagn"),
        ({"section-1-title": ""}, "ingen overskrift"),
    ],
)
def test_what_is_not_written_yet_is_told(visitor: Browser, words: dict[str, str], said: str) -> None:
    answer = sent(visitor, "/make/write", do="keep", **{**FIELDS, **words})

    assert answer.status == 422
    assert said in answer.text


def test_rows_are_added_and_taken_out(visitor: Browser) -> None:
    more = sent(visitor, "/make/write", do="add-section", **FIELDS).text
    fewer = sent(visitor, "/make/write", do="drop-option-1", **FIELDS).text

    assert 'name="section-2-title"' in more
    assert 'name="option-2-label"' not in fewer
    assert 'name="option-1-label" value="Ja"' in fewer


def test_yaml_and_fields_are_two_views_of_one_form(visitor: Browser) -> None:
    as_yaml = sent(visitor, "/make/write", do="yaml", **FIELDS).text
    back = sent(visitor, "/make/write", do="fields", mode="yaml", text=text_in(as_yaml)).text

    assert data_of(text_in(as_yaml))["title"] == "Frokost på Ærø"
    assert 'name="section-1-title" value="Maden"' in back


def test_a_complaint_names_line_key_and_cure(visitor: Browser) -> None:
    page = sent(visitor, "/make/write", do="show", mode="yaml", text=YAML.replace("version: 1", "version: ny")).text

    assert 'data-line="2">Linje 2<' in page
    assert "<code>version</code>" in page
    assert "skriv et helt tal" in page
    assert 'class="sheet-page"' not in page


def test_what_is_no_form_stays_as_yaml_when_fields_are_wanted(visitor: Browser) -> None:
    page = sent(visitor, "/make/write", do="fields", mode="yaml", text="title: [").text

    assert 'name="mode" value="yaml"' in page
    assert 'class="complaints"' in page


def test_an_id_of_another_form_is_refused(visitor: Browser, shelf: Shelf) -> None:
    answer = sent(visitor, "/make/write", do="keep", mode="yaml", text=YAML.replace("id: frokost", "id: mus-leder"))

    assert answer.status == 422
    assert "the id of another form" in answer.text
    assert shelf.forms("da")[0].own is False


def test_a_bundled_form_is_something_to_start_from_and_stays_as_it_is(visitor: Browser, shelf: Shelf) -> None:
    page = visitor.get("/make/write/mus-leder").text
    sent(visitor, "/make/write", do="keep", mode="yaml", text=text_in(page))

    assert data_of(text_in(page))["id"] == "mus-testen-til-dig-der-e"
    assert [known.form.id for known in shelf.forms("da")][:1] == ["mus-testen-til-dig-der-e"]


def test_a_kept_form_can_be_deleted(visitor: Browser, shelf: Shelf) -> None:
    sent(visitor, "/make/write", do="keep", mode="yaml", text=YAML)
    answer = sent(visitor, "/make/drop/frokost")

    assert answer.status == 303
    assert shelf.find("frokost") is None


def test_what_is_written_cannot_write_on_the_page(visitor: Browser) -> None:
    bad = '"><script>alert(1)</script>'
    page = sent(
        visitor, "/make/write", do="show", **{**FIELDS, "title": bad, "section-1-items": f"</textarea>{bad}"}
    ).text

    assert "<script>alert" not in page
