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
    here, beside = dark[inside][:, inside], dark[row][:, between]
    if not here.any() or beside.any(axis=0).mean() < settings.line_share:
        return False
    start = np.flatnonzero(beside[:, : round(AIR_MM * px_per_mm)].any(axis=1))
    comes_in = len(start) > 0 and abs(at_mm[row][start].mean()) < half_mm - AIR_MM
    broad_mm = float(np.median(_heights(beside))) / px_per_mm
    is_as_broad = _heights(here) <= (broad_mm + settings.struck_more_mm) * px_per_mm
    return (
        comes_in
        and broad_mm <= settings.struck_mm
        and float(np.mean(is_as_broad)) >= settings.line_share
        and _ink_px(here) <= settings.struck_ink * _ink_px(beside)
    )


def _heights(dark: Dark) -> npt.NDArray[np.int64]:
    """How far the ink of each column that has any reaches from top to bottom, in pixels."""
    inked = dark[:, dark.any(axis=0)]
    return np.asarray(len(inked) - inked[::-1].argmax(axis=0) - inked.argmax(axis=0), np.int64)


def _ink_px(dark: Dark) -> float:
    """How many pixels of a column that has ink are ink, in the middle of all."""
    return float(np.median(dark.sum(axis=0)[dark.any(axis=0)]))
