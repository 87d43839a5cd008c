"""The group's pages: how many sheets, mean points, means of sections, strongest and weakest statements."""

from collections.abc import Sequence

from kryds.generator.charts import COUNT_UNDER, WeightScale, draw_axis, draw_mean, draw_status
from kryds.generator.placed import Role
from kryds.generator.summary_distribution import draw_distributions
from kryds.generator.summary_pages import MEAN, SummaryPages, heading
from kryds.generator.summary_words import counted
from kryds.generator.typeface import (
    BODY,
    HEADING,
    HEAVY_MM,
    ITEM_NUMBER,
    SMALL,
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
NO_FIGURE = Style(Face.REGULAR, 13, 5.8, Colour.QUIET)
COUNT_FIGURE = Style(Face.BOLD, 20, 8.0)
KICKER = Style(Face.BOLD, 9, 5.0, Colour.QUIET)
#: Room for the mean of totals, a sign before a remark, and a mean at the right; air between columns (mm).
_FIGURE_MM, _SIGN_MM, _MEAN_MM, _GAP_MM = 66.0, 6.5, 13.0, 5.0
_BAR_MM = 4.8
_SECTION_TITLE_MM = 62.0
#: Sheets named in a list; the others are counted.
_NAMED_SHEETS = 24
#: The status that a phrase counts.
_STATUS_OF = {
    "complete": SheetStatus.SCORED,
    "needs_review": SheetStatus.NEEDS_REVIEW,
    "incomplete": SheetStatus.INCOMPLETE,
}


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
        draw_distributions(pages, group)


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
    step = (pages.width - _FIGURE_MM) / (len(_STATUS_OF) + 1)
    numbers = {
        "sheets": len(group.sheets),
        "complete": group.complete,
        "needs_review": group.needs_review,
        "incomplete": group.incomplete,
    }
    for at, (key, number) in enumerate(numbers.items()):
        _draw_count(pages, Point(left + at * step, top), key, number)
    pages.y = top + 26.0


def _draw_mean_points(pages: SummaryPages, group: GroupSummary, top: float) -> None:
    baseline = top + FIGURE.cap_mm
    room = _FIGURE_MM - 8.0
    if group.mean_points is None:
        words = wrap(pages.phrases.say("summary.no_mean"), NO_FIGURE, room)
        pages.lines(Point(pages.left, baseline - NO_FIGURE.cap_mm), words, NO_FIGURE)
        return
    figure = pages.phrases.number(group.mean_points, 0 if group.complete == 1 else 1)
    beside = pages.phrases.say("summary.of_max", max=group.edition.form.max_points)
    below = wrap(counted(pages.phrases, "mean_over", group.complete), SMALL, room)
    pages.pen.text(Point(pages.left, baseline), figure, FIGURE)
    pages.pen.text(Point(pages.left + width_mm(figure, FIGURE) + 2.0, baseline), beside, BODY)
    pages.lines(Point(pages.left, baseline + 4.0), below, SMALL)


def _draw_count(pages: SummaryPages, corner: Point, key: str, number: int) -> None:
    """A number with what it counts under it, and the sign of the status beside it."""
    baseline = corner.y + FIGURE.cap_mm
    with pages.tagged(Role.PARAGRAPH):
        pages.pen.text(Point(corner.x, baseline), str(number), COUNT_FIGURE)
        if key in _STATUS_OF and number:
            beside = corner.x + width_mm(str(number), COUNT_FIGURE) + 3.6
            draw_status(pages.pen, Point(beside, baseline - COUNT_FIGURE.cap_mm / 2), _STATUS_OF[key], 4.0)
        label = counted(pages.phrases, f"{key}_label", number)
        pages.lines(Point(corner.x, baseline + 4.0), wrap(label, SMALL, 24.0), SMALL)


def _draw_remarks(pages: SummaryPages, group: GroupSummary) -> None:
    """What is lacking, in words, and on which sheets."""
    remarks: list[tuple[str, SheetStatus | None]] = []
    for key in ("needs_review", "incomplete"):
        names = [sheet.reading.sheet for sheet in group.sheets if sheet.score.status is _STATUS_OF[key]]
        if names:
            said = pages.phrases.say(f"summary.{key}_sheets", sheets=_listed(pages, names))
            if key == "needs_review" and group.open_items:
                said = f"{said} {counted(pages.phrases, 'open_items', group.open_items)}"
            remarks.append((said, _STATUS_OF[key]))
    if not group.complete:
        remarks.append((pages.phrases.say("summary.none_complete"), None))
    elif group.complete < len(group.sheets):
        remarks.append((pages.phrases.say("summary.means_leave_out"), None))
    if len(group.sheets) == 1:
        remarks.append((pages.phrases.say("summary.single"), None))
    for said, status in remarks:
        lines = wrap(said, BODY, pages.width - _SIGN_MM)
        with pages.tagged(Role.PARAGRAPH):
            if status:
                draw_status(pages.pen, Point(pages.left + 1.9, pages.y + BODY.cap_mm / 2), status, 3.6)
            pages.lines(Point(pages.left + (_SIGN_MM if status else 0.0), pages.y), lines, BODY)
        pages.y += len(lines) * BODY.leading_mm + 1.2
    pages.y += 5.0


def _listed(pages: SummaryPages, names: Sequence[str]) -> str:
    listed = ", ".join(names[:_NAMED_SHEETS])
    more = len(names) - _NAMED_SHEETS
    return pages.phrases.say("summary.and_more", listed=listed, more=more) if more > 0 else listed


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
    heading(pages, pages.phrases.say("summary.sections"), 30.0)
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


def _text_top(middle: float, lines: tuple[str, ...], style: Style) -> float:
    """Where the capitals of lines centred about ``middle`` begin."""
    return middle - ((len(lines) - 1) * style.leading_mm + style.cap_mm) / 2
