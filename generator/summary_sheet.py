"""A sheet's page: its status, the RESULT table as on paper, points of sections, what lacks, and every answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from kryds.generator.charts import BOX_MM, BOX_STEP_MM, draw_boxes, draw_status
from kryds.generator.placed import Role
from kryds.generator.summary_lacking import draw_lacking
from kryds.generator.summary_pages import SummaryPages
from kryds.generator.summary_result import draw_result
from kryds.generator.summary_words import counted, sheet_name
from kryds.generator.typeface import (
    BODY,
    HEADING,
    HEAVY_MM,
    ITEM_NUMBER,
    SMALL,
    SMALL_BOLD,
    SUBTITLE,
    TITLE,
    Colour,
    Face,
    Style,
    shorten,
    width_mm,
    wrap,
)
from kryds.model.edition import Edition
from kryds.model.geometry import Point
from kryds.model.reading import READER, Answer, AnswerState, RowCrop, SheetStatus
from kryds.model.scores import ScoredSheet

STATUS = Style(Face.BOLD, 11.5, 5.0)
NOTE = Style(Face.REGULAR, 8, 3.4, Colour.QUIET)
LACKS = Style(Face.ITALIC, 9, 4.0)
#: Columns of the statements: number; the word of the answer; air between columns (mm).
_NUMBER_MM, _WORD_MM, _GAP_MM, _ROW_AIR_MM = 9.0, 33.0, 4.0, 2.0


@dataclass(frozen=True)
class PlacedStatements:
    """What is the same on every sheet: where the columns stand, and every statement in lines."""

    edition: Edition
    boxes_left: float
    word_left: float
    lines: Mapping[str, tuple[str, ...]]
    labels: tuple[tuple[str, ...], ...]
    page_of: Mapping[str, int]


def place_statements(pages: SummaryPages, edition: Edition) -> PlacedStatements:
    """The statements of a form in lines, once for all its sheets."""
    form = edition.form
    word_left = pages.right - _WORD_MM
    boxes_left = word_left - _GAP_MM - (len(form.options) - 1) * BOX_STEP_MM - BOX_MM
    column = boxes_left - _GAP_MM - pages.left - _NUMBER_MM
    return PlacedStatements(
        edition=edition,
        boxes_left=boxes_left,
        word_left=word_left,
        lines={item.id: wrap(item.text, SMALL, column) for item in form.items},
        labels=tuple(wrap(option.label, SMALL, _WORD_MM) for option in form.options),
        page_of={row.item_id: page.number for page in edition.layout.pages for row in page.rows},
    )


def draw_sheet(
    pages: SummaryPages, placed: PlacedStatements, sheet: ScoredSheet, crops: Mapping[tuple[str, int, str], RowCrop]
) -> None:
    """One sheet, on as many pages as it takes; its heading stands again on each."""
    name = sheet_name(pages.phrases, sheet.reading)
    title = f"{name} – {sheet.reading.respondent}" if sheet.reading.respondent else name
    pages.begin_chapter(title, f"{placed.edition.form.title} – {title}", level=1)
    pages.repeat = lambda: _draw_repeated_head(pages, title)
    _draw_head(pages, placed, sheet)
    draw_result(pages, placed.edition.form, sheet.score)
    draw_lacking(pages, placed.edition, sheet, crops)
    _draw_answers(pages, placed, sheet)


def _draw_repeated_head(pages: SummaryPages, title: str) -> None:
    with pages.ornament():
        said = pages.phrases.say("sheet.continued", title=title)
        pages.lines(Point(pages.left, pages.y), (shorten(said, HEADING, pages.width),), HEADING)
    pages.y += HEADING.leading_mm + 0.8
    pages.rule(HEAVY_MM, Colour.ACCENT)
    pages.y += 4.0


def _draw_head(pages: SummaryPages, placed: PlacedStatements, sheet: ScoredSheet) -> None:
    """Number and name at the left, the status at the right."""
    status = pages.phrases.say(f"summary.status.{sheet.score.status}")
    sign = 5.0
    status_left = pages.right - width_mm(status, STATUS)
    top = pages.y
    with pages.tagged(Role.TITLE):
        text = shorten(sheet_name(pages.phrases, sheet.reading), TITLE, status_left - sign - 8.0 - pages.left)
        pages.lines(Point(pages.left, top), (text,), TITLE)
    middle = top + TITLE.cap_mm / 2
    with pages.tagged(Role.PARAGRAPH):
        draw_status(pages.pen, Point(status_left - 2.0 - sign / 2, middle), sheet.score.status, sign)
        pages.pen.text(Point(status_left, middle + STATUS.cap_mm / 2), status, STATUS)
    pages.y += TITLE.leading_mm
    if sheet.reading.respondent:
        pages.write(sheet.reading.respondent, SUBTITLE)
    pages.y += 1.5
    pages.rule(HEAVY_MM, Colour.ACCENT)
    pages.y += 3.2
    pages.write(_status_words(pages, placed, sheet), BODY)
    pages.y += 5.0


def _status_words(pages: SummaryPages, placed: PlacedStatements, sheet: ScoredSheet) -> str:
    """The status told in a sentence or two."""
    score = sheet.score
    said = []
    if score.status is SheetStatus.SCORED:
        return counted(pages.phrases, "all_answered", score.items)
    if score.awaiting:
        said.append(counted(pages.phrases, "awaiting", score.awaiting))
    without = score.items - score.answered - score.awaiting
    if without:
        said.append(counted(pages.phrases, "without_answer", without))
    if not said:
        said.append(pages.phrases.say("summary.look_at_sheet"))
    return " ".join(said)


def _draw_answers(pages: SummaryPages, placed: PlacedStatements, sheet: ScoredSheet) -> None:
    """Every statement with its answer, section by section."""
    answers = {answer.item_id: answer for answer in sheet.reading.answers}
    form = placed.edition.form
    for number, section in enumerate(form.sections, start=1):
        items = [item for item in form.items if item.section == number]
        title = wrap(section.title, SMALL_BOLD, pages.width)
        first = _row_mm(placed, items[0].id, _answer_words(pages, placed, sheet, answers.get(items[0].id), items[0].id))
        pages.need(len(title) * SMALL_BOLD.leading_mm + 2.0 + first)
        pages.write(section.title, SMALL_BOLD, Role.HEADING)
        pages.y += 0.4
        for item in items:
            _draw_answer(pages, placed, sheet, item.id, answers.get(item.id))
        pages.y += 3.4


def _row_mm(placed: PlacedStatements, item_id: str, words: tuple[tuple[str, Style], ...]) -> float:
    text = len(placed.lines[item_id]) * SMALL.leading_mm
    return max(text, sum(style.leading_mm for _, style in words)) + _ROW_AIR_MM


def _draw_answer(
    pages: SummaryPages, placed: PlacedStatements, sheet: ScoredSheet, item_id: str, answer: Answer | None
) -> None:
    words = _answer_words(pages, placed, sheet, answer, item_id)
    height = _row_mm(placed, item_id, words)
    pages.need(height)
    pages.rule()
    top = pages.y + (_ROW_AIR_MM + SMALL.leading_mm - SMALL.cap_mm) / 2
    middle = top + SMALL.cap_mm / 2
    with pages.tagged(Role.PARAGRAPH):
        pages.pen.text(Point(pages.left, top + SMALL.cap_mm), item_id, ITEM_NUMBER)
        pages.lines(Point(pages.left + _NUMBER_MM, top), placed.lines[item_id], SMALL)
        corner = Point(placed.boxes_left, middle - BOX_MM / 2)
        draw_boxes(pages.pen, corner, len(placed.edition.form.options), answer.choice if answer else None)
        left = placed.word_left
        if answer is not None and answer.is_open:
            pages.pen.warning(Point(left + 1.7, middle), 3.4)
            left += 4.8
        baseline = top + SMALL.cap_mm
        for word, style in words:
            pages.pen.text(Point(left, baseline), word, style)
            baseline += style.leading_mm
    pages.y += height


def _answer_words(
    pages: SummaryPages, placed: PlacedStatements, sheet: ScoredSheet, answer: Answer | None, item_id: str
) -> tuple[tuple[str, Style], ...]:
    """Lines beside the boxes: the category or what lacks, and how it came about."""
    say = pages.phrases.say
    if answer is None:
        page = placed.page_of.get(item_id)
        gone = page in sheet.reading.missing_pages
        said = say("summary.page_lacks", page=page) if gone else say("summary.state.blank")
        return tuple((line, LACKS) for line in wrap(said, LACKS, _WORD_MM))
    notes: list[tuple[str, Style]] = []
    if answer.choice is not None:
        notes = [(line, SMALL) for line in placed.labels[answer.choice - 1]]
    else:
        key = "summary.state.open" if answer.is_open else f"summary.state.{answer.state}"
        room = _WORD_MM - (4.8 if answer.is_open else 0.0)
        notes = [(line, LACKS) for line in wrap(say(key), LACKS, room)]
    if answer.decided_by != READER:
        said = say("summary.decided_by", name=answer.decided_by)
        notes += [(line, NOTE) for line in wrap(said, NOTE, _WORD_MM)]
    elif answer.state is AnswerState.CORRECTED:
        notes.append((say("summary.corrected"), NOTE))
    return tuple(notes)
