"""Every form, the whole way: printed, filled in, scanned, read by the command a user runs, weighed by hand."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from kryds.desk.cli import cli
from kryds.desk.printed import open_printed
from kryds.model.edition import Edition
from kryds.model.load import bundled_forms, form_file, languages_of
from kryds.samples.paper.acts import Act, ItemPlan
from kryds.samples.paper.files import as_pdf
from kryds.samples.paper.hand import writer
from kryds.samples.paper.pen import BLUE_BALLPOINT
from kryds.samples.paper.scanner import ScannedPage, ScannerProfile
from kryds.samples.paper.simulate import PrintedSheet, Scene, simulate_sheet

FORMS = [(name, language) for name in bundled_forms() for language in languages_of(form_file(name))]
SCANNER = ScannerProfile(dpi=200, quality=75)


def kryds(*arguments: str | Path) -> str:
    done = CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


@pytest.mark.parametrize(("name", "language"), FORMS)
def test_what_is_crossed_is_what_is_read_and_weighed(
    name: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KRYDS_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    kryds("print", name, "-o", "sheets.pdf", "--copies", "1", "--first", "12", "--language", language)
    edition = open_printed(tmp_path / "sheets.pdf").edition
    form = edition.form
    choices = {item.id: 1 + place % len(form.options) for place, item in enumerate(form.items)}
    Path("scan.pdf").write_bytes(as_pdf(filled(Path("sheets.pdf").read_bytes(), edition, choices)))

    kryds("read", "scan.pdf", "-o", "out")
    answers, [sheet] = rows(tmp_path / "out" / "answers.csv"), rows(tmp_path / "out" / "sheets.csv")
    read = {row["item"]: int(row["choice"]) for row in answers if row["choice"]}
    awaiting = {row["item"] for row in answers if row["state"] == "doubtful"}
    weights = [form.options[choice - 1].weight for item, choice in choices.items() if item not in awaiting]

    assert read == {item: choice for item, choice in choices.items() if item not in awaiting}
    # A hand that draws one cross in twenty poorly is a hand the reader may ask about.
    assert len(awaiting) <= len(choices) // 20
    assert (sheet["sheet"], int(sheet["score"]), int(sheet["answered"])) == ("12", sum(weights), len(weights))
    assert sheet["status"] == ("needs_review" if awaiting else "scored")
    assert int(sheet["max_score"]) == max(option.weight for option in form.options) * len(form.items)
    assert Path("out/summary.pdf").read_bytes()[:5] == b"%PDF-"


def filled(pdf: bytes, edition: Edition, choices: dict[str, int]) -> tuple[ScannedPage, ...]:
    """The pages of the only sheet, scanned, with a cross for each item."""
    plan = tuple(ItemPlan(item, Act.CROSS, choice) for item, choice in choices.items())
    scene = Scene(writer(3, BLUE_BALLPOINT), scanner=SCANNER)
    return simulate_sheet(PrintedSheet(pdf, edition), plan, scene, np.random.default_rng(5)).pages
