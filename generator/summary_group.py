"""The group's pages: how many sheets, mean points, means of sections, strongest and weakest, every statement's answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from kryds.generator.charts import COUNT_UNDER, UNDER_MM, CountBar, WeightScale, draw_axis, draw_mean, draw_status
from kryds.generator.palette import shades_of
from kryds.generator.placed import Role
from kryds.generator.summary_legend import draw_legend, legend_mm
from kryds.generator.summary_pages import SummaryPages
from kryds.generator.summary_words import counted
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
    width_mm,
    wrap,
)
from kryds.model.geometry import Point, Rect
from kryds.model.reading import SheetStatus
from kryds.model.scores import GroupSummary, ItemDistribution

#: The mean of totals, and the counts beside it.
FIGURE = Style(Face.BOLD, 34, 12.5, Colour.ACCENT)
COUNT_FIGURE = Style(Face.BOLD, 20, 8.0)
MEAN = Style(Face.BOLD, 9.5, 4.0)
KICKER = Style(Face.BOLD, 9, 5.0, Colour.QUIET)
#: Room the mean of totals takes of the width, and a distribution's columns (mm).
_FIGURE_MM, _NUMBER_MM, _STATEMENT_MM, _MEAN_MM, _GAP_MM = 66.0, 9.0, 74.0, 13.0, 5.0
_BAR_MM, _ROW_AIR_MM = 4.8, 3.0
_SECTION_TITLE_MM = 62.0
#: Sheets named in a list; the others are counted.
_NAMED_SHEETS = 24
#: Statuses beside the mean, and the phrases that count them.
_COUNTED = (
    (SheetStatus.SCORED, "complete"),
    (SheetStatus.NEEDS_REVIEW, "needs_review"),
    (SheetStatus.INCOMPLETE, "incomplete"),
)


def draw_group(pages: SummaryPages, group: GroupSummary) -> None:
    """The group's result, on as many pages as it takes."""
    form = group.edition.form
    pages.begin_chapter(form.title, form.title, level=0)
    _draw_head(pages, group)
    _draw_figures(pages, group)
    _draw_remarks(pages, group)
    if group.complete:
        _draw_sections(pages, group)
    if len(group.sheets) > 1:
        _draw_extremes(pages, group)
        _draw_distributions(pages, group)


def _draw_head(pages: SummaryPages, group: GroupSummary) -> None:
    form = group.edition.form
    pages.write(pages.phrases.say("summary.group"), KICKER)
    pages.y += 1.0
    pages.write(form.title, TITLE, Role.TITLE)
    if form.subtitle:
        pages.write(form.subtitle, SUBTITLE)
    pages.y += 2.5
    pages.rule(HEAVY_MM, Colour.ACCENT)
    pages.y += 7.0


def _draw_figures(pages: SummaryPages, group: GroupSummary) -> None:
    """The mean of totals large, and beside it how many sheets there are of each kind."""
    top = pages.y
    with pages.tagged(Role.PARAGRAPH):
        _draw_mean_points(pages, group, top)
    left = pages.left + _FIGURE_MM
    step = (pages.width - _FIGURE_MM) / (len(_COUNTED) + 1)
    numbers = {
        SheetStatus.SCORED: group.complete,
        SheetStatus.NEEDS_REVIEW: group.needs_review,
        SheetStatus.INCOMPLETE: group.incomplete,
    }
    with pages.tagged(Role.PARAGRAPH):
        _draw_count(
            pages, Point(left, top), len(group.sheets), counted(pages.phrases, "sheets_label", len(group.sheets))
        )
    for at, (status, key) in enumerate(_COUNTED, start=1):
        number = numbers[status]
        with pages.tagged(Role.PARAGRAPH):
            corner = Point(left + at * step, top)
            _draw_count(
                pages, corner, number, counted(pages.phrases, f"{key}_label", number), status if number else None
            )
    pages.y = top + 26.0


def _draw_mean_points(pages: SummaryPages, group: GroupSummary, top: float) -> None:
    baseline = top + FIGURE.cap_mm
    say, form = pages.phrases.say, group.edition.form
    if group.mean_points is None:
        figure, beside, below = "–", "", say("summary.no_mean")
    else:
        decimals = 0 if group.complete == 1 else 1
        figure = pages.phrases.number(group.mean_points, decimals)
        beside = say("summary.of_max", max=form.max_points)
        below = counted(pages.phrases, "mean_over", group.complete)
    pages.pen.text(Point(pages.left, baseline), figure, FIGURE)
    pages.pen.text(Point(pages.left + width_mm(figure, FIGURE) + 2.0, baseline), beside, BODY)
    pages.lines(Point(pages.left, baseline + 4.0), wrap(below, SMALL, _FIGURE_MM - 8.0), SMALL)


def _draw_count(pages: SummaryPages, corner: Point, number: int, label: str, status: SheetStatus | None = None) -> None:
    baseline = corner.y + FIGURE.cap_mm
    pages.pen.text(Point(corner.x, baseline), str(number), COUNT_FIGURE)
    if status:
        beside = corner.x + width_mm(str(number), COUNT_FIGURE) + 3.6
        draw_status(pages.pen, Point(beside, baseline - COUNT_FIGURE.cap_mm / 2), status, 4.0)
    pages.lines(Point(corner.x, baseline + 4.0), wrap(label, SMALL, 24.0), SMALL)


def _draw_remarks(pages: SummaryPages, group: GroupSummary) -> None:
    """What is lacking, in words, and on which sheets."""
    remarks = []
    if group.open_items:
        remarks.append(counted(pages.phrases, "open_items", group.open_items))
    for status, key in _COUNTED[1:]:
        names = [sheet.reading.sheet for sheet in group.sheets if sheet.score.status is status]
        if names:
            remarks.append(pages.phrases.say(f"summary.{key}_sheets", sheets=_listed(pages, names)))
    if not group.complete:
        remarks.append(pages.phrases.say("summary.none_complete"))
    elif group.complete < len(group.sheets):
        remarks.append(pages.phrases.say("summary.means_leave_out"))
    if len(group.sheets) == 1:
        remarks.append(pages.phrases.say("summary.single"))
    for remark in remarks:
        pages.write(remark, BODY, width_mm=min(pages.width, 150.0))
        pages.y += 1.2
    pages.y += 5.0


def _listed(pages: SummaryPages, names: Sequence[str]) -> str:
    listed = ", ".join(names[:_NAMED_SHEETS])
    more = len(names) - _NAMED_SHEETS
    return pages.phrases.say("summary.and_more", listed=listed, more=more) if more > 0 else listed


def _heading(pages: SummaryPages, text: str, keep_mm: float) -> None:
    """A heading with a rule under it, on a page with ``keep_mm`` more."""
    pages.need(HEADING.leading_mm + 3.0 + keep_mm)
    pages.write(text, HEADING, Role.HEADING)
    pages.y += 0.8
    pages.rule(HEAVY_MM, Colour.ACCENT)
    pages.y += 3.0


def _draw_sections(pages: SummaryPages, group: GroupSummary) -> None:
    """A bar per section, on the scale of the weights."""
    options = sorted(group.edition.form.options, key=lambda option: option.weight)
    scale_words = pages.phrases.say(
        "summary.scale",
        low=options[0].weight,
        low_label=options[0].label,
        high=options[-1].weight,
        high_label=options[-1].label,
    )
    _heading(pages, pages.phrases.say("summary.sections"), 30.0)
    pages.write(scale_words, SMALL)
    pages.y += 2.5
    bar_left = pages.left + _SECTION_TITLE_MM + _GAP_MM
    weights = tuple(option.weight for option in options)
    scale = WeightScale(weights, bar_left, pages.right - _MEAN_MM - bar_left)
    for section in group.sections:
        lines = wrap(section.title, SMALL, _SECTION_TITLE_MM)
        height = max(len(lines) * SMALL.leading_mm, _BAR_MM) + 2.6
        pages.need(height)
        middle = pages.y + height / 2
        value = pages.phrases.number(section.mean or 0.0)
        with pages.tagged(Role.PARAGRAPH):
            pages.lines(Point(pages.left, _text_top(middle, lines, SMALL)), lines, SMALL)
            pages.pen.ending(Point(pages.right, middle + MEAN.cap_mm / 2), value, MEAN)
        with pages.tagged(Role.FIGURE, f"{section.title}: {value}"):
            draw_mean(pages.pen, scale, middle, section.mean)
        pages.y += height
    with pages.ornament():
        draw_axis(pages.pen, scale, pages.y, COUNT_UNDER)
    pages.y += 11.0


def _draw_extremes(pages: SummaryPages, group: GroupSummary) -> None:
    """The statements with the highest means beside those with the lowest."""
    if not group.strongest:
        return
    items = {item.item_id: item for item in group.items}
    column = (pages.width - 8.0) / 2
    sides = (("strongest", group.strongest), ("weakest", group.weakest))
    height = max(sum(_extreme_mm(items[id_], column) for id_ in ids) for _, ids in sides)
    pages.need(HEADING.leading_mm + 3.8 + height)
    top = pages.y
    for at, (key, ids) in enumerate(sides):
        left = pages.left + at * (column + 8.0)
        pages.y = top
        with pages.tagged(Role.HEADING):
            pages.lines(Point(left, top), (pages.phrases.say(f"summary.{key}"),), HEADING)
        pages.y += HEADING.leading_mm + 0.8
        with pages.ornament():
            pages.pen.fill(Rect(left, pages.y - HEAVY_MM / 2, column, HEAVY_MM), Colour.ACCENT)
        pages.y += 3.0
        for id_ in ids:
            _draw_extreme(pages, items[id_], left, column)
    pages.y = top + HEADING.leading_mm + 3.8 + height + 7.0


def _extreme_mm(item: ItemDistribution, column: float) -> float:
    return len(wrap(item.text, SMALL, column - 21.0)) * SMALL.leading_mm + 1.6


def _draw_extreme(pages: SummaryPages, item: ItemDistribution, left: float, column: float) -> None:
    with pages.tagged(Role.PARAGRAPH):
        baseline = pages.y + SMALL.cap_mm
        pages.pen.text(Point(left, baseline), pages.phrases.number(item.mean or 0.0), MEAN)
        pages.pen.text(Point(left + 11.0, baseline), item.item_id, ITEM_NUMBER)
        pages.lines(Point(left + 21.0, pages.y), wrap(item.text, SMALL, column - 21.0), SMALL)
    pages.y += _extreme_mm(item, column)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a distribution's columns stand."""

    statement: float
    bar: float
    bar_mm: float


def _draw_distributions(pages: SummaryPages, group: GroupSummary) -> None:
    """Every statement with a bar of its answers, section by section."""
    form = group.edition.form
    shades = shades_of(tuple(option.weight for option in form.options))
    without = any(item.without_answer for item in group.items)
    labels = tuple(option.label for option in form.options)
    entries = list(zip(shades, labels, strict=True)) + [("", pages.phrases.say("summary.without"))] * without
    statement = pages.left + _NUMBER_MM
    bar = statement + _STATEMENT_MM + _GAP_MM
    columns = _Columns(statement, bar, pages.right - _MEAN_MM - bar)
    _heading(pages, pages.phrases.say("summary.distribution"), 40.0 + legend_mm(pages, entries))
    pages.write(pages.phrases.say("summary.distribution_text"), SMALL)
    pages.y += 2.0
    draw_legend(pages, entries, repeated=False)
    pages.repeat = lambda: draw_legend(pages, entries, repeated=True)
    for number, section in enumerate(form.sections, start=1):
        rows = [item for item, place in zip(group.items, form.items, strict=True) if place.section == number]
        _draw_section_title(pages, section.title, _row_mm(rows[0], columns, shades))
        for item in rows:
            _draw_distribution(pages, item, columns, shades)
        pages.y += 3.0
    pages.repeat = lambda: None


def _draw_section_title(pages: SummaryPages, title: str, keep_mm: float) -> None:
    lines = wrap(title, SMALL_BOLD, pages.width)
    pages.need(len(lines) * SMALL_BOLD.leading_mm + 4.0 + keep_mm)
    pages.y += 1.5
    pages.write(title, SMALL_BOLD, Role.HEADING)
    pages.y += 1.0


def _row_mm(item: ItemDistribution, columns: _Columns, shades: tuple[str, ...]) -> float:
    bar = CountBar(item.crosses, item.without_answer, shades)
    bar_mm = _BAR_MM + (UNDER_MM if bar.spills(columns.bar_mm) else 0.0)
    return max(len(wrap(item.text, SMALL, _STATEMENT_MM)) * SMALL.leading_mm, bar_mm) + _ROW_AIR_MM


def _draw_distribution(pages: SummaryPages, item: ItemDistribution, columns: _Columns, shades: tuple[str, ...]) -> None:
    height = _row_mm(item, columns, shades)
    pages.need(height)
    pages.rule()
    lines = wrap(item.text, SMALL, _STATEMENT_MM)
    top = pages.y + _ROW_AIR_MM / 2
    baseline = top + (_BAR_MM + SMALL.cap_mm) / 2
    text_top = baseline - SMALL.cap_mm
    mean = pages.phrases.number(item.mean) if item.mean is not None else "–"
    with pages.tagged(Role.PARAGRAPH):
        pages.pen.text(Point(pages.left, baseline), item.item_id, ITEM_NUMBER)
        pages.lines(Point(columns.statement, text_top), lines, SMALL)
        pages.pen.ending(Point(pages.right, baseline), mean, MEAN)
    said = " · ".join(str(count) for count in (*item.crosses, item.without_answer))
    with pages.tagged(Role.FIGURE, said):
        bar = CountBar(item.crosses, item.without_answer, shades)
        bar.draw(pages.pen, Rect(columns.bar, top, columns.bar_mm, _BAR_MM))
    pages.y += height


def _text_top(middle: float, lines: tuple[str, ...], style: Style) -> float:
    """Where the capitals of lines centred about ``middle`` begin."""
    return middle - ((len(lines) - 1) * style.leading_mm + style.cap_mm) / 2
