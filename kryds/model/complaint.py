"""A fault pydantic found in a form file, said in words that name the cure."""

import difflib
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kryds.model.yaml_file import Place, one_line

#: Pydantic's kind of fault, and what to say of it. Blanks are the fault's own limits, {got} what stands in the file.
WORDS = {
    "missing": "is missing; write it",
    "string_type": "is {got}; write one text",
    "string_too_short": "is empty; write a text, or take the key out",
    "string_too_long": "is {length} letters long; shorten it to {max_length} at most",
    "string_unicode": "holds half a character; write it again",
    "int_type": "is {got}; write a whole number, such as 3",
    "int_parsing": "is {got}; write a whole number, such as 3",
    "int_from_float": "is {got}; write a whole number, such as 3",
    "int_parsing_size": "is {got}; write a smaller number",
    "greater_than_equal": "is {got}; write {ge} or more",
    "less_than_equal": "is {got}; write {le} or less",
    "too_short": "has {actual_length} of them; write {min_length} or more",
    "too_long": "has {actual_length} of them; write {max_length} at most",
    "tuple_type": "is {got}; write a list, each line beginning with a hyphen",
    "dict_type": "is {got}; write key: text lines under it, indented",
    "model_type": "is {got}; write key: text lines under it, indented",
}
#: What a text must look like, told by an example; the patterns are those of kryds.model.form.
PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "is {got}; use the letters a to z, digits and single hyphens, such as af-og-til",
    r"^[a-z]{2}$": "is {got}; write two small letters, such as da or en",
}
#: Longer texts are cut when a complaint quotes them.
QUOTED_LETTERS = 40


def complaints(error: ValidationError, model: type[BaseModel]) -> tuple[tuple[Place, str], ...]:
    """Each fault's place, and what is wrong with it and the cure in one line.

    ``model`` is what the whole file was read as. A list that came out short only because its parts are wrong is not
    told besides its parts.
    """
    faults = error.errors()
    roots = {fault["loc"][:depth] for fault in faults for depth in range(len(fault["loc"]))}
    return tuple((fault["loc"], words_for(fault, model)) for fault in faults if fault["loc"] not in roots)


def words_for(fault: ErrorDetails, model: type[BaseModel]) -> str:
    """What is wrong and the cure, without file, line and key."""
    if fault["type"] == "extra_forbidden":
        return _unknown_key(str(fault["loc"][-1]), _keys_beside(fault["loc"], model))
    limits = fault.get("ctx", {})
    if fault["type"] == "string_pattern_mismatch":
        template = PATTERNS[limits["pattern"]]
    elif fault["type"] == "value_error":
        return str(limits["error"])
    else:
        template = WORDS.get(fault["type"], f"{fault['msg']} (found {{got}})")
    got = fault["input"]
    return template.format(got=_named(got), length=len(got) if isinstance(got, str) else 0, **limits)


def _named(value: object) -> str:
    """A value as its writer sees it."""
    if value is None or value == "":
        return "empty"
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list):
        return "a list"
    text = one_line(str(value))
    return f"'{text}'" if len(text) <= QUOTED_LETTERS else f"'{text[:QUOTED_LETTERS]}…'"


def _unknown_key(key: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"the keys here are {', '.join(known)}"
    return f"no such key; {hint}"


def _keys_beside(place: tuple[int | str, ...], model: type[BaseModel]) -> tuple[str, ...]:
    """The keys that may stand where ``place`` ends."""
    for part in place[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = next(_models_in(model.model_fields[part].annotation), model)
    return tuple(model.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - a type annotation is anything
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
