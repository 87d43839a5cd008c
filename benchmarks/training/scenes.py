"""Paper as it may come: hands, printers, pens, scanners and phones drawn at random, wider than any one profile.

The reader must not learn one simulated scanner by heart, so every number here is drawn anew for every page.
"""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

from kryds.samples.paper.damage import Damage
from kryds.samples.paper.hand import Writer
from kryds.samples.paper.ink import RealMarks
from kryds.samples.paper.pen import Pen
from kryds.samples.paper.phone import PhotoProfile
from kryds.samples.paper.printer import PrinterProfile
from kryds.samples.paper.scanner import Depth, ScannerProfile
from kryds.samples.paper.simulate import Scene
from kryds.samples.paper.strokes import Gesture, Shape, random_style

#: Resolutions offices scan at, and how often a page of the corpus has them.
DPI = {100: 0.05, 150: 0.2, 200: 0.3, 240: 0.05, 300: 0.35, 400: 0.05}
DEPTHS = {
    Depth.GREY: 0.5,
    Depth.COLOUR: 0.15,
    Depth.BILEVEL: 0.22,
    Depth.BILEVEL_ADAPTIVE: 0.1,
    Depth.BILEVEL_DOTTED: 0.03,
}
PHOTOS = 0.18
#: How many photos are out of focus, or taken by a hand that moved, and by how much of a blur (mm) at most.
UNSHARP, UNSHARP_MM = 0.4, 0.45
#: How many scanners see the fibres of the paper, or smooth their own noise.
COARSE_GRAINS = 0.4
#: Felt-tips and markers are rare in offices, and hardest to read: a small cross by one is nearly a blot.
THICK_PENS = 0.2
#: How many pages have the crosses of a real hand. They are few hands and the networks see thousands of pages, so the
#: others have crosses of arithmetic, and each kind of mark a hand has not made itself is lent by some real one.
REAL_HANDS, LENT = 0.6, 0.75
#: How often a sheet is copied after it was filled in, once or twice, and how often a page was folded, or something was
#: spilled on it, beside all wear.
COPIED, FOLDED, STAINED = 0.12, 0.1, 0.08


def random_scene(real: Sequence[RealMarks], rng: Generator) -> Scene:
    """One person, some pen, some printer, some scanner; ``real`` are the marks of hands there are."""
    photo = rng.random() < PHOTOS
    return Scene(random_hand(real, rng), random_printer(rng), random_photo(rng) if photo else random_scanner(rng))


def random_hand(real: Sequence[RealMarks], rng: Generator) -> Writer:
    """Somebody whose crosses are those of one real hand, or of none, and whose other marks are those of others."""
    marks: dict[Gesture, tuple[Shape, ...]] = {}
    for gesture in (gesture for gesture in Gesture if gesture is not Gesture.CROSS):
        able = [their[gesture] for their in real if gesture in their]
        if able and rng.random() < LENT:
            marks[gesture] = able[int(rng.integers(len(able)))]
    crossing = [their for their in real if Gesture.CROSS in their]
    if crossing and rng.random() < REAL_HANDS:
        marks |= crossing[int(rng.integers(len(crossing)))]
    return Writer("any", random_pen(rng), random_style(rng), marks)


def times_copied(rng: Generator) -> int:
    """How often the filled-in sheet went through a copier before it was scanned."""
    return int(rng.integers(1, 3)) if rng.random() < COPIED else 0


def random_pen(rng: Generator) -> Pen:
    """From a faint hard pencil to a fat marker, in any ink that people use."""
    width_mm = float(np.clip(rng.lognormal(np.log(0.55), 0.5), 0.25, 1.9))
    if rng.random() < THICK_PENS:
        width_mm = float(rng.uniform(1.0, 1.9))
    grey = int(rng.integers(10, 90))
    rgb = [(grey, grey, grey), (40, 55, 150), (190, 30, 40), (20, 120, 60), (18, 18, 22)][int(rng.integers(5))]
    pencil = rng.random() < 0.25
    return Pen(
        "any",
        min(width_mm, 0.7) if pencil else width_mm,
        rgb,
        darkness=float(rng.uniform(0.25, 0.8) if pencil else rng.uniform(0.75, 1.0)),
        variation=float(rng.uniform(0.03, 0.2)),
        dryness=float(rng.uniform(0.1, 0.55)) if rng.random() < 0.12 else 0.0,
        grain=float(rng.uniform(0.3, 0.6) if pencil else rng.uniform(0.0, 0.3)),
    )


def random_printer(rng: Generator) -> PrinterProfile:
    """Lasers and inkjets, fresh and nearly empty, copied up to twice, scaled to fit now and then."""
    return PrinterProfile(
        scale=float(rng.choice([1.0, 0.97, 0.94], p=[0.8, 0.1, 0.1])),
        paper=float(rng.uniform(0.82, 0.98)),
        black=float(rng.uniform(0.04, 0.2)),
        toner=float(rng.uniform(0.5, 1.0)) if rng.random() < 0.3 else 1.0,
        streakiness=float(rng.uniform(0, 0.4)) if rng.random() < 0.2 else 0.0,
        dot_gain_mm=float(rng.normal(0.01, 0.03)),
        copies=int(rng.choice([0, 1, 2], p=[0.75, 0.15, 0.1])),
    )


def random_scanner(rng: Generator) -> ScannerProfile:
    """Office scanners, well kept and not."""
    dpi = int(rng.choice(list(DPI), p=list(DPI.values())))
    depth = list(DEPTHS)[int(rng.choice(len(DEPTHS), p=list(DEPTHS.values())))]
    bilevel = depth.is_bilevel
    worn = rng.random() < 0.25
    damages = tuple(damage for damage in Damage if worn and rng.random() < 0.35) + _lain_about(rng)
    if rng.random() < 0.15:
        damages = (*damages, Damage.SHOW_THROUGH)
    return ScannerProfile(
        dpi=max(dpi, 200) if bilevel else dpi,
        depth=depth,
        rotation_deg=3.0 if worn else 1.0,
        quarters=int(rng.choice([0, 2])),
        shift_mm=3.5 if worn else 1.5,
        feed_stretch=float(rng.uniform(0, 0.01 if worn else 0.004)),
        blur_mm=float(rng.uniform(0.02, 0.09)),
        noise=float(rng.uniform(0.5, 8 if worn else 4)),
        grain_mm=float(rng.uniform(0.05, 0.3)) if rng.random() < COARSE_GRAINS else 0.0,
        sharpening=float(rng.uniform(0.2, 1.5)) if rng.random() < 0.25 else 0.0,
        gamma=float(rng.uniform(0.75, 1.5)),
        brightness=float(rng.normal(0, 6)),
        white_point=float(rng.uniform(0.82, 1.0)),
        shading=float(rng.uniform(0, 0.2 if worn else 0.05)),
        lid=int(rng.choice([250, 40])),
        dark_edge_mm=float(rng.uniform(0, 8)) if worn else 0.0,
        dust=int(rng.integers(0, 80 if worn else 15)),
        streaks=int(rng.integers(0, 7)) if worn else 0,
        threshold=int(rng.integers(105, 200)),
        damages=damages,
        quality=None if bilevel or rng.random() < 0.1 else int(rng.integers(18, 92)),
    )


def _lain_about(rng: Generator) -> tuple[Damage, ...]:
    """What happens to sheets before anybody scans them, carried in a pocket or left on a table."""
    happens = ((Damage.CREASE, FOLDED), (Damage.STAIN, STAINED))
    return tuple(damage for damage, chance in happens if rng.random() < chance)


def random_photo(rng: Generator) -> PhotoProfile:
    """Phones held over tables, by steady hands and others."""
    sharpest_mm, blurriest_mm = (0.2, UNSHARP_MM) if rng.random() < UNSHARP else (0.04, 0.2)
    return PhotoProfile(
        width_px=int(rng.integers(1600, 2900)),
        tilt=float(rng.uniform(0.01, 0.07)),
        curl_mm=float(rng.uniform(0, 4.0)),
        shadow=float(rng.uniform(0, 0.5)),
        warmth=float(rng.uniform(0, 0.25)),
        blur_mm=float(rng.uniform(sharpest_mm, blurriest_mm)),
        noise=float(rng.uniform(1, 8)),
        grain_mm=float(rng.uniform(0.0, 0.3)),
        damages=_lain_about(rng),
        quality=int(rng.integers(35, 92)),
    )
