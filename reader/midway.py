"""Marks that hardly reach into their answer's box: does most of the ink lie between it and the next?

A large cross midway between two boxes may reach into one of them, and a window around that box cannot tell it from a
cross that only just belongs there. Where the centre of the ink is tells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from kryds.model.layout import BoxPlace
from kryds.model.reading import Answer, BoxMeasurement
from kryds.reader.patches import Ink, sample_boxes, to_ink
from kryds.reader.resolve import unclear
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import LocatedPage, RegisteredPage
from kryds.reader.stray import AIR_MM, BEYOND_MM, FREE_MM, smoothed, stray_threshold, streaks_in

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Reached:
    """A box that an answer's mark hardly reaches into, and the next boxes of its row.

    ``left`` and ``right`` are the choices there, and how far their middles are from this one's in mm; None at the ends
    of the row.
    """

    box: BoxPlace
    left: tuple[int, float] | None
    right: tuple[int, float] | None

    @property
    def ends_mm(self) -> tuple[float, float]:
        """From where to where the mark can lie, from the box's middle: as far as the next boxes, or some way beyond."""
        half = self.box.rect.width / 2
        left, right = (
            half + BEYOND_MM if each is None else each[1] - half - AIR_MM for each in (self.left, self.right)
        )
        return -left, right


def doubt_midway(
    answers: Sequence[Answer],
    measurements: Sequence[BoxMeasurement],
    located: LocatedPage,
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The answers; one whose mark lies about midway between its box and the next is put to a person."""
    reached = list(_reached(answers, measurements, located.registered, settings))
    if not reached:
        return tuple(answers)
    asides = _asides_mm(reached, located, settings)
    found = {
        each.box.item_id: sorted((each.box.choice, next_choice))
        for each, aside_mm in zip(reached, asides, strict=True)
        if (next_choice := _next_to_middle(each, aside_mm, settings)) is not None
    }
    return tuple(
        unclear(replace(answer, confidence=0.5), found[answer.item_id]) if answer.item_id in found else answer
        for answer in answers
    )


def _reached(
    answers: Sequence[Answer], measurements: Sequence[BoxMeasurement], page: RegisteredPage, settings: ReaderSettings
) -> Iterator[Reached]:
    """The answers' boxes with little ink inside and more around them, where they were found."""
    choices = {answer.item_id: answer.choice for answer in answers if answer.state.counts}
    for i, box in enumerate(measurements):
        hardly = box.inner_ink < settings.reached_ink and box.spill_ink > settings.beside_ink
        if hardly and choices.get(box.item_id) == box.choice:
            yield _with_neighbours(page, i)


def _with_neighbours(page: RegisteredPage, index: int) -> Reached:
    boxes = page.candidate.layout.boxes
    here = boxes[index]
    apart = [(box.choice, box.rect.centre.x - here.rect.centre.x) for box in boxes if box.item_id == here.item_id]
    left = max(((choice, x) for choice, x in apart if x < 0), key=lambda each: each[1], default=None)
    right = min(((choice, x) for choice, x in apart if x > 0), key=lambda each: each[1], default=None)
    found = replace(here, rect=here.rect.moved(*page.offset_mm[index]))
    return Reached(found, left and (left[0], -left[1]), right)


def _next_to_middle(reached: Reached, aside_mm: float, settings: ReaderSettings) -> int | None:
    """The choice of the next box, if ink so far to the right (or, below 0, left) may be meant for it as well."""
    towards = reached.right if aside_mm > 0 else reached.left
    if towards is None or abs(aside_mm) < towards[1] / 2 - settings.midway_mm:
        return None
    return towards[0]


def _asides_mm(reached: Sequence[Reached], located: LocatedPage, settings: ReaderSettings) -> list[float]:
    """How far to the right of each box's middle the centre of the ink in and around it is."""
    page = located.registered
    layout = replace(page.candidate.layout, boxes=tuple(each.box for each in reached))
    wide = replace(settings, patch_radius_mm=max(abs(end) for each in reached for end in each.ends_mm))
    patches = to_ink(sample_boxes(located.picture, page.candidate.registration, layout, wide), located.dark, wide)
    threshold = stray_threshold(page, settings)
    streak_px = round(settings.streak_mm * patches.px_per_mm)
    return [
        _aside_mm(each, smoothed(ink), (threshold, streak_px), patches.px_per_mm)
        for each, ink in zip(reached, patches.ink, strict=True)
    ]


def _aside_mm(reached: Reached, ink: Ink, limits: tuple[float, int], px_per_mm: float) -> float:
    """The mean place of what is ink around a box, streaks and the box's own line left out; 0 where there is none."""
    at_mm: Floats = (np.arange(len(ink), dtype=np.float64) - (len(ink) - 1) / 2) / px_per_mm
    half, (left, right) = reached.box.rect.width / 2, reached.ends_mm
    rows = np.abs(at_mm) < half + FREE_MM
    columns = (at_mm > left) & (at_mm < right)
    zone = ink[rows][:, columns]
    dark = (zone > limits[0]) & ~streaks_in(zone, *limits) & ~_line(at_mm[rows], at_mm[columns], half)
    return float(at_mm[columns][np.nonzero(dark)[1]].mean()) if dark.any() else 0.0


def _line(y_mm: Floats, x_mm: Floats, half_mm: float) -> npt.NDArray[np.bool_]:
    """Where a box's own line is printed, and what its blur darkens."""
    out_mm = np.maximum(np.abs(y_mm)[:, None], np.abs(x_mm)[None, :]) - half_mm
    return np.asarray(np.abs(out_mm) < AIR_MM, np.bool_)
