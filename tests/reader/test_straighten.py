from dataclasses import replace

import cv2
import numpy as np
import pytest

from kryds.model.reading import AnswerState, PageState
from kryds.reader.fiducials import FoundFiducial, find_fiducials
from kryds.reader.patches import sample_boxes, to_ink
from kryds.reader.picture import picture_of
from kryds.reader.read import read_page
from kryds.reader.register import Candidate, register_page
from kryds.reader.settings import DEFAULT
from kryds.reader.straighten import follow_fiducials, placed_by_outlines, straightened
from tests.reader import drawn

EDITION = drawn.edition()
LAYOUT = EDITION.layout.pages[0]
FAR = DEFAULT.looking_far()


def bent(page: drawn.Gray, curl_mm: tuple[float, float], bulge_mm: tuple[float, float] = (0.0, 0.0)) -> drawn.Gray:
    """The page with its middle moved right and down by ``curl_mm`` from edge to edge, and by ``bulge_mm`` inside."""
    height, width = page.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    down, across = np.sin(np.pi * y / height), np.sin(np.pi * x / width)
    way_x, way_y = (
        (curl * down + bulge * down * across) * drawn.PX_PER_MM for curl, bulge in zip(curl_mm, bulge_mm, strict=True)
    )
    moved = cv2.remap(page, (x - way_x).astype(np.float32), (y - way_y).astype(np.float32), cv2.INTER_LINEAR)
    return np.asarray(moved, np.uint8)


def flat_candidate(page: drawn.Gray) -> tuple[Candidate, tuple[FoundFiducial, ...]]:
    """The page as four fiducials in its corners place it, and all that are found."""
    found = find_fiducials(picture_of(drawn.scan_page(page), FAR).reduced, FAR)
    registration = register_page([each for each in found if each.slot not in (2, 3)], LAYOUT, DEFAULT)
    assert registration is not None
    return Candidate(EDITION, LAYOUT, registration), found


def ways_mm(candidate: Candidate) -> np.ndarray:
    """How far each box was moved."""
    pairs = zip(candidate.layout.boxes, LAYOUT.boxes, strict=True)
    return np.array([(box.rect.x - was.rect.x, box.rect.y - was.rect.y) for box, was in pairs])


def expected_mm(curl_mm: float) -> list[float]:
    """About how far the boxes of a page curled so stand from where its corners say."""
    fiducial = np.sin(np.pi * 15.5 / drawn.HEIGHT_MM)
    return [curl_mm * (np.sin(np.pi * box.rect.centre.y / drawn.HEIGHT_MM) - fiducial) for box in LAYOUT.boxes]


@pytest.mark.parametrize("curl_mm", [(5.0, -6.0), (-4.0, 7.0)])
def test_the_fiducials_at_the_sides_tell_how_a_page_curls(curl_mm: tuple[float, float]) -> None:
    candidate, found = flat_candidate(bent(drawn.draw_page(EDITION), curl_mm))
    ways = ways_mm(follow_fiducials(candidate, found))

    for axis in (0, 1):
        assert ways[:, axis] == pytest.approx(expected_mm(curl_mm[axis]), abs=0.9)


def test_fiducials_that_lie_as_they_should_move_nothing_and_none_moves_nothing() -> None:
    candidate, found = flat_candidate(drawn.draw_page(EDITION))

    assert np.abs(ways_mm(follow_fiducials(candidate, found))).max() < 0.1
    assert follow_fiducials(candidate, ()) == candidate


@pytest.mark.parametrize("away_mm", [(3.2, -3.5), (-3.8, 0.0), (0.0, 3.8)])
def test_boxes_are_found_aslant_from_where_they_are_expected(away_mm: tuple[float, float]) -> None:
    page = drawn.draw_page(EDITION)
    drawn.cross(page, drawn.box_of(EDITION, "1.2", 2), 0.8)
    drawn.fill(page, drawn.box_of(EDITION, "1.3", 1))
    candidate, _ = flat_candidate(page)
    boxes = tuple(replace(box, rect=box.rect.moved(-away_mm[0], -away_mm[1])) for box in LAYOUT.boxes)
    off = replace(candidate, layout=replace(LAYOUT, boxes=boxes))
    picture = picture_of(drawn.scan_page(page), DEFAULT)
    patches = to_ink(sample_boxes(picture, candidate.registration, off.layout, FAR), 0.0, FAR)

    assert ways_mm(straightened(patches, off, FAR)) == pytest.approx(np.zeros((len(boxes), 2)), abs=0.3)


@pytest.mark.parametrize(("curl_mm", "bulge_mm"), [((5.0, -6.0), (0.0, 0.0)), ((-4.0, 4.0), (1.0, 3.0))])
def test_a_page_that_curls_is_read_and_its_rows_are_shown_whole(
    curl_mm: tuple[float, float], bulge_mm: tuple[float, float]
) -> None:
    page = drawn.draw_page(EDITION)
    for item, choice in (("1.1", 2), ("1.2", 4), ("1.3", 1), ("1.3", 3)):
        drawn.cross(page, drawn.box_of(EDITION, item, choice), 0.7)
    read = read_page(drawn.scan_page(bent(page, curl_mm, bulge_mm)), {EDITION.digest: EDITION})
    (crop,) = read.crops

    assert [(a.state, a.choice) for a in read.reading.answers] == [
        (AnswerState.ANSWERED, 2),
        (AnswerState.ANSWERED, 4),
        (AnswerState.MULTIPLE, None),
    ]
    for place in (0, 2):
        box = crop.boxes[place]
        inside = drawn.picture(crop)[round(box.y) : round(box.y + box.height), round(box.x) : round(box.x + box.width)]
        assert 0.1 < (inside < drawn.PRINTED).mean() < 0.6


@pytest.mark.parametrize("away_mm", [0.0, 1.2])
def test_boxes_whose_lines_are_blurred_are_placed_by_their_whole_outlines(away_mm: float) -> None:
    page = drawn.draw_page(EDITION)
    drawn.fill(page, drawn.box_of(EDITION, "1.3", 1))
    candidate, _ = flat_candidate(page)
    blurred = np.asarray(cv2.GaussianBlur(page, (0, 0), 0.5 * drawn.PX_PER_MM), np.uint8)
    boxes = tuple(replace(box, rect=box.rect.moved(away_mm, -away_mm)) for box in LAYOUT.boxes)
    off = replace(candidate, layout=replace(LAYOUT, boxes=boxes))
    picture = picture_of(drawn.scan_page(blurred), DEFAULT)
    placed = placed_by_outlines(
        to_ink(sample_boxes(picture, off.registration, off.layout, DEFAULT), 0.0, DEFAULT), off, DEFAULT
    )

    assert placed.offset_mm == pytest.approx(np.tile((-away_mm, away_mm), (len(boxes), 1)), abs=0.2)
    hidden = LAYOUT.boxes.index(next(box for box in LAYOUT.boxes if (box.item_id, box.choice) == ("1.3", 1)))
    assert [i for i, seen in enumerate(placed.outline) if seen == 0] == [hidden]


def test_a_page_too_blurred_for_its_lines_to_be_seen_is_read() -> None:
    page = drawn.draw_page(EDITION)
    for item, choice in (("1.1", 2), ("1.2", 4)):
        drawn.cross(page, drawn.box_of(EDITION, item, choice), 0.9)
    blurred = np.asarray(cv2.GaussianBlur(page, (0, 0), 0.6 * drawn.PX_PER_MM), np.uint8)

    reading = read_page(drawn.scan_page(blurred), {EDITION.digest: EDITION}).reading

    assert reading.state is PageState.READ
    said = {answer.item_id: answer.choice for answer in reading.answers}
    assert said["1.1"] in (2, None)
    assert said["1.2"] in (4, None)
    assert said["1.3"] is None


@pytest.mark.parametrize(("covered", "state"), [((-1,), PageState.READ), ((0, -1), PageState.UNREADABLE)])
def test_a_page_that_leans_is_read_though_its_last_row_is_scribbled_over(
    covered: tuple[int, ...], state: PageState
) -> None:
    edition = drawn.edition(drawn.form(items=24))
    page = drawn.draw_page(edition)
    rows = edition.layout.pages[0].rows
    for end in covered:
        for choice in range(1, 5):
            drawn.stroke(page, drawn.box_of(edition, rows[end].item_id, choice), ((-5, -1), (5, 1)), (5, 20))
    height, width = page.shape
    leaning = np.array([[120, 60], [width - 30, 0], [width - 200, height - 40], [0, height]], np.float32)
    square = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    photo = cv2.warpPerspective(page, cv2.getPerspectiveTransform(square, leaning), (width, height), borderValue=255)

    assert read_page(drawn.scan_page(np.asarray(photo, np.uint8)), {edition.digest: edition}).reading.state is state


@pytest.mark.parametrize("curl_mm", [10.0, 11.0, 12.0, -12.0])
def test_no_page_is_read_a_row_too_high_or_too_low(curl_mm: float) -> None:
    edition = drawn.edition(drawn.form(items=24))
    page = drawn.draw_page(edition, without=(2, 3))  # nothing but the boxes tells how the middle curls
    crossed = {row.item_id: 1 + place % 4 for place, row in enumerate(edition.layout.pages[0].rows)}
    for item, choice in crossed.items():
        drawn.cross(page, drawn.box_of(edition, item, choice), 0.7)
    scan = drawn.scan_page(bent(page, (0.0, curl_mm)))

    reading = read_page(scan, {edition.digest: edition}).reading
    careless = read_page(scan, {edition.digest: edition}, replace(DEFAULT, outline_share=0.0)).reading

    assert all(answer.choice in (crossed[answer.item_id], None) for answer in reading.answers)
    assert reading.state is PageState.UNREADABLE or careless.answers == reading.answers
