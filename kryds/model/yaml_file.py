"""A YAML 1.2 file as plain values that remember their lines.

Every scalar is taken as the text that stands there, so a label ``0``, ``no`` or ``2026-11-23`` needs no quotes; the
models say which values are numbers. Whatever is wrong with the file is told in one line: file, line and cure.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode
from ruamel.yaml.reader import ReaderError

from kryds.model.errors import FormError

#: Where a value stands: keys, and positions from 0, from the top of the file down.
Place = tuple[int | str, ...]

#: What the YAML parser says, and the cure; the first that occurs in its words wins.
CURES = (
    ("'\\t'", "a tab stands where YAML wants spaces; indent with spaces"),
    ("mapping values are not", "a colon stands where none can; check the indent, or put a text with a colon in quotes"),
    ("sequence entries are not", "a hyphen stands where none can; begin the list on a line of its own"),
    ("could not find expected ':'", "a colon is missing; write key: text"),
    ("<block end>", "this line fits none above it; check the indent, the hyphens and the quotes"),
    ("unexpected end of stream", "a quote is opened and not closed; close it"),
    ("stream end", "a bracket is opened and not closed; close it"),
    ("unknown escape", "a backslash in double quotes; use single quotes"),
    ("alias", "a text cannot begin with * or &; put it in quotes"),
    ("another document", "a second document begins; take out the line ---"),
    ("cannot start any token", "a text cannot begin with this sign; put it in quotes"),
)


@dataclass(frozen=True)
class YamlFile:
    """What a file holds; ``lines`` (from 1) tells where each value in ``data`` stands."""

    path: Path
    data: Mapping[str, Any]
    lines: Mapping[Place, int]

    def fault(self, place: Place, said: str) -> str:
        """A complaint in one line: the file, the line and key of the deepest part of ``place`` that is there."""
        known = next(place[:depth] for depth in range(len(place), -1, -1) if place[:depth] in self.lines)
        key = ".".join(str(part + 1) if isinstance(part, int) else one_line(part) for part in place)
        return f"{self.path}, line {self.lines[known]}{f', {key}' if key else ''}: {said}"


def one_line(text: str) -> str:
    """The text as a complaint quotes it: line breaks and other signs that cannot be seen become spaces."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def read_yaml(path: Path, *, bundled: bool = False) -> YamlFile:
    """The mapping in a YAML file. Raises FormError.

    A ``bundled`` file is parsed by libyaml: eight times as fast, but its complaints are not those that CURES knows.
    """
    root = _composed(path, _text_of(path), pure=not bundled)
    if not isinstance(root, MappingNode):
        raise FormError(f"{path}, line 1: holds no keys; write one 'key: text' to a line")
    values = _Values(path, lines={(): 1})
    return YamlFile(path, values.mapping(root, ()), values.lines)


def _text_of(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FormError(f"{path}: cannot be opened ({error.strerror}); check the name") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormError(f"{path}, line {line}: is not UTF-8 text; save the file as UTF-8") from error


def _composed(path: Path, text: str, *, pure: bool) -> Node | None:
    """The file's nodes: parsed, and nothing made of their types yet."""
    try:
        return YAML(typ="safe", pure=pure).compose(io.StringIO(text))  # type: ignore[no-any-return]
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = str(error.problem)
        cure = next((cure for words, cure in CURES if words in problem), f"{problem}; check the indent and the quotes")
        raise FormError(f"{path}, line {line}: {cure}") from error
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise FormError(f"{path}, line {line}: holds a control character; delete it") from error
    except RecursionError as error:
        raise FormError(f"{path}: is nested hundreds of levels deep; a form needs four") from error


@dataclass
class _Values:
    """Turns nodes into values while it notes their lines."""

    path: Path
    lines: dict[Place, int]
    seen: set[int] = field(default_factory=set)

    def mapping(self, node: MappingNode, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, ScalarNode):
                raise FormError(f"{self.path}, line {line}: a key is one word; write key: text")
            if key.value in values:
                first = self.lines[(*place, key.value)]
                raise FormError(
                    f"{self.path}, line {line}, {one_line(key.value)}: stands on line {first} too; take one of them out"
                )
            self.lines[(*place, key.value)] = line
            values[key.value] = self.value(value, (*place, key.value))
        return values

    def value(self, node: Node, place: Place) -> object:
        if id(node) in self.seen:
            line = node.start_mark.line + 1
            raise FormError(f"{self.path}, line {line}: is used again by a *name; write the text out where it is used")
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return self.mapping(node, place)
        if isinstance(node, ScalarNode):
            return None if str(node.tag).endswith(":null") else node.value
        values = []
        for number, child in enumerate(node.value):
            self.lines[(*place, number)] = child.start_mark.line + 1
            values.append(self.value(child, (*place, number)))
        return values
