"""The forms written at this desk, kept so that they can be printed again."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from kryds.desk.written import written_whole
from kryds.model.errors import FormError, UserError
from kryds.model.form import Form
from kryds.model.load import FORM_FILE, bundled_forms, form_file, languages_of, load_form

FOLDER = "forms"


@dataclass(frozen=True, slots=True)
class KnownForm:
    """A form that can be printed; ``own`` when it was written at this desk."""

    form: Form
    path: Path
    languages: tuple[str, ...]
    own: bool


@dataclass(frozen=True)
class Shelf:
    """The forms that come with kryds, and those in ``folder``, one folder each, named by the form's id."""

    folder: Path

    def forms(self, language: str) -> tuple[KnownForm, ...]:
        """Every form: own ones first, each in ``language`` if it is there in it."""
        own = sorted(path.parent.name for path in self.folder.glob(f"*/{FORM_FILE}"))
        known = (self.find(name, language) for name in (*own, *bundled_forms()))
        return tuple(form for form in known if form)

    def find(self, name: str, language: str | None = None) -> KnownForm | None:
        """The form with this id, in ``language`` if it is there in it, else in its own.

        None when there is none, or when its file was spoiled by another hand.
        """
        own = self._own(name)
        if own is None and name not in bundled_forms():
            return None
        path = own or form_file(name)
        try:
            languages = languages_of(path)
            return KnownForm(load_form(path, language if language in languages else None), path, languages, bool(own))
        except FormError:
            return None

    def text(self, name: str) -> str | None:
        """The form's file."""
        known = self.find(name)
        return known.path.read_text(encoding="utf-8") if known else None

    def keep(self, form: Form, text: str, was: str) -> None:
        """Keeps the form; ``was`` is the id of the one it takes the place of. Raises UserError when the id is taken."""
        if form.id != was and (form.id in bundled_forms() or self._own(form.id)):
            raise UserError(f"id: {form.id} is the id of another form; write another")
        folder = self.folder / form.id
        folder.mkdir(parents=True, exist_ok=True)
        with written_whole(folder / FORM_FILE) as file:
            file.write(text.encode())
        if was and was != form.id:
            self.drop(was)

    def drop(self, name: str) -> None:
        """Deletes a form written here; sheets of it that are printed can be read all the same."""
        if own := self._own(name):
            shutil.rmtree(own.parent)

    def taken(self) -> tuple[str, ...]:
        """The ids a new form cannot have."""
        return (*bundled_forms(), *(path.parent.name for path in self.folder.glob(f"*/{FORM_FILE}")))

    def _own(self, name: str) -> Path | None:
        """The file of a form written here: found among those there are, so that no name reaches beyond the folder."""
        return next((path for path in self.folder.glob(f"*/{FORM_FILE}") if path.parent.name == name), None)
