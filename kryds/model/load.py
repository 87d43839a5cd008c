"""templates/ (YAML 1.2) -> Form and Phrases. Every complaint names the file, the line, the key and the cure."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kryds.model.complaint import complaints
from kryds.model.errors import ArgumentError, FormError
from kryds.model.form import Form, Section, Translation
from kryds.model.phrases import Phrases
from kryds.model.yaml_file import Place, YamlFile, read_yaml

FORM_FILE = "form.yaml"
#: What an editor completes form files and translations by: files of templates/, each the schema of a model.
SCHEMAS: Mapping[str, type[Form] | type[Translation]] = {
    "form.schema.json": Form,
    "translation.schema.json": Translation,
}

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
    try:
        if path.is_file():
            return path
        if (path / FORM_FILE).is_file():
            return path / FORM_FILE
        is_folder = bool(name) and path.is_dir()
    except OSError as error:
        raise ArgumentError(f"{name}: cannot be opened ({error.strerror}); check the name") from error
    if name in bundled_forms():
        return templates_folder() / name / FORM_FILE
    if is_folder:
        raise ArgumentError(f"{name}: the folder holds no {FORM_FILE}; write one there, or name another folder")
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
    form = _checked(read_yaml(path), Form)
    if language in (None, form.language):
        return form
    translation_file = path.parent / f"{language}.yaml"
    if not translation_file.is_file():
        known = ", ".join(languages_of(path))
        raise ArgumentError(f"{form.id} is not there in {language!r}; write {translation_file} or choose {known}")
    return _translated(form, read_yaml(translation_file))


@cache
def load_phrases(language: str) -> Phrases:
    """The fixed words in ``language``. Raises ArgumentError, naming the languages there are."""
    folder = templates_folder() / "phrases"
    path = folder / f"{language}.yaml"
    if not path.is_file():
        known = sorted(file.stem for file in folder.glob("*.yaml"))
        raise ArgumentError(f"there are no phrases in {language!r}; choose {', '.join(known)}, or write {path}")
    return Phrases(language, dict(_flattened(read_yaml(path, bundled=True).data)))


def form_schema(model: type[Form] | type[Translation]) -> dict[str, Any]:
    """The JSON Schema an editor completes a form file or a translation by."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}


def _checked(file: YamlFile, model: type[Model]) -> Model:
    try:
        return model.model_validate(file.data)
    except ValidationError as error:
        raise FormError("\n".join(file.fault(place, said) for place, said in complaints(error, model))) from error


def _translated(form: Form, file: YamlFile) -> Form:
    """The form with its texts replaced. Raises FormError where the translation does not match the form."""
    words = _checked(file, Translation)
    if faults := [file.fault(place, said) for place, said in _mismatches(form, words, file.path.stem)]:
        raise FormError("\n".join(faults))
    texts = {
        name: getattr(words, name) for name in ("language", "title", "subtitle", "introduction", "steps", "result")
    }
    return Form.model_validate(
        {
            **dict(form),
            **texts,
            "options": tuple(o.model_copy(update={"label": words.options[o.id]}) for o in form.options),
            "sections": tuple(Section(title=section.title, items=section.items) for section in words.sections),
            "bands": tuple(
                band.model_copy(update=other.model_dump(exclude_none=True))
                for band, other in zip(form.bands, words.bands, strict=True)
            ),
        }
    )


def _mismatches(form: Form, words: Translation, stem: str) -> Iterator[tuple[Place, str]]:
    """Where the translation lacks what the form has, or has more."""
    if words.language != stem:
        yield ("language",), f"is {words.language}, the file is named for {stem}; make them the same"
    for key in ("subtitle", "introduction", "result"):
        if (getattr(form, key) is None) != (getattr(words, key) is None):
            cure = (
                "is missing, the form has one; translate it" if getattr(form, key) else "the form has none; take it out"
            )
            yield (key,), cure
    ids = [option.id for option in form.options]
    for lacking in [id_ for id_ in ids if id_ not in words.options]:
        yield ("options", lacking), "is missing, the form has it; translate it"
    for extra in [id_ for id_ in words.options if id_ not in ids]:
        yield ("options", extra), f"the form has no such option; it has {', '.join(ids)}"
    for key in ("steps", "sections", "bands"):
        yield from _unequal((key,), getattr(form, key), getattr(words, key))
    for index, (section, other) in enumerate(zip(form.sections, words.sections, strict=False)):
        yield from _unequal(("sections", index, "items"), section.items, other.items)
    for index, (band, translated) in enumerate(zip(form.bands, words.bands, strict=False)):
        if (band.text is None) != (translated.text is None):
            yield ("bands", index, "text"), "stands in one of form and translation only; write it in both or in none"


def _unequal(place: Place, form: Sequence[object], words: Sequence[object]) -> Iterator[tuple[Place, str]]:
    if len(form) != len(words):
        yield place, f"has {len(words)}, the form has {len(form)}; make them match"


def _flattened(node: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from _flattened(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
