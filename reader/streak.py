"""Answers that are nothing but a line right through: a drum's streak or a crease across a box nobody marked.

In the window around one box such a line looks like the stroke of a pen. It goes on beyond the box, straight to the end
of its patch on both sides; but for it there is nothing in the box; and it runs on beyond the next box, where a stroke
has long ended.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kryds.model.layout import BoxPlace
from kryds.model.reading import Answer
from kryds.reader.resolve import unclear
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import RegisteredPage
from kryds.reader.stray import AIR_MM
from kryds.reader.windows import BoxWindows, box_windows, ink_threshold

Dark = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Line:
    """A line right through the window of box ``index``: down it, or across (then the window lies on its side).

    ``at_px``: where it stands at the middle of the window, in pixels from that middle; ``lean``: how far it moves
    aside on its way, per pixel.
    """

    index: int
    is_down: bool
    at_px: float
    lean: float


def doubt_streaks(answers: Sequence[Answer], page: RegisteredPage, settings: ReaderSettings) -> tuple[Answer, ...]:
    """The answers of a page; one whose box holds a line right through and nothing else is put to a person."""
    choices = {answer.item_id: answer.choice for answer in answers if answer.state.counts}
    boxes = page.candidate.layout.boxes
    marked = [i for i, box in enumerate(boxes) if choices.get(box.item_id) == box.choice]
    lines = _lines(marked, _windows(page, marked, settings), boxes, settings)
    streaked = {boxes[line.index].item_id for line in lines if _goes_on(line, page, settings)}
    return tuple(unclear(answer) if answer.item_id in streaked else answer for answer in answers)


def _windows(page: RegisteredPage, which: Sequence[int], settings: ReaderSettings) -> BoxWindows:
    """As much of these boxes' patches as there is however a box was moved within its patch."""
    reach_mm = settings.patch_radius_mm - settings.snap_free_mm
    return box_windows(page, reach_mm, ink_threshold(page, settings), which)


def _lines(
    marked: Sequence[int], windows: BoxWindows, boxes: Sequence[BoxPlace], settings: ReaderSettings
) -> Iterator[Line]:
    """The lines in boxes that hold nothing else."""
    half_mm = max((boxes[i].rect.width / 2 for i in marked), default=0.0)
    for is_down in (True, False):
        standing = windows.dark if is_down else windows.dark.transpose(0, 2, 1)
        likely = _may_have_lines(standing, half_mm, windows.px_per_mm)
        for i, dark, is_likely in zip(marked, windows.dark, likely, strict=True):
            if not is_likely:
                continue
            way = _way(dark if is_down else dark.T, boxes[i].rect.width / 2, windows.px_per_mm, settings)
            if way:
                start, end = way
                yield Line(i, is_down, (start + end - len(dark) + 1) / 2, (end - start) / len(dark))


def _may_have_lines(standing: Dark, half_mm: float, px_per_mm: float) -> Dark:
    """Which of these windows (N, S, S) hold ink above their boxes and below: all at once, as few do; (N,).

    ``half_mm``: half the side of the largest box; what is outside of that is outside of all.
    """
    if not len(standing):
        return np.zeros(0, np.bool_)
    outside = _outside_px(standing[0], half_mm, px_per_mm)
    above, below = (np.any(end, axis=(1, 2)) for end in (standing[:, :outside], standing[:, -outside:]))
    return np.asarray(above & below, np.bool_)


def _way(dark: Dark, half_mm: float, px_per_mm: float, settings: ReaderSettings) -> tuple[float, float] | None:
    """Where a line comes in above the box and goes out below it, if it does and little in the box is beside it."""
    middle, outside = (len(dark) - 1) / 2, _outside_px(dark, half_mm, px_per_mm)
    above, below = dark[:outside].mean(axis=0), dark[-outside:].mean(axis=0)
    if min(above.max(), below.max()) < settings.line_share:
        return None
    start, end = (float(np.flatnonzero(share >= settings.line_share).mean()) for share in (above, below))
    if abs(start - end) > settings.streak_mm * px_per_mm:
        return None
    inner = int((half_mm - AIR_MM) * px_per_mm)
    low, high = round(middle - inner), round(middle + inner) + 1
    at = np.linspace(start, end, len(dark))[low:high, None]
    on_line = np.abs(np.arange(low, high)[None, :] - at) <= settings.streak_mm * px_per_mm / 2 + 1
    inside = dark[low:high, low:high]
    runs_through = (inside & on_line).any(axis=1).mean() >= settings.line_share  # a ring does not
    beside_px = int((inside & ~on_line).sum())
    return (start, end) if runs_through and beside_px <= settings.stray_mm2 * px_per_mm**2 else None


def _outside_px(dark: Dark, half_mm: float, px_per_mm: float) -> int:
    """How much of a window is above its box, or below it, without what the box's line darkens."""
    return int(len(dark) / 2 - (half_mm + AIR_MM) * px_per_mm)


def _goes_on(line: Line, page: RegisteredPage, settings: ReaderSettings) -> bool:
    """Whether the line is seen before and beyond a next box in its way; where there is none to tell, it may."""
    boxes = page.candidate.layout.boxes
    next_boxes = _next_boxes(line, boxes)
    windows = _windows(page, list(next_boxes), settings)
    half_mm = boxes[line.index].rect.width / 2
    for dark, away_mm in zip(windows.dark, next_boxes.values(), strict=True):
        standing, outside = dark if line.is_down else dark.T, _outside_px(dark, half_mm, windows.px_per_mm)
        at = (len(dark) - 1) / 2 + line.at_px + line.lean * away_mm * windows.px_per_mm
        low, high = (max(0, round(at + side * settings.streak_mm * windows.px_per_mm)) for side in (-1, 1))
        band = standing[:, low : high + 1]
        shares = [part.mean(axis=0).max(initial=0.0) for part in (band[:outside], band[-outside:])]
        if min(shares) >= settings.line_share / 2:  # paler, where it wears off
            return True
    return not next_boxes


def _next_boxes(line: Line, boxes: Sequence[BoxPlace]) -> dict[int, float]:
    """The boxes before and after this one in the way of the line, and how far off their middles are (mm)."""
    here = boxes[line.index]
    away = {
        i: box.rect.centre.y - here.rect.centre.y if line.is_down else box.rect.centre.x - here.rect.centre.x
        for i, box in enumerate(boxes)
        if (box.choice == here.choice if line.is_down else box.item_id == here.item_id) and i != line.index
    }
    before = max((i for i, mm in away.items() if mm < 0), key=away.__getitem__, default=None)
    after = min((i for i, mm in away.items() if mm > 0), key=away.__getitem__, default=None)
    return {i: away[i] for i in (before, after) if i is not None}
