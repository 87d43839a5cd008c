"""ScanPage -> the coded fiducials on it, in stored pixels.

The search widens only as far as it must: the four corners at reduced size, then the middles of the sides, then the
whole reduced page, then the page denoised, filled, sharpened, closed. A clean page pays for the corners only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

import cv2
import numpy as np
import numpy.typing as npt

from kryds.model.page_code import MARKER_GROUPS, SLOTS_PER_PAGE
from kryds.reader.settings import ReaderSettings

Gray = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float64]
#: Identities of markers, by their place in a detector's dictionary.
Identities = Sequence[int]
#: Half a cell of a fiducial at working size, and how much of what is finer is added to sharpen a blurred page.
BLUR_PX, SHARPENED = 3.0, 3.0
SQUARE = np.ones((3, 3), np.uint8)
#: Stands for all identities there are, those of no group of ours too.
EVERY_GROUP = frozenset((-1,))


@dataclass(frozen=True)
class FoundFiducial:
    """A fiducial as found.

    ``corners_px``: float64 (4, 2), stored pixels (pixel centres at whole numbers), clockwise from the corner that is
    top-left on the upright page.
    """

    marker_id: int
    corners_px: Points

    @property
    def group(self) -> int:
        """The group of identities it belongs to, which tells edition and page."""
        return self.marker_id // SLOTS_PER_PAGE

    @property
    def slot(self) -> int:
        """Its place on the page."""
        return self.marker_id % SLOTS_PER_PAGE


@dataclass(frozen=True)
class Reduced:
    """The page at working size: ``gray`` uint8 (h, w); one of its pixels is ``factor`` stored pixels wide."""

    gray: Gray
    factor: int

    def to_stored(self, points: Points) -> Points:
        """Points in reduced pixels -> stored pixels (pixel centres at whole numbers in both)."""
        return (points + 0.5) * self.factor - 0.5

    def from_stored(self) -> npt.NDArray[np.float64]:
        """The same the other way, as a matrix (3, 3)."""
        return np.array([[1, 0, 0.5 - self.factor / 2], [0, 1, 0.5 - self.factor / 2], [0, 0, self.factor]])


def reduce_page(gray: Gray, settings: ReaderSettings) -> Reduced:
    """The page shrunk by a whole factor, by area, so that no ink is lost and OpenCV takes its fast path."""
    factor = min(max(1, round(max(gray.shape) / settings.working_long_side_px)), *gray.shape)
    if factor == 1:
        return Reduced(gray, 1)
    height, width = (side - side % factor for side in gray.shape)
    small = cv2.resize(gray[:height, :width], None, fx=1 / factor, fy=1 / factor, interpolation=cv2.INTER_AREA)
    return Reduced(np.asarray(small, np.uint8), factor)


def find_fiducials(
    reduced: Reduced, settings: ReaderSettings, likely: frozenset[int] = frozenset()
) -> tuple[FoundFiducial, ...]:
    """The fiducials of one page, all of one group, at most one per slot; empty when there are none of ours.

    ``likely`` are the groups looked for first, for speed; it changes no result.
    """
    if min(reduced.gray.shape) < settings.least_side_px:
        return ()
    found: dict[int, FoundFiducial] = {}
    quick = partial(_in_corners, likely=likely), _at_sides
    slow = _on_page, _on_denoised_page, _on_filled_page, _on_sharpened_page, _on_closed_page
    for attempt in (*quick, *slow):
        for fiducial in attempt(reduced, settings):
            found.setdefault(fiducial.marker_id, fiducial)
        ours = _one_group(tuple(found.values()))
        if len(ours) >= settings.fiducials_wanted:
            return ours
    return _one_group(tuple(found.values()))


def _one_group(found: tuple[FoundFiducial, ...]) -> tuple[FoundFiducial, ...]:
    """Those of the most frequent group: a marker misread for another nearly always lands in another group."""
    groups = [fiducial.group for fiducial in found if fiducial.group < MARKER_GROUPS]
    if not groups:
        return ()
    best = max(sorted(set(groups)), key=groups.count)
    return tuple(sorted((f for f in found if f.group == best), key=lambda f: f.slot))


def _in_corners(reduced: Reduced, settings: ReaderSettings, likely: frozenset[int]) -> Iterator[FoundFiducial]:
    """The first found is sought among the likely identities, failing that among all; the others among its group's.

    Comparing a marker with all identities costs five times what finding it costs. It takes them no further: they are
    so unlike each other that one is never within the errors allowed of another.
    """
    height, width = reduced.gray.shape
    side = round(min(height, width) * settings.corner_crop)
    crops = [(left, top, side, side) for top in (0, height - side) for left in (0, width - side)]
    nothing = True
    for groups in (likely, EVERY_GROUP) if likely else (EVERY_GROUP,):
        for crop in crops:
            for fiducial in _detect(reduced, crop, _quick_detector(groups)):
                groups, nothing = frozenset((fiducial.group,)), False  # noqa: PLW2901 - the rest of this page's
                yield fiducial
        if not nothing:
            return


def _at_sides(reduced: Reduced, settings: ReaderSettings) -> Iterator[FoundFiducial]:
    """The middles of all four sides, as the page may lie sideways."""
    height, width = reduced.gray.shape
    side = round(min(height, width) * settings.corner_crop)
    left, top = (width - side) // 2, (height - side) // 2
    for x, y in ((0, top), (width - side, top), (left, 0), (left, height - side)):
        yield from _detect(reduced, (x, y, side, side), _quick_detector(EVERY_GROUP))


def _on_page(reduced: Reduced, _settings: ReaderSettings) -> Iterator[FoundFiducial]:
    height, width = reduced.gray.shape
    yield from _detect(reduced, (0, 0, width, height), _thorough_detector())


def _on_denoised_page(reduced: Reduced, _settings: ReaderSettings) -> Iterator[FoundFiducial]:
    """Median 3: takes away the pepper of a bilevel copy that breaks a marker's outline."""
    height, width = reduced.gray.shape
    calm = Reduced(np.asarray(cv2.medianBlur(reduced.gray, 3), np.uint8), reduced.factor)
    yield from _detect(calm, (0, 0, width, height), _thorough_detector())


def _on_filled_page(reduced: Reduced, _settings: ReaderSettings) -> Iterator[FoundFiducial]:
    """Black grown by a pixel, a sixth of a cell: a scanner that looks for edges leaves weak toner black with holes."""
    height, width = reduced.gray.shape
    filled = Reduced(np.asarray(cv2.erode(reduced.gray, SQUARE), np.uint8), reduced.factor)
    yield from _detect(filled, (0, 0, width, height), _thorough_detector())


def _on_sharpened_page(reduced: Reduced, _settings: ReaderSettings) -> Iterator[FoundFiducial]:
    """What the page has more than its blurred self added thrice: a phone that moved spreads cells into each other."""
    height, width = reduced.gray.shape
    blurred = cv2.GaussianBlur(reduced.gray, (0, 0), BLUR_PX)
    sharp = cv2.addWeighted(reduced.gray, 1 + SHARPENED, blurred, -SHARPENED, 0)
    yield from _detect(
        Reduced(np.asarray(sharp, np.uint8), reduced.factor), (0, 0, width, height), _thorough_detector()
    )


def _on_closed_page(reduced: Reduced, _settings: ReaderSettings) -> Iterator[FoundFiducial]:
    """The same, and what is white between black of it filled: a copy of weak toner leaves black in crumbs."""
    height, width = reduced.gray.shape
    closed = cv2.morphologyEx(cv2.erode(reduced.gray, SQUARE), cv2.MORPH_OPEN, SQUARE)  # opens white, closes black
    yield from _detect(Reduced(np.asarray(closed, np.uint8), reduced.factor), (0, 0, width, height), _copy_detector())


def _detect(
    reduced: Reduced, crop: tuple[int, int, int, int], detector: tuple[cv2.aruco.ArucoDetector, Identities]
) -> Iterator[FoundFiducial]:
    left, top, width, height = crop
    window = np.ascontiguousarray(reduced.gray[top : top + height, left : left + width])
    corners, ids, _ = detector[0].detectMarkers(window)
    for quad, marker_id in zip(corners, np.ravel(ids) if corners else (), strict=True):
        points = _refined(window, np.asarray(quad, np.float32).reshape(4, 2))
        yield FoundFiducial(detector[1][int(marker_id)], reduced.to_stored(points + np.array([left, top])))


def _refined(window: Gray, corners: npt.NDArray[np.float32]) -> Points:
    """Corners to a fraction of a pixel. The search window stays within the border cell of the marker (an eighth)."""
    side_px = float(np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1).mean())
    reach = max(2, int(side_px / 8 * 0.7))
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_COUNT, 20, 0.02)
    refined = cv2.cornerSubPix(window, corners.reshape(4, 1, 2).copy(), (reach, reach), (-1, -1), criteria)
    return np.asarray(refined, np.float64).reshape(4, 2)


@cache
def _dictionary(groups: frozenset[int]) -> tuple[cv2.aruco.Dictionary, Identities]:
    """The identities of some groups, and what the dictionary's numbers (from 0) stand for."""
    every = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    if groups == EVERY_GROUP:
        return every, range(len(every.bytesList))
    identities = [group * SLOTS_PER_PAGE + slot for group in sorted(groups) for slot in range(SLOTS_PER_PAGE)]
    some = np.ascontiguousarray(every.bytesList[identities])
    return cv2.aruco.Dictionary(some, every.markerSize, every.maxCorrectionBits), identities


@cache
def _quick_detector(groups: frozenset[int]) -> tuple[cv2.aruco.ArucoDetector, Identities]:
    """For crops: one threshold window (23 px, four cells at working size), and no outline below half a fiducial's.

    A fiducial's perimeter is 0.66 of a crop's side; not looking at every speck spares half of the time. With the
    detector goes what is to be added to the identities it tells.
    """
    return _detector((23, 23, 10), 0.35, groups)


@cache
def _thorough_detector() -> tuple[cv2.aruco.ArucoDetector, Identities]:
    """For the whole page: three threshold windows, for uneven light and fiducials a photo shows smaller or larger.

    A fiducial's perimeter is 0.11 of an A4 page's height, less where the page fills a part of a photo.
    """
    return _detector((13, 53, 20), 0.03, EVERY_GROUP)


@cache
def _copy_detector() -> tuple[cv2.aruco.ArucoDetector, Identities]:
    """For copies, which show the page in full: one threshold window, and no outline far below a fiducial's.

    Closed, a page of text is full of small outlines that cost more than all other attempts together.
    """
    return _detector((23, 23, 10), 0.08, EVERY_GROUP)


def _detector(
    windows: tuple[int, int, int], least_perimeter: float, groups: frozenset[int]
) -> tuple[cv2.aruco.ArucoDetector, Identities]:
    smallest, largest, step = windows
    parameters = cv2.aruco.DetectorParameters()
    parameters.adaptiveThreshWinSizeMin = smallest
    parameters.adaptiveThreshWinSizeMax = largest
    parameters.adaptiveThreshWinSizeStep = step
    parameters.minMarkerPerimeterRate = least_perimeter
    parameters.polygonalApproxAccuracyRate = 0.06  # outlines roughened by blur and toner still count as squares
    parameters.perspectiveRemovePixelPerCell = 8  # bits are read from 8 x 8 px a cell: noise averages out
    dictionary, identities = _dictionary(groups)
    return cv2.aruco.ArucoDetector(dictionary, parameters), identities
