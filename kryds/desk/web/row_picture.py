"""A row's picture as the page draws it, with the boxes on it and what the reader thought of each."""

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass

from kryds.model.reading import BoxState, PageReading, PixelRect, RowCrop

#: Room above a row's picture for the numbers of its boxes, and around a box for its outline; pixels of the picture.
NUMBERS_PX, OUTLINE_PX = 34, 5
#: What is shown around the boxes on a narrow screen, in pixels of the picture.
AROUND_BOXES_PX = 40
#: What is shown in each half of a wide picture, of the whole.
HALF = 0.55


@dataclass(frozen=True)
class Picture:
    """A row's picture in its pixels; ``narrow`` is the part around the boxes.

    It stands inside the page itself: it is there at once, and kept nowhere else.
    """

    data_url: str
    width: int
    height: int
    boxes: tuple[PixelRect, ...]

    @property
    def whole(self) -> PixelRect:
        """All of it, and the numbers above."""
        return PixelRect(0, -NUMBERS_PX, self.width, self.height + NUMBERS_PX)

    @property
    def halves(self) -> tuple[PixelRect, PixelRect]:
        """Left and right, a little of the middle in both, for a narrow screen to show one above the other."""
        width = self.width * HALF
        return PixelRect(0, 0, width, self.height), PixelRect(self.width - width, 0, width, self.height)

    @property
    def narrow(self) -> PixelRect:
        """The part a narrow screen shows: from the first box to the last."""
        if not self.boxes:
            return self.whole
        left = max(min(box.x for box in self.boxes) - AROUND_BOXES_PX, 0)
        right = min(max(box.x + box.width for box in self.boxes) + AROUND_BOXES_PX, self.width)
        return PixelRect(left, self.whole.y, right - left, self.whole.height)

    def outline(self, box: PixelRect) -> PixelRect:
        """Where a box is framed, clear of its own printed line."""
        return PixelRect(
            box.x - OUTLINE_PX, box.y - OUTLINE_PX, box.width + 2 * OUTLINE_PX, box.height + 2 * OUTLINE_PX
        )


@dataclass(frozen=True, slots=True)
class Weighed:
    """The reader's verdict on a box, and how sure it is that the box is crossed, in percent."""

    state: BoxState
    crossed_percent: int


def picture_of(crop: RowCrop | None) -> Picture | None:
    """The picture for the page; None where there is none."""
    if crop is None:
        return None
    from PIL import Image  # noqa: PLC0415 - only its header is read

    with Image.open(io.BytesIO(crop.jpeg)) as image:
        width, height = image.size
    data = base64.b64encode(crop.jpeg).decode()
    return Picture(f"data:image/jpeg;base64,{data}", width, height, crop.boxes)


def weighed(page: PageReading, item_id: str) -> Mapping[int, Weighed]:
    """What the reader thought of each box of the row, by choice from 1; ``page`` is as read, with its boxes."""
    crossed = list(BoxState).index(BoxState.CROSSED)
    return {
        mark.choice: Weighed(mark.state, round(100 * mark.chances[crossed]))
        for mark in page.marks
        if mark.item_id == item_id
    }
