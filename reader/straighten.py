"""A bent page -> about where its boxes are: paper curls and bulges between the fiducials that place it.

A homography is for flat paper. On a photo of a sheet that was folded, or curls, boxes stand up to 8 mm from where four
fiducials in the corners say. All six are followed first, then the boxes' own outlines; snap.py finds them for good.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from kryds.reader.fiducials import FoundFiducial
from kryds.reader.patches import BoxPatches, Ink
from kryds.reader.register import Candidate
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import HALF, RegisteredPage, smooth_field

Floats = npt.NDArray[np.float64]

#: How far around a box its outline is compared (mm), and how much it is softened: the line is 1.8 px wide.
AROUND_MM, SOFT_PX = 0.8, 1.0
#: How much finer than the patches the outline is drawn before it is shrunk to their resolution.
FINE = 8


def follow_fiducials(candidate: Candidate, found: Sequence[FoundFiducial]) -> Candidate:
    """The candidate with its boxes and rows moved as far as these fiducials stand from where the page's map says.

    Between them it is moved in proportion; six in three rows of two tell a curl up and down each side.
    """
    if not found:
        return candidate
    places = {fiducial.slot: fiducial.centre for fiducial in candidate.layout.fiducials}
    paper_mm = np.array([(places[each.slot].x, places[each.slot].y) for each in found])
    seen_mm = candidate.registration.to_mm([each.corners_px.mean(axis=0) for each in found])
    middle = paper_mm.mean(axis=0)
    solution, *_ = np.linalg.lstsq(_terms(paper_mm - middle)[:, : len(found)], seen_mm - paper_mm, rcond=None)
    return _moved(candidate, _terms(_middles(candidate) - middle)[:, : len(found)] @ solution)


def straightened(patches: BoxPatches, candidate: Candidate, settings: ReaderSettings) -> Candidate:
    """The candidate with its boxes and rows moved to about where their outlines are seen.

    ``patches`` and ``settings`` are those of looking far. The outline is sought as a whole: of a box that stands
    aslant from where it is expected neither lines up nor lines across are seen there.
    """
    offsets, seen = _outlines(patches, candidate, settings)
    field = smooth_field(_middles(candidate), offsets, np.where(seen >= settings.far_outline, seen, 0.0))
    near = (np.linalg.norm(offsets - field, axis=1) <= settings.far_free_mm) & (seen >= settings.far_outline)
    return _moved(candidate, np.where(near[:, None], offsets, field))


def placed_by_outlines(patches: BoxPatches, candidate: Candidate, settings: ReaderSettings) -> RegisteredPage:
    """The page with its boxes where their whole outlines are seen, which blur and worn toner leave as they are.

    Lines that a blurred photo spreads over a millimetre, or a copy leaves as dots, are none to snap.py; the picture of
    a box they still make. Where a mark hides it a box is where its neighbours agree.
    """
    offsets, likeness = _outlines(patches, candidate, settings)
    is_box = likeness >= settings.far_box
    field = smooth_field(_middles(candidate), offsets, np.where(is_box, likeness, 0.0))
    agrees = is_box & (np.abs(offsets - field) <= settings.snap_free_mm).all(axis=1)
    offset_mm, seen = np.where(agrees[:, None], offsets, field), np.where(agrees, likeness, 0.0)
    return RegisteredPage(candidate, patches, offset_mm, seen)


def shows_ends(patches: BoxPatches, candidate: Candidate, settings: ReaderSettings) -> bool:
    """Whether a box is to be seen near half of those of the first row, and of the last.

    ``patches`` and ``settings`` are those of looking far. Where boxes were taken for those of the next row, there is
    none near the first or the last. Of one of the two it is enough that ink covers its boxes.
    """
    _, seen = _outlines(patches, candidate, settings)
    is_seen, is_covered = seen >= settings.far_box, _covered(patches, candidate) >= settings.covering_ink
    rows = np.array([box.item_id for box in candidate.layout.boxes])
    ends = [rows == end for end in {*rows[:1], *rows[-1:]}]
    plain = [is_seen[end].mean() >= HALF for end in ends]
    return any(plain) and all((is_seen | is_covered)[end].mean() >= HALF for end in ends)


def _covered(patches: BoxPatches, candidate: Candidate) -> Floats:
    """How much of each box, where it is expected, is dark: its mean ink."""
    middle = patches.ink.shape[1] // 2
    halves = [int(box.rect.width / 2 * patches.px_per_mm) for box in candidate.layout.boxes]
    parts = [
        ink[middle - half : middle + half, middle - half : middle + half]
        for ink, half in zip(patches.ink, halves, strict=True)
    ]
    return np.array([part.mean() for part in parts])


def is_flat(candidate: Candidate, found: Sequence[FoundFiducial], settings: ReaderSettings) -> bool:
    """Whether the paper surely lies flat: one scale all over it, and fiducials where they should be, at a side too."""
    places = {fiducial.slot: fiducial.centre for fiducial in candidate.layout.fiducials}
    heights = sorted(place.y for place in places.values())
    at_sides = [each for each in found if heights[0] < places[each.slot].y < heights[-1]]
    if len(found) < settings.fiducials_wanted or not at_sides:
        return False
    paper_mm = np.array([(places[each.slot].x, places[each.slot].y) for each in found])
    seen_mm = candidate.registration.to_mm([each.corners_px.mean(axis=0) for each in found])
    here, right, down = (candidate.registration.to_px(paper_mm + step) for step in ((0, 0), (1, 0), (0, 1)))
    scales = np.linalg.norm(np.concatenate([right - here, down - here]), axis=1)
    off_mm = float(np.linalg.norm(seen_mm - paper_mm, axis=1).max())
    return off_mm <= settings.flat_mm and float(scales.max() / scales.min()) <= settings.flat_scale


def _outlines(patches: BoxPatches, candidate: Candidate, settings: ReaderSettings) -> tuple[Floats, Floats]:
    """How far (mm) from where it is expected the outline of each box is seen best, and how much it is like one."""
    sides = [box.rect.width for box in candidate.layout.boxes]
    outlines = [_outline(side, candidate.edition.layout.line_mm, patches.px_per_mm) for side in sides]
    places = [_best_place(ink, each, patches, settings) for ink, each in zip(patches.ink, outlines, strict=True)]
    return np.array([offset for offset, _ in places]), np.array([likeness for _, likeness in places])


def _terms(at_mm: Floats) -> Floats:
    """What a displacement is made of, most important first: (N, 6)."""
    x, y = (at_mm / 100).T
    return np.column_stack([np.ones_like(x), x, y, x * y, y * y, x * y * y])


def _middles(candidate: Candidate) -> Floats:
    return np.array([(box.rect.centre.x, box.rect.centre.y) for box in candidate.layout.boxes]).reshape(-1, 2)


def _moved(candidate: Candidate, by_mm: Floats) -> Candidate:
    return replace(candidate, layout=candidate.layout.moved(by_mm.tolist()))


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
