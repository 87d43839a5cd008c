"""Crosses that stand beside their box and hardly reach into it: is it a cross at all, and which box does it mean?

A person sees at once that such a mark is a cross, no letter, dot or dirt, and that it means the box it is far nearer to
than to any other. The network knows crosses in boxes; so it is shown the ink as it would look in an empty box. What
passes by, from above its row to below, is a crease or a stain.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from kryds.model.geometry import Rect
from kryds.model.layout import BoxPlace
from kryds.model.reading import Answer, AnswerState, BoxMeasurement
from kryds.reader.classify import is_vacant_box
from kryds.reader.network import WINDOW_HALF_MM, Chances, Likeness, mark_chances
from kryds.reader.page_pen import measure_pen
from kryds.reader.patches import Ink
from kryds.reader.resolve import decided, unclear
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import LocatedPage
from kryds.reader.stray import AIR_MM, BEYOND_MM, RULE_MM, SPECK_PX, smoothed, stray_threshold, streaks_in
from kryds.reader.surroundings import line_of, wide_patches
from kryds.reader.windows import box_windows, ink_threshold

Floats = npt.NDArray[np.float64]

#: Why a row is asked about that such a cross may answer.
_BY_INK = ("mark_unclear", "ink_beside")
#: Half the width of a printed line, its blur, and what the snap rounds (mm): so much of a stroke is lost beneath it.
LINE_MM = 0.4
#: Air left to the next row's ground, and the next box's (mm): two pixels.
EDGE_MM = 0.34
#: So many empty boxes of a page show what its boxes look like.
SHOWN = 9


@dataclass(frozen=True)
class Lone:
    """The only ink of a row: which box it means, and where its middle is (mm from the box's)."""

    box: BoxPlace
    x_mm: float
    y_mm: float


def trust_beside(
    answers: Sequence[Answer], measurements: Sequence[BoxMeasurement], located: LocatedPage, settings: ReaderSettings
) -> tuple[Answer, ...]:
    """The answers of a page; an open row whose only ink is a cross beside one of its boxes is answered by that."""
    inked = {box.item_id for box in measurements if box.inner_ink >= settings.reached_ink}
    empty = [i for i, box in enumerate(measurements) if is_vacant_box(box, settings)][:SHOWN]
    alone = [lone for item_id in sorted(asked_by_ink(answers) - inked) if (lone := _alone(item_id, located, settings))]
    if not alone or not empty:
        return tuple(answers)
    windows, pen = _windows_of(alone, located, settings), measure_pen(located.registered, settings)
    crossed = _as_in_a_box(windows, empty, located, settings)[:, Likeness.CROSSED] >= settings.beside_crossed
    is_pen = _darkness(windows, located, settings) >= settings.drop_dark * pen.darkness
    choices = {
        each.box.item_id: each.box.choice for each, is_cross in zip(alone, crossed & is_pen, strict=True) if is_cross
    }
    return decided(answers, choices, settings)


def doubt_passing(
    answers: Sequence[Answer], measurements: Sequence[BoxMeasurement], located: LocatedPage, settings: ReaderSettings
) -> tuple[Answer, ...]:
    """The answers of a page; one with nothing in its box, and ink that passes from rule to rule, is put to a person.

    A crease may pass the corner of a box; a ring around it is on both of its sides.
    """
    choices = {answer.item_id: answer.choice for answer in answers if answer.state.counts}
    suspect = {
        box.item_id
        for i, box in enumerate(measurements)
        if choices.get(box.item_id) == box.choice
        and box.inner_ink < settings.passed_ink
        and _is_passed(located.registered.layout_as_found.boxes[i], located, settings)
    }
    return tuple(
        unclear(replace(answer, confidence=0.5)) if answer.item_id in suspect else answer for answer in answers
    )


def asked_by_ink(answers: Sequence[Answer]) -> set[str]:
    """The items that are open because of ink that may be a mark, of whatever shape."""
    return {each.item_id for each in answers if each.state is AnswerState.DOUBTFUL and each.reasons[0].kind in _BY_INK}


def _is_passed(box: BoxPlace, located: LocatedPage, settings: ReaderSettings) -> bool:
    """Whether the ink near this box reaches from the rule above its row to the rule below, on one side of the box."""
    boxes, ground = row_of(box.item_id, located)
    ways_mm = row_ink_mm((boxes, ground), located, settings) - (box.rect.centre.x, box.rect.centre.y)
    x_mm, y_mm = ways_mm[np.abs(ways_mm[:, 0]) < 2 * WINDOW_HALF_MM].T
    if not len(y_mm) or float(np.ptp(y_mm)) < ground.height - 2 * EDGE_MM:
        return False
    beside_mm = x_mm[np.abs(y_mm) < box.rect.width / 2]
    return not ((beside_mm < 0).any() and (beside_mm > 0).any())


def _alone(item_id: str, located: LocatedPage, settings: ReaderSettings) -> Lone | None:
    """The ink of this item's row, if it is no more than one mark and surely means one box."""
    boxes, ground = row_of(item_id, located)
    inked_mm = row_ink_mm((boxes, ground), located, settings)
    if not len(inked_mm) or not _is_one_mark(inked_mm, ground):
        return None
    # The middle of a lopsided cross is not where most of its ink is, and dust beside it moves the middle.
    meant = [
        _meant(boxes, place_mm, ground, settings)
        for place_mm in (inked_mm.mean(axis=0), (inked_mm.min(axis=0) + inked_mm.max(axis=0)) / 2)
    ]
    return meant[0] if meant[0] and meant[1] and meant[0].box == meant[1].box else None


def _meant(boxes: Sequence[BoxPlace], place_mm: Floats, ground: Rect, settings: ReaderSettings) -> Lone | None:
    """Which box a mark at this place means; none if it is inside one, or not far nearer to it than to any other.

    What is left of a pale mark inside a box was put to a person for a reason that its shape does not take away.
    """
    ways_mm = place_mm - [(box.rect.centre.x, box.rect.centre.y) for box in boxes]
    away_mm = np.linalg.norm(ways_mm, axis=1)
    nearest, second = np.argsort(away_mm)[:2]
    x_mm, y_mm = ways_mm[nearest].tolist()
    # The next rows' boxes are a row's height away.
    next_mm = min(float(away_mm[second]), ground.height + 2 * RULE_MM - abs(y_mm))
    is_outside = max(abs(x_mm), abs(y_mm)) > boxes[nearest].rect.width / 2
    is_near = next_mm >= settings.beside_times * away_mm[nearest]
    return Lone(boxes[nearest], x_mm, y_mm) if is_outside and is_near else None


def row_of(item_id: str, located: LocatedPage) -> tuple[list[BoxPlace], Rect]:
    """The boxes of an item and where its marks may stand, as they were found."""
    layout = located.registered.layout_as_found
    boxes = [box for box in layout.boxes if box.item_id == item_id]
    return boxes, _ground(boxes, next(row.rect for row in layout.rows if row.item_id == item_id))


def _ground(boxes: Sequence[BoxPlace], row: Rect) -> Rect:
    """Where a row's marks may stand: its boxes, and what is free around them between its rules."""
    left, right = boxes[0].rect.x - BEYOND_MM, boxes[-1].rect.right + BEYOND_MM
    return Rect(left, row.y + RULE_MM, right - left, row.height - 2 * RULE_MM)


def _is_one_mark(inked_mm: Floats, ground: Rect) -> bool:
    """Whether ink is no larger than a mark in a box and ends before its ground does: it is no part of another."""
    least, most = inked_mm.min(axis=0), inked_mm.max(axis=0)
    is_within = (least > (ground.x + EDGE_MM, ground.y + EDGE_MM)).all()
    is_within &= (most < (ground.right - EDGE_MM, ground.bottom - EDGE_MM)).all()
    return bool(is_within and (most - least).max() < 2 * WINDOW_HALF_MM)


def row_ink_mm(
    row: tuple[Sequence[BoxPlace], Rect], located: LocatedPage, settings: ReaderSettings, least_ink: float = 0.0
) -> Floats:
    """Where ink, no paler than ``least_ink``, is on a row's ground: (N, 2) in layout millimetres.

    ``row``: its boxes and its ground. Specks, streaks and the boxes' lines are left out. Each place is seen in the
    patch of the box it is nearest to.
    """
    boxes, ground = row
    patches = wide_patches(boxes, located, settings)
    threshold = max(stray_threshold(located.registered, settings), least_ink)
    limits = threshold, round(settings.streak_mm * patches.px_per_mm)
    halfways = [(one.rect.right + other.rect.x) / 2 for one, other in pairwise(boxes)]
    edges = zip([ground.x, *halfways], [*halfways, ground.right], strict=True)
    found = []
    for box, (left, right), ink in zip(boxes, edges, patches.ink, strict=True):
        middle, at_mm = box.rect.centre, _places_mm(len(ink), patches.px_per_mm)
        is_x = (at_mm >= left - middle.x) & (at_mm < right - middle.x)
        is_y = (at_mm >= ground.y - middle.y) & (at_mm < ground.bottom - middle.y)
        seen = smoothed(ink)[is_y][:, is_x]
        dark = (seen > limits[0]) & ~streaks_in(seen, *limits) & ~line_of(box, at_mm[is_x], at_mm[is_y], AIR_MM)
        rows, columns = np.nonzero(_pieces(dark))
        found.append(np.stack([middle.x + at_mm[is_x][columns], middle.y + at_mm[is_y][rows]], axis=1))
    return np.concatenate(found)


def _pieces(dark: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """What is dark, specks left out."""
    _, labels, pieces, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8))
    is_piece = pieces[:, cv2.CC_STAT_AREA] >= SPECK_PX
    is_piece[0] = False  # the paper
    return np.asarray(is_piece[labels], np.bool_)


def _windows_of(alone: Sequence[Lone], located: LocatedPage, settings: ReaderSettings) -> Ink:
    """Each as in the middle of a window, the lines of its box left out: (N, 48, 48)."""
    moved = [replace(each.box, rect=each.box.rect.moved(each.x_mm, each.y_mm)) for each in alone]
    patches = wide_patches(moved, located, settings)
    side = round(2 * WINDOW_HALF_MM * patches.px_per_mm)
    start, at_mm = (patches.ink.shape[1] - side) // 2, _places_mm(side, patches.px_per_mm)
    windows = patches.ink[:, start : start + side, start : start + side].copy()
    for window, each in zip(windows, alone, strict=True):
        window[line_of(each.box, at_mm + each.x_mm, at_mm + each.y_mm, LINE_MM)] = 0
    return windows


def _as_in_a_box(windows: Ink, empty: Sequence[int], located: LocatedPage, settings: ReaderSettings) -> Chances:
    """What the network makes of each if it stood in the middle of an empty box of this page, (N, 6)."""
    page = located.registered
    blank = np.median(box_windows(page, WINDOW_HALF_MM, ink_threshold(page, settings), empty).ink, axis=0)
    return mark_chances(np.maximum(windows, blank), measure_pen(page, settings))


def _darkness(windows: Ink, located: LocatedPage, settings: ReaderSettings) -> Floats:
    """How dark what is ink in each window is, on average: 0 paper to 1 print."""
    dark = windows > ink_threshold(located.registered, settings)
    return np.asarray(np.where(dark, windows, 0).sum(axis=(1, 2)) / np.maximum(dark.sum(axis=(1, 2)), 1), np.float64)


def _places_mm(side_px: int, px_per_mm: float) -> Floats:
    return (np.arange(side_px, dtype=np.float64) - (side_px - 1) / 2) / px_per_mm
