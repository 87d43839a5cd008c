"""The marked boxes of a page -> the pen they were marked with: numbers only, no verdict.

A box that is dark with strokes as wide as all others on its page is a box filled in; dark with one stroke so wide, it
is a cross by a marker. A person sees that at once, as they see the whole page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import RegisteredPage
from kryds.reader.windows import box_windows, ink_threshold

#: Share of a box's inside that must be ink for it to speak of the pen: a speck does not, and the crosses of a pencil so
#: pale that half of each is no ink do; else the one box filled in would speak for all.
LEAST_INK = 0.01
#: Area over edge pixels of a stroke at 45 degrees, which meets each pixel row and column, times this is its width.
WIDTH_OF_AREA_PER_EDGE = 2 * np.sqrt(2)
#: No pen is broader; where all marked boxes are filled in, there are hardly edges to tell.
MOST_MM = 3.0


@dataclass(frozen=True)
class PagePen:
    """The page's typical stroke: ``breadth_mm``, and ``darkness`` 0 paper to 1 print; both 0 on a page without marks.

    The breadth is twice the ink over its edge: about the width of a lone stroke, more where arms meet. ``noise`` is
    that of the paper (in ink), which hides pale strokes.
    """

    breadth_mm: float
    darkness: float
    noise: float

    def as_row(self) -> tuple[float, float, float]:
        """The numbers, each about 0 to 1, in the order the mark network takes them."""
        return self.breadth_mm, self.darkness, 10 * self.noise


def measure_pen(page: RegisteredPage, settings: ReaderSettings, which: Sequence[int] | None = None) -> PagePen:
    """The pen of a page, by the median over the insides of those of its boxes that hold ink.

    ``which`` are the boxes that may hold any (None: all).
    """
    boxes = page.candidate.layout.boxes
    if not boxes:
        return PagePen(0.0, 0.0, page.patches.noise)
    half_mm = min(box.rect.width for box in boxes) / 2 - settings.inner_inset_mm
    inside = box_windows(page, half_mm, ink_threshold(page, settings), which)
    marked = inside.dark.mean(axis=(1, 2)) > LEAST_INK
    if not marked.any():
        return PagePen(0.0, 0.0, inside.noise)
    dark = inside.dark[marked]
    area = dark.sum(axis=(1, 2))
    breadth_px = WIDTH_OF_AREA_PER_EDGE * area / np.maximum(_edges(dark), 1)
    darkness = np.where(dark, inside.ink[marked], 0).sum(axis=(1, 2)) / area
    breadth_mm = min(float(np.median(breadth_px)) / inside.px_per_mm, MOST_MM)
    return PagePen(round(breadth_mm, 3), round(float(np.median(darkness)), 3), inside.noise)


def _edges(dark: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """How often ink and paper meet along the rows and columns of each box."""
    across = (dark[:, :, 1:] != dark[:, :, :-1]).sum(axis=(1, 2))
    down = (dark[:, 1:] != dark[:, :-1]).sum(axis=(1, 2))
    return np.asarray(across + down, np.int64)
