"""A form -> the printed PDF, kept in the archive; and what can be said of a form before it is printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kryds.desk.archive import Archive
from kryds.desk.voice import Voice
from kryds.desk.written import written_whole
from kryds.generator.lint import lint_sheet
from kryds.generator.place import place_sheet
from kryds.generator.placed import PlacedSheet
from kryds.generator.sheet import write_sheets
from kryds.model.errors import ArgumentError, FormError
from kryds.model.geometry import Paper
from kryds.model.load import form_file, languages_of, load_form, load_phrases
from kryds.model.page_code import MAX_COPY
from kryds.model.roster import Person, Roster, load_roster

#: A sheet without a number, made to be photocopied.
UNNUMBERED = Roster("", (Person(0, ""),))


@dataclass(frozen=True)
class FormChoice:
    """A form as a command names it, in one language (None: its own) and on one paper."""

    form: str
    language: str | None = None
    paper: Paper = Paper.A4


@dataclass(frozen=True)
class Copies:
    """For whom to print: so many numbered copies, or one for each person in a file, numbered from ``first``.

    ``fillable`` makes them sheets whose boxes can be crossed on screen.
    """

    count: int | None = None
    roster: Path | None = None
    first: int | None = None
    fillable: bool = False

    def people(self) -> Roster:
        """Everyone a sheet is printed for. Raises ArgumentError, and FormError for a fault in the file."""
        if self.count and self.roster:
            raise ArgumentError("--copies and --roster: give one of them; a roster has a copy for each person")
        if self.first and not (self.count or self.roster):
            raise ArgumentError("--first: goes with --copies or --roster; without them the sheet has no number")
        first = self.first or 1
        if self.roster:
            roster = load_roster(self.roster, first)
        elif self.count:
            roster = Roster("", tuple(Person(copy, "") for copy in range(first, first + self.count)))
        else:
            roster = UNNUMBERED
        if roster.people[-1].copy > MAX_COPY:
            raise ArgumentError(f"--first {first}: the last number would be above {MAX_COPY}; begin lower")
        return roster


def print_sheets(choice: FormChoice, copies: Copies, file: Path, voice: Voice) -> None:
    """Writes the PDF, whole or not at all, and keeps its edition and roster so that it can be read back."""
    people = copies.people()
    placed = placed_sheet(choice)
    with written_whole(file) as stream:
        write_sheets(placed, people, stream, fillable=copies.fillable)
    try:
        Archive.of_user().keep(placed.edition, people)
    except ArgumentError as error:
        # The PDF carries its edition, so the pile can still be read with --printed.
        voice.warn("not_archived", detail=error, file=file)


def placed_sheet(choice: FormChoice) -> PlacedSheet:
    """The form in its place on paper. Raises FormError, naming the file, for what cannot be placed."""
    path = form_file(choice.form)
    form = load_form(path, choice.language)
    phrases = load_phrases(form.language)
    try:
        return place_sheet(form, choice.paper, phrases)
    except FormError as error:
        raise FormError(f"{path}: {error}") from error


def check_form(name: str) -> Iterator[str]:
    """What the form's sheets could do better, in every language and on every paper. Raises FormError for faults."""
    path = form_file(name)
    for language in languages_of(path):
        file = path if language == load_form(path).language else path.with_name(f"{language}.yaml")
        found = (finding for paper in Paper for finding in lint_sheet(placed_sheet(FormChoice(name, language, paper))))
        yield from (f"{file}: {finding}" for finding in dict.fromkeys(found))
