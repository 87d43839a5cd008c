"""A page of the input with all that is drawn over it, and its rows as they lie on the paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kryds.generator.overlay_pen import OverlayPen, Tint
from kryds.generator.sheet_frame import SheetFrame
from kryds.model.edition import Edition
from kryds.model.geometry import Point, Rect
from kryds.model.layout import BoxPlace, PageLayout, RowPlace
from kryds.model.reading import READER, Answer, AnswerState, BoxState, PageReading, PageState

#: From the right edge of a row to the middle of what stands beside it (mm): clear of the fiducials in the margin.
BESIDE_MM = 3.7
#: How far the frame around a row's boxes stands off them, sideways and up and down (mm).
FRAME_OFF_MM = (2.0, 1.4)
#: What stands beside a row that asks for a person; a blank row has its open dash.
ASKING = {AnswerState.DOUBTFUL: "?", AnswerState.MULTIPLE: "2+"}


@dataclass(frozen=True)
class AnnotatedPage:
    """One page of one scan file.

    ``path`` is the scan file, ``reading`` says which page of it and what was read. ``edition`` is what it was read
    with, None when it was not read. ``answers`` are the final ones, after review, of this page's items; ``points``
    what each item gives, by item id.
    """

    path: Path
    reading: PageReading
    edition: Edition | None = None
    answers: tuple[Answer, ...] = ()
    points: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class DrawnRow:
    """An item's row, in millimetres of the sheet: its boxes from the left, and the place beside it.

    ``cancelled`` are the boxes with a cancelled mark. ``points`` is None where the row gives none here.
    """

    answer: Answer
    boxes: tuple[Rect, ...]
    cancelled: tuple[Rect, ...]
    beside: Point
    points: int | None

    @property
    def by_person(self) -> bool:
        """Whether a person decided it."""
        return self.answer.decided_by != READER

    def draw(self, pen: OverlayPen) -> None:
        """The row's verdict, and what stands beside it."""
        if self.answer.state in ASKING:
            pen.dashed(_around(self.boxes))
        if self.answer.choice:
            pen.ring(self.boxes[self.answer.choice - 1], double=self.by_person)
        for box in self.cancelled:
            pen.cross_out(Point(box.right, box.y))
        if self.answer.state in ASKING:
            pen.chip(self.beside, ASKING[self.answer.state], Tint.DOUBT)
        elif self.answer.state is AnswerState.BLANK:
            pen.dash(self.beside)
        elif self.points is not None:
            pen.chip(self.beside, str(self.points), Tint.CHOSEN)


def rows_of(page: AnnotatedPage, edition: Edition, frame: SheetFrame) -> Iterator[DrawnRow]:
    """The rows that have an answer, in printed order. A page read before gives no points a second time."""
    layout = edition.layout.pages[page.reading.number - 1]
    boxes = _boxes(page, layout, frame)
    answers = {answer.item_id: answer for answer in page.answers}
    points = page.points if page.reading.state is PageState.READ else {}
    for row in layout.rows:
        if answer := answers.get(row.item_id):
            places = [place for place in layout.boxes if place.item_id == row.item_id]
            yield DrawnRow(
                answer=answer,
                boxes=tuple(boxes[row.item_id, place.choice] for place in places),
                cancelled=tuple(
                    boxes[mark.item_id, mark.choice]
                    for mark in page.reading.marks
                    if mark.item_id == row.item_id and mark.state is BoxState.CANCELLED
                ),
                beside=_beside(row, places[-1], boxes[row.item_id, places[-1].choice]),
                points=points.get(row.item_id) if answer.state.counts else None,
            )


def _boxes(page: AnnotatedPage, layout: PageLayout, frame: SheetFrame) -> dict[tuple[str, int], Rect]:
    """Every box where it was found, or, if it was not measured, where it was printed; the size is the printed one."""
    boxes = {(place.item_id, place.choice): place.rect for place in layout.boxes}
    for measured in page.reading.measurements:
        key = (measured.item_id, measured.choice)
        if key in boxes:
            boxes[key] = _moved(boxes[key], frame.middle_mm(measured.found, page.reading.px_to_pt))
    return boxes


def _moved(rect: Rect, middle: Point) -> Rect:
    return Rect(middle.x - rect.width / 2, middle.y - rect.height / 2, rect.width, rect.height)


def _beside(row: RowPlace, printed: BoxPlace, found: Rect) -> Point:
    """Right of the row, as far off its last box as on the layout."""
    right = row.rect.right + found.centre.x - printed.rect.centre.x
    return Point(right + BESIDE_MM, found.centre.y)


def _around(boxes: tuple[Rect, ...]) -> Rect:
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    sideways, upright = FRAME_OFF_MM
    return Rect(left - sideways, top - upright, right - left + 2 * sideways, bottom - top + 2 * upright)
