"""A form's sheets by group -> the numbers of each group that may be shown, and of all of them together.

Every number here is a count of answers to one statement, or worked out from such counts, and each count is shown for
parts of enough answers only (kryds.scoring.anonymity). So nothing shown can be taken from another to leave a few
people's answers. This is why a section's mean is that of the answers given, not that of the complete sheets as in the
summary: the one less the other would tell what the few incomplete sheets say.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kryds.model.edition import Edition
from kryds.model.form import Item
from kryds.model.reading import Answer, AnswerState, SheetStatus
from kryds.model.scores import ScoredSheet
from kryds.scoring.anonymity import MIN_GROUP, parts_of
from kryds.scoring.summarise import extremes

#: What a tally calls an answer that awaits a person, whatever its state.
_AWAITING = "awaiting"
#: An answer by its sheet's edition and number, and its item.
AnswerKey = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ItemResult:
    """How a group answered one statement.

    ``crosses`` per option in printed order and their ``mean`` are None when fewer than enough answered. ``awaiting`` a
    person, ``blank``, ``multiple`` and ``unread`` (doubtful still, or on a missing page) are the sheets without an
    answer that counts; with ``answered`` they add up to the group's sheets.
    """

    item_id: str
    section: int
    text: str
    crosses: tuple[int, ...] | None
    mean: float | None
    answered: int
    awaiting: int
    blank: int
    multiple: int
    unread: int

    @property
    def lacking(self) -> int:
        """How many sheets have no answer here that counts."""
        return self.awaiting + self.blank + self.multiple + self.unread


@dataclass(frozen=True, slots=True)
class SectionResult:
    """A section of a group: the mean of the answers given; None when one of its statements may not be shown."""

    number: int
    title: str
    mean: float | None
    answered: int
    lacking: int


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What may be shown of the sheets of one group, or of several (``names``) that are shown together only."""

    names: tuple[str, ...]
    sheets: int
    complete: int
    needs_review: int
    incomplete: int
    open_items: int
    items: tuple[ItemResult, ...]
    sections: tuple[SectionResult, ...]
    strongest: tuple[str, ...]
    weakest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DividedResult:
    """A form's sheets: ``whole`` is None when they are too few; ``groups`` none when they are not divided.

    ``sizes`` counts the sheets of every group, also of those that are not shown by themselves.
    """

    edition: Edition
    sheets: int
    whole: GroupResult | None
    groups: tuple[GroupResult, ...]
    sizes: tuple[tuple[str, int], ...]


def divide(edition: Edition, groups: Mapping[str, Sequence[ScoredSheet]], minimum: int = MIN_GROUP) -> DividedResult:
    """The sheets by the name of their group, in one edition or in others with the same items and options."""
    sizes = {name: len(sheets) for name, sheets in groups.items()}
    parts = [tuple(name for name in sizes if name in part) for part in parts_of(sizes, minimum)]
    tallies = {part: _tally(list(chain.from_iterable(groups[name] for name in part))) for part in parts}
    options = len(edition.form.options)
    shown: dict[tuple[str, ...], set[str]] = {part: set() for part in parts}
    shown_whole = set()
    for item in edition.form.items:
        clear = parts_of({part: sum(tallies[part].crosses(item.id, options)) for part in parts}, minimum)
        for part in parts:
            if frozenset({part}) in clear:
                shown[part].add(item.id)
        if clear:
            shown_whole.add(item.id)
    if not parts:
        return DividedResult(edition, sum(sizes.values()), None, (), tuple(sizes.items()))
    everyone = sum((tallies[part] for part in parts[1:]), tallies[parts[0]])
    whole = _group(edition, tuple(chain.from_iterable(parts)), everyone, shown_whole)
    divided = [_group(edition, part, tallies[part], shown[part]) for part in sorted(parts)] if len(parts) > 1 else ()
    return DividedResult(edition, sum(sizes.values()), whole, tuple(divided), tuple(sizes.items()))


def answers_shown(
    groups: Mapping[str, Sequence[ScoredSheet]], result: DividedResult
) -> tuple[frozenset[AnswerKey], ...]:
    """The sets of answers that ``result`` of ``groups`` tells the counts of."""
    sets: list[frozenset[AnswerKey]] = []
    for group in (*result.groups, *((result.whole,) if result.whole else ())):
        said: dict[str, list[AnswerKey]] = {item.item_id: [] for item in group.items if item.crosses is not None}
        for sheet in chain.from_iterable(groups[name] for name in group.names):
            digest, number = sheet.reading.digest, sheet.reading.sheet
            for answer in sheet.reading.answers:
                if answer.choice is not None and answer.item_id in said:
                    said[answer.item_id].append((digest, number, answer.item_id))
        sets += map(frozenset, said.values())
    return tuple(sets)


@dataclass(frozen=True, slots=True)
class _Tally:
    """Sheets counted; ``said`` is how many say what of an item: a choice, or why there is none that counts."""

    sheets: int
    open_items: int
    statuses: Counter[SheetStatus]
    said: Counter[tuple[str, int | str]]

    def __add__(self, other: "_Tally") -> "_Tally":
        return _Tally(
            self.sheets + other.sheets,
            self.open_items + other.open_items,
            self.statuses + other.statuses,
            self.said + other.said,
        )

    def crosses(self, item_id: str, options: int) -> tuple[int, ...]:
        """How many chose each option, in printed order."""
        return tuple(self.said[item_id, choice] for choice in range(1, options + 1))


def _tally(sheets: Sequence[ScoredSheet]) -> _Tally:
    answers = chain.from_iterable(sheet.reading.answers for sheet in sheets)
    return _Tally(
        len(sheets),
        sum(sheet.score.awaiting for sheet in sheets),
        Counter(sheet.score.status for sheet in sheets),
        Counter((answer.item_id, answer.choice or _fate(answer)) for answer in answers),
    )


def _fate(answer: Answer) -> str:
    """Why an answer has no choice that counts."""
    return _AWAITING if answer.is_open else answer.state.value


def _group(edition: Edition, names: tuple[str, ...], tally: _Tally, shown: set[str]) -> GroupResult:
    items = tuple(_item(edition, item, tally, is_shown=item.id in shown) for item in edition.form.items)
    strongest, weakest = extremes([(item.item_id, item.mean) for item in items])
    return GroupResult(
        names=names,
        sheets=tally.sheets,
        complete=tally.statuses[SheetStatus.SCORED],
        needs_review=tally.statuses[SheetStatus.NEEDS_REVIEW],
        incomplete=tally.statuses[SheetStatus.INCOMPLETE],
        open_items=tally.open_items,
        items=items,
        sections=_sections(edition, items),
        strongest=strongest,
        weakest=weakest,
    )


def _item(edition: Edition, item: Item, tally: _Tally, *, is_shown: bool) -> ItemResult:
    crosses = tally.crosses(item.id, len(edition.form.options))
    answered, awaiting = sum(crosses), tally.said[item.id, _AWAITING]
    blank, multiple = (tally.said[item.id, state.value] for state in (AnswerState.BLANK, AnswerState.MULTIPLE))
    return ItemResult(
        item_id=item.id,
        section=item.section,
        text=item.text,
        crosses=crosses if is_shown else None,
        mean=mean_of(edition, crosses) if is_shown else None,
        answered=answered,
        awaiting=awaiting,
        blank=blank,
        multiple=multiple,
        unread=tally.sheets - answered - awaiting - blank - multiple,
    )


def mean_of(edition: Edition, crosses: Sequence[int]) -> float | None:
    """The mean weight of crosses per option; None without any."""
    points = sum(option.weight * count for option, count in zip(edition.form.options, crosses, strict=True))
    return points / sum(crosses) if sum(crosses) else None


def _sections(edition: Edition, items: Sequence[ItemResult]) -> tuple[SectionResult, ...]:
    results = []
    for number, section in enumerate(edition.form.sections, start=1):
        own = [item for item in items if item.section == number]
        shown = [item.crosses for item in own if item.crosses is not None]
        crosses = [sum(column) for column in zip(*shown, strict=True)]
        results.append(
            SectionResult(
                number=number,
                title=section.title,
                mean=mean_of(edition, crosses) if len(shown) == len(own) else None,
                answered=sum(item.answered for item in own),
                lacking=sum(item.lacking for item in own),
            )
        )
    return tuple(results)
