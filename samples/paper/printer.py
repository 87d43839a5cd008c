"""A printer in software: a page of a printed PDF becomes light on paper.

Pages are uint8 arrays of reflected light, 0 black to 255 the brightest white, grey (H, W) or RGB (H, W, 3). The same
page, profile and seed give the same bytes.
"""

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.random import Generator
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Affine = NDArray[np.float64]

MM_PER_INCH = 25.4
PT_PER_INCH = 72.0
#: A grey page has two axes, one in colour a third.
GREY_AXES = 2


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """What a printer, and the copier after it, does to a page.

    ``scale`` is printed size over true size, about the middle of the page. ``paper`` and ``black`` are the light that
    blank paper and full toner send back, 0 to 1. ``toner`` is how dense full ink comes out, 0 to 1; ``streakiness``
    how unevenly over the width of the page, 0 to 1. ``dot_gain_mm`` is how far ink spreads over its edge, negative
    where it comes out thinner. ``copies`` is how often the blank sheet went through a copier before it was filled in.
    """

    scale: float = 1.0
    paper: float = 0.97
    black: float = 0.07
    toner: float = 1.0
    streakiness: float = 0.0
    dot_gain_mm: float = 0.0
    copies: int = 0


LASER = PrinterProfile()
INKJET = PrinterProfile(dot_gain_mm=0.05, black=0.12)
LOW_TONER = PrinterProfile(toner=0.6, streakiness=0.35)
SHRUNK = PrinterProfile(scale=0.94)
RECYCLED = PrinterProfile(paper=0.86)
PHOTOCOPY = PrinterProfile(copies=1)
COPY_OF_A_COPY = PrinterProfile(copies=2, dot_gain_mm=0.02)


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One side of a sheet of paper. ``mm_to_px`` (2, 3) leads from the layout's millimetres to ``pixels``."""

    pixels: Pixels
    dpi: float
    mm_to_px: Affine

    @property
    def px_per_mm(self) -> float:
        """Pixels in a millimetre of paper, the same both ways."""
        return self.dpi / MM_PER_INCH

    def place(self, points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """Layout millimetres (N, 2) as pixels (N, 2); the middle of the first pixel is (0, 0)."""
        return points_mm @ self.mm_to_px[:, :2].T + self.mm_to_px[:, 2]

    def with_pixels(self, pixels: Pixels) -> "PaperPage":
        """The same page with other pixels."""
        return replace(self, pixels=pixels)


@dataclass(frozen=True, slots=True)
class Resolution:
    """How finely a page is worked on, and whether in colour."""

    dpi: float
    colour: bool = False


def print_page(document: pdfium.PdfDocument, index: int, resolution: Resolution) -> PaperPage:
    """Page ``index`` (from 0) as the file means it: black 0, paper 255."""
    page = document[index]
    zoom = resolution.dpi / PT_PER_INCH
    pixels = page.render(scale=zoom, grayscale=not resolution.colour, rev_byteorder=True).to_numpy()
    pixels = pixels[:, :, :3] if resolution.colour else pixels.reshape(pixels.shape[:2])
    px_per_mm = resolution.dpi / MM_PER_INCH
    # A pixel's value stands for its middle, half a pixel in.
    mm_to_px = np.array([[px_per_mm, 0.0, -0.5], [0.0, px_per_mm, -0.5]])
    return PaperPage(np.ascontiguousarray(pixels), resolution.dpi, mm_to_px)


def come_out(page: PaperPage, profile: PrinterProfile, rng: Generator) -> PaperPage:
    """The page as this printer and copier put it on paper."""
    page = _scaled(page, profile.scale)
    page = _toned(page, profile, rng)
    for _ in range(profile.copies):
        page = photocopy(page, rng)
    return page


def photocopy(page: PaperPage, rng: Generator) -> PaperPage:
    """The page after one more copier: a little turned and shrunk, softened, hardened, with specks. Colour is lost."""
    turned = _moved(page, _copier_move(page, rng))
    softened = cv2.GaussianBlur(_grey(turned.pixels), (0, 0), 0.05 * page.px_per_mm).astype(np.float32)
    hardened = np.clip((softened - 128.0) * 1.5 + 140.0, 10, 250).astype(np.uint8)
    speckle(hardened, count=int(rng.integers(15, 120)), px_per_mm=page.px_per_mm, rng=rng)
    if page.pixels.ndim == GREY_AXES:
        return turned.with_pixels(hardened)
    return turned.with_pixels(np.repeat(hardened[:, :, None], 3, axis=2))


def speckle(pixels: Pixels, *, count: int, px_per_mm: float, rng: Generator) -> None:
    """Put ``count`` dark specks of dust or toner, 0.1 to 0.5 mm across, into ``pixels``."""
    height, width = pixels.shape[:2]
    for _ in range(count):
        at = (int(rng.integers(width)), int(rng.integers(height)))
        radius = max(0.5, rng.gamma(2.0, 0.06) * px_per_mm)
        axes = (round(radius), max(0, round(radius * rng.uniform(0.3, 1.0))))
        shade = float(rng.uniform(20, 150))
        cv2.ellipse(pixels, at, axes, float(rng.uniform(0, 180)), 0, 360, (shade,) * 3, -1)


def _scaled(page: PaperPage, scale: float) -> PaperPage:
    if scale == 1.0:
        return page
    height, width = page.pixels.shape[:2]
    return _moved(page, np.array([[scale, 0, (1 - scale) * width / 2], [0, scale, (1 - scale) * height / 2]]))


def _copier_move(page: PaperPage, rng: Generator) -> Affine:
    """What one copier does to place and size: up to 0.4 degrees, 1.5 % smaller and 2 mm aside."""
    height, width = page.pixels.shape[:2]
    angle, scale = float(rng.normal(0, 0.2)), float(rng.uniform(0.985, 1.0))
    move: Affine = cv2.getRotationMatrix2D((width / 2, height / 2), angle, scale).astype(np.float64)
    move[:, 2] += rng.uniform(-1.5, 1.5, 2) * page.px_per_mm
    return move


def _moved(page: PaperPage, move: Affine) -> PaperPage:
    height, width = page.pixels.shape[:2]
    interpolation = cv2.INTER_AREA if math.hypot(move[0, 0], move[0, 1]) < 1 else cv2.INTER_LINEAR
    pixels = cv2.warpAffine(page.pixels, move, (width, height), flags=interpolation, borderValue=(255,) * 3)
    whole = np.vstack([move, [0, 0, 1]]) @ np.vstack([page.mm_to_px, [0, 0, 1]])
    return PaperPage(np.asarray(pixels, np.uint8), page.dpi, whole[:2])


def _toned(page: PaperPage, profile: PrinterProfile, rng: Generator) -> PaperPage:
    ink = 255 - page.pixels
    if profile.dot_gain_mm:
        ink = _spread(ink, profile.dot_gain_mm * page.px_per_mm)
    if not profile.streakiness:
        light = profile.paper - (profile.paper - profile.black) * np.arange(256) / 255 * profile.toner
        return page.with_pixels(np.asarray(cv2.LUT(ink, (light * 255).astype(np.uint8)), np.uint8))
    density = profile.toner * _streaks(ink.shape[1], profile.streakiness, rng)
    density = density.reshape(1, -1, *(1,) * (ink.ndim - 2))
    shown = profile.paper - (profile.paper - profile.black) * ink.astype(np.float32) / 255 * density
    return page.with_pixels((shown * 255).astype(np.uint8))


def _spread(ink: Pixels, by_px: float) -> Pixels:
    """Ink that has grown over its edges by ``by_px`` pixels: blurred, then cut where the new edge should be."""
    sigma = max(0.5, abs(by_px))
    edge = 127.5 * (1 - math.erf(by_px / sigma / math.sqrt(2)))
    table = np.clip((np.arange(256) - edge) * 1.5 + 127.5, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(cv2.GaussianBlur(ink, (0, 0), sigma), table), np.uint8)


def _streaks(width: int, strength: float, rng: Generator) -> NDArray[np.float32]:
    """How much toner each column gets, 1 - ``strength`` to 1, varying smoothly over some centimetres."""
    knots = rng.uniform(1 - strength, 1, 12)
    return np.asarray(np.interp(np.linspace(0, 11, width), np.arange(12), knots), np.float32)


def _grey(pixels: Pixels) -> Pixels:
    if pixels.ndim == GREY_AXES:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
