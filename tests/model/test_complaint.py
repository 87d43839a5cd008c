from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from kryds.model import form as form_types
from kryds.model.complaint import PATTERNS, complaints, words_for
from kryds.model.form import Band, Form, Option, Section


def said(model: type[BaseModel], data: Any) -> str:  # noqa: ANN401 - anything can stand in a form file
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    (fault,) = caught.value.errors()
    return words_for(fault, model)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"label": None}, "is empty; write one text"),
        ({"label": ["x"]}, "is a list; write one text"),
        ({"label": {"x": "y"}}, "is a group of keys; write one text"),
        ({"label": "  "}, "is empty; write a text, or take the key out"),
        ({"label": "x" * 41}, "is 41 letters long; shorten it to 40 at most"),
        ({"label": "\ud800"}, "holds half a character; write it again"),
        ({"label": "a\x07b"}, "holds the control character U+0007; take it out"),
        ({"id": "Af og til"}, "is 'Af og til'; use the letters a to z, digits and single hyphens, such as af-og-til"),
        ({"id": ""}, "is empty; use the letters a to z, digits and single hyphens, such as af-og-til"),
        ({"weight": "høj"}, "is 'høj'; write a whole number, such as 3"),
        ({"weight": "1.5"}, "is '1.5'; write a whole number, such as 3"),
        ({"weight": None}, "is empty; write a whole number, such as 3"),
        ({"weight": "9" * 60}, f"is '{'9' * 40}…'; write 999 or less"),
        ({"weight": "9" * 5000}, f"is '{'9' * 40}…'; write a smaller number"),
        ({"weight": "-1000"}, "is '-1000'; write -999 or more"),
        ({"wieght": "2"}, "no such key; did you mean weight?"),
        ({"weight": "1\n2\x1b[31m"}, "is '1 2 [31m'; write a whole number, such as 3"),
        ({"farve": "rød"}, "no such key; the keys here are id, label, weight"),
    ],
)
def test_a_wrong_value_is_told_with_its_cure(change: dict[str, Any], words: str) -> None:
    assert said(Option, {"id": "aldrig", "label": "Aldrig", "weight": "1"} | change) == words


def test_what_is_missing_is_told() -> None:
    assert said(Option, {"id": "aldrig", "label": "Aldrig"}) == "is missing; write it"


def test_a_list_that_is_none_or_too_short_is_told() -> None:
    assert said(Section, {"title": "A", "items": "x"}) == "is 'x'; write a list, each line beginning with a hyphen"
    assert said(Section, {"title": "A", "items": []}) == "has 0 of them; write 1 or more"


def test_a_misspelt_key_is_held_against_the_keys_of_its_own_place() -> None:
    data = {"id": "f", "version": "1", "language": "da", "title": "T", "options": []}
    with pytest.raises(ValidationError) as caught:
        Form.model_validate(data | {"sections": [{"title": "A", "item": ["x"], "items": ["x"]}]})

    assert complaints(caught.value, Form) == (
        (("options",), "has 0 of them; write 2 or more"),
        (("sections", 0, "item"), "no such key; did you mean items?"),
    )


def test_a_rule_of_our_own_speaks_for_itself() -> None:
    assert said(Band, {"low": "9", "high": "1", "label": "L", "source": "S"}) == "low (9) is above high (1); swap them"


@pytest.mark.parametrize("name", ["Slug", "Language"])
def test_every_pattern_a_form_asks_for_has_its_example(name: str) -> None:
    schema = TypeAdapter(getattr(form_types, name)).json_schema()

    assert schema["pattern"] in PATTERNS


def test_a_fault_nobody_foresaw_is_still_told() -> None:
    fault: Any = {"type": "new_kind", "loc": ("a",), "msg": "Input is odd", "input": "x"}

    assert words_for(fault, Option) == "Input is odd (found 'x')"
