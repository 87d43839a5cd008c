"""Box patches -> where each printed box really stands.

The fiducials tell where a box should be; uneven paper feed, curl and lens leave up to 2 mm. Each box is sought by its
own outline, and the boxes of the page vote on a smooth field of offsets, those of a row on how far it stands from that,
so that a stroke beside a box is not taken for its line and a box whose line is hidden by ink is placed by its
neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kryds.model.layout import PageLayout
from kryds.model.page_code import PageCode
from kryds.reader.patches import BoxPatches, Ink
from kryds.reader.picture import Picture
from kryds.reader.register import Candidate
from kryds.reader.settings import ReaderSettings

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

#: Rows of a profile are averaged in this many blocks; settings.line_blocks of them must be dark.
BLOCKS = 4
#: The band the profiles are taken in, in patch pixels: 4.7 mm, inside the box's height.
BAND_PX = 28
HALF = 0.5
#: Boxes needed before the field may bend (6 terms), or tilt (3); fewer share one offset.
BENDING, TILTING = 18, 6
#: Boxes of a row that must agree for it to stand elsewhere than its neighbours: two marks may look like two boxes.
ROW_LEAST = 3
#: How far off a box may be seen (mm), and how much the paper beside fiducials tilts (mm on 100 mm) and bends (mm on
#: 100 mm, squared). Where half of the columns cannot be seen this keeps the others from telling wildly where they are.
SEEN_OFF_MM, TILT_MM, BEND_MM = 0.1, 3.0, 10.0


@dataclass(frozen=True)
class RegisteredPage:
    """A page whose boxes have been found.

    ``offset_mm``: float64 (N, 2), found minus expected, x then y. ``outline``: (N,), how clearly each box's own line
    was seen, about 0 (not at all) to 1 (crisp). ``is_worn``: none was seen by itself, only those of a row together.
    """

    candidate: Candidate
    patches: BoxPatches
    offset_mm: Floats
    outline: Floats
    is_worn: bool = False

    @property
    def fit(self) -> float:
        """How well the layout fits the paper: near 0 when the boxes are not where it says, 1 when it has none."""
        return float(np.median(self.outline)) if len(self.outline) else 1.0

    @property
    def seen(self) -> float:
        """Share of the boxes that were seen where their neighbours say."""
        return float((self.outline > 0).mean()) if len(self.outline) else 1.0

    @property
    def has_ends(self) -> bool:
        """Whether half of the boxes of the first row, and of the last, were seen: a row too far on, one of them is not.

        True of a page without boxes.
        """
        rows = np.array([box.item_id for box in self.candidate.layout.boxes])
        return all((self.outline[rows == end] > 0).mean() >= HALF for end in {*rows[:1], *rows[-1:]})

    @cached_property
    def layout_as_found(self) -> PageLayout:
        """The page's layout with boxes and rows where they were found."""
        return self.candidate.layout.moved(self.offset_mm.tolist())


@dataclass(frozen=True)
class LocatedPage:
    """A page of ours with its boxes found, before any of them is judged.

    ``code`` is None when it was unreadable. ``picture`` is what it was found on, ``dark`` the grey value of its print.
    """

    registered: RegisteredPage
    code: PageCode | None
    picture: Picture
    dark: float


def snap_boxes(patches: BoxPatches, candidate: Candidate, settings: ReaderSettings) -> RegisteredPage:
    """Finds every box of the page."""
    layout, line_mm = candidate.layout, candidate.edition.layout.line_mm
    if not layout.boxes:
        return RegisteredPage(candidate, patches, np.zeros((0, 2)), np.zeros(0))
    sides = np.array([box.rect.width for box in layout.boxes])
    x, x_seen = _find_pairs(_profiles(patches.ink, 1, settings), sides, line_mm, settings)
    y, y_seen = _find_pairs(_profiles(patches.ink, 2, settings), sides, line_mm, settings)
    outline = np.clip(np.minimum(x_seen, y_seen), 0, 1)
    seen = np.where(outline >= settings.outline_weak, outline, 0.0)
    return where_agreed(RegisteredPage(candidate, patches, np.column_stack([x, y]), seen), settings)


def where_agreed(page: RegisteredPage, settings: ReaderSettings) -> RegisteredPage:
    """The page with each box where it was seen, if its neighbours agree, else unseen where they say it is."""
    own, seen = page.offset_mm, page.outline > 0
    field = smooth_field(page.candidate.middles_mm, own, page.outline)
    field = field + _row_shifts(own - field, seen, page.candidate.layout, settings)
    agrees = seen & (np.abs(own - field) <= settings.snap_free_mm).all(axis=1)
    return replace(page, offset_mm=np.where(agrees[:, None], own, field), outline=np.where(agrees, page.outline, 0.0))


def _row_shifts(beyond: Floats, seen: Flags, layout: PageLayout, settings: ReaderSettings) -> Floats:
    """How far (mm) from the field each row stands as a whole, (N, 2): paper is fed in jerks, and creased.

    ``beyond`` is how far each box was seen from the field. Zero where too few of a row are seen, or do not agree.
    """
    row, column = _rows_and_columns([box.item_id for box in layout.boxes])
    told, is_told = (
        np.zeros((row.max() + 1, column.max() + 1, 2)),
        np.zeros((row.max() + 1, column.max() + 1), np.bool_),
    )
    told[row, column], is_told[row, column] = beyond, seen
    apart_mm = np.abs(told - _medians(told, is_told)[:, None])
    agree = is_told & (apart_mm <= settings.row_apart_mm).all(axis=2)
    shift = _medians(told, agree)
    is_one = (agree.sum(axis=1) >= ROW_LEAST) & (np.abs(shift) <= settings.row_free_mm).all(axis=1)
    return np.asarray(np.where(is_one[:, None], shift, 0.0)[row], np.float64)


def _rows_and_columns(items: Sequence[str]) -> tuple[Places, Places]:
    """For boxes that bear these items: which of the page's rows each is in, and which of the row's boxes it is."""
    _, row, counts = np.unique(items, return_inverse=True, return_counts=True)
    order = np.argsort(row, kind="stable")
    column = np.empty_like(row)
    column[order] = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    return row, column


def _medians(values: Floats, known: Flags) -> Floats:
    """The medians of what is known of each row, (R, 2), of (R, K, 2) and (R, K); infinite where nothing is."""
    ordered = np.sort(np.where(known[:, :, None], values, np.inf), axis=1)
    count, rows = known.sum(axis=1), np.arange(len(values))
    low, high = ordered[rows, np.maximum(count - 1, 0) // 2], ordered[rows, np.minimum(count // 2, values.shape[1] - 1)]
    return np.asarray((low + high) / 2, np.float64)


def _profiles(ink: Ink, along: int, settings: ReaderSettings) -> Ink:
    """Darkness of lines running along axis ``along`` (1 down, 2 across): float32 (N, S)."""
    side, reach = ink.shape[1], BAND_PX // 2
    middle = slice(side // 2 - reach, side // 2 + reach)
    band = np.maximum(ink[:, middle] if along == 1 else ink[:, :, middle], 0)  # ink is never above 1
    means = np.repeat(np.eye(BLOCKS, dtype=np.float32), 2 * reach // BLOCKS, axis=1) * np.float32(BLOCKS / 2 / reach)
    blocks = means @ band if along == 1 else (band @ means.T).transpose(0, 2, 1)
    first, second, third, fourth = (blocks[:, block] for block in range(BLOCKS))
    darker = np.minimum(np.maximum(first, second), np.maximum(third, fourth))
    lighter = np.maximum(np.minimum(first, second), np.minimum(third, fourth))
    chosen = np.minimum if settings.line_blocks > BLOCKS / 2 else np.maximum  # the second lightest of four, or darkest
    return np.asarray(chosen(darker, lighter), np.float32)


def _find_pairs(profiles: Ink, sides_mm: Floats, line_mm: float, settings: ReaderSettings) -> tuple[Floats, Floats]:
    """The offset (mm) at which both lines of a box are seen best, and how well: the fainter of the two counts."""
    scale, width = settings.patch_px_per_mm, profiles.shape[1]
    reach = int(settings.snap_range_mm * scale)
    lines = np.zeros((len(profiles), width + 2 * reach), np.float32)
    lines[:, reach:-reach] = _line_response(profiles)
    shifts = np.arange(-reach, reach + 1)
    half_px = (sides_mm - line_mm) / 2 * scale
    left = np.rint((width - 1) / 2 - half_px - 0.5).astype(int)
    right = np.rint((width - 1) / 2 + half_px - 0.5).astype(int)
    rows = np.arange(len(profiles))[:, None]
    seen = np.minimum(lines[rows, left[:, None] + reach + shifts], lines[rows, right[:, None] + reach + shifts])
    best = seen.argmax(axis=1)
    # The pair was rounded to whole pixels; what that moved the middle by is added back.
    rounding = (left + right + 1) / 2 - (width - 1) / 2
    offset_px = shifts[best] + _peak(seen, best) + rounding
    return offset_px / scale, seen[np.arange(len(seen)), best].astype(np.float64)


def _line_response(profiles: Ink) -> Ink:
    """Two pixels (a line of 0.3 mm) against those three away on either side, at the left one of the two."""
    width = profiles.shape[1]
    padded = profiles[:, np.clip(np.arange(-3, width + 4), 0, width - 1)]
    line = (padded[:, 3 : 3 + width] + padded[:, 4 : 4 + width]) / 2
    return np.asarray(line - (padded[:, :width] + padded[:, 7 : 7 + width]) / 2, np.float32)


def _peak(seen: Ink, best: npt.NDArray[np.int64]) -> Floats:
    """Where the top of the parabola through the best value and its neighbours lies, within half a step of it."""
    last = seen.shape[1] - 1
    rows = np.arange(len(seen))
    before, top, after = (seen[rows, np.clip(best + step, 0, last)].astype(float) for step in (-1, 0, 1))
    bend = before - 2 * top + after
    shift = np.divide(before - after, 2 * bend, out=np.zeros_like(bend), where=bend < -1e-6)  # noqa: PLR2004 - flat
    return np.where((best == 0) | (best == last), 0.0, np.clip(shift, -0.5, 0.5))


def smooth_field(places: Floats, offsets: Floats, weights: Floats) -> Floats:
    """The low-order polynomial in x and y that the boxes agree on, (N, 2) mm; zero when no box was seen.

    It is the one most likely for paper that tilts and bends as little as paper does (a ridge, A. Hoerl and R. Kennard,
    1970): of columns where no box was seen, those that were seen say little.
    """
    voters = int((weights > 0).sum())
    if voters == 0:
        return np.zeros_like(offsets)
    x, y = ((places - places.mean(axis=0)) / 100).T
    terms = [np.ones_like(x)]
    terms += [x, y] if voters >= TILTING else []
    terms += [x * y, x * x, y * y] if voters >= BENDING else []
    design = np.column_stack(terms)
    likely = np.diag(SEEN_OFF_MM / np.array([np.inf, TILT_MM, TILT_MM, BEND_MM, BEND_MM, BEND_MM])[: len(terms)])
    nothing = np.zeros((len(terms), 2))
    start = np.median(offsets[weights > 0], axis=0)
    field = np.broadcast_to(start, offsets.shape)
    for reach_mm in (1.5, 0.8, 0.4):
        distance = np.linalg.norm(offsets - field, axis=1)
        vote = weights * np.clip(1 - (distance / (2 * reach_mm)) ** 2, 0, None) ** 2  # Tukey's biweight
        if (vote > 0).sum() < len(terms):
            return np.asarray(field)
        root = np.sqrt(vote)[:, None]
        fitted, told = np.concatenate([design * root, likely]), np.concatenate([offsets * root, nothing])
        coefficients, *_ = np.linalg.lstsq(fitted, told, rcond=None)
        field = design @ coefficients
    return np.asarray(field)
