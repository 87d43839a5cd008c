"""Boxes measured -> Mark: the chances of each box's states, and its verdict.

Most boxes of a sheet are empty and show it: paper, no trace. Only the others are looked at by the network. What is
not likely enough to be anything is doubtful: the honest default. Judging boxes together is resolve.py's work.
"""

from collections.abc import Sequence

from kryds.model.reading import BoxMeasurement, BoxState, Mark
from kryds.reader.network import WINDOW_HALF_MM, mark_chances
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import RegisteredPage
from kryds.reader.windows import box_windows, ink_threshold

Chances = tuple[float, float, float, float]

#: The order of a mark's chances.
STATES = (BoxState.EMPTY, BoxState.CROSSED, BoxState.CANCELLED, BoxState.DOUBTFUL)
#: Chances of a box without ink or trace. What is left is ink that the scanner lost before anybody saw it.
VACANT: Chances = (0.9998, 0.0001, 0.0, 0.0001)


def classify_boxes(
    page: RegisteredPage, measurements: Sequence[BoxMeasurement], settings: ReaderSettings
) -> tuple[Mark, ...]:
    """The verdict on each box of a page, in the order of its measurements."""
    looked_at = [i for i, box in enumerate(measurements) if not is_vacant_box(box, settings)]
    windows = box_windows(page, WINDOW_HALF_MM, ink_threshold(page, settings), looked_at)
    chances: list[Chances] = [VACANT] * len(measurements)
    for i, row in zip(looked_at, mark_chances(windows.ink).tolist(), strict=True):
        chances[i] = (row[0], row[1], row[2], row[3])
    return tuple(_mark(box, each, settings) for box, each in zip(measurements, chances, strict=True))


def is_vacant_box(box: BoxMeasurement, settings: ReaderSettings) -> bool:
    """Whether a box is plainly empty: no ink, no trace, nothing at its rim."""
    return (
        box.inner_ink <= settings.vacant_ink
        and box.trace_ink <= settings.vacant_trace
        and box.spill_ink <= settings.vacant_spill
    )


def _mark(box: BoxMeasurement, chances: Chances, settings: ReaderSettings) -> Mark:
    best = chances.index(max(chances))
    state = STATES[best] if chances[best] >= settings.box_sure else BoxState.DOUBTFUL
    rounded = tuple(round(chance, 5) for chance in chances)
    return Mark(
        box.item_id, box.choice, state, round(chances[best], 4), (rounded[0], rounded[1], rounded[2], rounded[3])
    )
