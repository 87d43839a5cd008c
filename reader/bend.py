"""A bent page -> about where its boxes are, each found from those found before it.

A homography is for flat paper. On a photo of a sheet that curls, or was folded, boxes stand up to 20 mm from where four
fiducials say, and rows are 11 mm apart. But from one box to the next paper bends by little: from the corners of the
fiducials on, every box is expected where its nearest neighbours say, and sought there by its outline.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from kryds.reader.fiducials import FoundFiducial
from kryds.reader.outline import outlines_of
from kryds.reader.patches import sample_boxes, to_ink
from kryds.reader.picture import Source
from kryds.reader.register import Candidate, Leans, corners_mm
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import RegisteredPage

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

#: What a corner of a fiducial says, where a box says 1: there are four of each, 8 mm apart.
CORNER_WEIGHT = 0.5
#: How much flatter than its neighbours say the paper is taken to be, so that few of them do not tilt it.
STIFFNESS = 0.002


@dataclass(frozen=True)
class _Known:
    """Points of the paper that have been found: where the layout has them, and how far from there they are (mm)."""

    places_mm: Floats
    ways_mm: Floats
    weights: Floats

    def and_boxes(self, places_mm: Floats, ways_mm: Floats) -> "_Known":
        return _Known(
            np.concatenate([self.places_mm, places_mm]),
            np.concatenate([self.ways_mm, ways_mm]),
            np.concatenate([self.weights, np.ones(len(places_mm))]),
        )


def follow_bend(
    source: Source, candidate: Candidate, found: Sequence[FoundFiducial], settings: ReaderSettings
) -> Candidate:
    """The candidate with its boxes and rows moved to about where its paper, as it is bent, has them.

    ``found`` are the candidate's fiducials.
    """
    corners, middles = _corners(candidate, found), candidate.middles_mm
    if not len(corners.places_mm) or not len(middles):
        return candidate
    ways, is_found = np.zeros_like(middles), np.zeros(len(middles), np.bool_)
    reach_mm = settings.bend_step_mm
    while reach_mm <= settings.bend_reach_mm and not is_found.all():
        known = corners.and_boxes(middles[is_found], ways[is_found])
        far_mm = np.linalg.norm(middles[:, None] - known.places_mm, axis=2).min(axis=1)
        sought = np.flatnonzero(~is_found & (far_mm <= reach_mm))
        bent = _bent(candidate, sought, known, settings)
        seen, off_mm = _seen(source, bent, settings)
        if not seen.any():
            reach_mm += settings.bend_step_mm / 2
            continue
        # Those just found say better where the next ones are than what is farther off.
        seen &= far_mm[sought] <= far_mm[sought][seen].min() + settings.bend_front_mm
        new = sought[seen]
        ways[new], is_found[new] = (bent.middles_mm + off_mm - middles[sought])[seen], True
    is_found &= ~_contradicted(corners, middles, np.where(is_found[:, None], ways, np.nan), settings)
    bent = _bent(candidate, np.arange(len(middles)), corners.and_boxes(middles[is_found], ways[is_found]), settings)
    to_found = np.where(is_found[:, None], middles + ways - bent.middles_mm, 0.0)
    return replace(bent, layout=bent.layout.moved(to_found.tolist()))


def unbent(page: RegisteredPage, flat: Candidate, settings: ReaderSettings) -> Candidate | None:
    """The page to be sampled anew so that its boxes stand upright in the middle; None where they do.

    Of a page that curls by a few millimetres all boxes are found, but they lean, and the line of one that does is ink
    inside an upright one. And what is to be seen around one that stands aside is not on its patch. ``flat`` is the
    candidate as its fiducials alone have it.
    """
    candidate, seen = page.candidate, page.outline > 0
    is_uneven = seen.any() and np.ptp(page.offset_mm[seen], axis=0).max() >= settings.uneven_mm
    is_aside = seen.any() and np.abs(page.offset_mm).max() > settings.aside_mm
    if flat.registration.bent or not (is_aside or (is_uneven and candidate is flat)):
        return None
    ways_mm = candidate.middles_mm + page.offset_mm - flat.middles_mm
    known = _Known(flat.middles_mm[seen], ways_mm[seen], np.ones(int(seen.sum())))
    bent = _bent(flat, np.arange(len(seen)), known, settings)
    return bent if is_aside or bent.registration.leans_by >= settings.least_lean else None


def _corners(candidate: Candidate, found: Sequence[FoundFiducial]) -> _Known:
    """The corners of the fiducials: their ways tell how the paper leans beside each, too."""
    places = {fiducial.slot: corners_mm(fiducial) for fiducial in candidate.layout.fiducials}
    ours = [each for each in found if each.slot in places]
    paper_mm = np.array([places[each.slot] for each in ours]).reshape(-1, 2)
    seen_mm = (
        candidate.registration.to_mm([corner for each in ours for corner in each.corners_px]) if ours else paper_mm
    )
    return _Known(paper_mm, seen_mm - paper_mm, np.full(len(paper_mm), CORNER_WEIGHT))


def _bent(candidate: Candidate, which: npt.NDArray[np.int64], known: _Known, settings: ReaderSettings) -> Candidate:
    """The candidate with some of its boxes, and their rows, where they are expected from what is known."""
    boxes = tuple(candidate.layout.boxes[i] for i in which)
    items = {box.item_id for box in boxes}
    rows = tuple(row for row in candidate.layout.rows if row.item_id in items)
    layout = replace(candidate.layout, boxes=boxes, rows=rows)
    some = replace(candidate, layout=layout)
    ways, leans = _expected(some.middles_mm, known, settings)
    moved = replace(some, layout=layout.moved(ways.tolist()))
    return replace(moved, registration=replace(moved.registration, bent=Leans(moved.middles_mm, leans)))


def _expected(at_mm: Floats, known: _Known, settings: ReaderSettings) -> tuple[Floats, Floats]:
    """How far paper at these places is off, (N, 2), and how it leans there, (N, 2, 2).

    That is what the plane says that fits what is known near each place best.
    """
    away = at_mm[:, None] - known.places_mm
    near = np.exp(-0.5 * (np.linalg.norm(away, axis=2) / settings.bend_near_mm) ** 2) + 1e-9
    design = np.concatenate([np.ones((*near.shape, 1)), -away / 100], axis=2)
    weighted = (design * (near * known.weights)[:, :, None]).transpose(0, 2, 1)
    squares = weighted @ design
    squares[:, (1, 2), (1, 2)] += STIFFNESS * squares[:, 0, :1]
    planes = np.linalg.solve(squares, weighted @ known.ways_mm)
    return planes[:, 0], np.eye(2) + planes[:, 1:].transpose(0, 2, 1) / 100


def _seen(source: Source, bent: Candidate, settings: ReaderSettings) -> tuple[Flags, Floats]:
    """Whether each box is seen near where it is expected, and how far (mm) from there, (N, 2)."""
    far = settings.looking_far()
    patches = to_ink(sample_boxes(source[0], bent.registration, bent.layout, far), source[1], far)
    off_mm, likeness = outlines_of(patches, bent, far)
    leans = bent.registration.leans_at(bent.middles_mm)
    return likeness >= settings.bend_outline, (leans @ off_mm[:, :, None])[:, :, 0]


def _contradicted(corners: _Known, middles: Floats, ways: Floats, settings: ReaderSettings) -> Flags:
    """Which of the boxes found (the others' ways are not numbers) stand elsewhere than all others say."""
    is_found = ~np.isnan(ways[:, 0])
    wrong = np.zeros(len(middles), np.bool_)
    for i in np.flatnonzero(is_found):
        others = is_found & (np.arange(len(middles)) != i)
        said, _ = _expected(middles[[i]], corners.and_boxes(middles[others], ways[others]), settings)
        wrong[i] = np.linalg.norm(said[0] - ways[i]) > settings.bend_free_mm
    return wrong
