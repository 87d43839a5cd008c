"""Fiducials (px) and PageLayout (mm) -> Registration: the homography from the layout's millimetres to stored pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kryds.model.edition import Edition
from kryds.model.layout import Fiducial, PageLayout
from kryds.reader.fiducials import FoundFiducial, Points, Reduced
from kryds.reader.settings import ReaderSettings

Homography = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Leans:
    """How bent paper leans: near ``places_mm`` (N, 2) a step in its layout is that step times ``leans`` (N, 2, 2)."""

    places_mm: Points
    leans: Points


@dataclass(frozen=True)
class Registration:
    """How a page lies on its scan.

    ``mm_to_px``: float64 (3, 3), stored pixels with centres at whole numbers. ``residual_mm``: RMS at the corners of
    the fiducials used. ``fiducials``: how many were used. ``bent``: how the paper leans where it does not lie flat.
    """

    mm_to_px: Homography
    residual_mm: float
    fiducials: int
    bent: Leans | None = None

    def leans_at(self, places_mm: Points) -> Points:
        """What a step on the paper at each of these places (N, 2) is to be multiplied by, (N, 2, 2); 1 if flat."""
        if self.bent is None or not len(places_mm):
            return np.broadcast_to(np.eye(2), (len(places_mm), 2, 2))
        away_mm = np.linalg.norm(places_mm[:, None] - self.bent.places_mm, axis=2)
        return np.asarray(self.bent.leans[away_mm.argmin(axis=1)], np.float64)

    @property
    def leans_by(self) -> float:
        """How far (mm) what is a millimetre off on the flat paper is moved at most where the paper leans most."""
        return float(np.abs(self.bent.leans - np.eye(2)).max()) if self.bent else 0.0

    def to_px(self, points_mm: npt.ArrayLike) -> Points:
        """Points in layout millimetres, (N, 2) -> stored pixels, (N, 2)."""
        points = np.asarray(points_mm, np.float64).reshape(-1, 1, 2)
        return np.asarray(cv2.perspectiveTransform(points, self.mm_to_px), np.float64).reshape(-1, 2)

    def to_mm(self, points_px: npt.ArrayLike) -> Points:
        """The same the other way."""
        points = np.asarray(points_px, np.float64).reshape(-1, 1, 2)
        return np.asarray(cv2.perspectiveTransform(points, np.linalg.inv(self.mm_to_px)), np.float64).reshape(-1, 2)

    @property
    def rotation_deg(self) -> int:
        """How far the stored page must be turned clockwise to stand upright: 0, 90, 180 or 270."""
        (x0, y0), (x1, y1) = self.to_px([(100.0, 140.0), (110.0, 140.0)])
        turned = np.degrees(np.arctan2(y1 - y0, x1 - x0))  # clockwise, as y points down
        return round(-float(turned) / 90) % 4 * 90

    @property
    def px_per_mm(self) -> float:
        """Resolution in the middle of the page."""
        a, b, c = self.to_px([(100.0, 140.0), (110.0, 140.0), (100.0, 150.0)])
        return float((np.linalg.norm(b - a) + np.linalg.norm(c - a)) / 20)


@dataclass(frozen=True)
class Candidate:
    """A page that the fiducials allow, and how it lies on the scan."""

    edition: Edition
    layout: PageLayout
    registration: Registration

    @property
    def middles_mm(self) -> Points:
        """Where the layout has the middles of its boxes, (N, 2)."""
        return np.array([(box.rect.centre.x, box.rect.centre.y) for box in self.layout.boxes]).reshape(-1, 2)


def register_page(found: Sequence[FoundFiducial], layout: PageLayout, settings: ReaderSettings) -> Registration | None:
    """The map that fits the fiducials best, or None when too few agree.

    A fiducial that the others contradict (misread, or on a torn and shifted corner) is left out, one at a time, as
    long as enough remain.
    """
    places = {fiducial.slot: fiducial for fiducial in layout.fiducials}
    used = [fiducial for fiducial in found if fiducial.slot in places]
    while len(used) >= settings.fiducials_needed:
        registration, worst = _fit(used, places)
        if registration.residual_mm <= settings.residual_limit_mm:
            return registration
        used.pop(worst)
    return None


def _fit(used: Sequence[FoundFiducial], places: dict[int, Fiducial]) -> tuple[Registration, int]:
    """The least-squares map, and the index of the fiducial it fits worst."""
    paper = np.concatenate([corners_mm(places[fiducial.slot]) for fiducial in used])
    pixels = np.concatenate([fiducial.corners_px for fiducial in used])
    mm_to_px = _homography(paper, pixels) if _spans_page(paper) else _affine(paper, pixels)
    back = cv2.perspectiveTransform(pixels.reshape(-1, 1, 2), np.linalg.inv(mm_to_px)).reshape(-1, 2)
    square_mm = np.sum((back - paper) ** 2, axis=1)
    worst = int(np.argmax(square_mm.reshape(-1, 4).sum(axis=1)))
    return Registration(mm_to_px, float(np.sqrt(square_mm.mean())), len(used)), worst


def corners_mm(fiducial: Fiducial) -> Points:
    """Corners clockwise from the top-left, as the detector gives them."""
    x, y, half = fiducial.centre.x, fiducial.centre.y, fiducial.side_mm / 2
    return np.array([(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)])


def _spans_page(paper: Points) -> bool:
    """Whether perspective can be told from noise: three fiducials or more, not all along one side."""
    width, height = np.ptp(paper, axis=0)
    return len(paper) >= 12 and width > 100 and height > 100  # noqa: PLR2004 - points; mm, half of an A4 page


def _homography(paper: Points, pixels: Points) -> Homography:
    return np.asarray(cv2.findHomography(paper, pixels, 0)[0], np.float64)


def _affine(paper: Points, pixels: Points) -> Homography:
    """Least-squares affine map as a 3 x 3 matrix: two fiducials cannot tell perspective."""
    design = np.column_stack([paper, np.ones(len(paper))])
    solution, *_ = np.linalg.lstsq(design, pixels, rcond=None)
    return np.vstack([solution.T, (0.0, 0.0, 1.0)])


def dark_reference(picture: Reduced, found: Sequence[FoundFiducial]) -> float:
    """The grey value (0 to 255) of printed black on this page: the median over the border cells of the fiducials.

    The border of a fiducial is one cell (an eighth) wide; it is sampled along its middle line, eight points a side.
    """
    gray = picture.gray
    points = np.concatenate([_border_points(fiducial.corners_px) for fiducial in found])
    columns, rows = np.rint((points + 0.5) / picture.factor - 0.5).astype(int).T
    inside = (columns >= 0) & (rows >= 0) & (columns < gray.shape[1]) & (rows < gray.shape[0])
    return float(np.median(gray[rows[inside], columns[inside]])) if inside.any() else 0.0


def _border_points(corners_px: Points) -> Points:
    centre = corners_px.mean(axis=0)
    middle = centre + (corners_px - centre) * (1 - 1 / 8)
    steps = np.linspace(0, 1, 8, endpoint=False)[:, None]
    return np.concatenate([middle[i] + (middle[(i + 1) % 4] - middle[i]) * steps for i in range(4)])
