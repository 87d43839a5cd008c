from dataclasses import replace

import cv2
import numpy as np
import pytest

from kryds.model.reading import PageState
from kryds.reader.outline import outlines_of, placed_by_outlines
from kryds.reader.patches import sample_boxes, to_ink
from kryds.reader.picture import picture_of
from kryds.reader.read import read_page
from kryds.reader.settings import DEFAULT
from tests.reader import drawn
from tests.reader.test_bend import FAR, flat_candidate

EDITION = drawn.edition()
LAYOUT = EDITION.layout.pages[0]


@pytest.mark.parametrize("away_mm", [(3.2, -3.5), (-3.8, 0.0), (0.0, 3.8)])
def test_boxes_are_found_aslant_from_where_they_are_expected(away_mm: tuple[float, float]) -> None:
    page = drawn.draw_page(EDITION)
    drawn.cross(page, drawn.box_of(EDITION, "1.2", 2), 0.8)
    drawn.fill(page, drawn.box_of(EDITION, "1.3", 1))
    candidate, _ = flat_candidate(page, EDITION)
    boxes = tuple(replace(box, rect=box.rect.moved(-away_mm[0], -away_mm[1])) for box in LAYOUT.boxes)
    off = replace(candidate, layout=replace(LAYOUT, boxes=boxes))
    picture = picture_of(drawn.scan_page(page), DEFAULT)
    patches = to_ink(sample_boxes(picture, candidate.registration, off.layout, FAR), 0.0, FAR)

    ways_mm, likeness = outlines_of(patches, off, FAR)

    plain = [i for i, box in enumerate(LAYOUT.boxes) if (box.item_id, box.choice) not in (("1.2", 2), ("1.3", 1))]
    assert ways_mm[plain] == pytest.approx(np.tile(away_mm, (len(plain), 1)), abs=0.3)
    assert likeness[plain].min() > DEFAULT.far_box


@pytest.mark.parametrize("away_mm", [0.0, 1.2])
def test_boxes_whose_lines_are_blurred_are_placed_by_their_whole_outlines(away_mm: float) -> None:
    page = drawn.draw_page(EDITION)
    drawn.fill(page, drawn.box_of(EDITION, "1.3", 1))
    candidate, _ = flat_candidate(page, EDITION)
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
