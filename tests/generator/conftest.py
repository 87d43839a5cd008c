"""Forms to place: the bundled one, and small ones made to measure."""

import io
from collections.abc import Callable

import pypdf
import pytest

from kryds.generator.place import place_sheet
from kryds.generator.placed import PlacedSheet
from kryds.generator.sheet import write_sheets
from kryds.model.form import Band, Form, Option, Result, Section
from kryds.model.geometry import Paper
from kryds.model.load import form_file, load_form, load_phrases
from kryds.model.phrases import Phrases
from kryds.model.roster import Person, Roster

FormMaker = Callable[..., Form]
Printer = Callable[..., bytes]


@pytest.fixture(scope="session")
def danish() -> Phrases:
    return load_phrases("da")


@pytest.fixture(scope="session")
def mus_leder() -> Form:
    return load_form(form_file("mus-leder"))


@pytest.fixture(scope="session")
def placed_mus(mus_leder: Form, danish: Phrases) -> PlacedSheet:
    return place_sheet(mus_leder, Paper.A4, danish)


@pytest.fixture(scope="session")
def make_form() -> FormMaker:
    def make(items: tuple[int, ...] = (3,), labels: tuple[str, ...] = ("Ja", "Nej"), **changes: object) -> Form:
        fields: dict[str, object] = {
            "id": "proeve",
            "version": 1,
            "language": "da",
            "title": "Prøve",
            "options": tuple(Option(id=f"o{at}", label=label, weight=at) for at, label in enumerate(labels)),
            "sections": tuple(
                Section(title=f"Del {at}", items=tuple(f"Udsagn {n}" for n in range(1, number + 1)))
                for at, number in enumerate(items, start=1)
            ),
        }
        return Form.model_validate(fields | changes)

    return make


@pytest.fixture(scope="session")
def full_form(make_form: FormMaker) -> Form:
    return make_form(
        (2, 3),
        subtitle="Under titlen",
        introduction="Til at begynde med.",
        steps=("Læs.", "Sæt kryds."),
        result=Result(title="RESULTAT", text="Tæl og gang."),
        bands=(
            Band(low=3, high=5, label="Højt", text="Godt gået", source="Bogen"),
            Band(low=0, high=2, label="Lavt", source="Bogen"),
        ),
    )


@pytest.fixture(scope="session")
def print_pdf() -> Printer:
    def print_sheets(placed: PlacedSheet, *people: Person, run: str = "", fillable: bool = False) -> bytes:
        file = io.BytesIO()
        write_sheets(placed, Roster(run, people or (Person(1, ""),)), file, fillable=fillable)
        return file.getvalue()

    return print_sheets


@pytest.fixture(scope="session")
def mus_pdf(placed_mus: PlacedSheet, print_pdf: Printer) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(print_pdf(placed_mus, Person(12, ""))))
