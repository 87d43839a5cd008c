"""Which groups may be shown, so that no few people's answers can be worked out from everything that is shown.

The rule: sheets are parted once into parts that each hold enough people, and whatever is shown is of one part or of
several together. Every sum or difference of shown numbers then counts all the sheets of a part alike, so none can be
about fewer people than a part holds. DESIGN.md says why the rule is not a looser one.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

#: The fewest people a group may have to be shown: five, as Danish workplace surveys usually promise.
MIN_GROUP = 5
#: No promise can be smaller: of two people each knows what the other said by taking their own answer away.
LEAST_MIN_GROUP = 3

Cell = TypeVar("Cell", bound=Hashable)


def parts_of(cells: Mapping[Cell, int], minimum: int = MIN_GROUP) -> tuple[frozenset[Cell], ...]:
    """The cells (and how many people each holds) gathered into parts of at least ``minimum`` people.

    A cell that is large enough is a part of its own. The small ones are one part together; if they are too few even
    so, the smallest large cell joins them, as the whole less the others would show them. No parts when all the cells
    together are too few. A cell without people is in no part.
    """
    peopled = {cell: people for cell, people in cells.items() if people > 0}
    parts = [frozenset({cell}) for cell, people in peopled.items() if people >= minimum]
    pooled = frozenset(cell for cell, people in peopled.items() if people < minimum)
    if not pooled:
        return tuple(parts)
    if sum(peopled[cell] for cell in pooled) < minimum:
        if not parts:
            return ()
        smallest = min(parts, key=lambda part: sum(peopled[cell] for cell in part))
        parts.remove(smallest)
        pooled |= smallest
    return (*parts, pooled)


def told_apart(shown: Iterable[frozenset[Cell]]) -> tuple[frozenset[Cell], ...]:
    """Those in the ``shown`` sets, put together with whom they share every set: all that can ever be told apart."""
    places: dict[Cell, list[int]] = {}
    for at, those in enumerate(shown):
        for one in those:
            places.setdefault(one, []).append(at)
    alike: dict[tuple[int, ...], set[Cell]] = {}
    for one, found in places.items():
        alike.setdefault(tuple(found), set()).add(one)
    return tuple(frozenset(those) for those in alike.values())


def keeps_apart_none_under(minimum: int, shown: Iterable[frozenset[Cell]]) -> bool:
    """Whether the ``shown`` sets together tell apart no group of fewer than ``minimum``."""
    return all(len(those) >= minimum for those in told_apart(shown))
