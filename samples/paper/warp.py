"""How paper lies under the lens: where each of its points falls in the picture, and back."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kryds.samples.paper.printer import Pixels

Points = NDArray[np.float64]

#: The map from picture to paper is worked out every so many pixels and filled in linearly: ample for smooth bends.
COARSE_PX = 16


@dataclass(frozen=True)
class Warp:
    """Paper pixels to picture pixels. ``homography`` (3, 3) leads from flat paper to picture.

    Before it the paper is bent: ``feed`` are the sine waves (amplitude px, waves per px, phase) by which the paper
    slips along its length as rollers pull it; ``curl`` (amplitude px, waves per px, phase) by which it bulges.
    """

    homography: Points
    feed: tuple[tuple[float, float, float], ...] = ()
    curl: tuple[float, float, float] | None = None

    def to_paper(self, points: Points) -> Points:
        """Where picture points (N, 2) lie on the paper."""
        flat = _through(np.linalg.inv(self.homography).astype(np.float64), points)
        return flat + self._bend(flat)

    def to_picture(self, points: Points) -> Points:
        """Where paper points (N, 2) fall in the picture."""
        flat = points.copy()
        for _ in range(8):
            flat = points - self._bend(flat)
        return _through(self.homography, flat)

    def then(self, homography: Points) -> "Warp":
        """The same, moved once more in the picture."""
        return Warp(homography @ self.homography, self.feed, self.curl)

    def photograph(self, pixels: Pixels, size: tuple[int, int], around: float | tuple[float, float, float]) -> Pixels:
        """The picture, ``size`` (width, height), of the paper ``pixels``; ``around`` is what lies beyond its edge."""
        border = around if isinstance(around, tuple) else (around,) * 3
        if not self.feed and self.curl is None:
            flat = cv2.warpPerspective(pixels, self.homography, size, flags=cv2.INTER_LINEAR, borderValue=border)
            return np.asarray(flat, np.uint8)
        x, y = self._maps(size)
        bent = cv2.remap(pixels, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=border)
        return np.asarray(bent, np.uint8)

    def _maps(self, size: tuple[int, int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        width, height = size
        columns, rows = width // COARSE_PX + 2, height // COARSE_PX + 2
        grid = (
            np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), axis=-1).reshape(-1, 2).astype(np.float64)
            * COARSE_PX
        )
        coarse = self.to_paper(grid).reshape(rows, columns, 2).astype(np.float32)
        # cv2.resize puts the middle of coarse pixel i at (i + 0.5) * COARSE_PX - 0.5, so it is asked for the map
        # between those middles: an affine warp with no half-pixel shift says it plainly.
        enlarge = np.array([[COARSE_PX, 0, 0], [0, COARSE_PX, 0]], dtype=float)
        fine = cv2.warpAffine(coarse, enlarge, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(fine[:, :, 0], np.float32), np.asarray(fine[:, :, 1], np.float32)

    def _bend(self, flat: Points) -> Points:
        moved = np.zeros_like(flat)
        for amplitude, pace, phase in self.feed:
            moved[:, 1] += amplitude * np.sin(2 * math.pi * pace * flat[:, 1] + phase)
        if self.curl is not None:
            amplitude, pace, phase = self.curl
            moved[:, 1] += amplitude * np.sin(2 * math.pi * pace * flat[:, 0] + phase)
        return moved


def turned(angle_deg: float, size: tuple[int, int], shift_px: tuple[float, float]) -> Points:
    """The homography that turns a picture of ``size`` counter-clockwise about its middle, then shifts it."""
    flat: Points = np.eye(3)
    flat[:2] = cv2.getRotationMatrix2D(((size[0] - 1) / 2, (size[1] - 1) / 2), angle_deg, 1.0)
    flat[:2, 2] += shift_px
    return flat


def quarter_turn(quarters: int, size: tuple[int, int]) -> Points:
    """The homography of ``np.rot90(pixels, -quarters)``: so many quarter turns clockwise of a picture of ``size``."""
    move: Points = np.eye(3)
    width, height = size
    for _ in range(quarters % 4):
        move = np.array([[0, -1, height - 1], [1, 0, 0], [0, 0, 1]], dtype=float) @ move
        width, height = height, width
    return move


def _through(homography: Points, points: Points) -> Points:
    spread: Points = points @ homography[:, :2].T + homography[:, 2]
    return spread[:, :2] / spread[:, 2:]
