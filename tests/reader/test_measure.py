import numpy as np
import pytest

from kryds.model.reading import BoxMeasurement
from kryds.reader.fiducials import find_fiducials, reduce_page
from kryds.reader.measure import measure_boxes
from kryds.reader.patches import sample_boxes, to_ink
from kryds.reader.register import Candidate, dark_reference, register_page
from kryds.reader.settings import DEFAULT
from kryds.reader.snap import RegisteredPage, snap_boxes
from tests.reader import drawn

EDITION = drawn.edition()
LAYOUT = EDITION.layout.pages[0]
BOX = drawn.box_of(EDITION, "1.1", 1)


def registered(page: drawn.Gray) -> RegisteredPage:
    reduced = reduce_page(page, DEFAULT)
    found = find_fiducials(reduced, DEFAULT)
    registration = register_page(found, LAYOUT, DEFAULT)
    assert registration is not None
    patches = to_ink(sample_boxes((page, reduced), registration, LAYOUT, DEFAULT), dark_reference(page, found), DEFAULT)
    return snap_boxes(patches, Candidate(EDITION, LAYOUT, registration), DEFAULT)


def first_box(page: drawn.Gray) -> BoxMeasurement:
    return measure_boxes(registered(page), DEFAULT)[0]


def test_an_empty_box_holds_no_ink() -> None:
    box = first_box(drawn.draw_page(EDITION))

    assert (box.inner_ink, box.core_ink, box.spill_ink, box.fill, box.cross_strokes) == (0, 0, 0, 0, 0)
    assert box.trace_ink < DEFAULT.vacant_trace


@pytest.mark.parametrize("width_mm", [0.3, 0.6, 1.0, 1.5])
def test_a_cross_of_any_pen_has_two_strokes_and_open_wedges(width_mm: float) -> None:
    page = drawn.draw_page(EDITION)
    drawn.cross(page, BOX, width_mm)
    box = first_box(page)

    assert box.cross_strokes > 0.8
    assert box.fill < 0.45


def test_a_filled_box_has_no_open_wedge() -> None:
    page = drawn.draw_page(EDITION)
    drawn.fill(page, BOX)
    box = first_box(page)

    assert box.inner_ink > 0.95
    assert box.fill > 0.9


def test_a_single_stroke_has_no_second() -> None:
    page = drawn.draw_page(EDITION)
    drawn.stroke(page, BOX, ((-2.5, 2.5), (2.5, -2.5)), (0.5, 60))
    box = first_box(page)

    assert box.long_stroke > 0.9
    assert box.cross_strokes < 0.4


def test_pencil_too_pale_for_any_pixel_leaves_a_trace() -> None:
    page = drawn.draw_page(EDITION)
    drawn.cross(page, BOX, darkness=225)
    noisy = np.clip(page + np.random.default_rng(1).normal(0, 4, page.shape), 0, 255).astype(np.uint8)
    box = first_box(noisy)

    assert box.inner_ink < 0.03
    assert box.trace_ink > DEFAULT.vacant_trace


def test_darkness_tells_pencil_from_pen() -> None:
    shades = []
    for darkness in (60, 160):
        page = drawn.draw_page(EDITION)
        drawn.cross(page, BOX, 0.8, darkness)
        shades.append(first_box(page).darkness)

    assert shades[0] > shades[1] + 0.2


def test_ink_around_the_box_is_spill_not_ink() -> None:
    page = drawn.draw_page(EDITION)
    drawn.stroke(page, BOX, ((-4.2, -4.0), (-4.2, 4.0)), (0.6, 60))
    box = first_box(page)

    assert box.spill_ink > 0.05
    assert box.inner_ink == 0


def test_a_page_without_boxes_measures_nothing() -> None:
    page = registered(drawn.draw_page(EDITION))
    bare = Candidate(EDITION, LAYOUT.__class__(1, LAYOUT.fiducials, LAYOUT.code, (), ()), page.candidate.registration)
    patches = to_ink(
        sample_boxes(
            (np.zeros((9, 9), np.uint8), reduce_page(np.zeros((9, 9), np.uint8), DEFAULT)),
            bare.registration,
            bare.layout,
            DEFAULT,
        ),
        0.0,
        DEFAULT,
    )

    assert measure_boxes(snap_boxes(patches, bare, DEFAULT), DEFAULT) == ()
    assert snap_boxes(patches, bare, DEFAULT).fit == 1.0
