"""What comes out of a scan file: pages as grey pixels, or the reason why a page could not be shown."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kryds.model.geometry import Paper
from kryds.model.reading import Reason

Gray = npt.NDArray[np.uint8]
#: An affine map as PDF writes it (ISO 32000-2, 8.3.4): x' = a x + c y + e, y' = b x + d y + f.
Affine = tuple[float, float, float, float, float, float]

#: Pages above this are refused unseen (pixels): an A2 page at 600 dpi is 139 million; a file made to fill the memory
#: claims billions.
MAX_PIXELS = 200_000_000
#: Resolutions a file may claim and be believed (dpi). 72 is what programs write that do not know.
BELIEVABLE_DPI = (75.0, 2400.0)
#: Shorter sides of a page that bear out its resolution (mm): A6 to A3 with a margin. Photos claim 72 dpi and a metre.
BELIEVABLE_SIDE_MM = (90.0, 320.0)
#: Width of the page a picture of unknown resolution is laid on, in points.
UNKNOWN_WIDTH_PT = Paper.A4.size_mm[0] / 25.4 * 72

DAMAGED = Reason("page_damaged")
CUT_SHORT = Reason("file_cut_short")
ENCODING_UNKNOWN = Reason("page_encoding_unknown")


@dataclass(frozen=True, eq=False)
class Whole:
    """A page of which a reduced picture was decoded: one pixel of that is ``factor`` stored pixels wide.

    ``size_px`` is the width and height as stored; ``decode`` gives all its pixels, uint8 (H, W).
    """

    factor: int
    size_px: tuple[int, int]
    decode: Callable[[], Gray]


@dataclass(frozen=True, eq=False)
class ScanPage:
    """One page as stored in its file: neither EXIF orientation nor /Rotate is applied; what is mirrored is unmirrored.

    ``gray`` is uint8 (H, W), 0 ink to 255 paper. ``dpi`` is 0 when unknown. ``px_to_pt`` maps pixels (whole numbers at
    pixel edges, origin top-left, y down) to points: the PDF page's default user space, before /Rotate; of an image
    file, a page of the picture's own size with its origin at the lower left. ``whole`` is there when ``gray`` is the
    page reduced; dpi and px_to_pt speak of the stored pixels in any case.
    """

    source: str
    index: int
    gray: Gray
    dpi: float
    px_to_pt: Affine
    whole: Whole | None = None

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height as stored."""
        return self.whole.size_px if self.whole else (self.gray.shape[1], self.gray.shape[0])


@dataclass(frozen=True, slots=True)
class ScanFault:
    """A page that is in the file but cannot be shown, and why."""

    source: str
    index: int
    reason: Reason


def too_large(width_px: int, height_px: int) -> Reason | None:
    """Why a page of this size is refused, or None when it is not."""
    pixels = width_px * height_px
    return Reason("page_too_large", (("megapixels", str(round(pixels / 1e6))),)) if pixels > MAX_PIXELS else None


def image_page(
    where: tuple[str, int], gray: Gray, claimed_dpi: tuple[float, float], whole: Whole | None = None
) -> ScanPage:
    """The page of an image file that claims this resolution across and down (0 when it claims none)."""
    width, height = whole.size_px if whole else (gray.shape[1], gray.shape[0])
    dpi = _believable(claimed_dpi, (width, height))
    across, down = dpi or (min(width, height) * 72 / UNKNOWN_WIDTH_PT,) * 2
    px_to_pt = (72 / across, 0.0, 0.0, -72 / down, 0.0, height * 72 / down)
    return ScanPage(*where, gray, round((across + down) / 2, 1) if dpi else 0.0, px_to_pt, whole)


def _believable(dpi: tuple[float, float], size_px: tuple[int, int]) -> tuple[float, float] | None:
    """The resolution claimed, or None when its page would be no sheet of paper."""
    if not all(BELIEVABLE_DPI[0] <= each <= BELIEVABLE_DPI[1] for each in dpi):
        return None
    side_mm = min(side / each * 25.4 for side, each in zip(size_px, dpi, strict=True))
    return dpi if BELIEVABLE_SIDE_MM[0] <= side_mm <= BELIEVABLE_SIDE_MM[1] else None
