"""What marks look like, learned: a window of ink around a box -> the chances of its states.

The network is a small ONNX file run by OpenCV itself; how it was made stands in benchmarks/training. What it was
trained on is written in the file (its graph's doc string).
"""

from functools import cache
from importlib import resources

import cv2
import numpy as np
import numpy.typing as npt

from kryds.reader.patches import Ink

#: Half a window (mm): the box and 1 mm around it, where the arms of a cross overshoot.
WINDOW_HALF_MM = 4.0


def mark_chances(ink: Ink) -> npt.NDArray[np.float64]:
    """Chances of EMPTY, CROSSED, CANCELLED, DOUBTFUL, (N, 4), for windows of ink (N, 48, 48), 0 paper to 1 black.

    They are what the picture alone says, as if the four states were equally common; how common they are in a row is
    resolve.py's business.
    """
    if not len(ink):
        return np.zeros((0, 4))
    network = _network()
    network.setInput(np.ascontiguousarray(ink[:, None], np.float32))
    return np.asarray(network.forward(), np.float64)


@cache
def _network() -> cv2.dnn.Net:
    """Read once in a process; OpenCV 5's classic engine takes half the time of its new one on a net this small."""
    data = np.frombuffer(resources.files("kryds.reader").joinpath("marks.onnx").read_bytes(), np.uint8)
    engine = getattr(cv2.dnn, "ENGINE_CLASSIC", None)
    return cv2.dnn.readNetFromONNX(data) if engine is None else cv2.dnn.readNetFromONNX(data, engine=engine)
