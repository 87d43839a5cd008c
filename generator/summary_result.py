"""The RESULT table filled in as on paper, and beside it the points of each section and the band."""

from dataclasses import dataclass

from kryds.generator.charts import draw_share
from kryds.generator.palette import RULE
from kryds.generator.placed import Role
from kryds.generator.summary_pages import SummaryPages
from kryds.generator.tags import Element
from kryds.generator.typeface import (
    HAIRLINE_MM,
    HEADING,
    HEAVY_MM,
    SMALL,
    SMALL_BOLD,
    Colour,
    Face,
    Style,
    width_mm,
    wrap,
)
from kryds.model.form import Band, Form
from kryds.model.geometry import Point, Rect
from kryds.model.scores import CategoryCount, SectionScore, SheetScore

TOTAL = Style(Face.BOLD, 14, 5.6, Colour.ACCENT)
TOTAL_WORDS = Style(Face.BOLD, 10, 4.4)
SOURCE = Style(Face.REGULAR, 8, 3.4, Colour.QUIET)
#: The table takes this share of the width; between it and the chart (mm).
_TABLE_SHARE, _BETWEEN_MM = 0.5, 9.0
#: Right ends of the table's columns, leftwards from its right edge (mm); width of the labels; height of a line.
_POINTS_MM, _EQUALS_MM, _WEIGHT_MM, _CROSSES_MM = 0.0, 17.0, 20.0, 31.0
_LINE_MM = 5.4
_SHARE_MM = 3.6


@dataclass(frozen=True, slots=True)
class Column:
    """Where the chart and the band stand."""

    left: float
    width_mm: float


def draw_result(pages: SummaryPages, form: Form, score: SheetScore) -> None:
    """The table, and beside it the chart and the band; below it, over pages if need be, where there is no room."""
    table_mm = (pages.width - _BETWEEN_MM) * _TABLE_SHARE
    side_mm = pages.width - table_mm - _BETWEEN_MM
    top = pages.y
    beside = _side_mm(pages, score, side_mm) <= pages.room
    _draw_table(pages, form, score, table_mm)
    table_end = pages.y
    if beside:
        pages.y = top
        _draw_side(pages, score, Column(pages.right - side_mm, side_mm))
        pages.y = max(table_end, pages.y) + 6.0
    else:
        pages.y += 6.0
        _draw_side(pages, score, Column(pages.left, pages.width))
        pages.y += 6.0


def _draw_side(pages: SummaryPages, score: SheetScore, column: Column) -> None:
    _heading(pages, pages.phrases.say("summary.section_points"), column.left, column.width_mm)
    pages.y += 2.4
    for section in score.sections:
        _draw_section(pages, section, column)
    if score.complete and score.band:
        _draw_band(pages, score.band, column)


def _side_mm(pages: SummaryPages, score: SheetScore, width: float) -> float:
    """How tall the chart and the band are."""
    sections = sum(_section_mm(pages, section, width) for section in score.sections)
    band = _band_mm(pages, score.band, width) if score.complete and score.band else 0.0
    return HEADING.leading_mm + 3.2 + sections + band


def _heading(pages: SummaryPages, text: str, left: float, width: float) -> None:
    lines = wrap(text, HEADING, width)
    with pages.tagged(Role.HEADING):
        pages.lines(Point(left, pages.y), lines, HEADING)
    pages.y += len(lines) * HEADING.leading_mm + 0.8
    with pages.ornament():
        pages.pen.fill(Rect(left, pages.y - HEAVY_MM / 2, width, HEAVY_MM), Colour.ACCENT)


def _draw_table(pages: SummaryPages, form: Form, score: SheetScore, width: float) -> None:
    say, right = pages.phrases.say, pages.left + width
    _heading(pages, form.result.title if form.result else say("summary.result"), pages.left, width)
    table = pages.element(Role.TABLE)
    pages.y += 2.4
    row = pages.element(Role.ROW, parent=table)
    baseline = pages.y + SMALL.cap_mm
    with pages.tagged(Role.HEADER_CELL, parent=row):
        pages.pen.text(Point(pages.left, baseline), say("sheet.category"), SMALL_BOLD)
    heads = (("summary.crosses", _CROSSES_MM), ("sheet.weight", _EQUALS_MM + 1.0), ("sheet.points", _POINTS_MM))
    for key, at in heads:
        with pages.tagged(Role.HEADER_CELL, parent=row):
            pages.pen.ending(Point(right - at, baseline), say(key), SMALL_BOLD)
    pages.y += SMALL.leading_mm + 0.6
    for count in score.counts:
        _draw_count(pages, table, count, right)
    with pages.ornament():
        pages.pen.fill(Rect(pages.left, pages.y - HEAVY_MM / 2, width, HEAVY_MM), Colour.ACCENT)
    _draw_total(pages, table, score, right)


def _draw_count(pages: SummaryPages, table: Element, count: CategoryCount, right: float) -> None:
    """Category, crosses x weight = points."""
    label = wrap(count.label, SMALL, right - _CROSSES_MM - 12.0 - pages.left)
    height = _LINE_MM + (len(label) - 1) * SMALL.leading_mm
    with pages.ornament():
        pages.pen.fill(Rect(pages.left, pages.y, right - pages.left, HAIRLINE_MM), RULE)
    top = pages.y + (_LINE_MM - SMALL.cap_mm) / 2
    baseline = top + SMALL.cap_mm
    row = pages.element(Role.ROW, parent=table)
    with pages.tagged(Role.HEADER_CELL, parent=row):
        pages.lines(Point(pages.left, top), label, SMALL)
    cells = ((str(count.crosses), _CROSSES_MM), (f"× {count.weight}  =", _EQUALS_MM - 3.0), (str(count.points), 0.0))
    for text, at in cells:
        with pages.tagged(Role.CELL, parent=row):
            pages.pen.ending(Point(right - at, baseline), text, SMALL)
    pages.y += height


def _draw_total(pages: SummaryPages, table: Element, score: SheetScore, right: float) -> None:
    """The total of the most there can be; or, when items lack, points from how many statements and nothing else."""
    say = pages.phrases.say
    row = pages.element(Role.ROW, parent=table)
    baseline = pages.y + 2.6 + TOTAL.cap_mm
    with pages.tagged(Role.HEADER_CELL, parent=row):
        pages.pen.text(Point(pages.left, baseline), say("sheet.total"), TOTAL_WORDS)
    with pages.tagged(Role.CELL, parent=row):
        if score.complete:
            most = say("summary.of_max", max=score.max_points)
            pages.pen.ending(Point(right, baseline), most, SMALL)
            pages.pen.ending(Point(right - width_mm(most, SMALL) - 1.6, baseline), str(score.points), TOTAL)
        else:
            said = say("summary.points_from", points=score.points, answered=score.answered, items=score.items)
            left = right - width_mm(said, TOTAL_WORDS)
            pages.pen.gap(Point(left - 3.4, baseline - TOTAL_WORDS.cap_mm / 2), 3.2)
            pages.pen.ending(Point(right, baseline), said, TOTAL_WORDS)
    pages.y = baseline + 2.0


def _points_words(pages: SummaryPages, section: SectionScore) -> str:
    """Points of the section's most; or, when items lack, from how many."""
    key = "summary.points_from_short" if section.answered < section.items else "summary.section_of"
    values = {"points": section.points, "max": section.max_points}
    return pages.phrases.say(key, **values, answered=section.answered, items=section.items)


def _title_lines(pages: SummaryPages, section: SectionScore, width: float) -> tuple[str, ...]:
    return wrap(section.title, SMALL, width - width_mm(_points_words(pages, section), SMALL_BOLD) - 4.0)


def _section_mm(pages: SummaryPages, section: SectionScore, width: float) -> float:
    return len(_title_lines(pages, section, width)) * SMALL.leading_mm + _SHARE_MM + 3.2


def _draw_section(pages: SummaryPages, section: SectionScore, column: Column) -> None:
    """Title and points in words, and under them a bar of the section's most points."""
    said, lines = _points_words(pages, section), _title_lines(pages, section, column.width_mm)
    height = _section_mm(pages, section, column.width_mm)
    pages.need(height)
    bar_top = pages.y + len(lines) * SMALL.leading_mm + 0.2
    with pages.tagged(Role.PARAGRAPH):
        pages.lines(Point(column.left, pages.y), lines, SMALL)
        last = pages.y + (len(lines) - 1) * SMALL.leading_mm + SMALL.cap_mm
        pages.pen.ending(Point(column.left + column.width_mm, last), said, SMALL_BOLD)
    with pages.tagged(Role.FIGURE, f"{section.title}: {said}"):
        place = Rect(column.left, bar_top, column.width_mm, _SHARE_MM)
        share = section.points / section.max_points
        draw_share(pages.pen, place, share, lacking=section.answered < section.items)
    pages.y += height


def _band_pieces(pages: SummaryPages, band: Band, width: float) -> tuple[tuple[tuple[str, ...], Style], ...]:
    """The band's name and range, what it means, and the publication it comes from."""
    name = wrap(f"{band.label} ({band.low}–{band.high})", TOTAL_WORDS, width)
    text = wrap(band.text, SMALL, width) if band.text else ()
    source = wrap(pages.phrases.say("sheet.source", source=band.source), SOURCE, width)
    return (name, TOTAL_WORDS), (text, SMALL), (source, SOURCE)


def _band_mm(pages: SummaryPages, band: Band, width: float) -> float:
    return 1.0 + sum(len(lines) * style.leading_mm + 0.5 for lines, style in _band_pieces(pages, band, width))


def _draw_band(pages: SummaryPages, band: Band, column: Column) -> None:
    pages.need(_band_mm(pages, band, column.width_mm))
    pages.y += 1.0
    with pages.tagged(Role.PARAGRAPH):
        for lines, style in _band_pieces(pages, band, column.width_mm):
            pages.lines(Point(column.left, pages.y), lines, style)
            pages.y += len(lines) * style.leading_mm + 0.5
