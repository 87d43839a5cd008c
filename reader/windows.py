"""RegisteredPage -> the insides of its boxes as found, cut out of their patches."""

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


def box_windows(page: RegisteredPage, half_mm: float, threshold: float) -> BoxWindows:
    """Squares of 2 x ``half_mm``, to the nearest pixel of the patch; ink is what is darker than ``threshold``."""
    patches = page.patches
    side = 2 * int(half_mm * patches.px_per_mm)
    size = patches.ink.shape[1]
    start = np.rint(page.offset_mm * patches.px_per_mm + (size - side) / 2).astype(int)
    start = np.clip(start, 0, size - side)
    span = np.arange(side)
    rows, columns = start[:, 1, None] + span, start[:, 0, None] + span
    ink = patches.ink[np.arange(len(start))[:, None, None], rows[:, :, None], columns[:, None, :]]
    return BoxWindows(ink, ink > threshold, patches.px_per_mm, patches.noise)


def ink_threshold(page: RegisteredPage, settings: ReaderSettings) -> float:
    """The darkness from which a pixel of this page is ink: above the noise of its paper."""
    return max(settings.ink_threshold, settings.noise_multiple * page.patches.noise)
