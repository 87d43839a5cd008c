"""A form as plain fields of a page, for who knows no YAML; and as YAML again, with what the fields do not show."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

Row = TypeVar("Row")
#: The most letters of an id, as of every id in a form.
MAX_ID = 24
#: More rows than this are a flood, not a form.
MAX_ROWS = 200
#: Letters that have no plain letter inside them, and how Danish writes them without.
PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e"})
#: Keys whose values are numbers.
NUMBERS = ("version", "weight", "low", "high")


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option as it is written: its label, and its points as text."""

    label: str = ""
    weight: str = ""


@dataclass(frozen=True, slots=True)
class SectionRows:
    """A section as it is written; ``items`` one statement to a line."""

    title: str = ""
    items: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in the fields; ``steps`` one to a line, ``result`` whether people count by hand on the sheet."""

    title: str
    language: str
    subtitle: str = ""
    introduction: str = ""
    steps: str = ""
    options: tuple[OptionRow, ...] = ()
    sections: tuple[SectionRows, ...] = ()
    result: bool = False

    @classmethod
    def from_words(cls, words: Mapping[str, str]) -> Self:
        """What was sent: option-1-label, option-1-weight, section-1-title, section-1-items and so on."""
        return cls(
            title=words.get("title", ""),
            language=words.get("language", ""),
            subtitle=words.get("subtitle", ""),
            introduction=words.get("introduction", ""),
            steps=words.get("steps", ""),
            options=tuple(OptionRow(*row) for row in _rows(words, "option", ("label", "weight"))),
            sections=tuple(SectionRows(*row) for row in _rows(words, "section", ("title", "items"))),
            result="result" in words,
        )

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """What stands in a form file that was read as a form without complaint."""
        return cls(
            title=data["title"],
            language=data["language"],
            subtitle=data.get("subtitle") or "",
            introduction=data.get("introduction") or "",
            steps="\n".join(data.get("steps") or ()),
            options=tuple(OptionRow(option["label"], option["weight"]) for option in data["options"]),
            sections=tuple(SectionRows(each["title"], "\n".join(each["items"])) for each in data["sections"]),
            result=bool(data.get("result")),
        )

    def changed(self, wish: str) -> Self:
        """With a row more or less: ``add-option``, ``add-section``, ``drop-option-2``, ``drop-section-1``."""
        verb, _, rest = wish.partition("-")
        kind, _, number = rest.partition("-")
        if wish == "add-option":
            return replace(self, options=(*self.options, OptionRow()))
        if wish == "add-section":
            return replace(self, sections=(*self.sections, SectionRows()))
        if verb == "drop" and number.isdecimal():
            if kind == "option":
                return replace(self, options=_without(self.options, int(number)))
            if kind == "section":
                return replace(self, sections=_without(self.sections, int(number)))
        return self

    def onto(self, data: Mapping[str, Any], result: Mapping[str, str]) -> dict[str, Any]:
        """The form's data with what the fields say; ``result`` are the words of a result part that is new.

        What the fields do not show (id, version, bands) stays. A row left empty is no row.
        """
        made = {key: value for key, value in data.items() if key not in ("subtitle", "introduction", "steps")}
        made |= {"language": self.language, "title": self.title.strip()}
        for key, text in (("subtitle", self.subtitle), ("introduction", self.introduction)):
            if text.strip():
                made[key] = " ".join(text.split())
        if steps := _lines(self.steps):
            made["steps"] = steps
        made["options"] = _options(self.options, data.get("options") or ())
        sections = [{"title": each.title.strip(), "items": _lines(each.items)} for each in self.sections]
        made["sections"] = [each for each in sections if each["title"] or each["items"]]
        made.pop("result", None)
        if self.result:
            made["result"] = data.get("result") or dict(result)
        return {key: made[key] for key in sorted(made, key=_place)}


def yaml_of(data: Mapping[str, Any]) -> str:
    """The data as a form file."""
    yaml = YAML()
    yaml.width = 100
    yaml.indent(mapping=2, sequence=4, offset=2)
    file = io.StringIO()
    yaml.dump(_node(data), file)
    return file.getvalue()


def slug(text: str, taken: Sequence[str] = ()) -> str:
    """An id made of a text's letters, that is not ``taken``; ``x`` where there are none."""
    words = re.findall(r"[a-z0-9]+", text.casefold().translate(PLAIN))
    plain = "-".join(words)[:MAX_ID].strip("-") or "x"
    made, number = plain, 2
    while made in taken:
        ending = f"-{number}"
        made, number = plain[: MAX_ID - len(ending)].strip("-") + ending, number + 1
    return made


#: The order in which a form file is read with the least effort.
ORDER = (
    "id", "version", "language", "title", "subtitle", "introduction", "steps", "options", "sections", "result", "bands",
)  # fmt: skip


def _place(key: str) -> int:
    return ORDER.index(key) if key in ORDER else len(ORDER)


def _rows(words: Mapping[str, str], kind: str, names: Sequence[str]) -> list[tuple[str, ...]]:
    """The rows of a kind, from 1 up to the first that was not sent."""
    rows: list[tuple[str, ...]] = []
    while len(rows) < MAX_ROWS and f"{kind}-{len(rows) + 1}-{names[0]}" in words:
        rows.append(tuple(words.get(f"{kind}-{len(rows) + 1}-{name}", "") for name in names))
    return rows


def _without(rows: tuple[Row, ...], number: int) -> tuple[Row, ...]:
    return tuple(row for at, row in enumerate(rows, start=1) if at != number)


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _options(rows: Sequence[OptionRow], known: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The options with an id each: that of an option with the same label, else one made of the label."""
    ids = {option["label"]: option["id"] for option in known}
    made: list[dict[str, str]] = []
    for row in rows:
        label, weight = " ".join(row.label.split()), row.weight.strip()
        if label or weight:
            taken = [option["id"] for option in made]
            wanted = ids.get(label, "")
            own = wanted if wanted and wanted not in taken else slug(label, taken)
            made.append({"id": own, "label": label, "weight": weight})
    return made


def _node(value: object, key: str = "") -> Any:  # noqa: ANN401 - a node of YAML is anything
    """The value as it is best read: numbers as numbers, an option on one line."""
    if isinstance(value, Mapping):
        node = CommentedMap((name, _node(each, name)) for name, each in value.items())
        if set(value) == {"id", "label", "weight"}:
            node.fa.set_flow_style()
        return node
    if isinstance(value, list | tuple):
        return [_node(each) for each in value]
    if isinstance(value, str) and key in NUMBERS and re.fullmatch(r"-?[0-9]{1,9}", value):
        return int(value)
    return value
