from pathlib import Path

import pytest

from kryds.desk import printing as module
from kryds.desk.archive import Archive
from kryds.desk.printing import UNNUMBERED, Copies, FormChoice, check_form, placed_sheet, print_sheets
from kryds.desk.voice import Voice
from kryds.model.errors import ArgumentError, FormError
from kryds.model.geometry import Paper
from kryds.model.load import form_file
from kryds.model.page_code import MAX_COPY
from tests.desk.piles import placed, printed

VOICE = Voice.in_language("en")
JA_NEJ = FormChoice("ja-nej")


@pytest.fixture
def people(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text("navn;afdeling\nÅse Ærø;Drift\nBo;Salg\n", encoding="utf-8")
    return tmp_path / "people.csv"


def test_without_a_word_about_copies_the_sheet_has_no_number() -> None:
    assert Copies().people() == UNNUMBERED


def test_copies_are_numbered_from_the_first() -> None:
    assert [person.copy for person in Copies(3, first=8).people().people] == [8, 9, 10]


def test_a_roster_gives_everyone_a_number_of_its_own_run(people: Path) -> None:
    roster = Copies(roster=people, first=5).people()

    assert [(person.copy, person.name) for person in roster.people] == [(5, "Åse Ærø"), (6, "Bo")]
    assert len(roster.run) == 4


@pytest.mark.parametrize(
    ("copies", "told"),
    [
        (Copies(2, Path("people.csv")), "give one of them"),
        (Copies(first=3), "goes with --copies or --roster"),
        (Copies(2, first=MAX_COPY), "begin lower"),
    ],
)
def test_arguments_that_do_not_fit_together_are_told(copies: Copies, told: str) -> None:
    with pytest.raises(ArgumentError, match=told):
        copies.people()


def test_what_is_printed_is_kept_to_be_read_back(tmp_path: Path, people: Path) -> None:
    print_sheets(JA_NEJ, Copies(roster=people), tmp_path / "s.pdf", VOICE)
    [edition], [roster] = Archive.of_user().editions(), Archive.of_user().rosters()

    assert edition == placed().edition
    assert [person.name for person in roster.people] == ["Åse Ærø", "Bo"]


def test_an_archive_that_cannot_be_written_is_told_and_the_sheets_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("KRYDS_HOME", str(tmp_path / "file"))
    print_sheets(JA_NEJ, Copies(1), tmp_path / "s.pdf", VOICE)

    assert (tmp_path / "s.pdf").read_bytes() == printed(1)
    assert "Read the pile with --printed" in capsys.readouterr().err


def test_a_sheet_to_fill_in_on_screen_is_another_pdf(tmp_path: Path) -> None:
    print_sheets(JA_NEJ, Copies(fillable=True), tmp_path / "s.pdf", VOICE)

    assert b"/AcroForm" in (tmp_path / "s.pdf").read_bytes()


def test_language_and_paper_are_as_chosen() -> None:
    edition = placed_sheet(FormChoice("ja-nej", "en", Paper.LETTER)).edition

    assert (edition.form.title, edition.layout.height_mm) == ("One question", 279.4)


def test_a_form_that_cannot_be_placed_is_named_with_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise FormError("statement 1.1 is too long; shorten it")

    monkeypatch.setattr(module, "place_sheet", full)
    with pytest.raises(FormError, match=r"form\.yaml: statement 1\.1 is too long"):
        placed_sheet(JA_NEJ)


def test_each_finding_is_told_once_with_the_file_it_is_cured_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "lint_sheet", lambda sheet: (f"title: {sheet.edition.form.title}",))
    path = form_file("ja-nej")

    assert list(check_form("ja-nej")) == [
        f"{path}: title: Ét spørgsmål",
        f"{path.with_name('en.yaml')}: title: One question",
    ]


def test_the_roster_is_read_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(FormError, match=r"nobody\.csv"):
        print_sheets(JA_NEJ, Copies(roster=tmp_path / "nobody.csv"), tmp_path / "s.pdf", VOICE)

    assert not (tmp_path / "s.pdf").exists()
