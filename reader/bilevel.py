"""Whether a page was scanned in black and white only: faint ink is gone from it before anybody could read it."""

import numpy as np

from kryds.reader.fiducials import Gray
from kryds.reader.settings import ReaderSettings

#: Every so manieth row of pixels is looked at: a prime, so that no printed pattern keeps in step with it.
EVERY = 97
#: Grey values (of 255) so near to black or to white may be a JPEG's ringing about them.
NEARLY = 16


def is_bilevel(gray: Gray, settings: ReaderSettings) -> bool:
    """Whether hardly a pixel of the page is anything but black or white."""
    rows = gray[::EVERY]
    return float(np.mean((rows > NEARLY) & (rows < np.iinfo(np.uint8).max - NEARLY))) < settings.bilevel_greys
