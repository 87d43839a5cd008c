"""Result -> answers.csv, boxes.csv, sheets.csv, pages.csv: names, columns and order as promised to every caller."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kryds.desk.result import Result
from kryds.desk.written import written_whole
from kryds.model.edition import Edition
from kryds.model.phrases import Phrases
from kryds.model.reading import Answer, PageReading, PageState
from kryds.model.scores import ScoredSheet

#: A row of a table by its columns; a column that is not there is empty.
Row = Mapping[str, object]
#: A row with a cell for each column.
Cells = Sequence[object]

ANSWERS = (
    "source",
    "page",
    "form",
    "sheet",
    "respondent",
    "item",
    "choice",
    "category",
    "value",
    "state",
    "confidence",
    "decided_by",
)
BOXES = ("source", "page", "item", "choice", "x", "y", "width", "height", "state", "confidence")
SHEETS = ("sheet", "form", "respondent", "status", "score", "max_score", "answered")
PAGES = ("source", "page", "state", "reason", "form", "sheet", "sheet_page", "rotation", "dpi", "residual_mm")

#: Decimals: a confidence, a pixel, a millimetre of residual.
CONFIDENCE, PIXEL, MILLIMETRE = 4, 1, 3


def write_tables(result: Result, pages: Iterable[PageReading], phrases: Phrases, folder: Path) -> None:
    """Writes the four tables; reasons in the words of ``phrases``.

    ``pages`` are those of the result once more, with what was found of every box: too much to be held of all at once.
    """
    columns = sheet_columns(result)
    _write(folder / "answers.csv", ANSWERS, _in_columns(ANSWERS, answer_rows(result)))
    _write(folder / "boxes.csv", BOXES, box_rows(result, pages))
    _write(folder / "sheets.csv", columns, _in_columns(columns, sheet_rows(result)))
    _write(folder / "pages.csv", PAGES, _in_columns(PAGES, page_rows(result, phrases)))


def answer_rows(result: Result) -> Iterator[Row]:
    """One row per item of every page that was read, in the order of the input."""
    sheets = _sheets_by_page(result)
    for page in _read_pages(result):
        sheet = sheets[page.source, page.index].reading
        edition = result.editions[page.digest]
        answers = {answer.item_id: answer for answer in sheet.answers}
        about = {"form": edition.form.id, "sheet": sheet.sheet, "respondent": sheet.respondent}
        for item_id in edition.items_of_page(page.number):
            yield {**_place(page), **about, **_answer_cells(edition, answers[item_id])}


def box_rows(result: Result, pages: Iterable[PageReading]) -> Iterator[Cells]:
    """One row per box of every page that was read, in pixels of the page as it stands in the source: BOXES."""
    read = {(page.source, page.index) for page in _read_pages(result)}
    for page in pages:
        if (page.source, page.index) not in read:
            continue
        for box, mark in zip(page.measurements, page.marks, strict=True):
            found = box.found
            yield (
                page.source,
                page.index + 1,
                box.item_id,
                box.choice,
                *(_decimal(side, PIXEL) for side in (found.x, found.y, found.width, found.height)),
                mark.state,
                _decimal(mark.confidence, CONFIDENCE),
            )


def sheet_columns(result: Result) -> tuple[str, ...]:
    """The fixed columns, then those of every form that was read: categories, sections, items."""
    forms = [group.edition.form for group in result.groups]
    categories = [f"n_{option.id}" for form in forms for option in form.options]
    sections = sorted({number for form in forms for number, _ in enumerate(form.sections, start=1)})
    items = sorted({item.id for form in forms for item in form.items}, key=_by_number)
    return (*SHEETS, *dict.fromkeys(categories), *(f"score_{number}" for number in sections), *items)


def sheet_rows(result: Result) -> Iterator[Row]:
    """One row per sheet, by form and number; an item's cell is the weight of its choice."""
    for group in result.groups:
        for sheet in group.sheets:
            reading, score = sheet.reading, sheet.score
            answers = {answer.item_id: answer for answer in reading.answers}
            yield {
                "sheet": reading.sheet,
                "form": group.edition.form.id,
                "respondent": reading.respondent,
                "status": score.status,
                "score": score.points,
                "max_score": score.max_points,
                "answered": score.answered,
                **{f"n_{count.option_id}": count.crosses for count in score.counts},
                **{f"score_{section.number}": section.points for section in score.sections},
                **{item_id: _answer_cells(group.edition, answer)["value"] for item_id, answer in answers.items()},
            }


def page_rows(result: Result, phrases: Phrases) -> Iterator[Row]:
    """One row per page of every input, whatever became of it."""
    sheets = _sheets_by_page(result)
    for page in result.pages:
        row = {**_place(page), "state": page.state, "reason": phrases.reason(page.reason) if page.reason else ""}
        if page.code:
            row |= {"form": page.code.form_id, "sheet": page.code.sheet, "sheet_page": page.code.page}
        if page.digest:
            sheet = sheets.get((page.source, page.index))
            row |= {
                "form": result.editions[page.digest].form.id,
                "sheet": sheet.reading.sheet if sheet else row.get("sheet", ""),
                "sheet_page": page.number,
                "rotation": page.rotation_deg,
                "residual_mm": _decimal(page.residual_mm, MILLIMETRE),
            }
        yield {**row, "dpi": round(page.dpi) or ""}


def _read_pages(result: Result) -> Iterator[PageReading]:
    return (page for page in result.pages if page.state is PageState.READ)


def _sheets_by_page(result: Result) -> dict[tuple[str, int], ScoredSheet]:
    return {(page.source, page.index): sheet for sheet in result.sheets for page in sheet.reading.pages}


def _place(page: PageReading) -> dict[str, object]:
    return {"source": page.source, "page": page.index + 1}


def _answer_cells(edition: Edition, answer: Answer) -> dict[str, object]:
    """``value`` and its kin are empty unless the answer counts."""
    option = edition.form.options[answer.choice - 1] if answer.state.counts and answer.choice else None
    return {
        "item": answer.item_id,
        "choice": answer.choice if option else "",
        "category": option.id if option else "",
        "value": option.weight if option else "",
        "state": answer.state,
        "confidence": _decimal(answer.confidence, CONFIDENCE),
        "decided_by": answer.decided_by,
    }


def _decimal(value: float, decimals: int) -> str:
    """A number without needless zeros, the same digits on every machine."""
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _by_number(item_id: str) -> tuple[int, ...]:
    return tuple(int(part) for part in item_id.split("."))


def _in_columns(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[Cells]:
    return ([row.get(column, "") for column in columns] for row in rows)


def _write(path: Path, columns: Sequence[str], rows: Iterable[Cells]) -> None:
    """UTF-8 with a byte-order mark, comma, CRLF (RFC 4180), so that a spreadsheet opens it by a double click."""
    with written_whole(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        table = csv.writer(text, lineterminator="\r\n")
        table.writerow(columns)
        table.writerows(rows)
        text.flush()
        text.detach()
