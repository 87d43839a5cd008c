"""Answers that are nothing but a line right through: a drum's streak or a crease across a box nobody marked.

In the window around one box such a line looks like the stroke of a pen. It goes on beyond the box, straight to the end
of its patch on both sides; and but for it there is nothing in the box.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from kryds.model.reading import Answer, AnswerState, Reason
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import RegisteredPage
from kryds.reader.stray import AIR_MM
from kryds.reader.windows import BoxWindows, box_windows, ink_threshold

Dark = npt.NDArray[np.bool_]


def doubt_streaks(answers: Sequence[Answer], page: RegisteredPage, settings: ReaderSettings) -> tuple[Answer, ...]:
    """The answers of a page; one whose box holds a line right through and nothing else is put to a person."""
    choices = {answer.item_id: answer.choice for answer in answers if answer.state.counts}
    boxes = page.candidate.layout.boxes
    marked = [i for i, box in enumerate(boxes) if choices.get(box.item_id) == box.choice]
    if not marked:
        return tuple(answers)
    # The patch reaches as far as a box may have been moved within it.
    reach_mm = settings.patch_radius_mm - settings.snap_free_mm
    windows = box_windows(page, reach_mm, ink_threshold(page, settings), marked)
    streaked = {
        boxes[i].item_id
        for i, dark in zip(marked, windows.dark, strict=True)
        if _holds_only_a_line(dark, boxes[i].rect.width / 2, windows, settings)
        or _holds_only_a_line(dark.T, boxes[i].rect.width / 2, windows, settings)
    }
    return tuple(_doubted(answer) if answer.item_id in streaked else answer for answer in answers)


def _holds_only_a_line(dark: Dark, half_mm: float, windows: BoxWindows, settings: ReaderSettings) -> bool:
    """Whether a line comes in above the box, goes out below it, and little in the box is beside it."""
    px_per_mm, middle = windows.px_per_mm, (len(dark) - 1) / 2
    outside = int(len(dark) / 2 - (half_mm + AIR_MM) * px_per_mm)
    above, below = dark[:outside].mean(axis=0), dark[-outside:].mean(axis=0)
    if min(above.max(), below.max()) < settings.line_share:
        return False
    start, end = (float(np.flatnonzero(share >= settings.line_share).mean()) for share in (above, below))
    if abs(start - end) > settings.streak_mm * px_per_mm:
        return False
    inner = int((half_mm - AIR_MM) * px_per_mm)
    low, high = round(middle - inner), round(middle + inner) + 1
    at = np.linspace(start, end, len(dark))[low:high, None]
    on_line = np.abs(np.arange(low, high)[None, :] - at) <= settings.streak_mm * px_per_mm / 2 + 1
    inside = dark[low:high, low:high]
    runs_through = (inside & on_line).any(axis=1).mean() >= settings.line_share  # a ring does not
    return bool(runs_through) and int((inside & ~on_line).sum()) <= settings.stray_mm2 * px_per_mm**2


def _doubted(answer: Answer) -> Answer:
    reason = Reason("mark_unclear", (("choices", str(answer.choice)),))
    return replace(answer, choice=None, state=AnswerState.DOUBTFUL, reasons=(reason,))
