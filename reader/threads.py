"""How many threads the reader's library may use."""

import cv2


def use_one_thread() -> None:
    """Keeps OpenCV to the calling thread: where a process reads on every core, more threads only stand in line."""
    cv2.setNumThreads(1)
