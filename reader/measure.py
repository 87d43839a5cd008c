"""RegisteredPage -> BoxMeasurement per box: numbers only, no verdict.

inner_ink      share of the inside of the box that is ink
core_ink       the same of its middle (60 % of the side), where a stroke that belongs elsewhere seldom reaches
trace_ink      the strongest straight trace in noise units / 100: sees pencil that no single pixel gives away
long_stroke    how completely the best straight stroke runs through the box
cross_strokes  how completely the best second stroke runs, at 45 degrees or more to the first: high for an X
fill           how closed the four wedges are that an X of any pen leaves open: 0 open, 1 closed
spill_ink      share of the rim around the box that is ink
darkness       mean ink of the inked pixels: 1 as black as print, 0.3 a pale pencil
"""

from dataclasses import dataclass
from functools import cache

import cv2
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
#: Two strokes of an X differ by at least this angle. At 30 degrees a thick single stroke would pass for its own second.
CROSSING_DEG = 45
#: Half of the thickest pen and what its edge blurs to: nearer than this to the first stroke is the first stroke.
THICK_PEN_HALF_MM = 0.95
#: Noise (in ink) assumed at least: a bilevel or cleaned page shows none, and a speck is not a stroke for that.
LEAST_NOISE = 0.005
#: A wedge whose largest empty disc has this radius is open: half the gap a 1.5 mm felt-tip X leaves in a 6 mm box.
OPEN_WEDGE_MM = 0.8
#: The wedges: how far (mm) to either side of the middle of an edge, and from the centre outward.
WEDGE_HALF_WIDTH_MM, WEDGE_FROM_MM = 1.2, 0.8
#: The rim measured for spill: from just outside the line to where the next box's rim may begin (mm from the edge).
RIM_MM = (0.35, 1.3)


def measure_boxes(page: RegisteredPage, settings: ReaderSettings) -> tuple[BoxMeasurement, ...]:
    """The numbers of every box of a page, in the layout's order."""
    boxes = page.candidate.layout.boxes
    if not boxes:
        return ()
    threshold = ink_threshold(page, settings)
    half_mm = min(box.rect.width for box in boxes) / 2
    inside = box_windows(page, half_mm - settings.inner_inset_mm, threshold)
    columns = _ink_columns(inside) | _stroke_columns(inside) | _fill_column(inside)
    columns["spill_ink"] = _spill(page, half_mm, threshold)
    found = _found_rects(page)
    return tuple(
        BoxMeasurement(
            item_id=box.item_id,
            choice=box.choice,
            found=found[i],
            found_offset_mm=round(float(np.hypot(*page.offset_mm[i])), 3),
            outline=round(float(page.outline[i]), 3),
            **{name: round(float(column[i]), 4) for name, column in columns.items()},
        )
        for i, box in enumerate(boxes)
    )


def _ink_columns(inside: BoxWindows) -> dict[str, Floats]:
    side = inside.dark.shape[1]
    fifth = side // 5
    core = inside.dark[:, fifth : side - fifth, fifth : side - fifth]
    inked = inside.dark.sum(axis=(1, 2))
    weight = np.where(inside.dark, inside.ink, 0).sum(axis=(1, 2), dtype=np.float64)
    return {
        "inner_ink": inside.dark.mean(axis=(1, 2)),
        "core_ink": core.mean(axis=(1, 2)),
        "darkness": np.divide(weight, inked, out=np.zeros(len(inked)), where=inked > 0),
    }


def _stroke_columns(inside: BoxWindows) -> dict[str, Floats]:
    """Best and best crossing straight stroke of each box, on ink spread by a pixel so that a bent arm still counts."""
    count, side, _ = inside.ink.shape
    tried = _strokes(side, inside.px_per_mm)
    soft = inside.ink.reshape(count, -1) @ tried.masks.T / tried.pixels
    long_, crossing = np.zeros(count), np.zeros(count)
    inked = np.flatnonzero(inside.dark.any(axis=(1, 2)))
    if len(inked):
        spread = _spread(inside.dark[inked]).reshape(len(inked), -1).astype(np.float32)
        covered = spread @ tried.masks.T / tried.pixels
        best = covered.argmax(axis=1)
        long_[inked] = covered.max(axis=1)
        beside = (spread * tried.beside[best]) @ tried.masks.T / tried.pixels_beside[best]
        crossing[inked] = np.where(tried.crosses[best], beside, 0).max(axis=1)
    # A mean over n pixels has noise / sqrt(n); a stroke of 4 mm is some 48 pixels at 6 px/mm.
    trace = (soft * np.sqrt(tried.pixels)).max(axis=1) / max(inside.noise, LEAST_NOISE) / 100
    return {"long_stroke": long_, "cross_strokes": crossing, "trace_ink": np.clip(trace, 0, 1)}


@dataclass(frozen=True)
class TriedStrokes:
    """The K straight strokes tried in a window of P pixels.

    ``masks`` float32 (K, P), 1 on the stroke; ``pixels`` (K,) how many. ``beside`` float32 (K, P), 1 where a pixel is
    clear of stroke k, however thick the pen; ``pixels_beside`` (K, K), how much of stroke j is clear of stroke k;
    ``crosses`` bool (K, K), whether j crosses k steeply enough.
    """

    masks: Ink
    pixels: Ink
    beside: Ink
    pixels_beside: Ink
    crosses: npt.NDArray[np.bool_]


@cache
def _strokes(side: int, px_per_mm: float) -> TriedStrokes:
    at = (np.arange(side) - (side - 1) / 2) / px_per_mm
    x, y = at[None, :], at[:, None]
    tried = [(angle, offset) for angle in STROKE_ANGLES_DEG for offset in STROKE_OFFSETS_MM]
    masks, beside = [], []
    for angle, offset in tried:
        cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        distance = np.abs(x * sin - y * cos - offset)
        masks.append(((distance <= 1 / px_per_mm) & (np.abs(x * cos + y * sin) <= at[-1])).ravel())
        beside.append((distance > THICK_PEN_HALF_MM).ravel())
    mask, clear = np.array(masks, np.float32), np.array(beside, np.float32)
    angles = np.array([angle for angle, _ in tried])
    apart = np.abs((angles[:, None] - angles[None, :] + 90) % 180 - 90) >= CROSSING_DEG
    overlap = clear @ mask.T
    enough = overlap >= mask.sum(axis=1)[None, :] / 3
    return TriedStrokes(mask, mask.sum(axis=1), clear, np.maximum(overlap, 1), apart & enough)


def _spread(dark: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Every inked pixel grown by one to each side."""
    padded = np.pad(dark, ((0, 0), (1, 1), (1, 1)))
    across = padded[:, :, :-2] | padded[:, :, 1:-1] | padded[:, :, 2:]
    return np.asarray(across[:, :-2] | across[:, 1:-1] | across[:, 2:], np.bool_)


def _fill_column(inside: BoxWindows) -> dict[str, Floats]:
    """1 minus the openness of the second most closed wedge: a stray stroke may close one wedge of an X."""
    count, side, _ = inside.dark.shape
    wedges = _wedges(side, inside.px_per_mm)
    fill = np.zeros(count)
    for i in np.flatnonzero(inside.dark.mean(axis=(1, 2)) > 0.1):  # noqa: PLR2004 - a tenth inked closes no wedge
        paper = (~inside.dark[i]).astype(np.uint8)
        distance_mm = cv2.distanceTransform(paper, cv2.DIST_L2, 3) / inside.px_per_mm
        radii = sorted(float(np.max(distance_mm[wedge])) for wedge in wedges)
        fill[i] = 1 - min(1.0, radii[1] / OPEN_WEDGE_MM)
    return {"fill": fill}


@cache
def _wedges(side: int, px_per_mm: float) -> tuple[npt.NDArray[np.bool_], ...]:
    """Where an X leaves paper: above, below, left and right of its crossing; bool (side, side) each."""
    at = (np.arange(side) - (side - 1) / 2) / px_per_mm
    along, outward = at[None, :], -at[:, None]
    above = (np.abs(along) <= WEDGE_HALF_WIDTH_MM) & (outward >= WEDGE_FROM_MM)
    return above, above[::-1], above.T, above.T[:, ::-1]


def _spill(page: RegisteredPage, half_mm: float, threshold: float) -> Floats:
    """Share of ink in the square ring between RIM_MM[0] and RIM_MM[1] outside the box."""
    outer = box_windows(page, half_mm + RIM_MM[1], threshold).dark
    width = round((RIM_MM[1] - RIM_MM[0]) * page.patches.px_per_mm)
    inner = outer[:, width:-width, width:-width]
    ring = outer[0].size - inner[0].size
    return np.asarray((outer.sum(axis=(1, 2)) - inner.sum(axis=(1, 2))) / ring, np.float64)


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
    return [PixelRect(*map(float, edge)) for edge in edges]
