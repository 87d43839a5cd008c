"""Lines as a hand draws them: nearly straight ones with a slight tremor, and smooth ones through some points."""

import numpy as np
from numpy.random import Generator

from kryds.samples.paper.pen import Stroke


def arm(
    start: tuple[float, float] | Stroke, end: tuple[float, float] | Stroke, *, bend: float, rng: Generator
) -> Stroke:
    """A nearly straight line: bowed by ``bend`` of its length, with a slight tremor."""
    begin, stop = np.asarray(start, float), np.asarray(end, float)
    way = stop - begin
    across = np.array([-way[1], way[0]])
    t = np.linspace(0, 1, 24)[:, None]
    bow = 4 * t * (1 - t) * rng.normal(0, bend)
    tremor = np.interp(t[:, 0], np.linspace(0, 1, 7), rng.normal(0, 0.006, 7))[:, None]
    return np.asarray(begin + way * t + across * (bow + tremor))


def smooth(*pieces: Stroke) -> Stroke:
    """One path through all pieces; each piece is a smooth curve (Catmull-Rom) through its points, corners between."""
    return np.vstack([_spline(piece) for piece in pieces])


def _spline(points: Stroke) -> Stroke:
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, 10, endpoint=False)[:, None]
    curve = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        bent = (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
        curve.append(0.5 * (2 * b + (c - a) * t + bent))
    return np.vstack([*curve, points[-1:]])
