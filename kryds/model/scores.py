"""What the answers mean: points of a sheet, and the picture of a group of sheets."""

from dataclasses import dataclass

from kryds.model.edition import Edition
from kryds.model.form import Band
from kryds.model.reading import SheetReading, SheetStatus


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """A line of the RESULTAT table: crosses x weight = points."""

    option_id: str
    label: str
    weight: int
    crosses: int

    @property
    def points(self) -> int:
        """Crosses times weight."""
        return self.crosses * self.weight


@dataclass(frozen=True, slots=True)
class SectionScore:
    """Points of one section; ``number`` counts from 1."""

    number: int
    title: str
    points: int
    max_points: int
    answered: int
    items: int


@dataclass(frozen=True, slots=True)
class SheetScore:
    """Points of one sheet. Items that are blank, multiple, doubtful or on a missing page add nothing."""

    counts: tuple[CategoryCount, ...]
    sections: tuple[SectionScore, ...]
    points: int
    max_points: int
    answered: int
    items: int
    blank: int
    awaiting: int
    status: SheetStatus
    band: Band | None

    @property
    def complete(self) -> bool:
        """Whether every item gave points; only then may ``points`` be shown without saying what is lacking."""
        return self.status is SheetStatus.SCORED


@dataclass(frozen=True, slots=True)
class ScoredSheet:
    """A sheet with its points."""

    reading: SheetReading
    score: SheetScore


@dataclass(frozen=True, slots=True)
class ItemDistribution:
    """How a group answered one item: crosses per option in printed order, and those without a countable answer."""

    item_id: str
    text: str
    crosses: tuple[int, ...]
    without_answer: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class SectionMean:
    """A section over the complete sheets: mean points of one statement, on the scale of the weights."""

    number: int
    title: str
    mean: float | None
    sheets: int


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """All sheets of one edition. Means of totals are over complete sheets only; distributions over all answers."""

    edition: Edition
    sheets: tuple[ScoredSheet, ...]
    items: tuple[ItemDistribution, ...]
    sections: tuple[SectionMean, ...]
    mean_points: float | None
    complete: int
    needs_review: int
    incomplete: int
    open_items: int
    strongest: tuple[str, ...]
    weakest: tuple[str, ...]
