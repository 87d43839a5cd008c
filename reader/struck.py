"""Rows struck through: where a line comes from the next box, it is no mark in the one where it happens to end.

In the window around one box the end of a line looks like the stroke of a pen. It came through the box before, and all
the way between the two, as thin there as here; a dash that is meant for a box, or an arm of a cross, does not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from kryds.model.layout import BoxPlace
from kryds.model.reading import Answer, BoxMeasurement
from kryds.reader.classify import is_vacant_box
from kryds.reader.resolve import unclear
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import LocatedPage
from kryds.reader.stray import AIR_MM, FREE_MM, smoothed, stray_threshold
from kryds.reader.surroundings import AROUND_HALF_MM, wide_patches

Dark = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Side:
    """An answer's box, and on which side of it there is something in the next: -1 left, 1 right."""

    box: BoxPlace
    way: int


def doubt_struck(
    answers: Sequence[Answer], measurements: Sequence[BoxMeasurement], located: LocatedPage, settings: ReaderSettings
) -> tuple[Answer, ...]:
    """The answers of a page; one whose box holds nothing but a line from the next box is put to a person."""
    sides = list(_sides(answers, measurements, located, settings))
    if not sides:
        return tuple(answers)
    patches = wide_patches([side.box for side in sides], located, settings)
    least = stray_threshold(located.registered, settings)
    struck = {
        side.box.item_id
        for side, ink in zip(sides, patches.ink, strict=True)
        if _is_line(smoothed(ink)[:, :: side.way] > least, side.box, patches.px_per_mm, settings)
    }
    return tuple(unclear(replace(answer, confidence=0.5)) if answer.item_id in struck else answer for answer in answers)


def _sides(
    answers: Sequence[Answer], measurements: Sequence[BoxMeasurement], located: LocatedPage, settings: ReaderSettings
) -> Iterator[Side]:
    choices = {answer.item_id: answer.choice for answer in answers if answer.state.counts}
    boxes = located.registered.layout_as_found.boxes
    inked = [not is_vacant_box(box, settings) for box in measurements]
    for i, box in enumerate(boxes):
        if choices.get(box.item_id) != box.choice:
            continue
        for way in (-1, 1):
            beside = i + way
            if 0 <= beside < len(boxes) and boxes[beside].item_id == box.item_id and inked[beside]:
                yield Side(box, way)


def _is_line(dark: Dark, box: BoxPlace, px_per_mm: float, settings: ReaderSettings) -> bool:
    """Whether a thin line comes from the right edge of this patch about a box into it, and nothing else is there."""
    at_mm = (np.arange(len(dark)) + 0.5) / px_per_mm - AROUND_HALF_MM
    half_mm = box.rect.width / 2
    row = np.abs(at_mm) < half_mm + FREE_MM
    inside, between = np.abs(at_mm) < half_mm - AIR_MM, at_mm > half_mm + AIR_MM
    here_mm, beside_mm = (_heights(part) / px_per_mm for part in (dark[inside][:, inside], dark[row][:, between]))
    if not here_mm.any() or np.mean(beside_mm > 0) < settings.line_share:
        return False
    broad_mm = float(np.median(beside_mm[beside_mm > 0]))
    is_as_broad = here_mm[here_mm > 0] <= broad_mm + settings.struck_more_mm
    return broad_mm <= settings.struck_mm and float(np.mean(is_as_broad)) >= settings.line_share


def _heights(dark: Dark) -> npt.NDArray[np.int64]:
    """How far the ink of each column reaches from top to bottom, in pixels; 0 where there is none."""
    first, last = dark.argmax(axis=0), len(dark) - dark[::-1].argmax(axis=0)
    return np.where(dark.any(axis=0), last - first, 0)
