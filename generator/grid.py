"""The skeleton every page hangs on: fiducials, page code, the columns of text and boxes. Arithmetic only."""

from dataclasses import dataclass
from itertools import count, pairwise, takewhile

from kryds.generator.typeface import Face, Style, width_mm, wrap
from kryds.model.errors import FormError
from kryds.model.form import Form
from kryds.model.geometry import Paper, Point, Rect
from kryds.model.layout import Fiducial

#: Side of a fiducial's black square: 8 cells of 1 mm, 6 px each at 150 dpi.
FIDUCIAL_MM = 8.0
#: Paper edge to fiducial. Printers leave 4 to 6 mm white; 3 degrees of skew shift a page's corner by 8 mm at most when
#: it turns about its middle, of which feeding evens out half.
FIDUCIAL_EDGE_MM = 11.0
#: White between a fiducial and whatever stands beside it (1.5 mm would do for the detector).
FIDUCIAL_AIR_MM = 4.0
#: Side of the page code's symbol: 25 modules of 0.68 mm for most forms, nearly 3 px each at 100 dpi.
CODE_MM = 17.0
#: White kept free around the symbol: 4 modules (ISO/IEC 18004, 6.3.8) of the largest kind, 21 to a side.
CODE_QUIET_MM = 4 * CODE_MM / 21
#: Outer edge of a box: 5.4 mm of white inside a line of 0.3 mm, so that a cross with a thick pen still has corners.
BOX_MM = 6.0
#: Least air between boxes of a row, and from a box to any other ink, so that a stroke that overshoots finds no company.
BOX_GAP_MM = 3.0
BOX_AIR_MM = 1.5
#: Column of the item number, air between statement and boxes, and the narrowest column a statement is set in.
NUMBER_MM = 8.5
TEXT_GAP_MM = 4.0
TEXT_MIN_MM = 50.0
#: Distance from box to box: as narrow as BOX_MM + BOX_GAP_MM, rather this, and no wider than that.
PITCH_WANTED_MM = 13.0
PITCH_MOST_MM = 26.0
_PITCH_STEP_MM = 0.5
#: Air between the labels of neighbouring categories.
LABEL_AIR_MM = 2.2
#: Label sizes from the one we like to the one we accept; and how many lines a label may take.
LABEL_SIZES_PT = (9.0, 8.5, 8.0, 7.5)
LABEL_LINES = 3


@dataclass(frozen=True, slots=True)
class Grid:
    """A page's skeleton. ``left`` and ``right`` bound the content, ``bottom`` is where it ends."""

    width: float
    height: float

    @property
    def left(self) -> float:
        """Where content begins: beside the fiducials."""
        return FIDUCIAL_EDGE_MM + FIDUCIAL_MM + FIDUCIAL_AIR_MM

    @property
    def right(self) -> float:
        """Where content ends."""
        return self.width - self.left

    @property
    def content_mm(self) -> float:
        """Width of the content."""
        return self.right - self.left

    @property
    def bottom(self) -> float:
        """The lowest line content may reach: a little above the lower edge of the lowest fiducials."""
        return self.height - FIDUCIAL_EDGE_MM - 3.0

    @property
    def code(self) -> Rect:
        """The page code's symbol, level with the fiducial beside it."""
        return Rect(round(self.right - CODE_MM, 2), FIDUCIAL_EDGE_MM, CODE_MM, CODE_MM)

    @property
    def fiducials(self) -> tuple[Fiducial, ...]:
        """Six, in reading order."""
        inset = FIDUCIAL_EDGE_MM + FIDUCIAL_MM / 2
        heights = (inset, self.height / 2, self.height - inset)
        places = [Point(x, y) for y in heights for x in (inset, self.width - inset)]
        return tuple(
            Fiducial(slot, Point(round(place.x, 2), round(place.y, 2)), FIDUCIAL_MM)
            for slot, place in enumerate(places)
        )


def grid_of(paper: Paper) -> Grid:
    """The skeleton for a paper size."""
    return Grid(*paper.size_mm)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a form: boxes ``pitch_mm`` from centre to centre, flush right; the labels above them, in lines."""

    pitch_mm: float
    centres: tuple[float, ...]
    labels: tuple[tuple[str, ...], ...]
    label_style: Style
    text_left: float
    text_mm: float

    def box(self, choice: int, middle: float) -> Rect:
        """The box of column ``choice`` (from 1) in a row whose middle is at y ``middle``."""
        corner = BOX_MM / 2
        return Rect(round(self.centres[choice - 1] - corner, 2), round(middle - corner, 2), BOX_MM, BOX_MM)


def columns_of(form: Form, grid: Grid) -> tuple[Columns, ...]:
    """The columns that hold the form's categories: the most comfortable first, then such as leave the text more room.

    Raises FormError when not even the smallest label fits its column.
    """
    labels = tuple(option.label for option in form.options)
    found = (
        _fitting(labels, Style(Face.BOLD, size_pt, round(size_pt * 0.42, 2)), most_lines, grid)
        for size_pt in LABEL_SIZES_PT
        for most_lines in range(2, LABEL_LINES + 1)
    )
    columns = tuple(dict.fromkeys(one for one in found if one))
    if not columns:
        longest = max(labels, key=lambda label: max(map(len, label.split())))
        raise FormError(
            f"{form.id}, options: {len(labels)} categories with labels such as {longest!r} do not fit beside the "
            "statements; shorten the labels or use fewer categories"
        )
    return columns


def _fitting(labels: tuple[str, ...], style: Style, most_lines: int, grid: Grid) -> Columns | None:
    """The narrowest columns, from the distance we like upwards, whose labels take ``most_lines`` at most."""
    longest_word = max(width_mm(word, style) for label in labels for word in label.split())
    for pitch in _pitches(len(labels), grid):
        lines = tuple(wrap(label, style, max(pitch - LABEL_AIR_MM, longest_word)) for label in labels)
        if max(map(len, lines)) <= most_lines and _apart(lines, style, pitch):
            return _columns(grid, pitch, lines, style)
    return None


def _pitches(boxes: int, grid: Grid) -> tuple[float, ...]:
    """The distances to try, from the one we like upwards; where even that is too much, the widest there is room for."""
    room = (grid.content_mm - NUMBER_MM - TEXT_MIN_MM - TEXT_GAP_MM) / boxes
    widest = min(room, PITCH_MOST_MM)
    steps = takewhile(lambda pitch: pitch <= widest, count(PITCH_WANTED_MM, _PITCH_STEP_MM))
    return tuple(steps) or (int(widest * 10) / 10,)


def _apart(labels: tuple[tuple[str, ...], ...], style: Style, pitch: float) -> bool:
    """Whether labels centred ``pitch`` apart keep their distance, and the outer ones stay over their columns."""
    widths = [max(width_mm(line, style) for line in lines) for lines in labels]
    neighbours = all((left + right) / 2 + LABEL_AIR_MM <= pitch for left, right in pairwise(widths))
    return neighbours and widths[-1] <= pitch and widths[0] / 2 <= pitch / 2 + TEXT_GAP_MM - LABEL_AIR_MM


def _columns(grid: Grid, pitch: float, lines: tuple[tuple[str, ...], ...], style: Style) -> Columns:
    boxes = len(lines)
    centres = tuple(round(grid.right - pitch * (boxes - at - 0.5), 2) for at in range(boxes))
    text_left = grid.left + NUMBER_MM
    text_mm = grid.right - pitch * boxes - TEXT_GAP_MM - text_left
    return Columns(pitch, centres, lines, style, text_left, text_mm)
