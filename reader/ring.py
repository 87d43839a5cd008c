"""Rings: a person who circles a box, or draws an o in it, gives an answer where letters and words give none.

A ring has ink in all directions from its middle, and nothing near it. Around a box it leaves nothing inside, as no
letter does, and on both sides of the box it has ink as words have, but above and below as well. One in a box may be a
letter o, or a D: only by a hand that makes rings it is surely none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
import numpy.typing as npt

from kryds.model.reading import Answer, BoxMeasurement, Mark
from kryds.reader.beside import asked_by_ink, row_ink_mm, row_of
from kryds.reader.hand import lone_marks
from kryds.reader.network import Likeness
from kryds.reader.page_pen import measure_pen
from kryds.reader.resolve import decided, rows_of
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import LocatedPage

#: A ring is looked at in so many directions from its middle.
DIRECTIONS = 24
#: How small a ring is, and how large (mm): one that reaches the next boxes is around more than one.
LEAST_MM, MOST_MM = 1.0, 16.0


@dataclass(frozen=True)
class Ring:
    """Ink about the box of a choice that is hollow, and in how many directions it stands: from the box, and from it.

    The shares are 0 to 1; ``around_share`` is seen from the middle of the box, ``own_share`` from the ring's.
    """

    choice: int
    around_share: float
    own_share: float


def trust_rings(
    answers: Sequence[Answer],
    judged: tuple[Sequence[Mark], Sequence[BoxMeasurement]],
    located: LocatedPage,
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The answers of a page; an open row whose only ink is a ring about one of its boxes is answered by that.

    ``judged``: the marks of the page, as the network sees them, and what was measured of them; they run parallel.
    """
    marks, measurements = judged
    asked = asked_by_ink(answers)
    if not asked:
        return tuple(answers)
    lone = {item_id: mark for item_id, (mark, _) in lone_marks(marks, measurements).items()}
    rows = rows_of(marks, measurements)
    least_ink = settings.words_ink * measure_pen(located.registered, settings).darkness
    ringed: dict[str, int] = {}
    for item_id in sorted(asked):
        ring = _ring_of(item_id, located, least_ink, settings)
        inked = [mark.choice for mark, box in rows[item_id] if box.inner_ink >= settings.passed_ink]
        others = [mark for other, mark in lone.items() if other != item_id]
        if ring and _is_meant(ring, inked, others, settings):
            ringed[item_id] = ring.choice
    return decided(answers, ringed, settings)


def _is_meant(ring: Ring, inked: Sequence[int], others: Sequence[Mark], settings: ReaderSettings) -> bool:
    """Whether a ring answers its row: it goes around a box, or is in one and the hand's ``others`` look as rings do.

    ``inked`` are the choices of the row with ink in their boxes.
    """
    if not inked:
        return ring.around_share >= settings.ring_share
    return inked == [ring.choice] and ring.own_share >= settings.ring_share and _makes_rings(others, settings)


def _makes_rings(others: Sequence[Mark], settings: ReaderSettings) -> bool:
    """Whether half of these marks look as rings do, a little written."""
    enough = len(others) >= settings.hand_rows
    return enough and median(mark.chances[Likeness.WRITTEN] for mark in others) >= settings.hand_rings


def _ring_of(item_id: str, located: LocatedPage, least_ink: float, settings: ReaderSettings) -> Ring | None:
    """What all ink of this item's row, no paler than ``least_ink``, makes; None if it is no ring about one box."""
    row = row_of(item_id, located)
    places_mm = row_ink_mm(row, located, settings, least_ink)
    if not len(places_mm):
        return None
    low_mm, high_mm = places_mm.min(axis=0), places_mm.max(axis=0)
    middle_mm, size_mm = (low_mm + high_mm) / 2, high_mm - low_mm
    box = min(row[0], key=lambda box: abs(box.rect.centre.x - float(middle_mm[0])))
    box_mm = np.array((box.rect.centre.x, box.rect.centre.y))
    is_about = np.abs(middle_mm - box_mm).max() <= box.rect.width / 2
    if not is_about or size_mm.min() < LEAST_MM or size_mm.max() > MOST_MM:
        return None
    radii = 2 * np.linalg.norm((places_mm - middle_mm) / size_mm, axis=1)
    if (radii < settings.ring_hole).mean() > settings.ring_inside:
        return None
    return Ring(box.choice, _share_of_directions(places_mm - box_mm), _share_of_directions(places_mm - middle_mm))


def _share_of_directions(ways_mm: npt.NDArray[np.float64]) -> float:
    """In how many of all directions there is something, of places so far to the right and below."""
    turn = np.arctan2(ways_mm[:, 1], ways_mm[:, 0]) / (2 * np.pi) % 1
    return len(np.unique((turn * DIRECTIONS).astype(int) % DIRECTIONS)) / DIRECTIONS
