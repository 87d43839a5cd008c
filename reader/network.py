"""What marks look like, learned: a window of ink around a box and the page's pen -> what the box can be.

The network is a small ONNX file run by OpenCV itself; how it was made stands in benchmarks/training. What it was
trained on is written in the file (its graph's doc string).
"""

from enum import IntEnum
from functools import cache
from importlib import resources

import cv2
import numpy as np
import numpy.typing as npt

from kryds.reader.page_pen import PagePen
from kryds.reader.patches import Ink

#: Half a window (mm): the box and 1 mm around it, where the arms of a cross overshoot.
WINDOW_HALF_MM = 4.0
#: No look is taken to be surer than this that a box is not something: one may be wrong where three are right.
LEAST_CHANCE = 1e-6


class Likeness(IntEnum):
    """What the picture of a box can be, in the order of the network's chances.

    CROSSED is any mark that means this box: cross, tick, stroke, ring. UNCLEAR: a careful person would ask. TOUCHED: a
    dot, a slip of the pen, what an eraser left; a question where nothing else stands in the row, else nothing.
    """

    EMPTY = 0
    CROSSED = 1
    CANCELLED = 2
    UNCLEAR = 3
    TOUCHED = 4


def mark_chances(ink: Ink, pen: PagePen) -> npt.NDArray[np.float64]:
    """Chances of each Likeness, (N, 5), for windows of ink (N, 48, 48), 0 paper to 1 black; ``pen`` marked their page.

    They are what the picture alone says, as if all likenesses were equally common; how common they are in a row is
    resolve.py's business.
    """
    if not len(ink):
        return np.zeros((0, len(Likeness)))
    network = _network()
    network.setInput(np.ascontiguousarray(ink[:, None], np.float32), "ink")
    network.setInput(np.tile(np.array(pen.as_row(), np.float32), (len(ink), 1)), "pen")
    return np.asarray(network.forward(), np.float64)


def mirrored_chances(ink: Ink, pen: PagePen) -> npt.NDArray[np.float64]:
    """Chances as ``mark_chances`` gives them, from four looks at each window: upright and mirrored either way and both.

    A mark means the same in a mirror. Where one look is in doubt, the geometric mean of four is nearer to the truth.
    """
    looks = np.concatenate([ink, ink[:, :, ::-1], ink[:, ::-1], ink[:, ::-1, ::-1]])
    chances = np.maximum(mark_chances(looks, pen), LEAST_CHANCE).reshape(4, len(ink), len(Likeness))
    mean = np.exp(np.log(chances).mean(axis=0))
    return np.asarray(mean / mean.sum(axis=1, keepdims=True), np.float64)


@cache
def _network() -> cv2.dnn.Net:
    """Read once in a process; OpenCV 5's classic engine takes half the time of its new one on a net this small."""
    data = np.frombuffer(resources.files("kryds.reader").joinpath("marks.onnx").read_bytes(), np.uint8)
    engine = getattr(cv2.dnn, "ENGINE_CLASSIC", None)
    return cv2.dnn.readNetFromONNX(data) if engine is None else cv2.dnn.readNetFromONNX(data, engine=engine)
