"""Ink around the boxes of a row that seems blank: a cross midway between two touches neither, one above touches none.

Only blank rows are looked at so, and there are few: a row with a mark in a box is not doubted for a note beside it,
unless words.py has another reason to.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from kryds.model.geometry import Rect
from kryds.model.layout import BoxPlace, PageLayout
from kryds.model.reading import Answer, AnswerState, BoxMeasurement, Reason
from kryds.reader.page_pen import measure_pen
from kryds.reader.patches import Ink, sample_boxes, to_ink
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import LocatedPage, RegisteredPage

#: Air left to a box on either side, for its line and what the snap rounds (mm).
AIR_MM = 0.6
#: How far above, below and beside the boxes nothing is printed (mm): what the sheet keeps free around every box.
FREE_MM = 1.4
#: Standard deviation of the smoothing, in patch pixels (0.17 mm), and what it leaves of the noise of single pixels.
SMOOTH_PX, SMOOTHED_NOISE = 1.0, 0.28
#: A piece smaller than this (0.25 mm2, smoothed) is a speck; so is one all alone between two boxes and no longer than
#: this: dust is up to 0.8 mm across, 1.6 mm smoothed, and what is left of a pale stroke is in several pieces.
SPECK_PX, LONE_SPECK_MM = 9, 1.8
#: A stroke, or a streak, is one where it is paler than what makes ink, down to this share of it.
PALE_SHARE = 0.6
#: How far (2 mm) a streak may be lost in the noise and still be one streak; a stroke has no such holes.
PALE_PX = 13
#: Air left to the rules above and below a row (mm), and how high what is left must be to be worth a look.
RULE_MM, LEAST_GAP_MM = 1.0, 0.8
#: How far aside of a box what stands above or below it is looked at (mm): its corners are in no gap between boxes.
ASIDE_MM = 2.0
#: How far beyond the outermost boxes a mark may still be meant for them (mm).
BEYOND_MM = 4.0


@dataclass(frozen=True)
class Gap:
    """A place of a row where no box stands: ``rect`` in layout mm, and the ``choices`` of the boxes next to it."""

    item_id: str
    rect: Rect
    choices: tuple[int, ...]


def doubt_stray(
    answers: Sequence[Answer], measurements: Sequence[BoxMeasurement], located: LocatedPage, settings: ReaderSettings
) -> tuple[Answer, ...]:
    """The answers, blank ones put to a person where ink stands between or beside the row's boxes."""
    blank = {answer.item_id for answer in answers if answer.state is AnswerState.BLANK}
    by_gap = _most_inked(sorted(blank), answers, located, settings)
    by_rim = {box.item_id: (box.choice,) for box in measurements if box.spill_ink > settings.rim_ink}
    near = {item_id: by_gap.get(item_id) or by_rim.get(item_id) for item_id in blank}
    return tuple(_doubted(answer, near.get(answer.item_id)) for answer in answers)


def _most_inked(
    blank: Sequence[str], answers: Sequence[Answer], located: LocatedPage, settings: ReaderSettings
) -> dict[str, tuple[int, ...]]:
    """The choices next to which there is most of the ink that stands outside the boxes of these items, by item."""
    page = located.registered
    gaps = [gap for item_id in blank for gap in (*_gaps(page, item_id), *_above_and_below(page, item_id))]
    least_ink = settings.stray_dark * measure_pen(page, settings).darkness if gaps else 0.0
    areas_mm2 = _stray_mm2(gaps, located, settings, least_ink)
    of_row: dict[str, float] = {}
    for gap, area_mm2 in zip(gaps, areas_mm2, strict=True):
        of_row[gap.item_id] = of_row.get(gap.item_id, 0.0) + area_mm2
    if max(of_row.values(), default=0.0) <= settings.stray_mm2:
        return {}
    quiet_mm2 = _stray_mm2(_quiet_gaps(answers, page), located, settings, least_ink)
    is_peppered = sum(area_mm2 > settings.stray_mm2 for area_mm2 in quiet_mm2) > settings.pepper_share * len(quiet_mm2)
    by_ink = sorted(zip(areas_mm2, gaps, strict=True), key=lambda each: each[0])
    # A mark may be in several gaps of its row; pepper is in all of them.
    return {
        gap.item_id: gap.choices
        for area_mm2, gap in by_ink
        if (area_mm2 > settings.pepper_mm2 if is_peppered else of_row[gap.item_id] > settings.stray_mm2)
    }


def ink_between_mm2(
    items: Mapping[str, int | None], located: LocatedPage, least_ink: float, settings: ReaderSettings
) -> dict[str, float]:
    """How much ink, no paler than ``least_ink``, stands between and beside the boxes of these items, by item.

    Specks and streaks are left out, and so is what stands next to the choice an item is given with.
    """
    gaps = [gap for item_id in items for gap in _gaps(located.registered, item_id) if items[item_id] not in gap.choices]
    found = dict.fromkeys(items, 0.0)
    for gap, area_mm2 in zip(gaps, _stray_mm2(gaps, located, settings, least_ink), strict=True):
        found[gap.item_id] += area_mm2
    return found


def ink_at_sides_mm2(
    choices: Mapping[str, int], located: LocatedPage, least_ink: float, settings: ReaderSettings
) -> dict[str, list[float]]:
    """How much ink, no paler than ``least_ink``, stands left and right of each item's choice."""
    gaps = [gap for item_id in choices for gap in _gaps(located.registered, item_id) if choices[item_id] in gap.choices]
    areas_mm2: dict[str, list[float]] = {item_id: [] for item_id in choices}
    for gap, area_mm2 in zip(gaps, _stray_mm2(gaps, located, settings, least_ink), strict=True):
        areas_mm2[gap.item_id].append(area_mm2)
    return areas_mm2


def _quiet_gaps(answers: Sequence[Answer], page: RegisteredPage) -> list[Gap]:
    """The places of answered rows that are not beside the answer: what ink is there is on the whole page."""
    answered = (answer for answer in answers if answer.state is AnswerState.ANSWERED)
    return [gap for answer in answered for gap in _gaps(page, answer.item_id) if answer.choice not in gap.choices]


def _gaps(page: RegisteredPage, item_id: str) -> Iterator[Gap]:
    """The places between an item's boxes and beside its outermost, where the boxes were found."""
    layout = page.layout_as_found
    boxes = [(box.choice, box.rect) for box in layout.boxes if box.item_id == item_id]
    (first, left), (last, right) = boxes[0], boxes[-1]
    top, height = left.y - FREE_MM, left.height + 2 * FREE_MM
    yield Gap(item_id, Rect(left.x - BEYOND_MM, top, BEYOND_MM - AIR_MM, height), (first,))
    for (choice, box), (next_choice, next_box) in pairwise(boxes):
        width = next_box.x - box.right - 2 * AIR_MM
        yield Gap(item_id, Rect(box.right + AIR_MM, box.y - FREE_MM, width, height), (choice, next_choice))
    yield Gap(item_id, Rect(right.right + AIR_MM, right.y - FREE_MM, BEYOND_MM - AIR_MM, height), (last,))


def _above_and_below(page: RegisteredPage, item_id: str) -> Iterator[Gap]:
    """The places above and below an item's boxes, as far as its row goes."""
    layout = page.layout_as_found
    row = next(row.rect for row in layout.rows if row.item_id == item_id)
    for box in layout.boxes:
        if box.item_id == item_id:
            width = box.rect.width + 2 * ASIDE_MM
            top, bottom = (
                max(row.y + RULE_MM, box.rect.y - BEYOND_MM),
                min(row.bottom - RULE_MM, box.rect.bottom + BEYOND_MM),
            )
            for start, end in ((top, box.rect.y - AIR_MM), (box.rect.bottom + AIR_MM, bottom)):
                if end - start >= LEAST_GAP_MM:
                    yield Gap(item_id, Rect(box.rect.x - ASIDE_MM, start, width, end - start), (box.choice,))


def _stray_mm2(
    gaps: Sequence[Gap], located: LocatedPage, settings: ReaderSettings, least_ink: float = 0.0
) -> list[float]:
    """How much of each gap is ink, specks, streaks and creases left out."""
    if not gaps:
        return []
    page = located.registered
    places = tuple(BoxPlace(gap.item_id, gap.choices[0], gap.rect) for gap in gaps)
    layout: PageLayout = replace(page.candidate.layout, boxes=places)
    patches = to_ink(
        sample_boxes(located.picture, page.candidate.registration, layout, settings), located.dark, settings
    )
    threshold = max(stray_threshold(page, settings), least_ink)
    smooth = [smoothed(_within(ink, gap.rect, patches.px_per_mm)) for gap, ink in zip(gaps, patches.ink, strict=True)]
    return [_strokes_mm2(ink, threshold, patches.px_per_mm, settings) for ink in smooth]


def _strokes_mm2(ink: Ink, threshold: float, px_per_mm: float, settings: ReaderSettings) -> float:
    """How much of this is ink, specks, streaks and creases left out."""
    if ink.max(initial=0.0) <= threshold:  # as most gaps are
        return 0.0
    left = _strokes(ink, threshold) & ~streaks_in(ink, threshold, round(settings.streak_mm * px_per_mm))
    return _pieces_px(left, LONE_SPECK_MM * px_per_mm) / px_per_mm**2


def stray_threshold(page: RegisteredPage, settings: ReaderSettings) -> float:
    """The darkness from which a smoothed pixel is ink."""
    return max(settings.stray_ink, settings.noise_multiple * SMOOTHED_NOISE * page.patches.noise)


def smoothed(ink: Ink) -> Ink:
    """Ink averaged over about the width of a stroke: pale pencil stands out from the noise as no pixel of it does."""
    return np.asarray(cv2.GaussianBlur(ink, (0, 0), SMOOTH_PX), np.float32)


def streaks_in(ink: Ink, threshold: float, streak_px: int) -> npt.NDArray[np.bool_]:
    """What belongs to narrow lines that run right through: dark ones, and those that are so only in places."""
    is_line = np.zeros(ink.shape, np.bool_)
    for dark in (ink > threshold, ink > PALE_SHARE * threshold):
        is_line |= _running_down(dark, streak_px) | _running_down(dark.T, streak_px).T
    return is_line


def _strokes(ink: Ink, threshold: float) -> npt.NDArray[np.bool_]:
    """What is dark, and what is paler right beside it: a pale stroke is dark in places (J. Canny, 1986)."""
    count, labels = cv2.connectedComponents((ink > PALE_SHARE * threshold).astype(np.uint8))
    is_stroke = np.zeros(count, np.bool_)
    is_stroke[labels[ink > threshold]] = True
    return np.asarray(is_stroke[labels], np.bool_)


def _pieces_px(dark: npt.NDArray[np.bool_], lone_px: float) -> int:
    """The pixels of all pieces that are no specks."""
    pieces = cv2.connectedComponentsWithStats(dark.astype(np.uint8))[2][1:]
    pieces = pieces[pieces[:, cv2.CC_STAT_AREA] >= SPECK_PX]
    if len(pieces) == 1 and pieces[0, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max() < lone_px:
        return 0
    return int(pieces[:, cv2.CC_STAT_AREA].sum())


def _running_down(dark: npt.NDArray[np.bool_], streak_px: int) -> npt.NDArray[np.bool_]:
    """What belongs to narrow lines from the top to the bottom, also where they are too pale to be seen."""
    whole = cv2.morphologyEx(dark.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((PALE_PX, 1), np.uint8))
    _, labels, pieces, _ = cv2.connectedComponentsWithStats(whole)
    is_line = (pieces[:, cv2.CC_STAT_HEIGHT] == len(dark)) & (pieces[:, cv2.CC_STAT_WIDTH] <= streak_px)
    is_line[0] = False  # the paper
    return np.asarray(is_line[labels] & dark, np.bool_)


def _within(ink: Ink, rect: Rect, px_per_mm: float) -> Ink:
    """The part of a patch that the rectangle in its middle covers."""
    half_width, half_height = (min(len(ink) // 2, int(side * px_per_mm / 2)) for side in (rect.width, rect.height))
    middle = len(ink) // 2
    return ink[middle - half_height : middle + half_height, middle - half_width : middle + half_width]


def _doubted(answer: Answer, choices: tuple[int, ...] | None) -> Answer:
    if choices is None:
        return answer
    reason = Reason("ink_beside", (("choices", ", ".join(map(str, choices))),))
    return replace(answer, state=AnswerState.DOUBTFUL, confidence=0.5, reasons=(reason,))
