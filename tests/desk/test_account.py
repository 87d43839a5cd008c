from dataclasses import replace
from pathlib import Path

import pytest

from kryds.desk import account
from kryds.desk.result import Result
from kryds.desk.voice import Voice
from kryds.desk.workflow import Outcome, Place
from kryds.model.errors import KrydsExit
from kryds.model.reading import PageReading, PageState, Reason
from tests.desk.exports.groups import group, sheet

ENGLISH = Voice.in_language("en")


def outcome(*pages: PageReading) -> Outcome:
    return Outcome(Result(pages, (), {}), Place(Path("out")), None, ())


def unreadable(index: int, reason: Reason) -> PageReading:
    return PageReading("a.pdf", index, PageState.UNREADABLE, reason)


def test_nothing_is_told_as_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    account.tell(outcome(), ENGLISH)

    assert capsys.readouterr().out == "Pages – 0\nSheets – 0\n"


def test_pages_that_need_attention_are_named_and_too_many_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    account.warn(outcome(*(unreadable(index, Reason("page_damaged")) for index in range(13))), ENGLISH)
    lines = capsys.readouterr().err.splitlines()

    assert lines[0] == "a.pdf, page 1: The page is damaged in the file and cannot be shown – scan it again"
    assert lines[-1] == "… and 3 pages more, see out/pages.csv"
    assert len(lines) == 11


def test_a_bug_ends_as_a_bug_with_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    failed = outcome(unreadable(0, Reason("reader_failed", (("traceback", "ZeroDivisionError: a bug"),))))
    account.warn(failed, ENGLISH)

    assert "ZeroDivisionError: a bug" in capsys.readouterr().err
    assert account.exit_status(failed, strict=True) is KrydsExit.BUG


def test_all_read_and_nothing_awaiting_is_done() -> None:
    assert account.exit_status(outcome(PageReading("a.pdf", 0, PageState.BLANK)), strict=True) is KrydsExit.DONE


def test_as_json_every_state_has_a_number() -> None:
    told = account.as_json(outcome(PageReading("a.pdf", 0, PageState.BLANK)))

    assert told["pages"] == {"read": 0, "blank": 1, "duplicate": 0, "foreign": 0, "unreadable": 0}
    assert told["sheets"] == {"scored": 0, "needs_review": 0, "incomplete": 0}
    assert told["files"]["pages"] == "out/pages.csv"


def test_sheets_whose_pages_nobody_knows_are_named_with_the_cure(capsys: pytest.CaptureFixture[str]) -> None:
    guessed = replace(sheet("u1", "", 1, 1, 1, 1, 1), problems=(Reason("pages_paired_by_guess"),))
    sheets = (group(*(replace(guessed, sheet=f"u{number}") for number in range(1, 13))),)
    told = replace(outcome(), result=Result((), sheets, {}))
    account.warn(told, ENGLISH)
    lines = capsys.readouterr().err.splitlines()

    assert lines[0].startswith("Sheet u1 (bunke.pdf, page 4): The sheets have no number and the pages are out of order")
    assert lines[-3] == "… and 2 sheets more, see out/sheets.csv"
    assert "print with --copies" in lines[-2]
    assert lines[-1] == "Questions that await a person: 12. Settle them with: kryds review out"
    assert account.exit_status(told, strict=True) is KrydsExit.AWAITS_REVIEW
