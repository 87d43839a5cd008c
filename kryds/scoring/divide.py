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
    sheets = {part: tuple(chain.from_iterable(groups[name] for name in part)) for part in parts}
    answers = {part: _answers(edition, those) for part, those in sheets.items()}
    everyone = tuple(chain.from_iterable(sheets.values()))
    shown: dict[tuple[str, ...], set[str]] = {part: set() for part in parts}
    shown_whole = set()
    for item in edition.form.items:
        clear = parts_of({part: _counting(answers[part][item.id]) for part in parts}, minimum)
        for part in parts:
            if frozenset({part}) in clear:
                shown[part].add(item.id)
        if clear:
            shown_whole.add(item.id)
    names = tuple(chain.from_iterable(parts))
    whole = _group(edition, names, everyone, shown_whole) if parts else None
    divided = (
        tuple(_group(edition, part, sheets[part], shown[part]) for part in sorted(parts)) if len(parts) > 1 else ()
    )
    return DividedResult(edition, sum(sizes.values()), whole, divided, tuple(sizes.items()))


def answers_shown(
    groups: Mapping[str, Sequence[ScoredSheet]], result: DividedResult
) -> tuple[frozenset[AnswerKey], ...]:
    """The sets of answers that ``result`` of ``groups`` tells the counts of."""
    shown = (*result.groups, *((result.whole,) if result.whole else ()))
    return tuple(
        frozenset(
            (sheet.reading.digest, sheet.reading.sheet, answer.item_id)
            for name in group.names
            for sheet in groups[name]
            for answer in sheet.reading.answers
            if answer.item_id == item.item_id and answer.state.counts
        )
        for group in shown
        for item in group.items
        if item.crosses is not None
    )


def _answers(edition: Edition, sheets: Sequence[ScoredSheet]) -> dict[str, list[Answer]]:
    """What the sheets say, by item."""
    said: dict[str, list[Answer]] = {item.id: [] for item in edition.form.items}
    for sheet in sheets:
        for answer in sheet.reading.answers:
            said[answer.item_id].append(answer)
    return said


def _counting(answers: Sequence[Answer]) -> int:
    return sum(answer.state.counts for answer in answers)


def _group(edition: Edition, names: tuple[str, ...], sheets: Sequence[ScoredSheet], shown: set[str]) -> GroupResult:
    answers = _answers(edition, sheets)
    items = tuple(
        _item(edition, item, answers[item.id], (len(sheets), item.id in shown)) for item in edition.form.items
    )
    statuses = Counter(sheet.score.status for sheet in sheets)
    strongest, weakest = extremes([(item.item_id, item.mean) for item in items])
    return GroupResult(
        names=names,
        sheets=len(sheets),
        complete=statuses[SheetStatus.SCORED],
        needs_review=statuses[SheetStatus.NEEDS_REVIEW],
        incomplete=statuses[SheetStatus.INCOMPLETE],
        open_items=sum(sheet.score.awaiting for sheet in sheets),
        items=items,
        sections=_sections(edition, items),
        strongest=strongest,
        weakest=weakest,
    )


def _item(edition: Edition, item: Item, answers: Sequence[Answer], about: tuple[int, bool]) -> ItemResult:
    """``about`` is how many sheets there are, and whether the crosses may be shown."""
    sheets, is_shown = about
    choices = Counter(answer.choice for answer in answers if answer.state.counts)
    crosses = tuple(choices[choice] for choice, _ in enumerate(edition.form.options, start=1))
    settled = Counter(answer.state for answer in answers if not answer.is_open)
    awaiting = sum(answer.is_open for answer in answers)
    answered, blank, multiple = sum(crosses), settled[AnswerState.BLANK], settled[AnswerState.MULTIPLE]
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
        unread=sheets - answered - awaiting - blank - multiple,
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
