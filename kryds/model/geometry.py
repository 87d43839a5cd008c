"""Places on paper: millimetres, origin at the top-left corner of the page, y down."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the page, in millimetres."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle on the page, in millimetres; ``x`` and ``y`` are its top-left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> Point:
        """The middle of the rectangle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    def moved(self, x: float, y: float) -> "Rect":
        """The rectangle shifted by ``x`` and ``y`` mm."""
        return Rect(self.x + x, self.y + y, self.width, self.height)

    def inset(self, margin: float) -> "Rect":
        """The rectangle with ``margin`` mm taken off every side; a negative margin adds to it."""
        return Rect(self.x + margin, self.y + margin, self.width - 2 * margin, self.height - 2 * margin)


class Paper(StrEnum):
    """A paper size a sheet can be printed on."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height, upright (ISO 216; ANSI/ASME Y14.1)."""
        return (210.0, 297.0) if self is Paper.A4 else (215.9, 279.4)
