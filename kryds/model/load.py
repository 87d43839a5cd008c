"""templates/ (YAML 1.2) -> Form and Phrases. Every complaint names the file, the line, the key and the cure."""

import difflib
import io
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from kryds.model.errors import ArgumentError, FormError
from kryds.model.form import Band, Form, Option, Section, Translation
from kryds.model.phrases import Phrases

FORM_FILE = "form.yaml"

Model = TypeVar("Model", bound=BaseModel)


def templates_folder() -> Path:
    """Where the bundled forms and phrases lie."""
    return Path(str(resources.files("kryds.templates")))


def bundled_forms() -> tuple[str, ...]:
    """The ids of the forms that come with kryds, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in templates_folder().glob(f"*/{FORM_FILE}")))


def form_file(name: str) -> Path:
    """The file meant by FORM on a command line: a bundled form's id, a form file, or a folder that holds form.yaml.

    Raises ArgumentError when there is no such form.
    """
    path = Path(name)
    if path.is_file():
        return path
    if (path / FORM_FILE).is_file():
        return path / FORM_FILE
    bundled = templates_folder() / name / FORM_FILE
    if name in bundled_forms():
        return bundled
    near = difflib.get_close_matches(name, bundled_forms(), n=1)
    hint = f"did you mean {near[0]}?" if near else f"the bundled forms are {', '.join(bundled_forms())}"
    raise ArgumentError(f"{name}: no such form, form file or folder; {hint}")


def languages_of(path: Path) -> tuple[str, ...]:
    """The languages a form file can be printed in: its own first, then its translations in alphabetical order."""
    own = load_form(path).language
    return (own, *sorted(file.stem for file in path.parent.glob("[a-z][a-z].yaml") if file.stem != own))


def load_form(path: Path, language: str | None = None) -> Form:
    """The form in ``path``, in ``language`` or else in the language it is written in.

    Raises FormError for a fault in the form file or the translation, ArgumentError for a language it does not have.
    """
    form = _load(path, Form)
    if language in (None, form.language):
        return form
    translation_file = path.parent / f"{language}.yaml"
    if not translation_file.is_file():
        known = ", ".join(languages_of(path))
        raise ArgumentError(f"{form.id} is not there in {language!r}; write {translation_file} or choose {known}")
    return _translated(form, _load(translation_file, Translation), translation_file)


def load_phrases(language: str) -> Phrases:
    """The fixed words in ``language``. Raises ArgumentError, naming the languages there are."""
    folder = templates_folder() / "phrases"
    path = folder / f"{language}.yaml"
    if not path.is_file():
        known = sorted(file.stem for file in folder.glob("*.yaml"))
        raise ArgumentError(f"there are no phrases in {language!r}; choose {', '.join(known)}, or write {path}")
    return Phrases(language, dict(_flattened(_parsed(path))))


def form_schema(model: type[Form] | type[Translation]) -> dict[str, Any]:
    """The JSON Schema an editor completes a form file or a translation by."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}


def _load(path: Path, model: type[Model]) -> Model:
    data = _parsed(path)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        complaints = [_complaint(path, data, fault["loc"], fault["msg"]) for fault in error.errors()]
        raise FormError("\n".join(complaints)) from error


def _parsed(path: Path) -> CommentedMap:
    """The mapping in a YAML file, with its line numbers. Raises FormError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FormError(f"{path}: cannot be opened ({error.strerror}); check the name") from error
    except UnicodeDecodeError as error:
        raise FormError(f"{path}: is not UTF-8 text; save it as UTF-8") from error
    try:
        data = YAML(typ="rt").load(io.StringIO(text))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FormError(f"{path}, line {line}: {error.problem}; check the indent, the colons and the quotes") from error
    except YAMLError as error:
        raise FormError(f"{path}: is not YAML ({error}); check the indent, the colons and the quotes") from error
    if not isinstance(data, CommentedMap):
        raise FormError(f"{path}, line 1: holds no keys; begin with id: and title:")
    return data


def _complaint(path: Path, data: CommentedMap, place: Sequence[int | str], message: str) -> str:
    """One fault in one line: file, line, key, what is wrong and, for a misspelt key, the one that was meant."""
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in place) or "the form"
    said = message.removeprefix("Value error, ")
    if message.startswith("Extra inputs"):
        near = difflib.get_close_matches(str(place[-1]), _known_keys(), n=1)
        said = f"no such key; did you mean {near[0]}?" if near else "no such key; take it out"
    elif message == "Field required":
        said = "is missing; write it"
    return f"{path}, line {_line(data, place)}, {key}: {said}"


def _line(data: Any, place: Sequence[int | str]) -> int:  # noqa: ANN401 - a YAML node is anything
    """The line (from 1) of the deepest part of ``place`` that stands in the file."""
    line = 1
    for part in place:
        if isinstance(data, CommentedMap) and part in data:
            line = data.lc.key(part)[0] + 1
        elif isinstance(data, CommentedSeq) and isinstance(part, int) and part < len(data):
            line = data.lc.item(part)[0] + 1
        else:
            return line
        data = data[part]
    return line


def _known_keys() -> tuple[str, ...]:
    models: tuple[type[BaseModel], ...] = (Form, Option, Section, Band, Translation)
    return tuple(key for model in models for key in model.model_fields)


def _translated(form: Form, words: Translation, path: Path) -> Form:
    """The form with its texts replaced. Raises FormError where the translation does not match the form."""
    _require(path, "options", [option.id for option in form.options], list(words.options))
    _require(path, "sections", len(form.sections), len(words.sections))
    _require(path, "bands", len(form.bands), len(words.bands))
    for number, (section, other) in enumerate(zip(form.sections, words.sections, strict=True), start=1):
        _require(path, f"sections.{number}.items", len(section.items), len(other.items))
    return form.model_copy(
        update={
            "language": words.language,
            "title": words.title,
            "subtitle": words.subtitle,
            "introduction": words.introduction,
            "steps": words.steps,
            "options": tuple(o.model_copy(update={"label": words.options[o.id]}) for o in form.options),
            "sections": tuple(Section(title=s.title, items=s.items) for s in words.sections),
            "result": words.result,
            "bands": tuple(
                band.model_copy(update=other.model_dump()) for band, other in zip(form.bands, words.bands, strict=True)
            ),
        }
    )


def _require(path: Path, key: str, in_form: object, in_translation: object) -> None:
    if in_form != in_translation:
        raise FormError(f"{path}, {key}: the form has {in_form}, the translation {in_translation}; make them match")


def _flattened(node: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from _flattened(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
