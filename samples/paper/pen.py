"""Pens, and how their ink lies on a page: anti-aliased, of varying width, darkening what is under it."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from kryds.samples.paper.printer import GREY_AXES, PaperPage, Pixels

#: A pen-down path: points (N, 2) in millimetres, y down. One point alone is a dot.
Stroke = NDArray[np.float64]

#: Ink is drawn this many times finer than the page, then averaged: smooth edges at every resolution.
FINER = 4
STEP_MM = 0.12
#: How white correction fluid is, of 255.
FLUID_WHITE = 250
GREY_OF_RGB = np.array([0.299, 0.587, 0.114])


@dataclass(frozen=True, slots=True)
class Pen:
    """A pen.

    ``rgb`` is the light that comes back through its full ink, 0 to 255; ``darkness`` how much ink it lays, 0 to 1.
    ``variation`` is the spread of width along a stroke as a share of the width; ``dryness`` the share of a stroke
    where nothing comes out; ``grain`` how much of the paper's tooth shows through, 0 to 1.
    """

    name: str
    width_mm: float
    rgb: tuple[int, int, int]
    darkness: float = 0.95
    variation: float = 0.08
    dryness: float = 0.0
    grain: float = 0.1


BLUE_BALLPOINT = Pen("blue ballpoint", 0.4, (40, 55, 150), darkness=0.88, grain=0.25)
BLACK_BALLPOINT = Pen("black ballpoint", 0.4, (30, 30, 34), darkness=0.9, grain=0.25)
GEL = Pen("gel pen", 0.6, (18, 18, 24))
FELT_TIP = Pen("felt tip", 1.2, (20, 20, 22), variation=0.12, grain=0.03)
MARKER = Pen("marker", 1.6, (18, 18, 20), variation=0.12, grain=0.03)
PENCIL = Pen("pencil", 0.5, (70, 70, 72), darkness=0.75, variation=0.15, grain=0.5)
FAINT_PENCIL = Pen("faint pencil", 0.4, (95, 95, 98), darkness=0.48, variation=0.15, grain=0.55)
RED = Pen("red ballpoint", 0.45, (190, 30, 40), darkness=0.88, grain=0.25)
GREEN = Pen("green ballpoint", 0.45, (20, 120, 60), darkness=0.85, grain=0.25)
DRYING = Pen("drying ballpoint", 0.4, (40, 55, 150), darkness=0.7, dryness=0.3, grain=0.4)

PENS = (BLUE_BALLPOINT, BLACK_BALLPOINT, GEL, FELT_TIP, MARKER, PENCIL, FAINT_PENCIL, RED, GREEN, DRYING)


def draw(page: PaperPage, strokes: Sequence[Stroke], pen: Pen, rng: Generator) -> PaperPage:
    """The page with ``strokes`` (layout millimetres) drawn on it."""
    pixels = page.pixels.copy()
    for stroke in strokes:
        _lay(pixels, page, (_resampled(stroke), pen), rng)
    return page.with_pixels(pixels)


def paint_over(page: PaperPage, spots_mm: Sequence[Stroke], rng: Generator) -> PaperPage:
    """The page with a blot of correction fluid on each of ``spots_mm`` ((1, 2), layout millimetres).

    A blot is 6 to 10 mm wide, its edge wavers, and what lies under it is nearly gone; where it was laid on thin, a
    quarter of it still shows.
    """
    pixels = page.pixels.copy()
    for spot in spots_mm:
        at = page.place(spot)[0]
        reach = rng.uniform(3.0, 5.0) * page.px_per_mm
        left, top = (max(0, int(v - 1.6 * reach)) for v in at)
        under = pixels[top : int(at[1] + 1.6 * reach), left : int(at[0] + 1.6 * reach)]
        turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        radius = reach * (1 + 0.12 * rng.standard_normal(24))
        edge = np.column_stack([np.cos(turn), np.sin(turn) * rng.uniform(0.8, 1)]) * radius[:, None] + at - (left, top)
        blot = np.zeros(under.shape[:2], np.uint8)
        cv2.fillPoly(blot, [edge.astype(np.int32)], (255,), cv2.LINE_AA)
        cover = (blot / 255.0 * rng.uniform(0.75, 1.0)).reshape(*blot.shape, *(1,) * (pixels.ndim - GREY_AXES))
        under[:] = under * (1 - cover) + FLUID_WHITE * cover
    return page.with_pixels(pixels)


def _lay(pixels: Pixels, page: PaperPage, line: tuple[Stroke, Pen], rng: Generator) -> None:
    """Darken ``pixels`` under one stroke; the ink seen through it is multiplied, as ink does."""
    points, pen = page.place(line[0]), line[1]
    margin = int(2 * pen.width_mm * page.px_per_mm) + 2
    height, width = pixels.shape[:2]
    left, top = (max(0, int(v)) for v in points.min(axis=0) - margin)
    right, bottom = (int(v) for v in points.max(axis=0) + margin)
    right, bottom = min(width, right), min(height, bottom)
    if left >= right or top >= bottom:
        return
    fine = np.zeros(((bottom - top) * FINER, (right - left) * FINER), np.uint8)
    _trace(fine, points - (left, top), (pen, page.px_per_mm), rng)
    shown = cv2.resize(fine, (right - left, bottom - top), interpolation=cv2.INTER_AREA)
    coverage = shown / 255.0 * _tooth(shown.shape, pen.grain, page.px_per_mm, rng)
    _darken(pixels[top:bottom, left:right], coverage.astype(np.float64), pen)


def _darken(under: Pixels, coverage: NDArray[np.float64], pen: Pen) -> None:
    through = np.array(pen.rgb) / 255.0
    if under.ndim == GREY_AXES:
        under[:] = under * (1 - coverage * (1 - through @ GREY_OF_RGB))
    else:
        under[:] = under * (1 - coverage[:, :, None] * (1 - through))


def _trace(fine: Pixels, points: Stroke, tool: tuple[Pen, float], rng: Generator) -> None:
    """Draw the centre line with its varying width and density into ``fine``, FINER times the size of the page."""
    pen, px_per_mm = tool
    count = len(points)
    widths = pen.width_mm * px_per_mm * FINER * (1 + pen.variation * _wander(count, 8, rng))
    # Pens press hardest in the middle of a stroke and lift off at its end.
    taper = np.interp(np.arange(count), [0, 2, max(3, count - 4), max(4, count)], [0.85, 1, 1, 0.75])
    density = 255 * np.clip(pen.darkness * (1 + 0.06 * _wander(count, 10, rng)), 0, 1)
    if pen.dryness:
        density *= _wander(count, 5, rng) > np.quantile(rng.standard_normal(400), pen.dryness)
    # The middle of page pixel 0 is 1.5 fine pixels in; a shift of 4 draws to 1/16 fine pixel.
    spots = np.round((points * FINER + (FINER - 1) / 2) * 16).astype(int)
    thickness = np.maximum(1, np.round(widths * taper)).astype(int)
    for i in np.flatnonzero(density[: max(1, count - 1)]).tolist():
        start, end = spots[i].tolist(), spots[min(i + 1, count - 1)].tolist()
        cv2.line(fine, start, end, float(density[i]), int(thickness[i]), cv2.LINE_8, 4)


def _tooth(shape: tuple[int, ...], grain: float, px_per_mm: float, rng: Generator) -> NDArray[np.float64]:
    """How much ink each pixel of paper takes, 1 - ``grain`` to 1, grained at about 0.15 mm."""
    noise = cv2.GaussianBlur(rng.standard_normal(shape), (0, 0), max(0.4, 0.08 * px_per_mm))
    return np.clip(1 - grain * (0.5 + 0.5 * noise / (np.std(noise) + 1e-9)), 0.0, 1.0)


def _wander(count: int, every: int, rng: Generator) -> NDArray[np.float64]:
    """``count`` smooth random numbers of spread 1, changing over about ``every`` steps."""
    knots = rng.standard_normal(count // every + 2)
    return np.asarray(np.interp(np.arange(count) / every, np.arange(len(knots)), knots))


def _resampled(stroke: Stroke) -> Stroke:
    """The same path with points STEP_MM apart, so that width and ink can vary along it."""
    steps = np.hypot(*np.diff(stroke, axis=0).T) if len(stroke) > 1 else np.zeros(0)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    if along[-1] < STEP_MM:
        return stroke[:1]
    at = np.linspace(0, along[-1], int(along[-1] / STEP_MM) + 2)
    return np.column_stack([np.interp(at, along, stroke[:, axis]) for axis in (0, 1)])
