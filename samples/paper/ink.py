"""Real pen strokes, where a folder of them is at hand: JSON lines, one mark each.

A line holds ``writer``, ``source``, ``kind`` and ``strokes`` (polylines of [x, y] or [x, y, ms], y down); what is
written has a ``label`` that says what, and an X is ``straight`` (1 where its arms are straight; null where it was
drawn without lifting the pen).
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from kryds.samples.paper.strokes import Gesture, Shape

#: Below this an X has the bowed arms of a written letter x, which nobody puts in a box.
STRAIGHT_ENOUGH = 0.8

#: kinds of the data that stand for a gesture as they are.
_GESTURES = {
    "tick": Gesture.TICK,
    "slash": Gesture.SLASH,
    "line": Gesture.DASH,
    "dot": Gesture.DOT,
    "circle": Gesture.CIRCLE,
    "circled_cross": Gesture.CIRCLED_CROSS,
    "fill": Gesture.ZIGZAG,
    "delete_gesture": Gesture.ZIGZAG,
    "letter": Gesture.WRITING,
    "digit": Gesture.WRITING,
    "word": Gesture.WRITING,
}
#: Letters, digits and signs that nobody takes for a mark; an x, a v or a 7 might be one, an o is a ring.
_PLAIN = frozenset("abdefghmnpqswzABDEFGHMNPQRSUWZ2345689?&$%@") | {"question_mark"}
_WRITTEN = ("letter", "digit", "symbol")
#: How high letters are in a note, in sides of a box: 4 mm.
_LETTERS = 0.7
#: How wide these are drawn about a box of side 1: a ring goes around it.
_WIDE = {Gesture.CIRCLE: 1.5, Gesture.CIRCLED_CROSS: 1.4}

RealMarks = Mapping[Gesture, tuple[Shape, ...]]


def load_real_marks(folder: Path) -> dict[str, RealMarks]:
    """The marks of every writer in ``folder``, each scaled to a box of side 1 about (0, 0); empty without a folder."""
    found: dict[str, dict[Gesture, list[Shape]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(folder.glob("*.jsonl")):
        for row in _rows(path):
            for gesture in _gestures(row):
                found[row["writer"]][gesture].append(_in_unit_box(row["strokes"], gesture))
    return {writer: {g: tuple(shapes) for g, shapes in marks.items()} for writer, marks in sorted(found.items())}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _gestures(row: Mapping[str, Any]) -> list[Gesture]:
    """What the row's strokes stand for: a letter is part of a note, and something written into a box."""
    found = [gesture] if (gesture := _gesture(row)) else []
    return [*found, Gesture.CHARACTER] if row["kind"] in _WRITTEN and row.get("label") in _PLAIN else found


def _gesture(row: Mapping[str, Any]) -> Gesture | None:
    if row["kind"] != "cross":
        return _GESTURES.get(row["kind"])
    straight = row.get("straight")
    if straight is None:
        # Elsewhere a cross in one stroke is a handwritten letter x; these were drawn as a sign.
        return Gesture.LOOPED_CROSS if row["source"].startswith("onedollar") else None
    return Gesture.CROSS if straight >= STRAIGHT_ENOUGH else None


def _in_unit_box(strokes: list[list[list[float]]], gesture: Gesture) -> Shape:
    """The strokes about (0, 0), the longer side 1; a scribble fills the box both ways, a dot is small."""
    paths = [np.array([point[:2] for point in stroke], dtype=float) for stroke in strokes if stroke]
    points = np.vstack(paths)
    low, high = points.min(axis=0), points.max(axis=0)
    extent = np.maximum(high - low, 1e-6)
    scale = extent if gesture is Gesture.ZIGZAG else np.full(2, extent.max())
    if gesture is Gesture.DOT:
        scale = np.maximum(scale, 1e-3) * 12
    if gesture in _WIDE:
        scale = extent / _WIDE[gesture]
    if gesture is Gesture.WRITING:
        scale = np.full(2, max(extent[1], extent.max() / 8) / _LETTERS)
    return tuple((path - (low + high) / 2) / scale for path in paths)
