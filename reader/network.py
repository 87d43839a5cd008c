"""What marks look like, learned: a window of ink around a box and the page's pen -> what the box can be.

Two small networks in ONNX files, run by OpenCV itself: one sees the window of a box, the other its surroundings as
well. How they were made stands in benchmarks/training; what they were trained on is written in the files (their graphs'
doc strings).
"""

from collections.abc import Mapping
from enum import IntEnum
from functools import cache
from importlib import resources

import cv2
import numpy as np
import numpy.typing as npt

from kryds.reader.page_pen import PagePen
from kryds.reader.patches import Ink

Chances = npt.NDArray[np.float64]

#: Half a window (mm): the box and 1 mm around it, where the arms of a cross overshoot.
WINDOW_HALF_MM = 4.0
#: No look is taken to be surer than this that a box is not something: one may be wrong where three are right.
LEAST_CHANCE = 1e-6
#: Of 32,000 rows of other simulations as few are asked about with 2 as with four more looks by the first network, and
#: a few more with 1.
SECOND_COUNTS = 2


class Likeness(IntEnum):
    """What the picture of a box can be, in the order of the network's chances.

    CROSSED is any mark that means this box: cross, tick, stroke, ring. UNCLEAR: a careful person would ask. TOUCHED: a
    dot, a slip of the pen, what an eraser left; a question where nothing else stands in the row, else nothing. WRITTEN:
    a letter, a digit, a ?, or part of a word: the same as TOUCHED to a row, with ink enough for any mark.
    """

    EMPTY = 0
    CROSSED = 1
    CANCELLED = 2
    UNCLEAR = 3
    TOUCHED = 4
    WRITTEN = 5


def mark_chances(ink: Ink, pen: PagePen) -> Chances:
    """Chances of each Likeness, (N, 6), for windows of ink (N, 48, 48), 0 paper to 1 black; ``pen`` marked their page.

    They are what the picture alone says, as if all likenesses were equally common; how common they are in a row is
    resolve.py's business.
    """
    return _looked("marks.onnx", {"ink": ink}, pen)


def second_chances(first: Chances, views: tuple[Ink, Ink], pen: PagePen) -> Chances:
    """Chances as ``mark_chances`` gives them, from a longer look: for boxes it is not sure of.

    ``first`` (N, 6) is what it gave; ``views`` are the windows and their surroundings, (N, 48, 48) each. They are
    looked at upright and mirrored either way and both: a mark means the same in a mirror, and where one look is in
    doubt, the geometric mean of four is nearer to the truth. It counts SECOND_COUNTS times as much as the first look,
    so that neither network's word is law.
    """
    names = ("ink", "around")
    looks = _looked("second_look.onnx", {name: _mirrored(view) for name, view in zip(names, views, strict=True)}, pen)
    second = np.log(np.maximum(looks, LEAST_CHANCE)).reshape(4, len(first), len(Likeness)).mean(axis=0)
    mean = np.exp((np.log(np.maximum(first, LEAST_CHANCE)) + SECOND_COUNTS * second) / (1 + SECOND_COUNTS))
    return np.asarray(mean / mean.sum(axis=1, keepdims=True), np.float64)


def _mirrored(views: Ink) -> Ink:
    return np.concatenate([views, views[:, :, ::-1], views[:, ::-1], views[:, ::-1, ::-1]])


def _looked(name: str, views: Mapping[str, Ink], pen: PagePen) -> Chances:
    """What a network says of N boxes that it sees in these views, (N, 48, 48) each."""
    count = len(next(iter(views.values())))
    if not count:
        return np.zeros((0, len(Likeness)))
    network = _network(name)
    for view, ink in views.items():
        network.setInput(np.ascontiguousarray(ink[:, None], np.float32), view)
    network.setInput(np.tile(np.array(pen.as_row(), np.float32), (count, 1)), "pen")
    return np.asarray(network.forward(), np.float64)


@cache
def _network(name: str) -> cv2.dnn.Net:
    """Read once in a process; OpenCV 5's classic engine takes half the time of its new one on a net this small.

    Given the file's path instead of its bytes, that engine (5.0) refuses a network of two views.
    """
    data = np.frombuffer(resources.files("kryds.reader").joinpath(name).read_bytes(), np.uint8)
    engine = getattr(cv2.dnn, "ENGINE_CLASSIC", None)
    return cv2.dnn.readNetFromONNX(data) if engine is None else cv2.dnn.readNetFromONNX(data, engine=engine)
