"""Counts -> bars that grow from a common middle: few points to the left, many to the right. Numbers for a template."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kryds.model.edition import Edition
from kryds.model.form import Option

#: Which shades (1 pale to 5 dark) so many options on one side of the middle have, from the middle outwards. They are
#: styled ``low-1`` to ``low-5`` and ``high-1`` to ``high-5``; a form has ten options at most.
SHADES = {1: (4,), 2: (3, 5), 3: (2, 3, 5), 4: (1, 2, 3, 5), 5: (1, 2, 3, 4, 5)}
#: A piece narrower than this (per cent of the chart) has no room for its count.
COUNT_ROOM = 4.5


@dataclass(frozen=True, slots=True)
class Shade:
    """An option's colour in a chart, by the name of its style."""

    option: Option
    style: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar; ``left`` and ``width`` in per cent of the chart's width."""

    shade: Shade
    count: int
    left: float
    width: float

    @property
    def has_room(self) -> bool:
        """Whether its count can stand in it."""
        return self.width >= COUNT_ROOM

    @property
    def middle(self) -> float:
        """Where its count stands, in per cent."""
        return self.left + self.width / 2


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars of one page: ``reach`` is how far, in shares of the answers, they go left and right of the middle."""

    order: tuple[int, ...]
    shades: tuple[Shade, ...]
    reach: tuple[float, float]

    @property
    def middle(self) -> float:
        """Where the middle stands, in per cent."""
        return 100 * self.reach[0] / sum(self.reach)

    def bar(self, crosses: Sequence[int]) -> tuple[Piece, ...]:
        """The pieces of one bar, left to right; none where nobody answered."""
        total = sum(crosses)
        if not total:
            return ()
        counts = [crosses[at] for at in self.order]
        per_cent = 100 / sum(self.reach)
        left = self.middle - _left_share(counts) * per_cent
        pieces = []
        for shade, count in zip(self.shades, counts, strict=True):
            width = count / total * per_cent
            if count:
                pieces.append(Piece(shade, count, round(left, 3), round(width, 3)))
            left += width
        return tuple(pieces)


def chart_of(edition: Edition, rows: Iterable[Sequence[int]]) -> Chart:
    """A chart wide enough for these crosses per option; options stand in the order of their weights."""
    options = edition.form.options
    order = tuple(sorted(range(len(options)), key=lambda at: options[at].weight))
    styles = _styles(len(options))
    shares = [_left_share([row[at] for at in order]) for row in rows if sum(row)]
    left, right = max(shares, default=0.5), max((1 - share for share in shares), default=0.5)
    shades = tuple(Shade(options[at], style) for at, style in zip(order, styles, strict=True))
    return Chart(order, shades, (max(left, 0.02), max(right, 0.02)))


def place_on_scale(edition: Edition, mean: float) -> float:
    """Where a mean stands between the lowest and the highest weight, in per cent."""
    weights = [option.weight for option in edition.form.options]
    span = max(weights) - min(weights)
    return 100 * (mean - min(weights)) / span if span else 50.0


def _left_share(counts: Sequence[int]) -> float:
    """How much of a bar lies left of the middle: the lower half of the options, and half of one in the middle."""
    half, odd = divmod(len(counts), 2)
    return (sum(counts[:half]) + (counts[half] / 2 if odd else 0)) / sum(counts)


def _styles(options: int) -> tuple[str, ...]:
    """The styles of so many options, from the lowest weight to the highest."""
    half, odd = divmod(options, 2)
    steps = SHADES[half]
    return (
        *(f"low-{step}" for step in reversed(steps)),
        *(("mid",) if odd else ()),
        *(f"high-{step}" for step in steps),
    )
