"""What was shown before, and whether what would be shown now tells no few people apart from it.

Twelve sheets today and thirteen tomorrow: the difference is what the thirteenth says. So is a row that was settled in
between. An answer that is new, gone or changed is therefore another answer, and only together with enough others of its
kind may it be shown beside what was shown before.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kryds.scoring.anonymity import MIN_GROUP, keeps_apart_none_under, told_apart

#: An answer as it was when it was shown: sheet, item, choice.
AnswerThen = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group that was shown: its sheets by their keys, and the items whose counts were shown."""

    sheets: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormShown:
    """A form whose groups were shown; ``answers`` are the choices of each sheet in the order of ``items``."""

    items: tuple[str, ...]
    answers: Mapping[str, tuple[int | None, ...]]
    groups: tuple[GroupShown, ...]

    def sets(self) -> Iterator[frozenset[AnswerThen]]:
        """The sets of answers whose counts were shown."""
        places = {item: at for at, item in enumerate(self.items)}
        for group in self.groups:
            for item in group.items:
                said = ((sheet, item, self.answers[sheet][places[item]]) for sheet in group.sheets)
                yield frozenset((sheet, item, choice) for sheet, item, choice in said if choice is not None)


def may_follow(before: Iterable[FormShown], now: Iterable[FormShown], minimum: int = MIN_GROUP) -> bool:
    """Whether ``now`` may be shown to who has seen everything ``before``.

    What was told of few people when the minimum was smaller cannot be taken back; no more may be told of them.
    """
    seen = [answers for shown in before for answers in shown.sets()]
    known = set(told_apart(seen))
    told = told_apart((*seen, *(answers for shown in now for answers in shown.sets())))
    return all(len(those) >= minimum or those in known for those in told)


def holds(shown: Iterable[FormShown], minimum: int) -> bool:
    """Whether what was shown at one time keeps to the minimum, which may have been another then."""
    return keeps_apart_none_under(minimum, (answers for form in shown for answers in form.sets()))
