"""JPEG streams: how large they say they are, and their pixels."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kryds.reader.scan_page import Gray

#: Markers that begin a frame and hold its size: SOF0 to SOF15 less DHT, JPG and DAC (ITU-T T.81, table B.1).
FRAME_MARKERS = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
#: Markers without a length: TEM, RST0 to RST7, SOI.
BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})
#: From here on come pixels or the end: no frame follows (EOI, SOS).
LAST_MARKERS = frozenset({0xD9, 0xDA})

GREY, COLOUR = 1, 3


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


def decode_jpeg(data: npt.NDArray[np.uint8]) -> Gray | None:
    """The pixels as stored, grey, or None when the stream is damaged. For grey and colour; not for print colours."""
    try:
        gray = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION)
    except cv2.error:
        return None
    return None if gray is None else np.asarray(gray, np.uint8)
