"""RegisteredPage -> BoxMeasurement per box: numbers only, no verdict.

inner_ink  share of the inside of the box that is ink
trace_ink  the strongest straight trace in noise units / 100: sees pencil that no single pixel gives away
spill_ink  share of the rim around the box that is ink
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from kryds.model.reading import BoxMeasurement, PixelRect
from kryds.reader.patches import Ink
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import RegisteredPage
from kryds.reader.windows import BoxWindows, box_windows, ink_threshold

Floats = npt.NDArray[np.float64]

#: Directions (every 15 degrees) and sideways offsets (mm) of the straight strokes tried against a box.
STROKE_ANGLES_DEG = tuple(range(0, 180, 15))
STROKE_OFFSETS_MM = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5)
#: Noise (in ink) assumed at least: a bilevel or cleaned page shows none, and a speck is not a stroke for that.
LEAST_NOISE = 0.005
#: The rim measured for spill: from just outside the line to where the next box's rim may begin (mm from the edge).
RIM_MM = (0.5, 1.3)


def measure_boxes(page: RegisteredPage, settings: ReaderSettings) -> tuple[BoxMeasurement, ...]:
    """The numbers of every box of a page, in the layout's order."""
    boxes = page.candidate.layout.boxes
    if not boxes:
        return ()
    threshold = ink_threshold(page, settings)
    half_mm = min(box.rect.width for box in boxes) / 2
    inside = box_windows(page, half_mm - settings.inner_inset_mm, threshold)
    numbers = zip(
        _rounded(np.hypot(page.offset_mm[:, 0], page.offset_mm[:, 1]), 3),
        _rounded(page.outline, 3),
        _rounded(_shares(inside.dark), 4),
        _rounded(_trace(inside), 4),
        _rounded(_spill(page, half_mm, threshold), 4),
        strict=True,
    )
    places = zip(boxes, _found_rects(page), numbers, strict=True)
    return tuple(BoxMeasurement(box.item_id, box.choice, found, *each) for box, found, each in places)


def _rounded(numbers: Floats, decimals: int) -> list[float]:
    return [round(number, decimals) for number in numbers.tolist()]


def _shares(dark: npt.NDArray[np.bool_]) -> Floats:
    """The share of each window that is ink."""
    flat = dark.reshape(len(dark), -1)
    return np.asarray(np.count_nonzero(flat, axis=1) / flat.shape[1], np.float64)


def _trace(inside: BoxWindows) -> Floats:
    """The strongest straight trace in each box, in noise units / 100, at most 1."""
    masks = _strokes(inside.ink.shape[1], inside.px_per_mm)
    # A mean over n pixels has noise / sqrt(n); a stroke of 4 mm is some 48 pixels at 6 px/mm.
    trace = (inside.ink.reshape(len(inside.ink), -1) @ masks).max(axis=1) / max(inside.noise, LEAST_NOISE) / 100
    return np.asarray(np.clip(trace, 0, 1), np.float64)


@cache
def _strokes(side: int, px_per_mm: float) -> Ink:
    """The straight strokes tried in a window: float32 (side * side, K), on a stroke of n pixels 1 / sqrt(n)."""
    at = (np.arange(side) - (side - 1) / 2) / px_per_mm
    x, y = at[None, :], at[:, None]
    masks = []
    for angle in STROKE_ANGLES_DEG:
        cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        within = np.abs(x * cos + y * sin) <= at[-1]
        masks += [
            (within & (np.abs(x * sin - y * cos - offset) <= 1 / px_per_mm)).ravel() for offset in STROKE_OFFSETS_MM
        ]
    strokes = np.array(masks, np.float32)
    return np.ascontiguousarray((strokes / np.sqrt(strokes.sum(axis=1, keepdims=True))).T)


def _spill(page: RegisteredPage, half_mm: float, threshold: float) -> Floats:
    """Share of ink in the square ring between RIM_MM[0] and RIM_MM[1] outside the box."""
    outer = box_windows(page, half_mm + RIM_MM[1], threshold).dark
    width = round((RIM_MM[1] - RIM_MM[0]) * page.patches.px_per_mm)
    ring = outer[0].size - outer[0, width:-width, width:-width].size
    outer[:, width:-width, width:-width] = False
    return np.asarray(np.count_nonzero(outer.reshape(len(outer), -1), axis=1) / ring, np.float64)


def _found_rects(page: RegisteredPage) -> list[PixelRect]:
    """The boxes as found, in stored pixels with whole numbers at pixel edges (hence the half pixel)."""
    boxes, registration = page.candidate.layout.boxes, page.candidate.registration
    half = np.array([(box.rect.width / 2, box.rect.height / 2) for box in boxes])
    middle = np.array([(box.rect.centre.x, box.rect.centre.y) for box in boxes]) + page.offset_mm
    centre = registration.to_px(middle) + 0.5
    right, down = (registration.to_px(middle + half * axis) + 0.5 - centre for axis in ((1, 0), (0, 1)))
    width = 2 * np.maximum(np.abs(right[:, 0]), np.abs(down[:, 0]))
    height = 2 * np.maximum(np.abs(right[:, 1]), np.abs(down[:, 1]))
    edges = np.column_stack([centre[:, 0] - width / 2, centre[:, 1] - height / 2, width, height]).round(1)
    return [PixelRect(*edge) for edge in edges.tolist()]
