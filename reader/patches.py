"""A registered page -> one small picture per box, in units of ink rather than grey.

Only the boxes are sampled, never the page: 100 boxes cost 2 ms where warping the page costs 30 to 50.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kryds.model.layout import PageLayout
from kryds.reader.fiducials import Reduced
from kryds.reader.picture import Picture
from kryds.reader.register import Registration
from kryds.reader.settings import ReaderSettings
from kryds.reader.shade import CELL_PX, evenly_lit

Ink = npt.NDArray[np.float32]

#: Of a patch's 64 cells the one with the 13th brightest mean is taken as paper: some 40 lie outside the box, and
#: strokes, stray writing and the box's own line may darken most of them.
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
    picture: Picture, registration: Registration, layout: PageLayout, settings: ReaderSettings
) -> npt.NDArray[np.uint8]:
    """The grey patches of a page's boxes, uint8 (N, S, S).

    They come from the stored or the reduced picture, whichever just suffices: sampling the reduced one averages the
    ink of all stored pixels, where the stored one would skip some.
    """
    enough = registration.px_per_mm / picture.reduced.factor >= 0.9 * settings.patch_px_per_mm
    source = picture.reduced if enough else Reduced(picture.stored, 1)
    side, scale = patch_side_px(settings), settings.patch_px_per_mm
    centres = np.array([(box.rect.centre.x, box.rect.centre.y) for box in layout.boxes]).reshape(-1, 2)
    to_mm = np.tile(np.eye(3), (len(centres), 1, 1))
    to_mm[:, :2, :2] = registration.leans_at(centres) / scale
    to_mm[:, :2, 2] = centres - to_mm[:, :2, :2].sum(axis=2) * (side - 1) / 2
    patches = np.empty((len(centres), side, side), np.uint8)
    flags, edge = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, cv2.BORDER_CONSTANT
    for patch, mapping in zip(patches, source.from_stored() @ registration.mm_to_px @ to_mm, strict=True):
        # A small warp for each box takes half the time of one look-up table for all of them.
        cv2.warpPerspective(source.gray, mapping, (side, side), patch, flags, borderMode=edge, borderValue=255)
    return patches


def patch_side_px(settings: ReaderSettings) -> int:
    """The side of a patch: a whole number of cells."""
    return CELL_PX * round(2 * settings.patch_radius_mm * settings.patch_px_per_mm / CELL_PX)


def to_ink(patches: npt.NDArray[np.uint8], dark: float, settings: ReaderSettings) -> BoxPatches:
    """Grey patches -> ink. ``dark`` is the grey value of print on this page (register.dark_reference)."""
    count, side, _ = patches.shape
    per_side = side // CELL_PX
    ink = evenly_lit(patches, settings)
    sums = np.repeat(np.eye(per_side, dtype=np.float32), CELL_PX, axis=1)  # whole numbers: exact in any order
    cells = (sums @ ink @ sums.T) / np.float32(CELL_PX**2)
    rank = WHITE_RANK * per_side**2 // 64
    white = np.partition(cells.reshape(count, per_side**2), rank, axis=1)[:, rank]
    span = np.maximum(white - dark, LEAST_CONTRAST).astype(np.float32)
    np.subtract(white[:, None, None], ink, out=ink)
    ink /= span[:, None, None]
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
