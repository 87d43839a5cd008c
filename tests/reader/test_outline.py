from dataclasses import replace

import cv2
import numpy as np
import pytest

from kryds.model.edition import Edition
from kryds.model.reading import PageState, Reason
from kryds.reader.outline import outlines_of, placed_by_outlines, placed_by_rows
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


def _worn(gray: drawn.Gray, edition: Edition, share: float) -> drawn.Gray:
    """The page copied until this share of the pixels of its boxes is left, photographed out of focus, with noise."""
    rng = np.random.default_rng(1)
    page = gray.copy()
    for box in edition.layout.pages[0].boxes:
        low, high = ((box.rect.x - 1, box.rect.y - 1), (box.rect.right + 1, box.rect.bottom + 1))
        (x, y), (right, bottom) = (tuple(round(mm * drawn.PX_PER_MM) for mm in corner) for corner in (low, high))
        part = page[y:bottom, x:right]
        part[rng.random(part.shape) >= share] = 255
    for item in (1, 3, 4, 5, 6):
        drawn.cross(page, drawn.box_of(edition, f"1.{item}", 2))
    soft = cv2.GaussianBlur(page, (0, 0), 0.3 * drawn.PX_PER_MM)
    return np.asarray(np.clip(soft * 0.8 + rng.normal(0, 10, page.shape), 0, 255), np.uint8)


def test_a_page_whose_boxes_are_seen_only_together_is_read_and_its_blank_row_is_a_question() -> None:
    edition = drawn.edition(drawn.form(items=12, options=5))
    page = _worn(drawn.draw_page(edition), edition, share=0.15)

    answers = read_page(drawn.scan_page(page), {edition.digest: edition}).reading.answers

    assert [answer.choice for answer in answers] == [2, None, 2, 2, 2, 2]
    assert answers[1].reasons[0].kind == "boxes_hidden"


def test_a_page_whose_boxes_are_gone_is_refused() -> None:
    edition = drawn.edition(drawn.form(items=12, options=5))
    page = _worn(drawn.draw_page(edition), edition, share=0.0)

    reading = read_page(drawn.scan_page(page), {edition.digest: edition}).reading

    assert reading.state is PageState.UNREADABLE
    assert reading.reason == Reason("boxes_not_found")


def test_rows_are_placed_by_their_boxes_laid_on_each_other() -> None:
    edition = drawn.edition(drawn.form(items=12, options=5))
    page = _worn(drawn.draw_page(edition), edition, share=0.2)
    candidate, _ = flat_candidate(page, edition)
    layout = candidate.layout
    off = replace(candidate, layout=layout.moved([(0.8, -0.7)] * len(layout.boxes)))
    patches = to_ink(
        sample_boxes(picture_of(drawn.scan_page(page), DEFAULT), off.registration, off.layout, DEFAULT), 60.0, DEFAULT
    )

    placed = placed_by_rows(patches, off, DEFAULT)

    assert placed.is_worn
    assert placed.outline.min() > DEFAULT.row_outline
    assert placed.offset_mm == pytest.approx(np.tile((-0.8, 0.7), (len(layout.boxes), 1)), abs=0.25)
