"""Which edition, sheet and page a scanned page is: its page code, or failing that its fiducials.

The fiducials say which pages of which editions it can be (a group of identities, one in 97); the page code says which
it is. Both must agree. A page whose code is lost keeps its candidates: the boxes' outlines then tell which layout fits.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from kryds.model.edition import Edition
from kryds.model.page_code import PageCode, decode, marker_group
from kryds.model.reading import Reason
from kryds.reader.fiducials import FoundFiducial, Gray, Reduced
from kryds.reader.picture import Picture
from kryds.reader.register import Candidate, register_page
from kryds.reader.settings import ReaderSettings

#: Paper around the symbol that the crop takes along (mm): the quiet zone and what registration may be off.
CODE_MARGIN_MM = 4.5
#: Resolution the symbol is rectified to for the second try: 4 px for a module of 0.6 mm.
CODE_PX_PER_MM = 7.0
#: Standard deviation of its blur in those: a quarter of a module.
CODE_BLUR_PX = 1.2


@dataclass(frozen=True)
class Identity:
    """What a page can be: one candidate when its ``code`` was read, else all that the fiducials allow."""

    candidates: tuple[Candidate, ...]
    code: PageCode | None


def identify_page(
    picture: Picture,
    found: Sequence[FoundFiducial],
    editions: Mapping[str, Edition],
    settings: ReaderSettings,
) -> Identity | Reason:
    """The identity of a page with fiducials, or the reason why it has none."""
    candidates = tuple(_candidates(found, editions, settings))
    code = _read_code(picture, candidates)
    if code is not None:
        return _by_code(code, candidates, found, editions)
    if len(found) < settings.fiducials_needed:
        return Reason("too_few_fiducials", (("found", str(len(found))),))
    return Identity(candidates, None) if candidates else Reason("unreadable_code")


def read_any_code(picture: Picture) -> PageCode | None:
    """A page code of ours anywhere on the page: the reduced picture first, then the stored one."""
    if code := next(_decoded(picture.reduced.gray), None):
        return code
    return next(_decoded(picture.stored), None) if picture.reduced.factor > 1 else None


def _candidates(
    found: Sequence[FoundFiducial], editions: Mapping[str, Edition], settings: ReaderSettings
) -> Iterator[Candidate]:
    """Every page of every known edition that wears these fiducials and can be laid over them."""
    for edition in editions.values():
        for layout in edition.layout.pages:
            if marker_group(edition.digest, layout.number) == found[0].group:
                registration = register_page(found, layout, settings)
                if registration is not None:
                    yield Candidate(edition, layout, registration)


def _by_code(
    code: PageCode, candidates: Sequence[Candidate], found: Sequence[FoundFiducial], editions: Mapping[str, Edition]
) -> Identity | Reason:
    """The candidate the code names; a code that contradicts the fiducials or names what is unknown is a reason."""
    where = (("form", code.form_id), ("digest", code.digest), ("sheet", code.sheet or "–"), ("page", str(code.page)))
    for candidate in candidates:
        if candidate.edition.digest == code.digest and candidate.layout.number == code.page:
            return Identity((candidate,), code)
    if code.digest not in editions:
        return Reason("unknown_edition", where)
    if marker_group(code.digest, code.page) != found[0].group:
        return Reason("code_contradicts_fiducials", where)
    return Reason("not_registered", (*where, ("found", str(len(found)))))


def _read_code(picture: Picture, candidates: Sequence[Candidate]) -> PageCode | None:
    """The page code where a candidate expects it: as it stands, then rectified and cleaned; then anywhere."""
    for image in _tries(picture, candidates):
        if code := next(_decoded(image), None):
            return code
    return read_any_code(picture)


def _tries(picture: Picture, candidates: Sequence[Candidate]) -> Iterator[Gray]:
    for candidate in candidates:
        yield from _as_it_stands(picture.at_hand, candidate)
    if not picture.is_whole:
        for candidate in candidates:
            yield from _as_it_stands(Reduced(picture.stored, 1), candidate)
    for candidate in candidates:
        yield from _rectified(picture.stored, candidate)


def _as_it_stands(picture: Reduced, candidate: Candidate) -> Iterator[Gray]:
    gray, rect = picture.gray, candidate.layout.code.inset(-CODE_MARGIN_MM)
    corners = candidate.registration.to_px(
        [(rect.x, rect.y), (rect.right, rect.y), (rect.right, rect.bottom), (rect.x, rect.bottom)]
    )
    corners = (corners + 0.5) / picture.factor - 0.5
    left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int)
    if right > left and bottom > top and left < gray.shape[1] and top < gray.shape[0]:
        yield np.ascontiguousarray(gray[top:bottom, left:right])


def _rectified(gray: Gray, candidate: Candidate) -> Iterator[Gray]:
    """The symbol upright and square, then blurred (closes the gaps of a bilevel copy), then stretched to black.

    Last its modules are filled: a scanner that looks for edges leaves holes in them.
    """
    rect = candidate.layout.code.inset(-CODE_MARGIN_MM)
    side = round(rect.width * CODE_PX_PER_MM)
    to_mm = np.array([[1 / CODE_PX_PER_MM, 0, rect.x], [0, 1 / CODE_PX_PER_MM, rect.y], [0, 0, 1]])
    mapping = candidate.registration.mm_to_px @ to_mm
    flags = cv2.INTER_AREA | cv2.WARP_INVERSE_MAP
    upright = np.asarray(cv2.warpPerspective(gray, mapping, (side, side), flags=flags, borderValue=255), np.uint8)
    filled = np.asarray(cv2.morphologyEx(upright, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)
    yield upright
    yield _blurred(upright)
    yield _black_and_white(_blurred(upright))
    yield _black_and_white(_blurred(filled))


def _blurred(gray: Gray) -> Gray:
    return np.asarray(cv2.GaussianBlur(gray, (0, 0), CODE_BLUR_PX), np.uint8)


def _black_and_white(gray: Gray) -> Gray:
    return np.asarray(cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1], np.uint8)


def _decoded(image: Gray) -> Iterator[PageCode]:
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for barcode in zxingcpp.read_barcodes(image, formats=formats, try_invert=False):
        if code := decode(barcode.text):
            yield code
