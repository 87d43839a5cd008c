"""Whether the boxes found on a page may be those of the next rows: where paper curls so far, they fit as well."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kryds.reader.fiducials import FoundFiducial
from kryds.reader.outline import outlines_of
from kryds.reader.patches import BoxPatches
from kryds.reader.register import Candidate
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import HALF

Floats = npt.NDArray[np.float64]


def shows_ends(patches: BoxPatches, candidate: Candidate, settings: ReaderSettings) -> bool:
    """Whether a box is to be seen near half of those of the first row, and of the last.

    ``patches`` and ``settings`` are those of looking far. Where boxes were taken for those of the next row, there is
    none near the first or the last. Of one of the two it is enough that ink covers its boxes.
    """
    _, seen = outlines_of(patches, candidate, settings)
    is_seen, is_covered = seen >= settings.far_box, _covered(patches, candidate) >= settings.covering_ink
    rows = np.array([box.item_id for box in candidate.layout.boxes])
    ends = [rows == end for end in {*rows[:1], *rows[-1:]}]
    plain = [is_seen[end].mean() >= HALF for end in ends]
    return any(plain) and all((is_seen | is_covered)[end].mean() >= HALF for end in ends)


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


def _covered(patches: BoxPatches, candidate: Candidate) -> Floats:
    """How much of each box, where it is expected, is dark: its mean ink."""
    middle = patches.ink.shape[1] // 2
    halves = [int(box.rect.width / 2 * patches.px_per_mm) for box in candidate.layout.boxes]
    parts = [
        ink[middle - half : middle + half, middle - half : middle + half]
        for ink, half in zip(patches.ink, halves, strict=True)
    ]
    return np.array([part.mean() for part in parts])
