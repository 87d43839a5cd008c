"""A page with black squares on it, and whether a picture shows them where it says."""

import numpy as np

from kryds.samples.paper.printer import PaperPage
from kryds.samples.paper.scanner import ScannedPage

MARKS_MM = np.array([[20.0, 30], [80, 30], [20, 120], [80, 120]])


def page(dpi: float = 150, *, colour: bool = False) -> PaperPage:
    """A6 paper with four black squares of 3 mm."""
    k = dpi / 25.4
    pixels = np.full((round(148 * k), round(105 * k)), 247, np.uint8)
    for x, y in MARKS_MM:
        pixels[round((y - 1.5) * k) : round((y + 1.5) * k), round((x - 1.5) * k) : round((x + 1.5) * k)] = 20
    shown = np.repeat(pixels[:, :, None], 3, axis=2) if colour else pixels
    return PaperPage(shown, dpi, np.array([[k, 0, -0.5], [0, k, -0.5]]))


def squares_found(scanned: ScannedPage, dpi: float) -> int:
    """How many squares are dark in the middle and light 4 mm beside it, where the page says they are."""
    grey = scanned.pixels if scanned.pixels.ndim == 2 else scanned.pixels.mean(axis=2)
    found = 0
    for x, y in scanned.find(MARKS_MM).round().astype(int):
        middle, beside = grey[y - 3 : y + 4, x - 3 : x + 4].mean(), grey[y, x + round(4 * dpi / 25.4)]
        found += bool(middle < 110 and beside > middle + 60)
    return found
