import cv2
import numpy as np
import pytest

from kryds.model.page_code import marker_group
from kryds.reader.fiducials import FoundFiducial, find_fiducials, reduce_page
from kryds.reader.settings import DEFAULT
from tests.reader import drawn

EDITION = drawn.edition()
EDITION_GROUP = marker_group(EDITION.digest, 1)


def found(gray: drawn.Gray) -> tuple[FoundFiducial, ...]:
    return find_fiducials(reduce_page(np.ascontiguousarray(gray), DEFAULT), DEFAULT)


def test_the_corners_are_found_to_a_fraction_of_a_pixel() -> None:
    first = found(drawn.draw_page(EDITION))[0]

    assert first.slot == 0
    assert first.corners_px[0] == pytest.approx((11.5 * drawn.PX_PER_MM - 0.5,) * 2, abs=0.5)
    assert first.corners_px[2] == pytest.approx((19.5 * drawn.PX_PER_MM - 0.5,) * 2, abs=0.5)


def test_the_group_tells_edition_and_page() -> None:
    groups = {fiducial.group for fiducial in found(drawn.draw_page(EDITION, number=2))}

    assert groups == {marker_group(EDITION.digest, 2)}


def test_four_in_the_corners_are_enough() -> None:
    assert [f.slot for f in found(drawn.draw_page(EDITION))] == [0, 1, 4, 5]


@pytest.mark.parametrize(("lost", "left"), [((0,), {1, 2, 3, 4, 5}), ((0, 5), {1, 2, 3, 4}), ((0, 1, 4), {2, 3, 5})])
def test_where_corners_are_lost_the_search_widens(lost: tuple[int, ...], left: set[int]) -> None:
    assert {f.slot for f in found(drawn.draw_page(EDITION, without=lost))} == left


def test_a_page_lying_anywhere_in_a_photo_is_found() -> None:
    page = drawn.draw_page(EDITION)
    table = np.full((page.shape[0] + 700, page.shape[1] + 600), 90, np.uint8)
    table[400 : 400 + page.shape[0], 300 : 300 + page.shape[1]] = page

    assert len(found(table)) >= 4


def test_pepper_noise_does_not_hide_them() -> None:
    page = drawn.draw_page(EDITION)
    page[np.random.default_rng(1).random(page.shape) < 0.03] = 0

    assert len(found(page)) >= 4


def test_holes_in_their_black_do_not_hide_them() -> None:
    assert len(found(drawn.hollowed(drawn.draw_page(EDITION)))) >= 4


def test_worn_to_crumbs_they_are_found_all_the_same() -> None:
    assert len(found(drawn.worn(drawn.draw_page(EDITION), 0.3))) >= 4


def test_blurred_by_more_than_half_a_cell_they_are_found_all_the_same() -> None:
    page = cv2.GaussianBlur(drawn.draw_page(EDITION), (0, 0), 0.62 * drawn.PX_PER_MM)

    assert len(found(np.asarray(page, np.uint8))) >= 4


def test_a_page_of_text_has_none() -> None:
    page = np.full((1754, 1240), 255, np.uint8)
    cv2.putText(page, "Referat", (100, 300), cv2.FONT_HERSHEY_SIMPLEX, 5, 0, 14)

    assert found(page) == ()


@pytest.mark.parametrize(("long_side", "factor"), [(1169, 1), (1754, 1), (2339, 1), (3508, 2), (7016, 4)])
def test_the_page_is_shrunk_by_a_whole_factor(long_side: int, factor: int) -> None:
    reduced = reduce_page(np.zeros((long_side, long_side * 7 // 10), np.uint8), DEFAULT)

    assert reduced.factor == factor
    assert reduced.gray.shape[0] == long_side // factor


def test_reduced_points_map_back_to_the_middle_of_what_they_cover() -> None:
    reduced = reduce_page(np.zeros((3508, 2480), np.uint8), DEFAULT)

    assert reduced.to_stored(np.array([[0.0, 10.0]])).tolist() == [[0.5, 20.5]]


def test_the_way_back_from_stored_pixels_is_the_inverse() -> None:
    reduced = reduce_page(np.zeros((3508, 2480), np.uint8), DEFAULT)
    x, y, w = reduced.from_stored() @ (40.5, 20.5, 1)

    assert (x / w, y / w) == (20.0, 10.0)


@pytest.mark.parametrize("likely", [frozenset({0, 5}), frozenset({EDITION_GROUP}), frozenset({EDITION_GROUP, 96})])
def test_which_groups_are_likely_changes_nothing_that_is_found(likely: frozenset[int]) -> None:
    reduced = reduce_page(drawn.draw_page(EDITION, without=(1,)), DEFAULT)
    guided, unguided = find_fiducials(reduced, DEFAULT, likely), find_fiducials(reduced, DEFAULT)

    assert [each.marker_id for each in guided] == [each.marker_id for each in unguided]
    assert all(np.array_equal(a.corners_px, b.corners_px) for a, b in zip(guided, unguided, strict=True))
