"""Who is at the desk, and what each role may do."""

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """What a page asks of its visitor."""

    SEE = "see"
    SETTLE = "settle"
    BRING = "bring"
    RULE = "rule"


class Role(StrEnum):
    """Readers see results; reviewers settle answers too; owners also bring and forget piles and let people in."""

    OWNER = "owner"
    REVIEWER = "reviewer"
    READER = "reader"

    @property
    def rights(self) -> frozenset[Right]:
        """What the role may do."""
        return _RIGHTS[self]


_RIGHTS = {
    Role.OWNER: frozenset(Right),
    Role.REVIEWER: frozenset((Right.SEE, Right.SETTLE)),
    Role.READER: frozenset((Right.SEE,)),
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person with a session; ``csrf`` is the word that every form of ours sends back."""

    name: str
    role: Role
    csrf: str

    def may(self, right: Right) -> bool:
        """Whether the visitor's role has the right."""
        return right in self.role.rights
