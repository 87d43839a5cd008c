"""A phone held over a table, in software: paper becomes a photo."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from kryds.samples.paper.damage import Damage, suffer
from kryds.samples.paper.printer import PaperPage
from kryds.samples.paper.scanner import Light, ScannedPage, noise
from kryds.samples.paper.warp import Points, Warp, quarter_turn


@dataclass(frozen=True, slots=True)
class PhotoProfile:
    """A phone over a table.

    ``width_px`` is that of the upright picture, 3:4. ``tilt`` is how far each corner of the page wanders, as a share
    of the picture; ``curl_mm`` how much the page bulges; ``shadow`` how dark the shadow of the hand or the phone is,
    0 to 1; ``warmth`` how yellow the lamp, 0 to 1; ``table`` the colour around the page. ``grain_mm`` is how wide the
    grains of the noise are: a phone smooths what its sensor sees until they are some pixels wide.
    """

    width_px: int = 2250
    tilt: float = 0.04
    curl_mm: float = 1.0
    shadow: float = 0.35
    warmth: float = 0.12
    blur_mm: float = 0.08
    noise: float = 4.0
    grain_mm: float = 0.1
    table: tuple[int, int, int] = (112, 86, 62)
    quarters: int = 0
    damages: tuple[Damage, ...] = ()
    quality: int = 80


PHONE = PhotoProfile()


def snap(page: PaperPage, profile: PhotoProfile, rng: Generator) -> ScannedPage:
    """The page photographed. ``page`` is in colour."""
    page = suffer(page, profile.damages, min(profile.table), rng)
    size = (profile.width_px, profile.width_px * 4 // 3)
    warp = Warp(_perspective(page, size, profile.tilt, rng), curl=_curl(page, profile.curl_mm, rng))
    photo = _table(size, profile.table, rng)
    there = warp.photograph(np.full(page.pixels.shape[:2], 255, np.uint8), size, 0.0)[:, :, None] / np.float32(255)
    photo += (warp.photograph(page.pixels, size, 0.0) - photo) * there
    scale = size[0] / page.pixels.shape[1]
    photo = np.asarray(cv2.GaussianBlur(photo, (0, 0), max(0.3, profile.blur_mm * page.px_per_mm * scale)), np.float32)
    photo *= _lamp(size, profile, rng)
    grain_px = profile.grain_mm * page.px_per_mm * scale
    photo += noise((size[1], size[0]), (profile.noise, grain_px), rng)[:, :, None]
    pixels = np.ascontiguousarray(np.rot90(np.clip(photo, 0, 255).astype(np.uint8), -profile.quarters))
    return ScannedPage(
        pixels,
        0.0,
        bilevel=False,
        quality=profile.quality,
        paper=page,
        warp=warp.then(quarter_turn(profile.quarters, size)),
    )


def _perspective(page: PaperPage, size: tuple[int, int], tilt: float, rng: Generator) -> Points:
    """The page's four corners to places near the corners of the picture, the page seen from a little aslant."""
    height, width = page.pixels.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    fit = 0.9 * min(size[0] / width, size[1] / height)
    placed = (corners - (width / 2, height / 2)) * fit + np.array(size) / 2
    placed += rng.uniform(-tilt, tilt, (4, 2)) * size[0]
    return np.asarray(cv2.getPerspectiveTransform(corners, placed.astype(np.float32)), np.float64)


def _curl(page: PaperPage, amplitude_mm: float, rng: Generator) -> tuple[float, float, float] | None:
    if not amplitude_mm:
        return None
    pace = rng.uniform(0.3, 0.8) / page.pixels.shape[1]
    return (amplitude_mm * page.px_per_mm, float(pace), float(rng.uniform(0, 6)))


def _table(size: tuple[int, int], colour: tuple[int, int, int], rng: Generator) -> Light:
    """A wooden table: the colour, with grain along x."""
    width, height = size
    grain = cv2.resize(rng.standard_normal((height // 6, width // 120)).astype(np.float32), size)
    return np.array(colour, np.float32) * (1 + 0.12 * grain[:, :, None])


def _lamp(size: tuple[int, int], profile: PhotoProfile, rng: Generator) -> Light:
    """Warm light, dimmer towards one side, with a soft shadow across."""
    width, height = size
    y, x = np.mgrid[0:height:8, 0:width:8].astype(np.float32) / width
    angle = rng.uniform(0, 2 * np.pi)
    along = x * np.cos(angle) + y * np.sin(angle)
    along = (along - along.min()) / (along.max() - along.min())
    edge = 1 / (1 + np.exp(-(along - rng.uniform(0.3, 0.7)) / 0.04))
    light = (0.98 - 0.15 * along) * (1 - profile.shadow * edge)
    colour = np.array([1.0, 1 - 0.5 * profile.warmth, 1 - profile.warmth], np.float32)
    return np.asarray(cv2.resize(light.astype(np.float32), size), np.float32)[:, :, None] * colour
