"""What stands around a box, as far as the next boxes: the word a stroke belongs to, the middle of a cross beside it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from kryds.model.layout import BoxPlace
from kryds.reader.patches import BoxPatches, Ink, sample_boxes, to_ink
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import LocatedPage

Floats = npt.NDArray[np.float64]

#: Half the side of what is seen (mm): boxes are 13 mm apart and rows 11, so that no other box is in it.
AROUND_HALF_MM = 8.0
#: Pixels of a patch that make one of the surroundings: as many pixels as a window has, of twice the size.
AROUND_PX = 2


def surroundings(located: LocatedPage, which: Sequence[int], settings: ReaderSettings) -> Ink:
    """Ink (N, 48, 48) at 3 px/mm around the found middles of the boxes ``which``."""
    page = located.registered
    boxes = page.candidate.layout.boxes
    found = [replace(boxes[i], rect=boxes[i].rect.moved(*page.offset_mm[i])) for i in which]
    ink = wide_patches(found, located, settings).ink
    count, side, _ = ink.shape
    few = side // AROUND_PX
    return np.asarray(ink.reshape(count, few, AROUND_PX, few, AROUND_PX).mean(axis=(2, 4)), np.float32)


def wide_patches(boxes: Sequence[BoxPlace], located: LocatedPage, settings: ReaderSettings) -> BoxPatches:
    """Patches about these places, as wide as the surroundings of a box."""
    registration, layout = located.registered.candidate.registration, located.registered.candidate.layout
    wide = replace(settings, patch_radius_mm=AROUND_HALF_MM)
    grays = sample_boxes(located.picture, registration, replace(layout, boxes=tuple(boxes)), wide)
    return to_ink(grays, located.dark, wide)


def line_of(box: BoxPlace, x_mm: Floats, y_mm: Floats, half_mm: float) -> npt.NDArray[np.bool_]:
    """Where a box's line is printed, and so much to either side of it: (rows, columns).

    ``x_mm`` and ``y_mm`` are how far the columns and the rows are from the middle of the box.
    """
    out_mm = np.maximum(np.abs(y_mm)[:, None], np.abs(x_mm)[None, :]) - box.rect.width / 2
    return np.asarray(np.abs(out_mm) < half_mm, np.bool_)
