"""What paper suffers before it is scanned: holes, creases, torn corners, stains; thin paper shows its back."""

import math
from collections.abc import Callable, Mapping
from enum import StrEnum

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from kryds.samples.paper.printer import GREY_AXES, PaperPage, Pixels

#: Share of folds that run along the page, share that are straight, and how far the shadow beside a fold reaches.
FOLDED_ALONG, FOLDED_STRAIGHT, SHADOW_MM = 0.2, 0.7, 5.0
#: How many pools and drops are spilled at most, the radii (mm) of the first and of others, and how far off these lie.
SPILLED, POOL_MM, DROP_MM, SPLASHED_MM = 6, (6.0, 40.0), (0.8, 7.0), 30.0


class Damage(StrEnum):
    """One thing that happened to a sheet of paper."""

    PUNCH_HOLES = "punch-holes"
    CREASE = "crease"
    TORN_CORNER = "torn-corner"
    COFFEE_RING = "coffee-ring"
    STAIN = "stain"
    SHOW_THROUGH = "show-through"


def suffer(page: PaperPage, damages: tuple[Damage, ...], lid: int, rng: Generator) -> PaperPage:
    """The page after ``damages``; ``lid`` (0 to 255) is what shows through where paper is missing."""
    pixels = page.pixels.copy()
    for damage in damages:
        _DOERS[damage](pixels, page.px_per_mm, lid, rng)
    return page.with_pixels(pixels)


def _punch_holes(pixels: Pixels, px_per_mm: float, lid: int, rng: Generator) -> None:
    """Two holes of 6 mm, 80 mm apart, 12 mm from the left edge (ISO 838)."""
    x = (12 + rng.normal(0, 1)) * px_per_mm
    middle = pixels.shape[0] / 2 + rng.normal(0, 2) * px_per_mm
    for side in (-40, 40):
        at = (round(x), round(middle + side * px_per_mm))
        cv2.circle(pixels, at, round(3 * px_per_mm), (min(lid, 90),) * 3, -1, cv2.LINE_AA)


def _crease(pixels: Pixels, px_per_mm: float, _lid: int, rng: Generator) -> None:
    """A fold: a dark line with a lighter one beside it, toner flaked off along it, often the one side in shadow.

    Mostly it lies across the page, at times along it or aslant.
    """
    if rng.random() < FOLDED_ALONG:
        pixels = pixels.swapaxes(0, 1)
    height, width = pixels.shape[:2]
    y = height * rng.choice([1 / 3, 1 / 2, 2 / 3]) + rng.normal(0, 3) * px_per_mm
    slope = rng.normal(0, 0.006 if rng.random() < FOLDED_STRAIGHT else 0.2)
    shade = rng.uniform(0, 0.25) * rng.integers(2)
    rows = np.arange(height, dtype=np.float32)[:, None]
    line = y + slope * np.arange(width) + np.interp(np.arange(width), np.linspace(0, width, 40), rng.normal(0, 1, 40))
    away = (rows - line.astype(np.float32)) / np.float32(px_per_mm)
    band = slice(max(0, int(line.min() - 4 * px_per_mm)), max(1, int(line.max() + 4 * SHADOW_MM * px_per_mm)))
    light = 1 - 0.28 * np.exp(-((away[band] / 0.25) ** 2)) - 0.06 * np.exp(-(((away[band] - 1.0) / 1.2) ** 2))
    light -= shade * np.exp(-np.maximum(away[band], 0) / SHADOW_MM) * (away[band] > 0)
    flaked = 90 * np.exp(-((away[band] / 0.18) ** 2)) * rng.integers(2, size=light.shape)
    strip = pixels[band].astype(np.float32)
    shape = (*light.shape, *(1,) * (pixels.ndim - 2))
    # Where toner flakes off, paper shows, and no paper is brighter than this.
    bare = np.minimum(strip + flaked.reshape(shape), 245)
    pixels[band] = bare * light.reshape(shape)


def _torn_corner(pixels: Pixels, px_per_mm: float, lid: int, rng: Generator) -> None:
    """A corner gone, 10 to 28 mm along each edge, the tear ragged."""
    height, width = pixels.shape[:2]
    along = rng.uniform(10, 28, 2) * px_per_mm
    t = np.linspace(0, 1, 24)[:, None]
    tear = np.array([along[0], 0.0]) * (1 - t) + np.array([0.0, along[1]]) * t
    tear[1:-1] += rng.normal(0, 0.5 * px_per_mm, (22, 2))
    piece = np.vstack([[[0, 0]], tear])
    if rng.integers(2):
        piece[:, 0] = width - 1 - piece[:, 0]
    if rng.integers(2):
        piece[:, 1] = height - 1 - piece[:, 1]
    outline = piece.round().astype(np.int32)
    cv2.polylines(pixels, [outline[1:]], isClosed=False, color=(185,) * 3, thickness=max(1, round(0.5 * px_per_mm)))
    cv2.fillPoly(pixels, [outline], (lid,) * 3)


def _coffee_ring(pixels: Pixels, px_per_mm: float, _lid: int, rng: Generator) -> None:
    """A ring of 70 mm left by a cup, darker at its edge and broken here and there."""
    height, width = pixels.shape[:2]
    middle = rng.uniform(0.2, 0.8, 2) * (width, height)
    y, x = np.ogrid[:height, :width]
    dx, dy = (x - middle[0]).astype(np.float32), (y - middle[1]).astype(np.float32)
    away = (np.hypot(dx, dy) / px_per_mm - 35).astype(np.float32)
    knots = np.linspace(-math.pi, math.pi, 14)
    strength = np.interp(np.arctan2(dy, dx), knots, rng.uniform(0.2, 1.0, 14)).astype(np.float32)
    stain = 0.22 * strength * np.exp(-((away / 0.8) ** 2)) + 0.04 * (away < 0)
    _tint(pixels, stain)


def _stain(pixels: Pixels, px_per_mm: float, _lid: int, rng: Generator) -> None:
    """Coffee, tea or rain spilled: a pool and some drops about it, each with a darker rim where it dried."""
    first = rng.uniform(0.05, 0.95, 2) * pixels.shape[1::-1]
    _pool(pixels, px_per_mm, (first, float(rng.uniform(*POOL_MM))), rng)
    for _ in range(int(rng.integers(SPILLED))):
        at = first + rng.normal(0, SPLASHED_MM * px_per_mm, 2)
        _pool(pixels, px_per_mm, (at, float(rng.uniform(*DROP_MM))), rng)


def _pool(pixels: Pixels, px_per_mm: float, lying: tuple[NDArray[np.float64], float], rng: Generator) -> None:
    """One pool ``lying`` about a point (px) as wide as its radius (mm): uneven, sharp outside, running off inside."""
    middle, radius_mm = lying
    reach = round(1.6 * radius_mm * px_per_mm)
    (left, right), (top, bottom) = (
        np.clip(np.array([at - reach, at + reach]).round().astype(int), 0, side)
        for at, side in zip(middle, pixels.shape[1::-1], strict=True)
    )
    if left == right or top == bottom:
        return
    y, x = np.ogrid[top:bottom, left:right]
    dx, dy = ((side / px_per_mm).astype(np.float32) for side in (x - middle[0], y - middle[1]))
    turn = np.linspace(-math.pi, math.pi, 120)
    waves = np.arange(1, 8)[:, None]
    edge = np.cos(waves * turn + rng.uniform(0, 2 * math.pi, waves.shape)) * rng.normal(0, 0.12 / waves)
    angle = np.arctan2(dy, dx)
    outside = (np.hypot(dx, dy) - radius_mm * np.interp(angle, turn, 1 + edge.sum(axis=0))).astype(np.float32)
    knots = np.linspace(-math.pi, math.pi, 10)
    strength = np.interp(angle, knots, np.r_[rng.uniform(0.3, 1.0, 9), 0.6]).astype(np.float32)
    out_mm, in_mm = rng.uniform(0.1, 0.4), rng.uniform(0.2, 2.0)
    rim = np.where(outside > 0, np.exp(-((outside / out_mm) ** 2)), np.exp(np.minimum(outside, 0) / in_mm))
    filled = np.clip(0.5 - outside / (2 * out_mm), 0, 1)
    stain = rng.uniform(0.0, 0.18) * filled + rng.uniform(0.03, 0.45) * strength * rim
    _tint(pixels[top:bottom, left:right], stain.astype(np.float32))


def _tint(pixels: Pixels, stain: NDArray[np.float32]) -> None:
    """Takes the share ``stain`` of the light away; brown takes away most blue and least red."""
    tint = (1.0,) if pixels.ndim == GREY_AXES else (0.7, 0.9, 1.25)
    for channel, share in enumerate(tint):
        plane = pixels if pixels.ndim == GREY_AXES else pixels[:, :, channel]
        plane[:] = plane * (1 - share * stain)


def _show_through(pixels: Pixels, px_per_mm: float, _lid: int, rng: Generator) -> None:
    """The other side shining through thin paper: the page itself mirrored, as its back is filled in much the same."""
    ghost = cv2.GaussianBlur(pixels[:, ::-1], (0, 0), 0.15 * px_per_mm)
    strength = float(rng.uniform(0.03, 0.12))
    table = (255 - (255 - np.arange(256)) * strength).astype(np.uint8)
    pixels[:] = cv2.multiply(pixels, cv2.LUT(ghost, table), scale=1 / 255)


_DOERS: Mapping[Damage, Callable[[Pixels, float, int, Generator], None]] = {
    Damage.PUNCH_HOLES: _punch_holes,
    Damage.CREASE: _crease,
    Damage.TORN_CORNER: _torn_corner,
    Damage.COFFEE_RING: _coffee_ring,
    Damage.STAIN: _stain,
    Damage.SHOW_THROUGH: _show_through,
}
