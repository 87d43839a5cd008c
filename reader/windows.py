"""RegisteredPage -> the insides of its boxes as found, cut out of their patches."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kryds.reader.patches import Ink
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import RegisteredPage


@dataclass(frozen=True)
class BoxWindows:
    """Squares around the found middles of N boxes: ``ink`` float32 (N, W, W); ``dark`` bool, which pixels are ink."""

    ink: Ink
    dark: npt.NDArray[np.bool_]
    px_per_mm: float
    noise: float


def box_windows(
    page: RegisteredPage, half_mm: float, threshold: float, which: Sequence[int] | None = None
) -> BoxWindows:
    """Squares of 2 x ``half_mm``, to the nearest pixel of the patch; ink is what is darker than ``threshold``.

    ``which`` are the boxes wanted (None: all).
    """
    patches = page.patches
    side = 2 * int(half_mm * patches.px_per_mm)
    size = patches.ink.shape[1]
    start = np.rint(page.offset_mm * patches.px_per_mm + (size - side) / 2).astype(int)
    start = np.clip(start, 0, size - side)
    boxes = range(len(start)) if which is None else which
    ink = np.empty((len(boxes), side, side), np.float32)
    for window, i in zip(ink, boxes, strict=True):
        left, top = start[i]
        window[:] = patches.ink[i, top : top + side, left : left + side]
    return BoxWindows(ink, ink > threshold, patches.px_per_mm, patches.noise)


def ink_threshold(page: RegisteredPage, settings: ReaderSettings) -> float:
    """The darkness from which a pixel of this page is ink: above the noise of its paper."""
    return max(settings.ink_threshold, settings.noise_multiple * page.patches.noise)
