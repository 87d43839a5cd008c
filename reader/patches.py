"""A registered page -> one small picture per box, in units of ink rather than grey.

Only the boxes are sampled, never the page: 100 boxes cost 2 ms where warping the page costs 30 to 50.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kryds.model.layout import PageLayout
from kryds.reader.fiducials import Gray, Reduced
from kryds.reader.register import Registration
from kryds.reader.settings import ReaderSettings

Ink = npt.NDArray[np.float32]

#: Side of the cells whose means stand for paper white, in patch pixels; 1.3 mm, wider than any pen stroke.
CELL_PX = 8
#: Of a patch's 64 cells the 13th brightest is taken as paper: some 40 lie outside the box, and strokes, stray
#: writing and the box's own line may darken most of them.
WHITE_RANK = 51
#: Grey values (of 255) between paper and print below which the picture holds nothing to read: fog.
LEAST_CONTRAST = 25.0


@dataclass(frozen=True)
class BoxPatches:
    """Pictures around the boxes of a page, where the registration expects them, upright.

    ``ink``: float32 (N, S, S), 0 paper to 1 printed black, from local paper white and the page's own black.
    ``px_per_mm``: resolution; the middle of a patch is the expected middle of the box.
    ``noise``: standard deviation of the paper around the boxes, in ink.
    """

    ink: Ink
    px_per_mm: float
    noise: float


def sample_boxes(
    picture: tuple[Gray, Reduced], registration: Registration, layout: PageLayout, settings: ReaderSettings
) -> npt.NDArray[np.uint8]:
    """The grey patches of a page's boxes, uint8 (N, S, S).

    They come from the stored or the reduced picture, whichever just suffices: sampling the reduced one averages the
    ink of all stored pixels, where the stored one would skip some.
    """
    gray, reduced = picture
    enough = registration.px_per_mm / reduced.factor >= 0.9 * settings.patch_px_per_mm
    source, factor = (reduced.gray, reduced.factor) if enough else (gray, 1)
    side = patch_side_px(settings)
    steps = (np.arange(side) - (side - 1) / 2) / settings.patch_px_per_mm
    centres = np.array([(box.rect.centre.x, box.rect.centre.y) for box in layout.boxes]).reshape(-1, 2)
    grid = np.empty((len(centres), side, side, 2), np.float32)
    grid[..., 0] = centres[:, 0, None, None] + steps[None, None, :]
    grid[..., 1] = centres[:, 1, None, None] + steps[None, :, None]
    if not len(centres):
        return np.zeros((0, side, side), np.uint8)
    points = cv2.perspectiveTransform(grid.reshape(-1, 1, 2), registration.mm_to_px).reshape(-1, side, 2)
    points = (points + np.float32(0.5)) / np.float32(factor) - np.float32(0.5)
    x, y = np.ascontiguousarray(points[..., 0]), np.ascontiguousarray(points[..., 1])
    patches = cv2.remap(source, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255)
    return np.asarray(patches, np.uint8).reshape(len(centres), side, side)


def patch_side_px(settings: ReaderSettings) -> int:
    """The side of a patch: a whole number of cells."""
    return CELL_PX * round(2 * settings.patch_radius_mm * settings.patch_px_per_mm / CELL_PX)


def to_ink(patches: npt.NDArray[np.uint8], dark: float, settings: ReaderSettings) -> BoxPatches:
    """Grey patches -> ink. ``dark`` is the grey value of print on this page (register.dark_reference)."""
    count, side, _ = patches.shape
    per_side = side // CELL_PX
    cells = patches.reshape(count, per_side, CELL_PX, per_side, CELL_PX).mean(axis=(2, 4), dtype=np.float32)
    rank = WHITE_RANK * per_side**2 // 64
    white = np.partition(cells.reshape(count, per_side**2), rank, axis=1)[:, rank]
    span = np.maximum(white - dark, LEAST_CONTRAST).astype(np.float32)
    ink = np.asarray((white[:, None, None] - patches) / span[:, None, None], np.float32)
    np.clip(ink, -1, 1, out=ink)
    return BoxPatches(ink, settings.patch_px_per_mm, _noise(ink))


def _noise(ink: Ink) -> float:
    """Standard deviation of bare paper, from differences of neighbours in the rims of up to 24 patches.

    The median of absolute differences ignores the few pixels where a stroke begins; 0.954 = sqrt(2) x 0.6745.
    """
    if not len(ink):
        return 0.0
    every = max(1, len(ink) // 24)
    rims = np.concatenate([ink[::every, :5], ink[::every, -5:]], axis=1)
    return float(np.median(np.abs(np.diff(rims, axis=2))) / 0.954)
