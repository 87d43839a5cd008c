"""Box patches -> where each box is seen as a whole: its outline compared with the picture of an empty box."""

from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from kryds.reader.patches import BoxPatches, Ink
from kryds.reader.register import Candidate
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import RegisteredPage, where_agreed

Floats = npt.NDArray[np.float64]

#: How far around a box its outline is compared (mm), and how much it is softened: the line is 1.8 px wide.
AROUND_MM, SOFT_PX = 0.8, 1.0
#: No more of a second mark counts (ink) where the boxes of a row are laid on each other.
MARK_INK = 0.5
#: How much finer than the patches the outline is drawn before it is shrunk to their resolution.
FINE = 8


def outlines_of(patches: BoxPatches, candidate: Candidate, settings: ReaderSettings) -> tuple[Floats, Floats]:
    """How far (mm) from where it is expected the outline of each box is seen best, (N, 2), and how much it is like one.

    Whole outlines are seen where boxes stand aslant from where they are expected, and neither lines up nor lines across
    are; also where blur, or worn toner, leaves no line.
    """
    sides = [box.rect.width for box in candidate.layout.boxes]
    outlines = [_outline(side, candidate.edition.layout.line_mm, patches.px_per_mm) for side in sides]
    places = [_best_place(ink, each, patches, settings) for ink, each in zip(patches.ink, outlines, strict=True)]
    return np.array([offset for offset, _ in places]).reshape(-1, 2), np.array([likeness for _, likeness in places])


def placed_by_outlines(patches: BoxPatches, candidate: Candidate, settings: ReaderSettings) -> RegisteredPage:
    """The page with its boxes where their whole outlines are seen, which blur and worn toner leave as they are.

    Lines that a blurred photo spreads over a millimetre, or a copy leaves as dots, are none to snap.py; the picture of
    a box they still make. Where a mark hides it a box is where its neighbours agree.
    """
    offsets, likeness = outlines_of(patches, candidate, settings)
    is_box = likeness >= settings.far_box
    return where_agreed(RegisteredPage(candidate, patches, offsets, np.where(is_box, likeness, 0.0)), settings)


def placed_by_rows(patches: BoxPatches, candidate: Candidate, settings: ReaderSettings) -> RegisteredPage:
    """The page with its boxes where the outline is seen of all boxes of a row, laid on each other.

    What blur, noise and worn toner have left of one box is no outline; what they have left of four together is. The
    darkest of a row is left out: somebody crossed it.
    """
    items = np.array([box.item_id for box in candidate.layout.boxes])
    boxes, line_mm = candidate.layout.boxes, candidate.edition.layout.line_mm
    offsets, likeness = np.zeros((len(items), 2)), np.zeros(len(items))
    for item in dict.fromkeys(items.tolist()):
        row = np.flatnonzero(items == item)
        inks = patches.ink[row].clip(0, MARK_INK)
        unmarked = np.argsort(inks.sum(axis=(1, 2)))[: max(1, len(row) - 1)]
        together = inks[unmarked].mean(axis=0)
        outline = _outline(boxes[row[0]].rect.width, line_mm, patches.px_per_mm)
        offsets[row], likeness[row] = _best_place(together, outline, patches, settings)
    seen = np.where(likeness >= settings.row_outline, likeness, 0.0)
    return where_agreed(RegisteredPage(candidate, patches, offsets, seen, is_worn=True), settings)


@cache
def _outline(side_mm: float, line_mm: float, px_per_mm: float) -> Ink:
    """The picture of an empty box, softened as the patches are."""
    size = 2 * round((side_mm / 2 + AROUND_MM) * px_per_mm)
    drawn = np.zeros((size * FINE, size * FINE), np.float32)
    for half_mm, ink in ((side_mm / 2, 1), (side_mm / 2 - line_mm, 0)):
        low, high = (round(size * FINE / 2 + side * half_mm * px_per_mm * FINE) for side in (-1, 1))
        drawn[low:high, low:high] = ink
    small = cv2.resize(drawn, (size, size), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), SOFT_PX), np.float32)


def _best_place(ink: Ink, outline: Ink, patches: BoxPatches, settings: ReaderSettings) -> tuple[Floats, float]:
    """How far (mm) from the middle of its patch the outline is seen best, and how much it is like one (up to 1)."""
    likeness = cv2.matchTemplate(cv2.GaussianBlur(ink, (0, 0), SOFT_PX), outline, cv2.TM_CCOEFF_NORMED)
    reach = min(int(settings.snap_range_mm * patches.px_per_mm), len(likeness) // 2)
    first = len(likeness) // 2 - reach
    near = likeness[first : first + 2 * reach + 1, first : first + 2 * reach + 1]
    y, x = np.unravel_index(near.argmax(), near.shape)
    return (np.array([x, y]) - reach) / patches.px_per_mm, float(near[y, x])
