"""What ``kryds read`` and ``kryds report`` say of the outcome: counts and paths, and what needs attention."""

from pathlib import Path
from typing import Any

import click

from kryds.desk.batch import READER_FAILED
from kryds.desk.reports import ANNOTATED_FILE
from kryds.desk.scan_url import is_there
from kryds.desk.voice import Voice
from kryds.desk.workflow import Outcome, page_counts, sheet_counts
from kryds.model.errors import KrydsExit
from kryds.model.reading import PageReading, PageState, SheetStatus
from kryds.reader.trace import Stopwatch

#: Lines of pages that need attention; more are counted, and stand in pages.csv.
PAGES_NAMED = 10
#: The same of sheets; those stand in sheets.csv, and in the summary each has a page.
SHEETS_NAMED = 10
TABLES = ("answers.csv", "boxes.csv", "sheets.csv", "pages.csv")


def tell(outcome: Outcome, voice: Voice) -> None:
    """The result: pages and sheets by what became of them, and where the summary lies."""
    pages, sheets = page_counts(outcome.result), sheet_counts(outcome.result)
    others = [f"{voice.words(f'page_{state}')}: {pages[state]}" for state in PageState if pages[state]]
    voice.tell("pages", counts=", ".join(others) or "0")
    counts = [f"{voice.words(f'sheet_{status}')}: {sheets[status]}" for status in SheetStatus if sheets[status]]
    voice.tell("sheets", counts=", ".join(counts) or "0")
    if outcome.summary:
        voice.tell("summary", path=outcome.summary)


def warn(outcome: Outcome, voice: Voice) -> None:
    """What needs attention, and the next command."""
    for file in outcome.wanting:
        if file.reason:
            reason = voice.phrases.reason(file.reason)
            voice.warn("not_opened", source=file.source, reason=reason, detail=dict(file.reason.values)["detail"])
        else:
            voice.warn("changed" if is_there(file.path) else "moved_away", source=file.source, path=file.path)
    named = {file.source for file in outcome.wanting if file.reason}
    left = [
        page
        for page in outcome.result.pages
        if page.state in (PageState.UNREADABLE, PageState.FOREIGN) and page.source not in named
    ]
    for page in left[:PAGES_NAMED]:
        reason = voice.phrases.reason(page.reason) if page.reason else ""
        voice.warn("page_left", source=page.source, page=page.index + 1, reason=reason)
    if len(left) > PAGES_NAMED:
        voice.warn("more_pages", count=len(left) - PAGES_NAMED, path=outcome.place.folder / "pages.csv")
    _warn_of_sheets(outcome, voice)
    for page in pages_failed(outcome):
        click.echo(dict(page.reason.values)["traceback"] if page.reason else "", err=True)
    if outcome.result.open_items:
        voice.warn("await_review", count=outcome.result.open_items, folder=outcome.place.folder)


def _warn_of_sheets(outcome: Outcome, voice: Voice) -> None:
    """Sheets of which nobody knows what belongs to them: the review asks it of each page."""
    unsure = [sheet.reading for sheet in outcome.result.sheets if sheet.reading.problems]
    for sheet in unsure[:SHEETS_NAMED]:
        page = sheet.pages[0]
        reasons = "; ".join(voice.phrases.reason(problem) for problem in sheet.problems)
        voice.warn("sheet_unsure", sheet=sheet.sheet, source=page.source, page=page.index + 1, reason=reasons)
    if len(unsure) > SHEETS_NAMED:
        voice.warn("more_sheets", count=len(unsure) - SHEETS_NAMED, path=outcome.place.folder / "sheets.csv")
    if unsure:
        voice.warn("settle_sheets")


def warn_of_time(stopwatch: Stopwatch, voice: Voice) -> None:
    """What each stage took, and its share; of several processes, the sum."""
    total = sum(stopwatch.seconds.values()) or 1.0
    voice.warn("trace", seconds=f"{total:.2f}")
    width = max((len(voice.words(f"stage_{stage}")) for stage in stopwatch.seconds), default=0)
    for stage, seconds in sorted(stopwatch.seconds.items(), key=lambda each: -each[1]):
        name = voice.words(f"stage_{stage}")
        click.echo(f"  {name:{width}}  {seconds:8.2f} s  {seconds / total:6.1%}", err=True)


def pages_failed(outcome: Outcome) -> list[PageReading]:
    """The pages the reader has a bug for."""
    return [page for page in outcome.result.pages if page.reason and page.reason.kind == READER_FAILED]


def awaits_review(outcome: Outcome) -> bool:
    """Whether a person is asked about an answer or a sheet."""
    return bool(sheet_counts(outcome.result)[SheetStatus.NEEDS_REVIEW])


def exit_status(outcome: Outcome, *, strict: bool) -> KrydsExit:
    """How a command that read or reported ends; what weighs most comes first."""
    if pages_failed(outcome):
        return KrydsExit.BUG
    if outcome.wanting:
        return KrydsExit.INPUT_NOT_OPENED
    return KrydsExit.AWAITS_REVIEW if strict and awaits_review(outcome) else KrydsExit.DONE


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The same as ``tell``, for programs."""
    pages, sheets = page_counts(outcome.result), sheet_counts(outcome.result)
    folder = outcome.place.folder
    annotated = folder / ANNOTATED_FILE
    return {
        "pages": {state.value: pages[state] for state in PageState},
        "sheets": {status.value: sheets[status] for status in SheetStatus},
        "open_items": outcome.result.open_items,
        "not_opened": [file.source for file in outcome.wanting],
        "files": {
            **{name.removesuffix(".csv"): str(folder / name) for name in TABLES},
            "summary": _path(outcome.summary),
            "annotated": _path(annotated if outcome.summary and annotated.is_file() else None),
        },
    }


def _path(path: Path | None) -> str | None:
    return str(path) if path else None
