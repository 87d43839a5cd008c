"""What the page of a group's result shows, worked out for its template."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kryds.desk.web.results_chart import Chart, Piece, chart_of, place_on_scale
from kryds.desk.web.results_groups import ShownGroup
from kryds.scoring.compare import Comparison, ItemPair, SectionPair, compare
from kryds.scoring.divide import GroupResult, ItemResult, SectionResult


@dataclass(frozen=True, slots=True)
class ItemBar:
    """One group's answers to one statement; ``pieces`` is None where they may not be shown."""

    item: ItemResult
    pieces: tuple[Piece, ...] | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A statement: one group's bar, or two beside each other; ``text`` of the other where it is asked differently."""

    item: ItemResult
    bars: tuple[ItemBar, ...]
    other_text: str
    pair: ItemPair | None


@dataclass(frozen=True, slots=True)
class SectionDot:
    """A section's mean on the scale of the weights, in per cent; None where it may not be shown."""

    section: SectionResult
    place: float | None


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section: one group's mean, or two, and its statements."""

    section: SectionResult
    dots: tuple[SectionDot, ...]
    pair: SectionPair | None
    items: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group's result, beside another's if there is one."""

    one: ShownGroup
    other: ShownGroup | None
    chart: Chart
    sections: tuple[SectionRow, ...]
    strongest: tuple[ItemResult, ...]
    weakest: tuple[ItemResult, ...]
    comparison: Comparison | None

    @property
    def groups(self) -> tuple[ShownGroup, ...]:
        """The one, or both."""
        return (self.one, self.other) if self.other else (self.one,)

    @property
    def widest(self) -> tuple[ItemPair, ...]:
        """The statements whose means differ most, the largest difference first; three at most."""
        pairs = self.comparison.items if self.comparison else ()
        differing = [pair for pair in pairs if pair.by]
        return tuple(sorted(differing, key=lambda pair: -abs(pair.by or 0))[:3])


def group_page(one: ShownGroup, other: ShownGroup | None) -> GroupPage:
    """The page of ``one``; ``other`` must be of the same measure."""
    comparison = compare((one.edition, one.result), (other.edition, other.result)) if other else None
    results = (one.result, other.result) if other else (one.result,)
    chart = chart_of(one.edition, _crosses(results))
    items = {item.item_id: item for item in one.result.items}
    return GroupPage(
        one=one,
        other=other,
        chart=chart,
        sections=tuple(_section(one, chart, comparison, at) for at, _ in enumerate(one.result.sections)),
        strongest=tuple(items[item_id] for item_id in one.result.strongest),
        weakest=tuple(items[item_id] for item_id in one.result.weakest),
        comparison=comparison,
    )


def _crosses(results: Sequence[GroupResult]) -> Iterator[tuple[int, ...]]:
    return (item.crosses for result in results for item in result.items if item.crosses)


def _section(one: ShownGroup, chart: Chart, comparison: Comparison | None, at: int) -> SectionRow:
    section = one.result.sections[at]
    pair = comparison.sections[at] if comparison else None
    twins = (section, pair.other) if pair and pair.other else (section,)
    pairs = {pair.one.item_id: pair for pair in comparison.items} if comparison else {}
    own = [item for item in one.result.items if item.section == section.number]
    return SectionRow(
        section,
        tuple(_dot(one, each) for each in twins),
        pair,
        tuple(_item(chart, item, pairs.get(item.item_id)) for item in own),
    )


def _dot(one: ShownGroup, section: SectionResult) -> SectionDot:
    place = None if section.mean is None else place_on_scale(one.edition, section.mean)
    return SectionDot(section, place)


def _item(chart: Chart, item: ItemResult, pair: ItemPair | None) -> ItemRow:
    twin = pair.other if pair else None
    each = (item, twin) if twin else (item,)
    bars = tuple(ItemBar(one, None if one.crosses is None else chart.bar(one.crosses)) for one in each)
    return ItemRow(item, bars, twin.text if twin and twin.text != item.text else "", pair)
