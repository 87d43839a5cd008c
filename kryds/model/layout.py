"""Where a form stands on paper. The reader reads the layout that was printed; it never computes one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kryds.model.geometry import Point, Rect


@dataclass(frozen=True, slots=True)
class Fiducial:
    """A printed registration mark. ``slot`` counts from 0 within its page, reading order (left to right, top down).

    Which coded mark stands there follows from the edition and the page: ``page_code.marker_id``.
    """

    slot: int
    centre: Point
    side_mm: float


@dataclass(frozen=True, slots=True)
class BoxPlace:
    """A box to cross. ``choice`` counts columns from 1 at the left; ``rect`` is the outer edge of the printed line."""

    item_id: str
    choice: int
    rect: Rect


@dataclass(frozen=True, slots=True)
class RowPlace:
    """The strip of an item, statement and boxes: what a person needs to see to decide."""

    item_id: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page; ``number`` counts from 1. ``code`` is the page code's symbol without its quiet zone."""

    number: int
    fiducials: tuple[Fiducial, ...]
    code: Rect
    rows: tuple[RowPlace, ...]
    boxes: tuple[BoxPlace, ...]

    def moved(self, ways_mm: Sequence[tuple[float, float]]) -> "PageLayout":
        """The page with each box moved by its own way (x, y), and each row by the mean of its boxes' ways."""
        boxes = tuple(replace(box, rect=box.rect.moved(*way)) for box, way in zip(self.boxes, ways_mm, strict=True))
        rows = tuple(replace(row, rect=row.rect.moved(*self._mean_way(row, ways_mm))) for row in self.rows)
        return replace(self, rows=rows, boxes=boxes)

    def _mean_way(self, row: RowPlace, ways_mm: Sequence[tuple[float, float]]) -> tuple[float, float]:
        own = [way for box, way in zip(self.boxes, ways_mm, strict=True) if box.item_id == row.item_id]
        return sum(x for x, _ in own) / len(own), sum(y for _, y in own) / len(own)


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """All pages of a sheet. ``line_mm`` is the width of a box's printed line, inside ``rect``."""

    width_mm: float
    height_mm: float
    line_mm: float
    pages: tuple[PageLayout, ...]
