"""Rows of which no box is seen where the others say: sought farther off, as paper that is fed in jerks has them there.

What the boxes of a page agree on says little about a row beyond them: the first and the last of a page may stand 3 mm
from there. Nobody could tell what is in boxes that are not where they are looked for.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from kryds.reader.outline import outlines_of
from kryds.reader.patches import sample_boxes, to_ink
from kryds.reader.picture import Source
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import ROW_LEAST, RegisteredPage

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def find_lost_rows(page: RegisteredPage, source: Source, settings: ReaderSettings) -> RegisteredPage:
    """The page; rows of which no box was seen are where several of their boxes, farther off, are seen to stand."""
    items = [box.item_id for box in page.candidate.layout.boxes]
    lost = _lost_boxes(items, page.outline)
    if not len(lost) or len(lost) == len(items):
        return page
    offsets, likeness = _seen_far_off(page, lost, source, settings)
    offset_mm, outline = page.offset_mm.copy(), page.outline.copy()
    names = np.array(items)[lost]
    for item in dict.fromkeys(names.tolist()):
        row = names == item
        agree = _agreeing(offsets[row], likeness[row] >= settings.far_box, settings)
        if agree.sum() >= ROW_LEAST:
            offset_mm[lost[row]] = np.median(offsets[row][agree], axis=0)
            offset_mm[lost[row][agree]] = offsets[row][agree]
            outline[lost[row][agree]] = likeness[row][agree]
    return replace(page, offset_mm=offset_mm, outline=outline)


def _lost_boxes(items: Sequence[str], outline: Floats) -> npt.NDArray[np.int64]:
    """The places of the boxes in whose row none was seen."""
    seen = {item for item, clear in zip(items, outline.tolist(), strict=True) if clear > 0}
    return np.array([place for place, item in enumerate(items) if item not in seen], np.int64)


def _seen_far_off(
    page: RegisteredPage, which: npt.NDArray[np.int64], source: Source, settings: ReaderSettings
) -> tuple[Floats, Floats]:
    """How far (mm) from where the page's fiducials say each of these boxes is seen best, (N, 2), and how like one."""
    far, candidate = settings.looking_far(), page.candidate
    layout = replace(candidate.layout, boxes=tuple(candidate.layout.boxes[place] for place in which))
    patches = to_ink(sample_boxes(source[0], candidate.registration, layout, far), source[1], far)
    return outlines_of(patches, replace(candidate, layout=layout), far)


def _agreeing(offsets: Floats, is_box: Flags, settings: ReaderSettings) -> Flags:
    """Which of the boxes of a row, of those that are seen, are as far off as most."""
    if not is_box.any():
        return is_box
    apart_mm = np.abs(offsets - np.median(offsets[is_box], axis=0))
    return np.asarray(is_box & (apart_mm <= settings.snap_free_mm).all(axis=1), np.bool_)
