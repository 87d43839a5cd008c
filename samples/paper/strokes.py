"""The shapes a hand makes in and about a box, from arithmetic.

Shapes are drawn about a box of side 1 centred on (0, 0), y down; whoever places them scales them to the box. Nothing
here is a recording: real strokes come in through ``ink.py``.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from kryds.samples.paper.curves import arm, smooth
from kryds.samples.paper.pen import Stroke

Shape = tuple[Stroke, ...]

#: Characters that nobody takes for a mark, as points that a pen follows about a box of side 1: ?, 2, 3, n, a, e.
_CHARACTERS = (
    ((-0.28, -0.3), (0.0, -0.5), (0.28, -0.28), (0.02, 0.05), (0.0, 0.3)),
    ((-0.28, -0.3), (0.0, -0.5), (0.27, -0.25), (-0.05, 0.15), (-0.3, 0.48), (0.33, 0.46)),
    ((-0.26, -0.42), (0.1, -0.5), (0.24, -0.25), (-0.05, -0.03), (0.28, 0.2), (0.1, 0.48), (-0.28, 0.4)),
    ((-0.3, -0.35), (-0.28, 0.4), (-0.22, -0.1), (0.05, -0.35), (0.25, -0.1), (0.28, 0.42)),
    ((0.28, -0.25), (-0.05, -0.38), (-0.3, 0.05), (-0.05, 0.4), (0.25, 0.05), (0.28, -0.3), (0.3, 0.35), (0.45, 0.4)),
    ((-0.25, 0.05), (0.25, -0.05), (0.05, -0.4), (-0.28, -0.05), (-0.1, 0.4), (0.3, 0.3)),
)

#: Share of hands whose crosses lean so far that some stand like a plus.
TURNED = 0.1
#: Share of crosses without lifting the pen that begin at any corner, and of these that go round the other way.
TURNED_LOOPS, OTHER_WAY = 0.4, 0.5


class Gesture(StrEnum):
    """What a hand does to one box."""

    CROSS = "cross"
    LOOPED_CROSS = "looped-cross"
    CROSS_TWICE = "cross-twice"
    TICK = "tick"
    SLASH = "slash"
    DASH = "dash"
    DOT = "dot"
    BULLET = "bullet"
    CIRCLE = "circle"
    CIRCLED_CROSS = "circled-cross"
    ZIGZAG = "zigzag"
    BLOB = "blob"
    LOOPS = "loops"
    WRITING = "writing"
    CHARACTER = "character"


@dataclass(frozen=True, slots=True)
class HandStyle:
    """How one person makes marks. Lengths are in sides of the box.

    ``size`` is how wide an X is; ``slant_deg`` how far it leans; ``bend`` how far an arm bows from straight;
    ``drift`` where its middle lies off the box's; ``looseness`` how much marks differ from one another (1 is
    ordinary); ``pitch`` how far apart the lines of a scribble lie, in widths of the pen.
    """

    size: float = 0.85
    slant_deg: float = 0.0
    bend: float = 0.03
    drift: tuple[float, float] = (0.0, 0.0)
    looseness: float = 1.0
    pitch: float = 0.8


@dataclass(frozen=True, slots=True)
class Task:
    """A style, and the width of the pen in sides of the box, which a scribble must know to fill the box."""

    style: HandStyle
    pen_width: float


def random_style(rng: Generator) -> HandStyle:
    """Some person's hand: from small and neat to large and careless, now and then with crosses rather like a plus."""
    style = HandStyle(
        size=float(np.clip(rng.normal(0.85, 0.2), 0.4, 1.5)),
        slant_deg=float(rng.normal(0, 6)),
        bend=float(abs(rng.normal(0, 0.05))),
        drift=(float(rng.normal(0, 0.04)), float(rng.normal(0, 0.04))),
        looseness=float(rng.uniform(0.5, 1.6)),
        pitch=float(np.clip(rng.lognormal(-0.05, 0.3), 0.55, 1.8)),
    )
    if rng.random() < TURNED:
        return replace(style, slant_deg=float(rng.uniform(-45, 45)))
    return style


def shape_of(gesture: Gesture, task: Task, rng: Generator) -> Shape:
    """The strokes of one mark, about a box of side 1 at (0, 0)."""
    return _MAKERS[gesture](task, rng)


def underline(width_mm: float, rng: Generator) -> Shape:
    """A line somebody drew under words, from (0, 0) to about (``width_mm``, 0), in millimetres."""
    return (arm((0, 0), (width_mm, rng.normal(0, 0.6)), bend=0.01, rng=rng),)


def _cross(task: Task, rng: Generator) -> Shape:
    style, loose = task.style, task.style.looseness
    middle = _middle(style, rng)
    size = style.size * math.exp(rng.normal(0, 0.1 * loose))
    arms = []
    for corner in (-45.0, 45.0):
        angle = math.radians(corner + style.slant_deg + rng.normal(0, 6 * loose))
        reach = size * math.sqrt(0.5) * np.exp(rng.normal(0, 0.12 * loose, 2))
        way = np.array([math.sin(angle), -math.cos(angle)])
        crossing = middle + rng.normal(0, 0.04 * loose, 2)
        arms.append(arm(crossing + way * reach[0], crossing - way * reach[1], bend=style.bend, rng=rng))
    return tuple(arms)


def _looped_cross(task: Task, rng: Generator) -> Shape:
    """An X drawn without lifting the pen: to the far corner, a loop up the side, to the other; narrow loops and wide.

    Most begin at the top left; some hands begin elsewhere or go round the other way.
    """
    loop, crossing = rng.uniform(0.9, 1.7), rng.normal(0, 0.15, 2)
    corners = np.array([[-1, -1], [0, 0], [1, 1], [loop, 0.4], [1.0, -1.0], [0, 0], [-1, 1.0]])
    corners[[1, 5]] += crossing
    corners *= task.style.size / 2 * np.array([1, rng.uniform(0.8, 1.15)])
    corners += rng.normal(0, 0.04 * task.style.looseness, corners.shape)
    if rng.random() < TURNED_LOOPS:
        corners = corners[:, ::-1] if rng.random() < OTHER_WAY else corners
        corners = corners * rng.choice((-1.0, 1.0), 2)
    return (smooth(corners + _middle(task.style, rng)),)


def _cross_twice(task: Task, rng: Generator) -> Shape:
    return _cross(task, rng) + _cross(task, rng)


def _tick(task: Task, rng: Generator) -> Shape:
    points = np.array([[-0.35, -0.05], [-0.1, 0.35], [0.25, -0.25], [0.6, -0.75]]) * task.style.size
    points += rng.normal(0, 0.05 * task.style.looseness, points.shape)
    return (smooth(points[:2], points[1:]),)


def _slash(task: Task, rng: Generator) -> Shape:
    arms = _cross(task, rng)
    return (arms[int(rng.choice((0, 1), p=(0.25, 0.75)))],)


def _dash(task: Task, rng: Generator) -> Shape:
    """One stroke through the box, lying or standing."""
    lean = rng.normal(0, 0.15) + float(rng.choice((0.0, math.pi / 2), p=(0.75, 0.25)))
    way = np.array([math.cos(lean), math.sin(lean)]) * task.style.size * rng.uniform(0.4, 0.7)
    middle = _middle(task.style, rng)
    return (arm(middle - way, middle + way, bend=task.style.bend, rng=rng),)


def _dot(task: Task, rng: Generator) -> Shape:
    spread = 0.15 * task.pen_width
    middle = np.clip(rng.normal(0, 0.18, 2), -0.45, 0.45)
    return (middle + rng.normal(0, spread, (int(rng.integers(1, 4)), 2)),)


def _bullet(task: Task, rng: Generator) -> Shape:
    """A dot drawn on purpose: round and round until it is a quarter to half a box wide, and wider than the pen."""
    turns = rng.uniform(2, 4)
    at = np.linspace(0, 2 * math.pi * turns, 50)
    reach = np.linspace(0, max(0.4 * task.pen_width, (rng.uniform(0.24, 0.5) - task.pen_width) / 2), 50)
    middle = _middle(task.style, rng)
    return (np.column_stack([np.cos(at), np.sin(at)]) * reach[:, None] + middle,)


def _circle(task: Task, rng: Generator) -> Shape:
    """A ring in or about the box, a little more than once round."""
    turn = np.linspace(0, 2 * math.pi * rng.uniform(0.97, 1.12), 40) + rng.uniform(0, 2 * math.pi)
    radii = rng.normal(float(rng.choice((0.8, 0.45), p=(0.7, 0.3))), 0.07, 2)
    drift = np.linspace(0, rng.normal(0, 0.08), 40)[:, None]
    return (np.column_stack([radii[0] * np.cos(turn), radii[1] * np.sin(turn)]) + drift + _middle(task.style, rng),)


def _circled_cross(task: Task, rng: Generator) -> Shape:
    """A cross with a ring about it: this one!"""
    return _cross(task, rng) + _circle(task, rng)


def _zigzag(task: Task, rng: Generator) -> Shape:
    """The box filled up with one to and fro, as dense as this hand makes it."""
    return _hatch(task, rng, angle=rng.uniform(0, math.pi), pitch=task.style.pitch)


def _blob(task: Task, rng: Generator) -> Shape:
    """The box filled up until hardly any paper shows: to and fro twice, across each other."""
    angle = rng.uniform(0, math.pi)
    both = (angle, angle + rng.normal(math.pi / 2, 0.3))
    return tuple(line for a in both for line in _hatch(task, rng, angle=a, pitch=min(0.7, task.style.pitch)))


def _loops(task: Task, rng: Generator) -> Shape:
    """The box gone over round and round, now wide and now narrow, so that its middle is covered as well."""
    turns = rng.uniform(3.5, 10)
    at = np.linspace(0, 1, int(30 * turns))
    knots = np.linspace(0, 1, int(2 * turns))
    wobble = [np.interp(at, knots, rng.normal(0, 0.12 * task.style.looseness, len(knots))) for _ in range(4)]
    sweep = np.abs(np.sin(math.pi * (rng.uniform(0.8, 2.5) * at + rng.uniform(0, 1))))
    reach = rng.uniform(0.4, 0.6, 2)[:, None] * (0.25 + 0.75 * sweep)
    turn, lean = 2 * math.pi * turns * at + rng.uniform(0, 2 * math.pi), rng.uniform(0, math.pi)
    along = reach[0] * (1 + wobble[0]) * np.cos(turn) + 0.5 * wobble[2]
    across = reach[1] * (1 + wobble[1]) * np.sin(turn) + 0.5 * wobble[3]
    turned = np.array([[math.cos(lean), math.sin(lean)], [-math.sin(lean), math.cos(lean)]])
    return (np.column_stack([along, across]) @ turned + _middle(task.style, rng),)


def _writing(_task: Task, rng: Generator) -> Shape:
    """Something like a word or two, letters about half a box high."""
    width = rng.uniform(1.3, 7.5)
    at = np.arange(-width / 2, width / 2, 0.025)
    pace = 2 * math.pi * (at / rng.uniform(0.3, 0.43) + 0.3 * np.sin(at * rng.uniform(3.0, 6.6)))
    tall = 0.2 + 0.15 * np.abs(np.sin(at * rng.uniform(2.4, 4.8) + rng.uniform(0, 3)))
    return (np.column_stack([at + 0.1 * np.cos(pace), tall * np.sin(pace)]),)


def _character(task: Task, rng: Generator) -> Shape:
    """A letter or a digit written into the box, or a question mark: something was said, but nothing was crossed."""
    points = np.array(_CHARACTERS[int(rng.integers(len(_CHARACTERS)))]) * task.style.size
    points += rng.normal(0, 0.04 * task.style.looseness, points.shape)
    return (smooth(points + _middle(task.style, rng)),)


_MAKERS: Mapping[Gesture, Callable[[Task, Generator], Shape]] = {
    Gesture.CROSS: _cross,
    Gesture.LOOPED_CROSS: _looped_cross,
    Gesture.CROSS_TWICE: _cross_twice,
    Gesture.TICK: _tick,
    Gesture.SLASH: _slash,
    Gesture.DASH: _dash,
    Gesture.DOT: _dot,
    Gesture.BULLET: _bullet,
    Gesture.CIRCLE: _circle,
    Gesture.CIRCLED_CROSS: _circled_cross,
    Gesture.ZIGZAG: _zigzag,
    Gesture.BLOB: _blob,
    Gesture.LOOPS: _loops,
    Gesture.WRITING: _writing,
    Gesture.CHARACTER: _character,
}


def _hatch(task: Task, rng: Generator, *, angle: float, pitch: float) -> Shape:
    """To and fro over the box along ``angle`` (radians), lines ``pitch`` pen widths apart, edges uneven.

    Every leg is a stroke of its own, because ink laid over ink is darker.
    """
    way = np.array([math.cos(angle), math.sin(angle)])
    across = np.array([-way[1], way[0]])
    half = 0.48 * (1 + 0.08 * rng.normal() * task.style.looseness)
    reach = half * np.abs(across).sum()
    steps = max(4, int(2 * reach / (pitch * task.pen_width)) + 1)
    points: list[Stroke] = []
    for i, off in enumerate(np.linspace(-reach, reach, steps)):
        low, high = _chord(way, across * off, half)
        ends = np.array([low, high])[:: 1 if i % 2 else -1]
        points.extend(across * off + way * end for end in ends + rng.normal(0, 0.05, 2))
    jitter = rng.normal(0, 0.3 * task.pen_width, (len(points), 2))
    path = np.array(points) + jitter + _middle(task.style, rng) * 0.5
    return tuple(path[i : i + 2] for i in range(len(path) - 1))


def _chord(way: NDArray[np.float64], start: NDArray[np.float64], half: float) -> tuple[float, float]:
    """From where to where the line ``start`` + t ``way`` runs inside the square of half side ``half``."""
    with np.errstate(divide="ignore", invalid="ignore"):
        hits = np.concatenate([(half - start) / way, (-half - start) / way]).reshape(2, 2)
    low, high = float(np.nanmax(hits.min(axis=0))), float(np.nanmin(hits.max(axis=0)))
    return min(low, high), max(low, high)


def _middle(style: HandStyle, rng: Generator) -> NDArray[np.float64]:
    return np.array(style.drift) + rng.normal(0, 0.06 * style.looseness, 2)
