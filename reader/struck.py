"""Rows struck through: a line from box to box is no mark where it happens to end, and takes back what it runs over.

In the window around one box the end of a line looks like the stroke of a pen. It came through the box before, and all
the way between the two, as thin there as here; a dash that is meant for a box, or an arm of a cross, does not. A line
through all boxes of a row that holds a cross as well was drawn over it, unless it runs on into the margin: so do
creases, and the streaks of a scanner.
"""

from collections import Counter
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

#: So far right of a row (mm) is the margin looked at, from half as far to half as far again.
MARGIN_MM = 4.0

Dark = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Side:
    """An answer's box, and on which side of it there is something in the next: -1 left, 1 right."""

    box: BoxPlace
    way: int


def doubt_struck(
    answers: Sequence[Answer], measurements: Sequence[BoxMeasurement], located: LocatedPage, settings: ReaderSettings
) -> tuple[Answer, ...]:
    """The answers of a page; one by a line from the next box, or whose row is struck through, is put to a person."""
    struck = _ended_in(answers, measurements, located, settings) | _run_over(answers, measurements, located, settings)
    return tuple(unclear(replace(answer, confidence=0.5)) if answer.item_id in struck else answer for answer in answers)


def _ended_in(
    answers: Sequence[Answer], measurements: Sequence[BoxMeasurement], located: LocatedPage, settings: ReaderSettings
) -> set[str]:
    """The items whose answer's box holds nothing but a line from the next box."""
    sides = list(_sides(answers, measurements, located, settings))
    darks = _darks([side.box for side in sides], located, settings)
    return {
        side.box.item_id
        for side, dark in zip(sides, darks, strict=True)
        if _is_line(dark[:, :: side.way], side.box, settings)
    }


def _run_over(
    answers: Sequence[Answer], measurements: Sequence[BoxMeasurement], located: LocatedPage, settings: ReaderSettings
) -> set[str]:
    """The items with an answer and a line through their boxes that ends with the row."""
    choices = {answer.item_id: answer.choice for answer in answers if answer.state.counts}
    others = [box for box in measurements if choices.get(box.item_id, box.choice) != box.choice]
    inked = Counter(box.item_id for box in others if not is_vacant_box(box, settings))
    # A line along the edge of a box leaves nothing in it.
    suspect = [
        item_id for item_id, count in Counter(box.item_id for box in others).items() if 2 * inked[item_id] > count
    ]
    return {item_id for item_id in suspect if _is_struck(item_id, located, settings)}


def _is_struck(item_id: str, located: LocatedPage, settings: ReaderSettings) -> bool:
    """Whether a thin line runs from each box of the row to the next, and not into the margin."""
    layout = located.registered.layout_as_found
    boxes = [box for box in layout.boxes if box.item_id == item_id]
    last, right = boxes[-1], next(row.rect.right for row in layout.rows if row.item_id == item_id)
    margin = replace(last, rect=last.rect.moved(right + MARGIN_MM - last.rect.centre.x, 0.0))
    *on, end = _darks([*boxes[:-1], margin], located, settings)
    is_through = all(_is_thin(_right_of(dark, box), settings) for dark, box in zip(on, boxes, strict=False))
    return is_through and not _goes_by(end, settings)


def _darks(boxes: Sequence[BoxPlace], located: LocatedPage, settings: ReaderSettings) -> list[Dark]:
    """Where there is ink around these places, as far as surroundings go: (S, S) each."""
    least = stray_threshold(located.registered, settings)
    return [smoothed(ink) > least for ink in wide_patches(boxes, located, settings).ink] if boxes else []


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


def _is_line(dark: Dark, box: BoxPlace, settings: ReaderSettings) -> bool:
    """Whether a thin line comes from the right edge of this patch about a box into it, and nothing else is there."""
    at_mm, half_mm = _at_mm(dark), box.rect.width / 2
    inside = np.abs(at_mm) < half_mm - AIR_MM
    here, beside = dark[inside][:, inside], _right_of(dark, box)
    if not here.any() or not _is_thin(beside, settings):
        return False
    start = np.flatnonzero(beside[:, : round(AIR_MM * settings.patch_px_per_mm)].any(axis=1))
    row = np.abs(at_mm) < half_mm + FREE_MM
    comes_in = len(start) > 0 and abs(at_mm[row][start].mean()) < half_mm - AIR_MM
    broad_px = float(np.median(_heights(beside)))
    is_as_broad = _heights(here) <= broad_px + settings.struck_more_mm * settings.patch_px_per_mm
    return (
        comes_in
        and float(np.mean(is_as_broad)) >= settings.line_share
        and _ink_px(here) <= settings.struck_ink * _ink_px(beside)
    )


def _right_of(dark: Dark, box: BoxPlace) -> Dark:
    """What is right of the box in this patch about it, as high as nothing is printed."""
    at_mm, half_mm = _at_mm(dark), box.rect.width / 2
    return dark[np.abs(at_mm) < half_mm + FREE_MM][:, at_mm > half_mm + AIR_MM]


def _is_thin(dark: Dark, settings: ReaderSettings) -> bool:
    """Whether a thin line, and no more, runs through this from left to right."""
    through = dark.any(axis=0).mean() >= settings.line_share
    return bool(through) and float(np.median(_heights(dark))) <= settings.struck_mm * settings.patch_px_per_mm


def _goes_by(dark: Dark, settings: ReaderSettings) -> bool:
    """Whether something runs through the middle of this patch from left to right."""
    return bool(dark[:, np.abs(_at_mm(dark)) < MARGIN_MM / 2].any(axis=0).mean() >= settings.line_share)


def _at_mm(dark: Dark) -> npt.NDArray[np.float64]:
    """How far the columns of a patch are from its middle, to the right; or its rows, down."""
    return (np.arange(len(dark)) + 0.5) * 2 * AROUND_HALF_MM / len(dark) - AROUND_HALF_MM


def _heights(dark: Dark) -> npt.NDArray[np.int64]:
    """How far the ink of each column that has any reaches from top to bottom, in pixels."""
    inked = dark[:, dark.any(axis=0)]
    return np.asarray(len(inked) - inked[::-1].argmax(axis=0) - inked.argmax(axis=0), np.int64)


def _ink_px(dark: Dark) -> float:
    """How many pixels of a column that has ink are ink, in the middle of all."""
    return float(np.median(dark.sum(axis=0)[dark.any(axis=0)]))
