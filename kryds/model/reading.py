"""What came back from the paper. Numbers first, then a verdict per box, per item, per page, per sheet.

What is wrong with the paper is a state with a reason here, never an exception and never a guess.
"""

from dataclasses import dataclass
from enum import StrEnum

from kryds.model.page_code import PageCode

READER = "reader"
#: Stands where an item's id does for the question which sheet a page is of. No form has such an item: theirs are 1.2.
SHEET_ITEM = "sheet"


class BoxState(StrEnum):
    """The verdict on one box."""

    EMPTY = "empty"
    CROSSED = "crossed"
    CANCELLED = "cancelled"
    DOUBTFUL = "doubtful"


class AnswerState(StrEnum):
    """The verdict on one item."""

    ANSWERED = "answered"
    CORRECTED = "corrected"
    BLANK = "blank"
    MULTIPLE = "multiple"
    DOUBTFUL = "doubtful"

    @property
    def counts(self) -> bool:
        """Whether the item has one choice that gives points."""
        return self in (AnswerState.ANSWERED, AnswerState.CORRECTED)

    @property
    def awaits_review(self) -> bool:
        """Whether a person is asked, unless one has answered already."""
        return self in (AnswerState.MULTIPLE, AnswerState.DOUBTFUL)


class PageState(StrEnum):
    """What became of a page of the input."""

    READ = "read"
    BLANK = "blank"
    DUPLICATE = "duplicate"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


class SheetStatus(StrEnum):
    """Whether a sheet's points can be used."""

    SCORED = "scored"
    NEEDS_REVIEW = "needs_review"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is: ``kind`` names a phrase (reasons.<kind>), ``values`` fill its blanks."""

    kind: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PixelRect:
    """An upright rectangle in pixels of the page as stored in its file, before any turning; y down."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class BoxMeasurement:
    """Numbers of one box, no verdict. Ratios are 0 to 1; reader/measure.py tells how each is taken.

    ``found`` is the printed box's outer edge as found, ``found_offset_mm`` how far from where the fiducials said,
    ``outline`` how clearly its printed line was seen.
    """

    item_id: str
    choice: int
    found: PixelRect
    found_offset_mm: float
    outline: float
    inner_ink: float
    trace_ink: float
    spill_ink: float


@dataclass(frozen=True, slots=True)
class Mark:
    """The verdict on one box; ``confidence`` 0 to 1 that it is right.

    ``chances`` are what the box's picture can be (reader/network.py names them, in this order), adding up to 1.
    """

    item_id: str
    choice: int
    state: BoxState
    confidence: float
    chances: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict on one item. ``choice`` counts from 1 and is None unless ``state.counts``."""

    item_id: str
    choice: int | None
    state: AnswerState
    confidence: float
    reasons: tuple[Reason, ...] = ()
    decided_by: str = READER

    @property
    def is_open(self) -> bool:
        """Whether it awaits a person."""
        return self.state.awaits_review and self.decided_by == READER


@dataclass(frozen=True, slots=True)
class RowCrop:
    """The picture of an item whose answer awaits a person: a JPEG, upright, with the item's boxes in its pixels."""

    item_id: str
    jpeg: bytes
    boxes: tuple[PixelRect, ...]


@dataclass(frozen=True, slots=True)
class PageReading:
    """One page of one scan file.

    ``source`` is the file as named in the tables, ``index`` the page in it from 0. ``digest`` is the edition it was
    read with (empty unless state is READ or DUPLICATE), ``number`` the sheet page from 1. ``rotation_deg`` is how far
    the stored page must be turned clockwise to stand upright (0, 90, 180, 270). ``mm_to_px`` is the homography from
    the layout's millimetres to the stored pixels, row by row. ``px_to_pt`` is the affine map (a, b, c, d, e, f of
    PDF) from stored pixels to the default user space of the page's PDF, in points, y up; an image file counts as a PDF
    page of its own size. ``pen_ink`` is how large a share of their boxes' insides its answers cover, half of them or
    more; 0 where there are too few to tell.
    """

    source: str
    index: int
    state: PageState
    reason: Reason | None = None
    code: PageCode | None = None
    digest: str = ""
    number: int = 0
    rotation_deg: int = 0
    dpi: float = 0.0
    residual_mm: float = 0.0
    width_px: int = 0
    height_px: int = 0
    mm_to_px: tuple[float, ...] = ()
    px_to_pt: tuple[float, float, float, float, float, float] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    pen_ink: float = 0.0
    measurements: tuple[BoxMeasurement, ...] = ()
    marks: tuple[Mark, ...] = ()
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One sheet: its pages gathered, its answers in printed order.

    ``sheet`` is the serial number (``u1``, ``u2`` … where the paper bears none). An item on a missing page has no
    answer. ``pages`` are the page readings that count; a second scan of the same page is not among them.
    """

    sheet: str
    digest: str
    respondent: str
    pages: tuple[PageReading, ...]
    answers: tuple[Answer, ...]
    missing_pages: tuple[int, ...] = ()
    problems: tuple[Reason, ...] = ()
