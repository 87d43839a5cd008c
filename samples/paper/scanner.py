"""A scanner in software: paper becomes a picture in a file's pixels."""

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

from kryds.samples.paper.damage import Damage, suffer
from kryds.samples.paper.printer import MM_PER_INCH, PaperPage, Pixels, speckle
from kryds.samples.paper.warp import Points, Warp, quarter_turn, turned

Light = NDArray[np.float32]

#: What BILEVEL_ADAPTIVE calls the surroundings; and the grey level below which it need not look at them, so that large
#: black areas do not come out hollow.
LOCAL_WINDOW_MM = 8.0
SURELY_BLACK = 80
#: Radius (standard deviation) of the sharpening of office scanners.
SHARPENED_MM = 0.12
#: Side of the tile of noise: far wider than anything a reader looks at in one glance.
GRAIN_PX = 701
#: How many lines of dirt on the glass are broken (dust is dragged along and let go), how long their dashes and gaps are
#: on average, and how pale a line may be: the share of light it leaves.
BROKEN, DASH_MM, GAP_MM, LIGHT_LEFT = 0.3, 15.0, 8.0, (0.2, 0.8)
#: Grains narrower than this are single pixels.
FINEST_GRAIN_PX = 0.3


class Depth(StrEnum):
    """What a scanner keeps of each pixel."""

    GREY = "grey"
    COLOUR = "colour"
    BILEVEL = "bilevel"
    #: black where darker than its surroundings, as better office scanners decide it
    BILEVEL_ADAPTIVE = "bilevel-adaptive"
    #: greys as finer or coarser dots, which is what some copiers call photo
    BILEVEL_DOTTED = "bilevel-dotted"

    @property
    def is_bilevel(self) -> bool:
        """Whether only black and white are kept."""
        return self in (Depth.BILEVEL, Depth.BILEVEL_ADAPTIVE, Depth.BILEVEL_DOTTED)


@dataclass(frozen=True, slots=True)
class ScannerProfile:
    """What a scanner does. Each page's turn and shift are drawn within the limits given.

    ``rotation_deg`` is the largest crookedness either way; ``quarters`` whole quarter turns clockwise; ``shift_mm``
    the largest displacement; ``feed_stretch`` the largest local stretch along the feed, as a share. ``blur_mm`` and
    ``noise`` are standard deviations, noise in grey levels of 255, its grains ``grain_mm`` wide (0: single pixels; the
    fibres of paper are wider); ``sharpening`` is how much of what a blur would take away is added once more, as
    scanners do to make text crisp. ``white_point`` is the light, 0 to 1, at and above
    which a pixel is white: office scanners clip paper to pure white. ``shading`` is how much darker the dimmest side
    is, 0 to 1. ``lid`` is what lies behind the paper, 0 to 255; ``dark_edge_mm`` a shadow along one edge.
    ``threshold`` splits black from white in BILEVEL. ``quality`` is that of the JPEG, or None for a lossless file.
    """

    dpi: int = 300
    depth: Depth = Depth.GREY
    rotation_deg: float = 0.8
    quarters: int = 0
    shift_mm: float = 1.5
    feed_stretch: float = 0.002
    blur_mm: float = 0.035
    noise: float = 2.0
    grain_mm: float = 0.0
    sharpening: float = 0.0
    gamma: float = 1.0
    brightness: float = 0.0
    white_point: float = 0.93
    shading: float = 0.03
    lid: int = 250
    dark_edge_mm: float = 0.0
    dust: int = 6
    streaks: int = 0
    threshold: int = 160
    damages: tuple[Damage, ...] = ()
    quality: int | None = 75


OFFICE_GREY_300 = ScannerProfile()
OFFICE_BILEVEL_300 = ScannerProfile(depth=Depth.BILEVEL, quality=None)
OFFICE_ADAPTIVE_300 = ScannerProfile(depth=Depth.BILEVEL_ADAPTIVE, quality=None)
HARD_JPEG_200 = ScannerProfile(dpi=200, quality=28, rotation_deg=1.5)
COLOUR_150 = ScannerProfile(dpi=150, depth=Depth.COLOUR, rotation_deg=1.5, quality=65)
DAMAGED_OFFICE = ScannerProfile(
    dpi=200,
    rotation_deg=3.0,
    shift_mm=4.0,
    feed_stretch=0.01,
    noise=6.0,
    grain_mm=0.08,
    gamma=1.2,
    white_point=0.97,
    shading=0.15,
    lid=40,
    dark_edge_mm=6.0,
    dust=60,
    streaks=3,
    damages=(Damage.PUNCH_HOLES, Damage.CREASE, Damage.TORN_CORNER, Damage.STAIN),
    quality=50,
)


@dataclass(frozen=True)
class ScannedPage:
    """A picture of one side: ``pixels`` uint8, grey (H, W) or RGB (H, W, 3); ``dpi`` as the device claims, 0.0 none.

    ``bilevel`` pictures hold only 0 and 255. ``warp`` and ``mm_to_px`` together tell where each millimetre went.
    """

    pixels: Pixels
    dpi: float
    bilevel: bool
    quality: int | None
    paper: PaperPage
    warp: Warp

    def find(self, points_mm: Points) -> Points:
        """Where layout points (N, 2, millimetres) fall in the picture, in pixels."""
        return self.warp.to_picture(self.paper.place(points_mm))


def scan(page: PaperPage, profile: ScannerProfile, rng: Generator) -> ScannedPage:
    """The page through this scanner. ``page`` is at the scanner's dpi, in colour if the scanner sees colour."""
    page = suffer(page, profile.damages, profile.lid, rng)
    size = (page.pixels.shape[1], page.pixels.shape[0])
    warp = _fed(page, profile, size, rng)
    light = warp.photograph(page.pixels, size, float(profile.lid)).astype(np.float32)
    light = _seen(light, profile, page.px_per_mm, rng)
    pixels = _cleaned(light, profile)
    _dirty(pixels, profile, page.px_per_mm, rng)
    pixels = _kept(pixels, profile)
    turn = quarter_turn(profile.quarters, size)
    bilevel = profile.depth.is_bilevel
    upright = np.ascontiguousarray(np.rot90(pixels, -profile.quarters))
    return ScannedPage(upright, profile.dpi, bilevel, profile.quality, page, warp.then(turn))


def _fed(page: PaperPage, profile: ScannerProfile, size: tuple[int, int], rng: Generator) -> Warp:
    angle = rng.uniform(-profile.rotation_deg, profile.rotation_deg)
    shift_x, shift_y = rng.uniform(-profile.shift_mm, profile.shift_mm, 2) * page.px_per_mm
    paces = rng.uniform(0.5, 3.0, 2) / size[1]
    # A wave a sin(2 pi p y) stretches by at most 2 pi p a, shared between two waves.
    feed = tuple(
        (profile.feed_stretch / (4 * np.pi * pace), float(pace), float(rng.uniform(0, 2 * np.pi))) for pace in paces
    )
    return Warp(turned(angle, size, (shift_x, shift_y)), feed if profile.feed_stretch else ())


def _seen(light: Light, profile: ScannerProfile, px_per_mm: float, rng: Generator) -> Light:
    """Through lens and lamp: softened, shaded, with noise."""
    light = np.asarray(cv2.GaussianBlur(light, (0, 0), max(0.3, profile.blur_mm * px_per_mm)), np.float32)
    height, width = light.shape[:2]
    slope = np.interp(np.arange(width), [0, width * rng.uniform(0.2, 0.8), width], 1 - profile.shading * rng.random(3))
    light *= slope.astype(np.float32).reshape(1, width, *(1,) * (light.ndim - 2))
    if profile.dark_edge_mm:
        near = np.exp(-np.arange(width) / (profile.dark_edge_mm / 2 * px_per_mm)).astype(np.float32)
        light *= (1 - 0.8 * near).reshape(1, width, *(1,) * (light.ndim - 2))
    grain = noise((height, width), (profile.noise, profile.grain_mm * px_per_mm), rng)
    light += grain.reshape(height, width, *(1,) * (light.ndim - 2))
    if profile.sharpening:
        soft = cv2.GaussianBlur(light, (0, 0), SHARPENED_MM * px_per_mm)
        return np.asarray(cv2.addWeighted(light, 1 + profile.sharpening, soft, -profile.sharpening, 0), np.float32)
    return light


def noise(size: tuple[int, int], grained: tuple[float, float], rng: Generator) -> Light:
    """Noise ``grained`` (deviation, pixels) over a picture of this size (height, width): one tile, again and again."""
    deviation, grain_px = grained
    tile = rng.standard_normal((GRAIN_PX, GRAIN_PX), dtype=np.float32)
    if grain_px > FINEST_GRAIN_PX:
        tile = np.asarray(cv2.GaussianBlur(tile, (0, 0), grain_px), np.float32)
    tile *= np.float32(deviation / tile.std())
    again = [-(-side // GRAIN_PX) for side in size]
    return np.tile(tile, again)[: size[0], : size[1]]


def _cleaned(light: Light, profile: ScannerProfile) -> Pixels:
    """The scanner's own idea of a good picture: paper clipped to white, gamma, brightness."""
    levels = np.arange(256) / 255
    curve = np.clip(levels / profile.white_point, 0, 1) ** profile.gamma * 255 + profile.brightness
    table = np.clip(curve, 0, 255).round().astype(np.uint8)
    return np.asarray(cv2.LUT(np.clip(light, 0, 255).astype(np.uint8), table), np.uint8)


def _dirty(pixels: Pixels, profile: ScannerProfile, px_per_mm: float, rng: Generator) -> None:
    """Dust on the paper, and on the glass of a feeder, where it draws a line down the whole page."""
    speckle(pixels, count=int(rng.poisson(profile.dust)), px_per_mm=px_per_mm, rng=rng)
    for _ in range(profile.streaks):
        x, width = int(rng.integers(pixels.shape[1])), max(1, round(rng.uniform(0.08, 0.3) * px_per_mm))
        strip = pixels[:, x : x + width].astype(np.float32)
        left = np.where(_line(len(pixels), px_per_mm, rng), rng.uniform(*LIGHT_LEFT), 1.0)
        pixels[:, x : x + width] = strip * left.reshape(-1, *(1,) * (pixels.ndim - 1))


def _line(height: int, px_per_mm: float, rng: Generator) -> NDArray[np.bool_]:
    """Where down a page of ``height`` (px) a speck on the glass draws: all along, or in dashes."""
    if rng.random() >= BROKEN:
        return np.ones(height, bool)
    lengths = rng.exponential(1.0, (height, 2)) * (DASH_MM, GAP_MM) * px_per_mm + 1
    ends = np.cumsum(lengths.ravel())
    return np.asarray(np.searchsorted(ends, np.arange(height)) % 2 == 0, np.bool_)


def _kept(pixels: Pixels, profile: ScannerProfile) -> Pixels:
    if profile.depth is Depth.BILEVEL:
        return np.where(pixels < profile.threshold, 0, 255).astype(np.uint8)
    if profile.depth is Depth.BILEVEL_ADAPTIVE:
        block = round(LOCAL_WINDOW_MM * profile.dpi / MM_PER_INCH) | 1
        local = cv2.adaptiveThreshold(pixels, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, block, 18)
        return np.where(pixels < SURELY_BLACK, 0, local).astype(np.uint8)
    if profile.depth is Depth.BILEVEL_DOTTED:
        return np.asarray(Image.fromarray(pixels).convert("1").convert("L"), np.uint8)
    return pixels
