"""Light that falls unevenly on a patch: the edge of a shadow, a stain -> the patch as if all of it were lit the same.

A shadow comes in over the rim of a patch, where there is paper whatever was done to the box in the middle, and goes on
from there; what is dark without any way to a dark rim is ink. Paper, print and ink all lose the same share of their
light in a shadow, so grey is divided by what is left of it.
"""

from functools import reduce

import cv2
import numpy as np
import numpy.typing as npt

from kryds.reader.settings import ReaderSettings

Floats = npt.NDArray[np.float32]
Grays = npt.NDArray[np.uint8]

#: Side of the cells a patch is made of, in its pixels: 1.3 mm, of which no stroke but a marker's covers all, so that
#: the brightest pixel of a cell tells its light.
CELL_PX = 8
#: Percentile of the rim's light that stands for what is not in the shadow.
LIT = 75
#: A stroke no wider than this (1.5 mm) is not seen in the light of its surroundings; noise is smoothed first.
STROKE_PX, SOFT_PX = 9, 1.0
#: The rim of a stain is darker than its inside by so much of what that is darker than what is beside it.
RIM_SHARE = 0.5
WHITE = np.float32(np.iinfo(np.uint8).max)


def evenly_lit(patches: Grays, settings: ReaderSettings) -> Floats:
    """Grey patches (N, S, S), S a whole number of cells, as float32; those unevenly lit divided by their light."""
    even = patches.astype(np.float32)
    rims = _rim_light(patches)
    rank = rims.shape[1] * LIT // 100
    lit = np.partition(rims, rank, axis=1)[:, rank].clip(min=1)
    darker = 1 - settings.uneven_light
    for i in np.flatnonzero(rims.min(axis=1) < lit * darker):
        rim = _without_strokes(rims[i] / lit[i], settings)
        if rim.min() < darker:
            cells = _brightest(patches[i : i + 1])[0] / lit[i]
            light = _light(even[i] / lit[i], _coarse(cells, rim)).clip(min=settings.deepest_shadow)
            even[i] = np.minimum(even[i] / light, WHITE)
    return even


def _rim_light(patches: Grays) -> Floats:
    """The brightest pixels of the cells around the rim, clockwise from the top left; (N, 4 n - 4)."""
    ends = slice(None, CELL_PX), slice(-CELL_PX, None)
    top, bottom = (_brightest(patches[:, end])[:, 0] for end in ends)
    left, right = (_brightest(patches[:, :, end])[:, :, 0] for end in ends)
    return np.hstack([top, right[:, 1:], bottom[:, -2::-1], left[:, -2:0:-1]])


def _brightest(patches: Grays) -> Floats:
    """The brightest of every fourth pixel of each cell, (N, rows, columns)."""
    fewer = range(0, CELL_PX, 2)
    of_rows = reduce(np.maximum, [patches[:, i::CELL_PX] for i in fewer])
    return reduce(np.maximum, [of_rows[:, :, i::CELL_PX] for i in fewer]).astype(np.float32)


def _without_strokes(rim: Floats, settings: ReaderSettings) -> Floats:
    """The shares of light around a rim without its strokes: what is too dark for a shadow, and dark runs too short.

    Runs are filled by the most of neighbours, and then the least of that.
    """
    steps = range(round(settings.shadow_mm * settings.patch_px_per_mm / CELL_PX))
    light = np.where(rim < settings.deepest_shadow, 1, rim).clip(max=1)
    most = np.max([np.roll(light, step) for step in steps], axis=0)
    return np.asarray(np.min([np.roll(most, -step) for step in steps], axis=0), np.float32)


def _light(patch: Floats, coarse: Floats) -> Floats:
    """The light all over a patch, (S, S): its own without its strokes, and hardly less than the cells around have.

    ``patch`` is in shares of the rim's lit part, ``coarse`` what the cells' light is.
    """
    soft = cv2.GaussianBlur(patch, (0, 0), SOFT_PX)
    paper = cv2.morphologyEx(soft, cv2.MORPH_CLOSE, np.ones((STROKE_PX, STROKE_PX), np.uint8))
    beside = np.ones((3, 3), np.uint8)
    darkest, lightest = cv2.erode(coarse, beside), cv2.dilate(coarse, beside)
    least = cv2.resize(darkest - (lightest - darkest) * RIM_SHARE, patch.shape, interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.maximum(np.minimum(paper, 1), least), np.float32)


def _coarse(cells: Floats, rim: Floats) -> Floats:
    """The light of every cell, (n, n): from the rim inwards wherever they are dark.

    It is the reconstruction by erosion of the cells from their rim (L. Vincent, 1993), which fills holes.
    """
    light = np.ones_like(cells)
    last = len(cells) - 1
    top, right, bottom, left = np.split(rim, [last + 1, 2 * last + 1, 3 * last + 1])
    light[0], light[1:, -1], light[-1, -2::-1], light[-2:0:-1, 0] = top, right, bottom, left
    below = np.maximum(cells, rim.min())
    below[0], below[-1], below[:, 0], below[:, -1] = light[0], light[-1], light[:, 0], light[:, -1]
    beside = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8)
    before = np.zeros_like(light)
    while not np.array_equal(light, before):  # it only gets darker, and no darker than below
        before, light = light, np.maximum(cv2.erode(light, beside), below)
    return light
