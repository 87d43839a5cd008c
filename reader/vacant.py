"""Whether a page without fiducials is an empty one: the back of a sheet printed on one side."""

import cv2
import numpy as np

from kryds.model.geometry import Paper
from kryds.reader.fiducials import Reduced
from kryds.reader.settings import ReaderSettings

#: Side of the cells looked at, in working pixels (0.7 mm): a hair or a speck does not darken a whole cell.
CELL_PX = 4
#: How much darker than the paper around it (of 255) a cell must be to count: show-through is 10 to 25.
DARKER = 40


def is_dark(reduced: Reduced, settings: ReaderSettings) -> bool:
    """Whether not even the brightest fiftieth of the picture is light enough to be paper."""
    return float(np.percentile(reduced.gray[::4, ::4], 98)) < settings.dark_page


def is_vacant(reduced: Reduced, settings: ReaderSettings) -> bool:
    """Whether next to nothing stands on the page, its rim left out. A scrap too small for a page is not vacant."""
    gray = reduced.gray
    if min(gray.shape) < settings.least_side_px:
        return False
    margin = round(settings.page_margin_mm / Paper.A4.size_mm[0] * min(gray.shape))
    inner = gray[margin:-margin, margin:-margin]
    height, width = (side - side % CELL_PX for side in inner.shape)
    cells = cv2.resize(inner[:height, :width], None, fx=1 / CELL_PX, fy=1 / CELL_PX, interpolation=cv2.INTER_AREA)
    paper = cv2.blur(cv2.dilate(cells, np.ones((9, 9), np.uint8)), (31, 31))
    darker = cv2.subtract(paper, cells) > DARKER
    return float(np.mean(darker)) < settings.blank_ink
