import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kryds.desk.complaints import Interpreter
from kryds.generator import grid, lint, place
from kryds.model import complaint, form, roster, yaml_file
from kryds.model.load import load_phrases

#: Where complaints are made that a page of the desk may show.
MAKERS = (complaint, form, roster, yaml_file, grid, lint, place)
DANISH = Interpreter(load_phrases("en"), load_phrases("da"))


def complaints_in(source: str) -> Iterator[str]:
    """Every text that says what is wrong and, after a semicolon, the cure; § stands in its blanks."""
    tree = ast.parse(source)
    passed = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    passed |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "description"}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in node.values}
            text = "".join(part.value if isinstance(part, ast.Constant) else "§" for part in node.values)  # type: ignore[misc]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            text = re.sub(r"\{\w+\}", "§", node.value)
        else:
            continue
        if "; " in text:
            yield re.sub(r"^§[^:]*: (?=.*; )", "", text)


@pytest.mark.parametrize("maker", MAKERS, ids=lambda module: str(module.__name__))
def test_every_complaint_can_be_said_in_danish(maker: object) -> None:
    found = list(complaints_in(Path(str(maker.__file__)).read_text("utf-8")))  # type: ignore[attr-defined]

    assert found
    assert [text for text in found if DANISH.say(text) == text] == []


@pytest.mark.parametrize(
    ("english", "danish"),
    [
        ("line 3: the name is empty; fill it in, or take the row out",
         "linje 3: navnet er tomt; skriv det, eller tag rækken ud"),
        ("line 1: no column is headed name or navn (found x, y); name one so",
         "linje 1: ingen kolonne har overskriften name eller navn (her er x, y); kald en af dem det"),
        ("is empty; write a whole number, such as 3", "er tomt; skriv et helt tal, fx 3"),
        ("is 'a; b'; write one text", "er 'a; b'; skriv én tekst"),
        ("frokost, sections.2: 'X' and its first statements fill a page; shorten them",
         "frokost, sections.2: 'X' og de første udsagn fylder en hel side; forkort dem"),
        ("statement 1.2: a line comes nearer than 1.5 mm to a box; shorten it",
         "udsagn 1.2: en streg kommer nærmere et felt end 1.5 mm; forkort"),
        ("what nobody put into words", "what nobody put into words"),
    ],
)  # fmt: skip
def test_a_complaint_keeps_its_place_and_what_it_quotes(english: str, danish: str) -> None:
    assert DANISH.say(english) == danish


def test_english_is_said_as_it_is() -> None:
    english = Interpreter(load_phrases("en"), load_phrases("en"))

    assert english.say("is 'a'; write one text") == "is 'a'; write one text"
