import json
from typing import Any

from tests.desk.exports.groups import EDITION, GROUP, written


def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written("json", GROUP))
    return found


def test_a_form_has_its_options_and_statements() -> None:
    (form,) = document()["forms"]

    assert (form["form"], form["digest"], form["title"]) == ("frokost", EDITION.digest, "Frokost på Ærø")
    assert form["options"][1] == {"id": "sjaeldent", "label": "Sjældent", "weight": 2}
    assert form["sections"][1]["items"][2] == {"id": "2.3", "text": "Der er lys"}


def test_a_sheet_has_its_points_and_says_whether_they_are_complete() -> None:
    first, second = document()["sheets"]

    assert (first["score"]["points"], first["score"]["complete"], second["score"]["complete"]) == (14, True, False)
    assert first["score"]["categories"][2] == {"id": "altid", "weight": 5, "crosses": 2, "points": 10}
    assert first["score"]["sections"][0]["points"] == 7
    assert (second["status"], second["missing_pages"], second["score"]["band"]) == ("needs_review", [2], None)


def test_an_answer_says_what_where_and_why() -> None:
    answers = document()["sheets"][0]["answers"]

    assert answers[0] == {
        "item": "1.1", "choice": 3, "category": "altid", "value": 5, "state": "answered", "confidence": 0.99,
        "decided_by": "reader", "reasons": [], "source": "bunke.pdf", "page": 4,
    }  # fmt: skip


def test_an_answer_without_a_choice_has_none_and_its_reason_in_words() -> None:
    answer = document()["sheets"][1]["answers"][1]

    assert (answer["choice"], answer["category"], answer["value"]) == (None, None, None)
    assert answer["reasons"] == ["Der er sat kryds i flere felter (1, 2)"]


def test_an_item_on_a_missing_page_is_not_among_the_answers() -> None:
    assert [answer["item"] for answer in document()["sheets"][1]["answers"]] == ["1.1", "1.2", "2.1", "2.2"]


def test_letters_stand_as_they_are() -> None:
    assert "Åse Sørensen".encode() in written("json", GROUP)
