import re
from dataclasses import replace

import pytest
from click.testing import CliRunner

from kryds.desk import rehearsal
from kryds.desk.cli import cli
from kryds.desk.rehearsal import tell_rehearsal
from kryds.desk.voice import Voice
from kryds.samples.paper.outcome import Outcome
from kryds.samples.rehearsal import RehearsedRow


def test_a_rehearsal_tells_what_the_sheets_would_make_of_work() -> None:
    said = CliRunner().invoke(cli, ["check", "ja-nej", "--rehearse", "6", "--language", "da"])

    assert said.exit_code == 0
    assert re.search(r"Øvet på 6 ark med 6 rækker: \d+,\d\d % .*, 0 blev læst forkert, 0 kunne ikke læses", said.output)


def test_the_row_and_the_box_to_blame_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = [RehearsedRow(f"1.{item}", choice, Outcome.CORRECT) for item in range(1, 6) for choice in range(1, 6)]
    bad = [RehearsedRow("1.6", 3, Outcome.ASKED)]
    monkeypatch.setattr(rehearsal, "rehearse", lambda *_: iter([tuple(good), tuple(bad)]))
    tell_rehearsal("mus-leder", 2, Voice.in_language("en"))
    said = capsys.readouterr().out

    assert "statement 1.6 (100.00 %)" in said
    assert "box 3 (16.67 %)" in said


@pytest.mark.parametrize(("outcome", "is_told"), [(Outcome.ASKED, True), (Outcome.CORRECT, False)])
def test_work_spread_evenly_blames_nothing_and_where_there_is_none_nothing_is_said_of_it(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    outcome: Outcome,
    is_told: bool,  # noqa: FBT001 - a parameter
) -> None:
    rows = tuple(RehearsedRow(f"1.{item}", 1, outcome) for item in range(1, 6))
    monkeypatch.setattr(rehearsal, "rehearse", lambda *_: iter([rows]))
    tell_rehearsal("mus-leder", 1, Voice.in_language("en"))
    said = capsys.readouterr().out

    assert "5 rows" in said
    assert ("No row and no box stands out" in said) is is_told


def test_scans_in_black_and_white_are_named_where_they_make_most_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    grey = [RehearsedRow(f"1.{item}", 1, Outcome.CORRECT) for item in range(1, 6)]
    bilevel = [replace(row, outcome=Outcome.ASKED, is_bilevel=True) for row in grey[:1]]
    monkeypatch.setattr(rehearsal, "rehearse", lambda *_: iter([tuple(grey), tuple(bilevel)]))
    for language, told in (("en", "In black-and-white scans 100.00 %"), ("da", "I sort-hvide scanninger 100,00 %")):
        tell_rehearsal("mus-leder", 2, Voice.in_language(language))

        assert told in capsys.readouterr().out
