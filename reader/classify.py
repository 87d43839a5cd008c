"""Boxes measured -> Mark: the chances of each box's states, and its verdict.

Most boxes of a sheet are empty and show it: paper, no trace. Only the others are looked at by the network. What is
not likely enough to be anything is doubtful: the honest default. Judging boxes together is resolve.py's work.
"""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from kryds.model.reading import BoxMeasurement, BoxState, Mark
from kryds.reader.network import WINDOW_HALF_MM, Likeness, mark_chances, second_chances
from kryds.reader.page_pen import measure_pen
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import LocatedPage, RegisteredPage
from kryds.reader.surroundings import surroundings
from kryds.reader.windows import box_windows, ink_threshold

#: What a box is said to be that is surely like this.
STATE_OF: Mapping[Likeness, BoxState] = {
    Likeness.EMPTY: BoxState.EMPTY,
    Likeness.CROSSED: BoxState.CROSSED,
    Likeness.CANCELLED: BoxState.CANCELLED,
    Likeness.UNCLEAR: BoxState.DOUBTFUL,
    Likeness.TOUCHED: BoxState.DOUBTFUL,
    Likeness.WRITTEN: BoxState.DOUBTFUL,
}
#: Chances of a box without ink or trace. What is left is ink that the scanner lost before anybody saw it.
VACANT = (0.9998, 0.0001, 0.0, 0.0001, 0.0, 0.0)


def classify_boxes(
    page: RegisteredPage, measurements: Sequence[BoxMeasurement], settings: ReaderSettings
) -> tuple[Mark, ...]:
    """The verdict on each box of a page, in the order of its measurements."""
    looked_at = [i for i, box in enumerate(measurements) if not is_vacant_box(box, settings)]
    windows = box_windows(page, WINDOW_HALF_MM, ink_threshold(page, settings), looked_at)
    chances: list[Sequence[float]] = [VACANT] * len(measurements)
    if looked_at:
        seen = mark_chances(windows.ink, measure_pen(page, settings, looked_at))
        for i, row in zip(looked_at, seen.round(5).tolist(), strict=True):
            chances[i] = row
    return tuple(judged(box, each, settings) for box, each in zip(measurements, chances, strict=True))


def look_again(
    located: LocatedPage, marks: Sequence[Mark], unsure: Collection[str], settings: ReaderSettings
) -> tuple[Mark, ...]:
    """The marks of a page, the boxes of the ``unsure`` items that were looked at before judged by their surroundings.

    So few rows are unsure that the further looks cost next to nothing.
    """
    page = located.registered
    looked_at = [i for i, mark in enumerate(marks) if mark.chances != VACANT]
    again = [i for i in looked_at if marks[i].item_id in unsure]
    windows = box_windows(page, WINDOW_HALF_MM, ink_threshold(page, settings), again)
    views = windows.ink, surroundings(located, again, settings)
    first = np.array([marks[i].chances for i in again]).reshape(-1, len(Likeness))
    seen = second_chances(first, views, measure_pen(page, settings, looked_at))
    seen_again = dict(zip(again, seen.round(5).tolist(), strict=True))
    return tuple(judged(mark, seen_again[i], settings) if i in seen_again else mark for i, mark in enumerate(marks))


def is_vacant_box(box: BoxMeasurement, settings: ReaderSettings) -> bool:
    """Whether a box is plainly empty: no ink, no trace, nothing at its rim."""
    return (
        box.inner_ink <= settings.vacant_ink
        and box.trace_ink <= settings.vacant_trace
        and box.spill_ink <= settings.vacant_spill
    )


def judged(box: BoxMeasurement | Mark, chances: Sequence[float], settings: ReaderSettings) -> Mark:
    """The verdict on a box with these chances."""
    best = chances.index(max(chances))
    state = STATE_OF[Likeness(best)] if chances[best] >= settings.box_sure else BoxState.DOUBTFUL
    return Mark(box.item_id, box.choice, state, round(chances[best], 4), tuple(chances))
