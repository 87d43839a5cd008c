"""Lines that dirt on a scanner's glass draws down the whole page -> the picture without them.

Where paper runs past a speck the speck becomes a line, a fraction of a millimetre wide and as long as the page. It cuts
the outlines of fiducials, crosses boxes nobody marked and stands beside others. No print of ours and no stroke of a pen
runs straight from one edge of the page to the other, so what does is taken out.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from kryds.reader.fiducials import Gray, Reduced
from kryds.reader.picture import Picture

#: The page is looked at in so many places down its length, each so many pixels long (0.3 mm at working size).
PLACES, PLACE_PX = 40, 2
#: A line is narrower than this (px at working size, 1.5 mm) and so much darker than what stands beside it (of 255).
WIDEST_PX, DARKER = 9, 10
#: Share of the places at which it is so. Rules across a page that lies on its side are there at 0.77 of them, the sides
#: of boxes below each other at 0.6.
LENGTH = 0.9

#: The first column of a line, and the first after it, in pixels.
Line = tuple[int, int]


def without_lines(picture: Picture) -> Picture:
    """The picture without lines right down the page, or right across it (it may have been turned since)."""
    lines = lines_down(picture.reduced.gray), lines_down(picture.reduced.gray.T)
    if not any(lines):
        return picture

    whole = picture.reduced.factor

    def clean(image: Reduced) -> Reduced:
        cleaned = image.gray.copy()
        for turned, found in zip((cleaned, cleaned.T), lines, strict=True):
            for first, end in found:
                _take_out(turned, (first * whole // image.factor, end * whole // image.factor))
        return Reduced(cleaned, image.factor)

    reduced = clean(picture.reduced)
    at_hand = reduced if picture.at_hand is picture.reduced else clean(picture.at_hand)
    return Picture(reduced, at_hand, lambda: clean(Reduced(picture.stored, 1)).gray)


def lines_down(gray: Gray) -> Sequence[Line]:
    """Where lines run down the page, each with a pixel of its soft edge on either side; none on a scrap of a page."""
    height, width = gray.shape
    if height < PLACES * PLACE_PX:
        return ()
    tops = np.linspace(0, height - PLACE_PX, PLACES).astype(int)
    pixels = np.ascontiguousarray(gray[(tops[:, None] + np.arange(PLACE_PX)).ravel()])
    sums = pixels.reshape(PLACES, PLACE_PX, width).sum(axis=1, dtype=np.uint16)
    places = (sums // PLACE_PX).astype(np.uint8)
    darker = cv2.morphologyEx(places, cv2.MORPH_BLACKHAT, np.ones((1, WIDEST_PX), np.uint8)) > DARKER
    is_line = np.concatenate([[False], darker.mean(axis=0) >= LENGTH, [False]])
    edges = np.flatnonzero(np.diff(is_line.astype(int)))
    found = [(int(first) - 1, int(end) + 1) for first, end in zip(edges[::2], edges[1::2], strict=True)]
    return [(first, end) for first, end in found if first > 0 and end < width]


def _take_out(gray: Gray, line: Line) -> None:
    """Puts into the columns of a line the lighter of what stands on either side: the side of a box is not smeared."""
    first, end = line
    gray[:, first:end] = np.maximum(gray[:, first - 1], gray[:, end])[:, None]
