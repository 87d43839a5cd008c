"""Two results beside each other: two groups, or one group in two rounds. Worked out from shown numbers only."""

from dataclasses import dataclass

from kryds.model.edition import Edition
from kryds.scoring.divide import GroupResult, ItemResult, SectionResult


@dataclass(frozen=True, slots=True)
class ItemPair:
    """A statement in two results, matched by id; ``other`` is None where the other form has no such statement.

    ``by`` is how much higher ``one``'s mean is, in points; None when either mean is not shown, or when the form is the
    same and the statement is ``reworded``: then it is not the same question.
    """

    one: ItemResult
    other: ItemResult | None
    reworded: bool
    by: float | None


@dataclass(frozen=True, slots=True)
class SectionPair:
    """A section in two results, matched by its number; ``by`` None as in ItemPair, or when the statements differ."""

    one: SectionResult
    other: SectionResult | None
    by: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups beside each other. ``gone`` are the other's statements that ``one`` does not have."""

    one: GroupResult
    other: GroupResult
    items: tuple[ItemPair, ...]
    sections: tuple[SectionPair, ...]
    gone: tuple[ItemResult, ...]


def same_measure(one: Edition, other: Edition) -> bool:
    """Whether the editions' points mean the same: the same options with the same weights, in the same order."""
    return _scale(one) == _scale(other)


def same_statements(one: Edition, other: Edition) -> bool:
    """Whether sheets of both may be counted together: one form in one version, whatever its language."""
    return (
        (one.form.id, one.form.version) == (other.form.id, other.form.version)
        and same_measure(one, other)
        and [item.id for item in one.form.items] == [item.id for item in other.form.items]
        and (one.form.language != other.form.language or one.form.items == other.form.items)
    )


def compare(one: tuple[Edition, GroupResult], other: tuple[Edition, GroupResult]) -> Comparison:
    """Each with the edition whose words it is told in. ValueError unless they are of the ``same_measure``."""
    if not same_measure(one[0], other[0]):
        raise ValueError(f"{one[0].form.id} and {other[0].form.id} do not give points for the same options")
    others = {item.item_id: item for item in other[1].items}
    items = tuple(_item(one, other, item, others.get(item.item_id)) for item in one[1].items)
    sections = {section.number: section for section in other[1].sections}
    mine = {item.item_id for item in one[1].items}
    gone = tuple(item for item in other[1].items if item.item_id not in mine)
    uneven = {item.section for item in gone} | {pair.one.section for pair in items if pair.reworded or not pair.other}
    return Comparison(
        one[1],
        other[1],
        items,
        tuple(_section(section, sections.get(section.number), uneven) for section in one[1].sections),
        gone,
    )


def _scale(edition: Edition) -> list[tuple[str, int]]:
    return [(option.id, option.weight) for option in edition.form.options]


def _item(
    one: tuple[Edition, GroupResult], other: tuple[Edition, GroupResult], item: ItemResult, twin: ItemResult | None
) -> ItemPair:
    if twin is None:
        return ItemPair(item, None, reworded=False, by=None)
    mine, theirs = one[0].form, other[0].form
    if mine.language == theirs.language:
        reworded = mine.id == theirs.id and item.text != twin.text
    else:  # a translation says the same; that of another version need not
        reworded = mine.id == theirs.id and mine.version != theirs.version
    return ItemPair(item, twin, reworded, None if reworded else _by(item.mean, twin.mean))


def _section(section: SectionResult, twin: SectionResult | None, uneven: set[int]) -> SectionPair:
    if twin is None or section.number in uneven:
        return SectionPair(section, twin, None)
    return SectionPair(section, twin, _by(section.mean, twin.mean))


def _by(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other
