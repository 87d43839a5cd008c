"""Marks that hardly reach into their answer's box: does most of the ink lie between it and the next?

A large cross midway between two boxes may reach into one of them, and a window around that box cannot tell it from a
cross that only just belongs there. Where the centre of the ink is tells; so it does of a cross between two rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from kryds.model.layout import BoxPlace
from kryds.model.reading import Answer, BoxMeasurement, Mark
from kryds.reader.network import Likeness
from kryds.reader.patches import Ink, sample_boxes, to_ink
from kryds.reader.resolve import unclear
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import LocatedPage, RegisteredPage
from kryds.reader.stray import AIR_MM, BEYOND_MM, FREE_MM, smoothed, stray_threshold, streaks_in
from kryds.reader.surroundings import line_of

Floats = npt.NDArray[np.float64]

#: So much of a mark that stands on a rule is looked at beyond it; its centre is no farther from it (mm).
OVER_MM, ON_RULE_MM = 2.0, 0.4


@dataclass(frozen=True)
class Reached:
    """A box that an answer's mark hardly reaches into, and the next boxes of its row.

    ``left`` and ``right`` are the choices there, and how far their middles are from this one's in mm; None at the ends
    of the row. ``rules_mm`` is how far the rules above and below its row are.
    """

    box: BoxPlace
    left: tuple[int, float] | None
    right: tuple[int, float] | None
    rules_mm: tuple[float, float]

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
    found = {
        each.box.item_id: choices
        for each, centre_mm in zip(reached, _centres_mm(reached, located, settings), strict=True)
        if (choices := _perhaps_meant(each, centre_mm, settings))
    }
    return tuple(
        unclear(replace(answer, confidence=0.5), found[answer.item_id]) if answer.item_id in found else answer
        for answer in answers
    )


def doubt_reaching(
    answers: Sequence[Answer],
    marks: Sequence[Mark],
    measurements: Sequence[BoxMeasurement],
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The answers; one whose mark hardly reaches into its box and looks rather unclear than crossed is a question.

    ``marks`` and ``measurements`` run parallel. The centre of a mark that a scan broke to pieces tells less.
    """
    choices = {answer.item_id: answer.choice for answer in answers if answer.state.counts}
    unlike = {
        mark.item_id
        for mark, box in zip(marks, measurements, strict=True)
        if choices.get(mark.item_id) == mark.choice
        and _is_hardly_reached(box, settings)
        and mark.chances[Likeness.UNCLEAR] > mark.chances[Likeness.CROSSED]
    }
    return tuple(unclear(answer) if answer.item_id in unlike else answer for answer in answers)


def _is_hardly_reached(box: BoxMeasurement, settings: ReaderSettings) -> bool:
    return box.inner_ink < settings.reached_ink and box.spill_ink > settings.beside_ink


def _reached(
    answers: Sequence[Answer], measurements: Sequence[BoxMeasurement], page: RegisteredPage, settings: ReaderSettings
) -> Iterator[Reached]:
    """The answers' boxes with little ink inside and more around them, where they were found."""
    choices = {answer.item_id: answer.choice for answer in answers if answer.state.counts}
    for i, box in enumerate(measurements):
        if _is_hardly_reached(box, settings) and choices.get(box.item_id) == box.choice:
            yield _with_neighbours(page, i)


def _with_neighbours(page: RegisteredPage, index: int) -> Reached:
    boxes = page.candidate.layout.boxes
    here = boxes[index]
    apart = [(box.choice, box.rect.centre.x - here.rect.centre.x) for box in boxes if box.item_id == here.item_id]
    left = max(((choice, x) for choice, x in apart if x < 0), key=lambda each: each[1], default=None)
    right = min(((choice, x) for choice, x in apart if x > 0), key=lambda each: each[1], default=None)
    found = replace(here, rect=here.rect.moved(*page.offset_mm[index]))
    row = next(row.rect for row in page.candidate.layout.rows if row.item_id == here.item_id)
    rules_mm = here.rect.centre.y - row.y, row.bottom - here.rect.centre.y
    return Reached(found, left and (left[0], -left[1]), right, rules_mm)


def _perhaps_meant(reached: Reached, centre_mm: tuple[float, float], settings: ReaderSettings) -> list[int]:
    """The choices a mark may mean, if its ink so far to the right and below may mean another box as well; else none."""
    x_mm, y_mm = centre_mm
    if abs(y_mm) > reached.rules_mm[y_mm > 0] - ON_RULE_MM:
        return [reached.box.choice]
    towards = reached.right if x_mm > 0 else reached.left
    if towards is None or abs(x_mm) < towards[1] / 2 - settings.midway_mm:
        return []
    return sorted((reached.box.choice, towards[0]))


def _centres_mm(
    reached: Sequence[Reached], located: LocatedPage, settings: ReaderSettings
) -> list[tuple[float, float]]:
    """How far to the right of each box's middle, and below it, the centre of the ink in and around it is."""
    page = located.registered
    layout = replace(page.candidate.layout, boxes=tuple(each.box for each in reached))
    reach_mm = max(abs(end) for each in reached for end in (*each.ends_mm, *np.add(each.rules_mm, OVER_MM)))
    wide = replace(settings, patch_radius_mm=float(reach_mm))
    patches = to_ink(sample_boxes(located.picture, page.candidate.registration, layout, wide), located.dark, wide)
    threshold = stray_threshold(page, settings)
    streak_px = round(settings.streak_mm * patches.px_per_mm)
    return [
        _centre_mm(each, smoothed(ink), (threshold, streak_px), patches.px_per_mm)
        for each, ink in zip(reached, patches.ink, strict=True)
    ]


def _centre_mm(reached: Reached, ink: Ink, limits: tuple[float, int], px_per_mm: float) -> tuple[float, float]:
    """The mean place of what is ink beside a box, and of what is above and below it; 0 where there is none.

    ``limits``: the darkness from which there is ink, and the width of a streak in pixels.
    """
    at_mm: Floats = (np.arange(len(ink), dtype=np.float64) - (len(ink) - 1) / 2) / px_per_mm
    near_mm = reached.box.rect.width / 2 + FREE_MM
    up_mm, down_mm = np.add(reached.rules_mm, OVER_MM)

    def dark(x_mm: tuple[float, float], y_mm: tuple[float, float]) -> tuple[npt.NDArray[np.bool_], Floats, Floats]:
        columns, rows = (at_mm[(at_mm > start) & (at_mm < end)] for start, end in (x_mm, y_mm))
        zone = ink[np.isin(at_mm, rows)][:, np.isin(at_mm, columns)]
        line = line_of(reached.box, columns, rows, AIR_MM)
        return (zone > limits[0]) & ~streaks_in(zone, *limits) & ~line, columns, rows

    beside, columns, _ = dark(reached.ends_mm, (-near_mm, near_mm))
    upright, _, rows = dark((-near_mm, near_mm), (-up_mm, down_mm))
    upright = _reaching(upright, np.abs(rows) < near_mm)
    return _mean_mm(columns[np.nonzero(beside)[1]]), _mean_mm(rows[np.nonzero(upright)[0]])


def _reaching(dark: npt.NDArray[np.bool_], near: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """The pieces of what is dark that reach into the rows ``near`` the box; what else there is belongs to the next."""
    count, labels = cv2.connectedComponents(dark.astype(np.uint8))
    reaches = np.zeros(count, np.bool_)
    reaches[labels[near]] = True
    return np.asarray(dark & reaches[labels], np.bool_)


def _mean_mm(places_mm: Floats) -> float:
    return float(places_mm.mean()) if len(places_mm) else 0.0
