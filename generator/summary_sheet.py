"""A sheet's page: its status, the RESULT table as on paper, points of sections, what lacks, and every answer."""

from collections.abc import Mapping

from kryds.generator.charts import draw_status
from kryds.generator.placed import Role
from kryds.generator.summary_answers import PlacedStatements, SheetAnswers, draw_answers
from kryds.generator.summary_lacking import draw_lacking
from kryds.generator.summary_pages import SummaryPages
from kryds.generator.summary_result import draw_result
from kryds.generator.summary_words import counted, sheet_name
from kryds.generator.typeface import (
    BODY,
    HEADING,
    HEAVY_MM,
    SUBTITLE,
    TITLE,
    Colour,
    Face,
    Style,
    shorten,
    width_mm,
)
from kryds.model.geometry import Point
from kryds.model.reading import RowCrop, SheetStatus
from kryds.model.scores import ScoredSheet

STATUS = Style(Face.BOLD, 11.5, 5.0)
#: Side of the sign beside the status (mm).
_SIGN_MM = 5.0
#: The heading on further pages: from its words to the rule, and below the rule (mm).
_TO_RULE_MM, _BELOW_RULE_MM = 0.8, 4.0
_AGAIN_MM = HEADING.leading_mm + _TO_RULE_MM + _BELOW_RULE_MM


def draw_sheet(
    pages: SummaryPages, placed: PlacedStatements, sheet: ScoredSheet, crops: Mapping[tuple[str, int, str], RowCrop]
) -> None:
    """One sheet, on as many pages as it takes; its heading stands again on each."""
    name = sheet_name(pages.phrases, sheet.reading)
    title = f"{name} – {sheet.reading.respondent}" if sheet.reading.respondent else name
    pages.begin_chapter(title, f"{placed.edition.form.title} – {title}", level=1)
    pages.repeat_on_top(lambda: _draw_repeated_head(pages, title), _AGAIN_MM)
    _draw_head(pages, sheet)
    draw_result(pages, placed.edition.form, sheet.score)
    draw_lacking(pages, placed.edition, sheet, crops)
    draw_answers(pages, SheetAnswers(placed, sheet.reading, pages.phrases))


def _draw_repeated_head(pages: SummaryPages, title: str) -> None:
    with pages.ornament():
        said = pages.phrases.say("sheet.continued", title=title)
        pages.lines(Point(pages.left, pages.y), (shorten(said, HEADING, pages.width),), HEADING)
    pages.y += HEADING.leading_mm + _TO_RULE_MM
    pages.rule(HEAVY_MM, Colour.ACCENT)
    pages.y += _BELOW_RULE_MM


def _draw_head(pages: SummaryPages, sheet: ScoredSheet) -> None:
    """Number and name at the left, the status at the right."""
    status = pages.phrases.say(f"summary.status.{sheet.score.status}")
    status_left = pages.right - width_mm(status, STATUS)
    top = pages.y
    with pages.tagged(Role.TITLE):
        text = shorten(sheet_name(pages.phrases, sheet.reading), TITLE, status_left - _SIGN_MM - 8.0 - pages.left)
        pages.lines(Point(pages.left, top), (text,), TITLE)
    middle = top + TITLE.cap_mm / 2
    with pages.tagged(Role.PARAGRAPH):
        draw_status(pages.pen, Point(status_left - 2.0 - _SIGN_MM / 2, middle), sheet.score.status, _SIGN_MM)
        pages.pen.text(Point(status_left, middle + STATUS.cap_mm / 2), status, STATUS)
    pages.y += TITLE.leading_mm
    if sheet.reading.respondent:
        pages.write(sheet.reading.respondent, SUBTITLE)
    pages.y += 1.5
    pages.rule(HEAVY_MM, Colour.ACCENT)
    pages.y += 3.2
    pages.write(_status_words(pages, sheet), BODY)
    pages.y += 5.0


def _status_words(pages: SummaryPages, sheet: ScoredSheet) -> str:
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
