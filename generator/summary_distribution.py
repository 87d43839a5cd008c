"""Every statement with a bar of the group's answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from kryds.generator.charts import UNDER_MM, CountBar
from kryds.generator.palette import shades_of
from kryds.generator.placed import Role
from kryds.generator.summary_legend import Entry, draw_legend, legend_mm
from kryds.generator.summary_pages import HEADING_MM, MEAN, SummaryPages, heading
from kryds.generator.summary_rows import Row, SectionRows, draw_rows, rows_mm
from kryds.generator.typeface import ITEM_NUMBER, SMALL, wrap
from kryds.model.geometry import Point, Rect
from kryds.model.scores import GroupSummary, ItemDistribution

#: Columns: number, statement, and at the right the mean; air between columns and around a row; height of a bar (mm).
_NUMBER_MM, _STATEMENT_MM, _MEAN_MM, _GAP_MM, _ROW_AIR_MM, _BAR_MM = 9.0, 76.0, 13.0, 5.0, 3.0, 4.8
#: Air below the text under the heading; and how much of a first section is enough to begin at the foot of a page (mm).
_TEXT_AIR_MM, _BEGINNING_MM = 2.0, 35.0


def draw_distributions(pages: SummaryPages, group: GroupSummary) -> None:
    """Every statement with a bar of its answers, section by section; the legend stands on every page."""
    form = group.edition.form
    shades = shades_of(tuple(option.weight for option in form.options))
    entries: list[Entry] = [(shade, option.label) for shade, option in zip(shades, form.options, strict=True)]
    if any(item.without_answer for item in group.items):
        entries.append(("", pages.phrases.say("summary.without")))
    legend = legend_mm(pages, entries)
    sections = _rows(pages, group, tuple(entries))
    heading(pages, pages.phrases.say("summary.distribution"), _keep_mm(pages, sections, legend))
    pages.write(pages.phrases.say("summary.distribution_text"), SMALL)
    pages.y += _TEXT_AIR_MM
    draw_legend(pages, entries, repeated=False)
    pages.repeat_on_top(lambda: draw_legend(pages, entries, repeated=True), legend)
    draw_rows(pages, sections)


def _keep_mm(pages: SummaryPages, sections: Sequence[SectionRows], legend: float) -> float:
    """What the heading must have below it on its page: everything if one page can hold that, else a good beginning."""
    above = SMALL.leading_mm + _TEXT_AIR_MM + legend
    whole = above + rows_mm(pages, sections)
    if HEADING_MM + whole <= pages.page_room:
        return whole
    return above + min(_BEGINNING_MM, rows_mm(pages, sections[:1]))


def _rows(pages: SummaryPages, group: GroupSummary, entries: tuple[Entry, ...]) -> Sequence[SectionRows]:
    form = group.edition.form
    drawn = [_Distribution(pages, item, entries[: len(form.options)]) for item in group.items]
    return tuple(
        SectionRows(
            section.title,
            tuple(
                Row(one.height_mm, one.draw)
                for one, item in zip(drawn, form.items, strict=True)
                if item.section == number
            ),
        )
        for number, section in enumerate(form.sections, start=1)
    )


@dataclass(frozen=True)
class _Distribution:
    """One statement's row."""

    pages: SummaryPages
    item: ItemDistribution
    entries: tuple[Entry, ...]

    @property
    def _bar(self) -> CountBar:
        return CountBar(self.item.crosses, self.item.without_answer, tuple(shade for shade, _ in self.entries))

    @property
    def _bar_place(self) -> tuple[float, float]:
        """Left end and width of the bar."""
        left = self.pages.left + _NUMBER_MM + _STATEMENT_MM + _GAP_MM
        return left, self.pages.right - _MEAN_MM - left

    @property
    def _lines(self) -> tuple[str, ...]:
        return wrap(self.item.text, SMALL, _STATEMENT_MM)

    @property
    def height_mm(self) -> float:
        """How tall the row is, with the counts that stand under the bar."""
        bar_mm = _BAR_MM + (UNDER_MM if self._bar.spills(self._bar_place[1]) else 0.0)
        return max(len(self._lines) * SMALL.leading_mm + 0.4, bar_mm) + _ROW_AIR_MM

    def draw(self) -> None:
        """Number, statement, bar and mean at the pages' ``y``."""
        pages, item = self.pages, self.item
        pages.rule()
        top = pages.y + _ROW_AIR_MM / 2
        baseline = top + (_BAR_MM + SMALL.cap_mm) / 2
        with pages.tagged(Role.PARAGRAPH):
            pages.pen.text(Point(pages.left, baseline), item.item_id, ITEM_NUMBER)
            pages.lines(Point(pages.left + _NUMBER_MM, baseline - SMALL.cap_mm), self._lines, SMALL)
        with pages.tagged(Role.FIGURE, self._said()):
            left, width = self._bar_place
            self._bar.draw(pages.pen, Rect(left, top, width, _BAR_MM))
        mean = pages.phrases.number(item.mean) if item.mean is not None else "–"
        with pages.tagged(Role.PARAGRAPH):
            pages.pen.ending(Point(pages.right, baseline), mean, MEAN)

    def _said(self) -> str:
        """The bar in words."""
        counts = zip(self.entries, self.item.crosses, strict=True)
        said = [f"{label}: {count}" for (_, label), count in counts]
        if self.item.without_answer:
            said.append(f"{self.pages.phrases.say('summary.without')}: {self.item.without_answer}")
        return ", ".join(said)
