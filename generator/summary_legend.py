"""What the shades of the bars mean."""

from collections.abc import Iterator, Sequence

from kryds.generator.charts import draw_swatch
from kryds.generator.placed import Role
from kryds.generator.summary_pages import SummaryPages
from kryds.generator.typeface import SMALL, width_mm
from kryds.model.geometry import Point, Rect

#: A swatch, the room after it, and the room after its word (mm).
_SWATCH_MM, _AFTER_SWATCH_MM, _AFTER_WORD_MM, _LINE_MM = 5.0, 1.5, 5.0, 5.4
#: A shade, or nothing for no answer; and its word.
Entry = tuple[str, str]


def legend_mm(pages: SummaryPages, entries: Sequence[Entry]) -> float:
    """How tall the legend is."""
    return (max(line for line, _, _ in _placed(pages, entries)) + 1) * _LINE_MM + 2.6


def draw_legend(pages: SummaryPages, entries: Sequence[Entry], *, repeated: bool) -> None:
    """The entries side by side at ``y``, on as many lines as they take."""
    with pages.ornament() if repeated else pages.tagged(Role.PARAGRAPH):
        for line, x, (shade, word) in _placed(pages, entries):
            top = pages.y + line * _LINE_MM
            draw_swatch(pages.pen, Rect(x, top, _SWATCH_MM, 3.4), shade)
            baseline = top + 1.7 + SMALL.cap_mm / 2
            pages.pen.text(Point(x + _SWATCH_MM + _AFTER_SWATCH_MM, baseline), word, SMALL)
    pages.y += legend_mm(pages, entries)


def _placed(pages: SummaryPages, entries: Sequence[Entry]) -> Iterator[tuple[int, float, Entry]]:
    """Line (from 0), left end, and entry."""
    line, x = 0, pages.left
    for entry in entries:
        width = _SWATCH_MM + _AFTER_SWATCH_MM + width_mm(entry[1], SMALL)
        if x > pages.left and x + width > pages.right:
            line, x = line + 1, pages.left
        yield line, x, entry
        x += width + _AFTER_WORD_MM
