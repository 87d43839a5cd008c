"""Pictures of nothing but black and white: telling them, and giving those their greys back that tell them by dots."""

import cv2
import numpy as np

from kryds.reader.scan_page import Gray
from kryds.reader.settings import ReaderSettings

#: Every so manieth row of pixels is looked at: a prime, so that no printed pattern keeps in step with it.
EVERY = 97
#: Grey values (of 255) so near to black or to white may be a JPEG's ringing about them.
NEARLY = 16
#: Half of all grey values.
MIDDLE = 128


def is_bilevel(gray: Gray, settings: ReaderSettings) -> bool:
    """Whether hardly a pixel of the page is anything but black or white."""
    rows = gray[::EVERY]
    return float(np.mean((rows > NEARLY) & (rows < np.iinfo(np.uint8).max - NEARLY))) < settings.bilevel_greys


def without_dots(gray: Gray, settings: ReaderSettings) -> Gray:
    """The page with greys for dots, if it is one of dots: as many of its pixels are black as its paper is dark.

    Scanners and copiers that keep black and white only do so when they are set to photo. Seen from as far as a sheet is
    read the dots are greys again, and the ink of a pen, which another scanner would have dropped, is all there.
    """
    if not (is_bilevel(gray, settings) and _is_dotted(gray, settings)):
        return gray
    softness_px = settings.dots_apart * max(gray.shape)
    return np.asarray(cv2.GaussianBlur(gray, (0, 0), softness_px), np.uint8)


def _is_dotted(gray: Gray, settings: ReaderSettings) -> bool:
    """Whether black and white take turns far more often than print does."""
    black = gray[::EVERY] < MIDDLE
    return int(np.sum(black[:, 1:] != black[:, :-1])) > settings.dotted_turns * black.size
