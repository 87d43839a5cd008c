"""JPEG streams: how large they say they are, and their pixels."""

from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
import numpy.typing as npt

from kryds.reader.scan_page import Gray, Whole

#: Markers that begin a frame and hold its size: SOF0 to SOF15 less DHT, JPG and DAC (ITU-T T.81, table B.1).
FRAME_MARKERS = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
#: Markers without a length: TEM, RST0 to RST7, SOI.
BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})
#: From here on come pixels or the end: no frame follows (EOI, SOS).
LAST_MARKERS = frozenset({0xD9, 0xDA})

GREY, COLOUR = 1, 3

#: The reductions a JPEG decoder can give by itself, for less work than the whole picture, and how OpenCV calls them.
REDUCTIONS = {
    1: cv2.IMREAD_GRAYSCALE,
    2: cv2.IMREAD_REDUCED_GRAYSCALE_2,
    4: cv2.IMREAD_REDUCED_GRAYSCALE_4,
    8: cv2.IMREAD_REDUCED_GRAYSCALE_8,
}
#: Share of the pixels asked for that will do: a US Letter page has a shorter long side than an A4 page.
ENOUGH = 0.9


@dataclass(frozen=True, slots=True)
class JpegFrame:
    """What a JPEG says of itself; ``components`` is 1 for grey, 3 for colour, 4 for print colours (CMYK)."""

    width_px: int
    height_px: int
    components: int


def jpeg_frame(data: npt.NDArray[np.uint8]) -> JpegFrame | None:
    """The frame header (ITU-T T.81, B.2.2) of a JPEG stream, or None when there is none."""
    place = 2
    while place + 10 <= data.size:
        if data[place] != 0xFF:  # noqa: PLR2004 - every marker begins so
            return None
        marker = int(data[place + 1])
        if marker in FRAME_MARKERS:
            height, width = (int(data[at]) << 8 | int(data[at + 1]) for at in (place + 5, place + 7))
            return JpegFrame(width, height, int(data[place + 9]))
        if marker in LAST_MARKERS:
            return None
        if marker == 0xFF:  # noqa: PLR2004 - a fill byte
            place += 1
        elif marker in BARE_MARKERS:
            place += 2
        else:
            place += 2 + (int(data[place + 2]) << 8 | int(data[place + 3]))
    return None


def decode_at(
    data: npt.NDArray[np.uint8], frame: JpegFrame, long_side_px: int | None
) -> tuple[Gray, Whole | None] | None:
    """The pixels, reduced by the decoder where some ``long_side_px`` will do; None when the stream is damaged."""
    factor = reduction(frame, long_side_px)
    gray = decode_jpeg(data, factor)
    if gray is None:
        return None
    size = frame.width_px, frame.height_px
    return gray, Whole(factor, size, partial(_decoded_again, data)) if factor > 1 else None


def _decoded_again(data: npt.NDArray[np.uint8]) -> Gray:
    gray = decode_jpeg(data)
    if gray is None:
        raise RuntimeError("a JPEG that was decoded reduced could not be decoded whole")
    return gray


def reduction(frame: JpegFrame, long_side_px: int | None) -> int:
    """By how much the decoder may reduce the picture (1: not at all) if it is wanted ``long_side_px`` long.

    It is the whole factor nearest to that, if the decoder can give it and the picture is not much shorter for it.
    """
    long_side = max(frame.width_px, frame.height_px)
    factor = round(long_side / long_side_px) if long_side_px else 1
    return factor if factor in REDUCTIONS and long_side / factor >= ENOUGH * (long_side_px or 0) else 1


def decode_jpeg(data: npt.NDArray[np.uint8], factor: int = 1) -> Gray | None:
    """The pixels as stored, grey, or None when the stream is damaged. For grey and colour; not for print colours.

    With a ``factor`` of REDUCTIONS each pixel stands for a square of so many: the low frequencies of the JPEG's own
    blocks, which is within a grey level of the mean over the square.
    """
    try:
        gray = cv2.imdecode(data, REDUCTIONS[factor] | cv2.IMREAD_IGNORE_ORIENTATION)
    except cv2.error:
        return None
    return None if gray is None else np.asarray(gray, np.uint8)
