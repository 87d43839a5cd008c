"""Small drawings that show numbers: a bar on a scale, a bar of counts, a row of boxes, a sign for a status."""

from collections.abc import Sequence
from dataclasses import dataclass

from kryds.generator.chart_pen import ChartPen
from kryds.generator.palette import DOUBT, TRACK, WHITE, text_on
from kryds.generator.typeface import FIELD_LINE_MM, HAIRLINE_MM, Colour, Face, Style, width_mm
from kryds.model.geometry import Point, Rect
from kryds.model.reading import SheetStatus

#: Numbers in and under bars.
COUNT = Style(Face.BOLD, 8, 3.4)
COUNT_UNDER = Style(Face.REGULAR, 7.5, 3.0)
#: Air on both sides of a count within its part of a bar, and between counts under a bar (mm).
_COUNT_AIR_MM = 0.5
_UNDER_AIR_MM = 1.1
#: White between the parts of a bar (mm): without it, neighbouring shades run together in grey.
_SEAM_MM = 0.25
#: Height that counts which are too wide for their part take under the bar (mm).
UNDER_MM = 3.2
#: Side of a box in a row of boxes, and from one to the next (mm).
BOX_MM, BOX_STEP_MM = 3.3, 4.5


@dataclass(frozen=True, slots=True)
class WeightScale:
    """Where the weights stand on a line ``width_mm`` long from ``left``, the least at its left end."""

    weights: tuple[int, ...]
    left: float
    width_mm: float

    @property
    def ticks(self) -> tuple[int, ...]:
        """The weights, each once, rising."""
        return tuple(sorted(set(self.weights)))

    def x(self, value: float) -> float:
        """Where ``value`` stands; one beyond the ends stands at the end."""
        low, high = self.ticks[0], self.ticks[-1]
        share = (value - low) / (high - low) if high > low else 1.0
        return self.left + self.width_mm * min(1.0, max(0.0, share))


def draw_mean(pen: ChartPen, scale: WeightScale, middle: float, value: float | None) -> None:
    """A bar from the least weight to ``value`` about y ``middle``, with a line at every weight."""
    height = 4.0
    pen.fill(Rect(scale.left, middle - height / 2, scale.width_mm, height), TRACK)
    if value is not None:
        length = max(0.6, scale.x(value) - scale.left)
        pen.fill(Rect(scale.left, middle - height / 2, length, height), Colour.ACCENT)
    for tick in scale.ticks[1:-1]:
        pen.fill(Rect(scale.x(tick) - HAIRLINE_MM / 2, middle - height / 2, HAIRLINE_MM, height), WHITE)


def draw_axis(pen: ChartPen, scale: WeightScale, top: float, style: Style) -> None:
    """The weights under their places; as many as have room, always the first and the last."""
    widest = max(width_mm(str(tick), style) for tick in scale.ticks)
    step = 1 + int(len(scale.ticks) * (widest + 1.5) / scale.width_mm)
    last = scale.ticks[-1]
    kept = [tick for tick in scale.ticks[:-1:step] if scale.x(last) - scale.x(tick) > widest + 1.5]
    for tick in (*kept, last):
        pen.centred(Point(scale.x(tick), top + style.cap_mm / 2), str(tick), style, style.colour)


def draw_share(pen: ChartPen, place: Rect, share: float, *, lacking: bool) -> None:
    """A bar of ``share`` (0 to 1) of ``place``; a dashed outline says that something lacks."""
    pen.fill(place, TRACK)
    pen.fill(Rect(place.x, place.y, place.width * min(1.0, max(0.0, share)), place.height), Colour.ACCENT)
    if lacking:
        pen.outline(place, DOUBT, 0.3, dashed=True)


@dataclass(frozen=True, slots=True)
class CountBar:
    """How many gave each answer, as parts of one bar, and how many gave none."""

    counts: tuple[int, ...]
    without: int
    shades: tuple[str, ...]

    def draw(self, pen: ChartPen, place: Rect) -> None:
        """The bar fills ``place``; counts too wide for their part stand in the ``UNDER_MM`` below it."""
        total = sum(self.counts) + self.without
        left = place.x
        under: list[tuple[float, str]] = []
        for count, shade in zip((*self.counts, self.without), (*self.shades, ""), strict=True):
            width = place.width * count / max(1, total)
            if count:
                part = Rect(left, place.y, max(0.15, width - _SEAM_MM), place.height)
                _draw_part(pen, part, shade)
                if width_mm(str(count), COUNT) + 2 * _COUNT_AIR_MM <= part.width:
                    pen.centred(part.centre, str(count), COUNT, text_on(shade or WHITE))
                else:
                    under.append((part.centre.x, str(count)))
            left += width
        baseline = place.bottom + COUNT_UNDER.cap_mm + 0.7
        for x, text in _spread(under, place):
            pen.words(Point(x, baseline), text, COUNT_UNDER, COUNT_UNDER.colour)

    def spills(self, width: float) -> bool:
        """Whether a count has to stand under a bar ``width`` mm wide."""
        total = sum(self.counts) + self.without
        return any(
            count and width_mm(str(count), COUNT) + 2 * _COUNT_AIR_MM > width * count / total - _SEAM_MM
            for count in (*self.counts, self.without)
        )


def draw_swatch(pen: ChartPen, place: Rect, shade: str) -> None:
    """A part of a bar as the legend shows it; an empty ``shade`` is that of no answer."""
    _draw_part(pen, place, shade)


def draw_boxes(pen: ChartPen, corner: Point, boxes: int, chosen: int | None) -> None:
    """A row of boxes from its top left corner, the chosen one (from 1) crossed."""
    for choice in range(1, boxes + 1):
        box = Rect(corner.x + (choice - 1) * BOX_STEP_MM, corner.y, BOX_MM, BOX_MM)
        if choice == chosen:
            pen.crossed_box(box)
        else:
            pen.outline(box, Colour.LINE, FIELD_LINE_MM)


def draw_status(pen: ChartPen, middle: Point, status: SheetStatus, side_mm: float) -> None:
    """A tick in a disc, a warning triangle, or an open square: told apart by shape, not by colour alone."""
    {
        SheetStatus.SCORED: pen.tick,
        SheetStatus.NEEDS_REVIEW: pen.warning,
        SheetStatus.INCOMPLETE: pen.gap,
    }[status](middle, side_mm)


def _draw_part(pen: ChartPen, place: Rect, shade: str) -> None:
    if shade:
        pen.fill(place, shade)
    else:
        pen.outline(place, Colour.LINE, min(0.2, place.width), dashed=place.width > 1.0)


def _spread(labels: Sequence[tuple[float, str]], place: Rect) -> list[tuple[float, str]]:
    """Labels as near under their middles as they can stand beside each other; each with its left end."""
    lefts: list[float] = []
    end = place.x - _UNDER_AIR_MM
    for middle, text in labels:
        lefts.append(max(middle - width_mm(text, COUNT_UNDER) / 2, end + _UNDER_AIR_MM))
        end = lefts[-1] + width_mm(text, COUNT_UNDER)
    limit = place.right
    for at in range(len(labels) - 1, -1, -1):
        lefts[at] = min(lefts[at], limit - width_mm(labels[at][1], COUNT_UNDER))
        limit = lefts[at] - _UNDER_AIR_MM
    return [(left, text) for left, (_, text) in zip(lefts, labels, strict=True)]
