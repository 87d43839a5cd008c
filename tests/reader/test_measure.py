import numpy as np
import pytest

from kryds.model.edition import Edition
from kryds.model.reading import BoxMeasurement
from kryds.reader.fiducials import find_fiducials
from kryds.reader.measure import measure_boxes
from kryds.reader.patches import sample_boxes, to_ink
from kryds.reader.picture import picture_of
from kryds.reader.register import Candidate, dark_reference, register_page
from kryds.reader.settings import DEFAULT
from kryds.reader.snap import RegisteredPage, snap_boxes
from tests.reader import drawn

EDITION = drawn.edition()
LAYOUT = EDITION.layout.pages[0]
BOX = drawn.box_of(EDITION, "1.1", 1)


def registered(page: drawn.Gray, edition: Edition = EDITION) -> RegisteredPage:
    layout = edition.layout.pages[0]
    picture = picture_of(drawn.scan_page(page), DEFAULT)
    found = find_fiducials(picture.reduced, DEFAULT)
    registration = register_page(found, layout, DEFAULT)
    assert registration is not None
    grays = sample_boxes(picture, registration, layout, DEFAULT)
    patches = to_ink(grays, dark_reference(picture.at_hand, found), DEFAULT)
    return snap_boxes(patches, Candidate(edition, layout, registration), DEFAULT)


def first_box(page: drawn.Gray) -> BoxMeasurement:
    return measure_boxes(registered(page), DEFAULT)[0]


def test_an_empty_box_holds_no_ink() -> None:
    box = first_box(drawn.draw_page(EDITION))

    assert (box.inner_ink, box.spill_ink) == (0, 0)
    assert box.trace_ink < DEFAULT.vacant_trace


@pytest.mark.parametrize("width_mm", [0.3, 0.6, 1.0, 1.5])
def test_a_thicker_pen_leaves_more_ink(width_mm: float) -> None:
    shares = []
    for width in (width_mm, 2 * width_mm):
        page = drawn.draw_page(EDITION)
        drawn.cross(page, BOX, width)
        shares.append(first_box(page).inner_ink)

    assert 0.05 < shares[0] < shares[1]


def test_a_filled_box_is_ink_all_over() -> None:
    page = drawn.draw_page(EDITION)
    drawn.fill(page, BOX)

    assert first_box(page).inner_ink > 0.95


def test_pencil_too_pale_for_any_pixel_leaves_a_trace() -> None:
    page = drawn.draw_page(EDITION)
    drawn.cross(page, BOX, darkness=225)
    noisy = np.clip(page + np.random.default_rng(1).normal(0, 4, page.shape), 0, 255).astype(np.uint8)
    box = first_box(noisy)

    assert box.inner_ink < 0.03
    assert box.trace_ink > DEFAULT.vacant_trace


def test_ink_around_the_box_is_spill_not_ink() -> None:
    page = drawn.draw_page(EDITION)
    drawn.stroke(page, BOX, ((-4.2, -4.0), (-4.2, 4.0)), (0.6, 60))
    box = first_box(page)

    assert box.spill_ink > 0.05
    assert box.inner_ink == 0


def test_a_page_without_boxes_measures_nothing() -> None:
    page = registered(drawn.draw_page(EDITION))
    bare = Candidate(EDITION, LAYOUT.__class__(1, LAYOUT.fiducials, LAYOUT.code, (), ()), page.candidate.registration)
    picture = picture_of(drawn.scan_page(np.zeros((9, 9), np.uint8)), DEFAULT)
    patches = to_ink(sample_boxes(picture, bare.registration, bare.layout, DEFAULT), 0.0, DEFAULT)

    assert measure_boxes(snap_boxes(patches, bare, DEFAULT), DEFAULT) == ()
    assert snap_boxes(patches, bare, DEFAULT).fit == 1.0
