"""Pictures whose pixels say nothing one by one: black and white, dots that stand for greys, a sensor's noise."""

import cv2
import numpy as np

from kryds.reader.scan_page import Gray
from kryds.reader.settings import ReaderSettings

#: Every so manieth row of pixels is looked at, and of these every so manieth pixel where all would take long: primes,
#: so that no printed pattern keeps in step with them.
EVERY, EVERY_PIXEL = 97, 7
#: Grey values (of 255) so near to black or to white may be a JPEG's ringing about them.
NEARLY = 16
#: Half of all grey values.
MIDDLE = 128
#: The median of how far two pixels are apart, times this, is the standard deviation of their noise (if normal).
NOISE_OF_MEDIAN = 1.4826 / np.sqrt(2)


def is_bilevel(gray: Gray, settings: ReaderSettings) -> bool:
    """Whether hardly a pixel of the page is anything but black or white."""
    rows = gray[::EVERY]
    greys = np.count_nonzero((rows > NEARLY) & (rows < np.iinfo(np.uint8).max - NEARLY))
    return bool(greys < settings.bilevel_greys * rows.size)


def from_reading_distance(gray: Gray, settings: ReaderSettings) -> Gray:
    """The page as a reader's eye has it who does not see single pixels, if those of the page say nothing.

    Scanners and copiers that keep black and white only make dots when they are set to photo: as many of their pixels
    are black as the paper is dark. Averaged they are greys again, and the ink of a pen, which another scanner would
    have dropped, is all there. So it is with the noise of a picture taken in the dark.
    """
    grainy = _is_dotted(gray, settings) if is_bilevel(gray, settings) else _noise(gray) > settings.noisy_greys
    if not grainy:
        return gray
    softness_px = settings.dots_apart * max(gray.shape)
    return np.asarray(cv2.GaussianBlur(gray, (0, 0), softness_px), np.uint8)


def _is_dotted(gray: Gray, settings: ReaderSettings) -> bool:
    """Whether black and white take turns far more often than print does."""
    black = gray[::EVERY] < MIDDLE
    return int(np.sum(black[:, 1:] != black[:, :-1])) > settings.dotted_turns * black.size


def _noise(gray: Gray) -> float:
    """The standard deviation of the noise of single pixels, in grey values."""
    pixels, next_pixels = gray[::EVERY, :-1:EVERY_PIXEL].astype(np.int16), gray[::EVERY, 1::EVERY_PIXEL]
    return float(np.median(np.abs(pixels - next_pixels))) * NOISE_OF_MEDIAN if pixels.size else 0.0
