from dataclasses import astuple, replace

import numpy as np
import pytest

from kryds.model.reading import SHEET_ITEM
from kryds.reader.crop import CROP_PX_PER_MM, crop_again, crop_rows
from kryds.reader.fiducials import Reduced
from kryds.reader.read import read_page
from kryds.reader.register import Registration
from tests.reader import drawn
from tests.reader.test_bend import bent

EDITION = drawn.edition()
LAYOUT = EDITION.layout.pages[0]
UPRIGHT = Registration(np.diag([drawn.PX_PER_MM, drawn.PX_PER_MM, 1.0]), 0.0, 4)


def test_only_the_rows_asked_for_are_cut_in_printed_order() -> None:
    crops = crop_rows(Reduced(drawn.draw_page(EDITION), 1), UPRIGHT, LAYOUT, {"1.3", "1.1"})

    assert [crop.item_id for crop in crops] == ["1.1", "1.3"]


def test_the_head_is_cut_from_the_paper_s_edge_to_the_first_row() -> None:
    [head] = crop_rows(Reduced(drawn.draw_page(EDITION), 1), UPRIGHT, LAYOUT, {SHEET_ITEM})
    height = drawn.picture(head).shape[0] / CROP_PX_PER_MM

    assert (head.item_id, head.boxes) == (SHEET_ITEM, ())
    assert LAYOUT.code.bottom < height < LAYOUT.rows[0].rect.y + 0.2


def test_a_row_stands_upright_however_the_page_lies() -> None:
    page = drawn.draw_page(EDITION)
    drawn.cross(page, drawn.box_of(EDITION, "1.2", 4))
    turned = np.ascontiguousarray(np.rot90(page, 2))
    height, width = page.shape
    over = np.array([[-1, 0, width - 1], [0, -1, height - 1], [0, 0, 1.0]])
    (upright,) = crop_rows(Reduced(page, 1), UPRIGHT, LAYOUT, {"1.2"})
    (back,) = crop_rows(Reduced(turned, 1), Registration(over @ UPRIGHT.mm_to_px, 0.0, 4), LAYOUT, {"1.2"})

    pictures = [drawn.picture(crop) for crop in (upright, back)]
    assert np.abs(pictures[0].astype(int) - pictures[1]).mean() < 2


def test_the_boxes_are_named_in_the_pixels_of_the_picture() -> None:
    (crop,) = crop_rows(Reduced(drawn.draw_page(EDITION), 1), UPRIGHT, LAYOUT, {"1.1"})
    picture = drawn.picture(crop)
    box = crop.boxes[0]
    left, top = round(box.x), round(box.y)

    line = picture[top : top + round(box.height), left : left + 2]
    inside = picture[top + 5 : top + round(box.height) - 5, left + 5 : left + round(box.width) - 5]
    assert line.mean() < 140
    assert inside.mean() == pytest.approx(255, abs=3)


def test_a_row_cut_later_shows_what_it_would_have_shown_when_the_page_was_read() -> None:
    gray = drawn.draw_page(EDITION)
    for choice in (1, 3):
        drawn.cross(gray, drawn.box_of(EDITION, "1.2", choice))
    page = drawn.scan_page(drawn.turned(gray, 1.0))
    read = read_page(page, {EDITION.digest: EDITION})
    (again,) = crop_again(page, read.reading, LAYOUT, {"1.2"})
    (then,) = (crop for crop in read.crops if crop.item_id == "1.2")

    assert [astuple(box) for box in again.boxes] == [pytest.approx(astuple(box), abs=0.2) for box in then.boxes]
    assert np.abs(drawn.picture(again).astype(int) - drawn.picture(then)).mean() < 1


def test_a_row_of_a_bent_page_cut_later_is_cut_where_its_boxes_were_found() -> None:
    gray = drawn.draw_page(EDITION)
    for choice in (1, 3):
        drawn.cross(gray, drawn.box_of(EDITION, "1.2", choice))
    page = drawn.scan_page(bent(gray, (0.0, 8.0)))
    read = read_page(page, {EDITION.digest: EDITION})
    (again,) = crop_again(page, read.reading, LAYOUT, {"1.2"})
    (then,) = (crop for crop in read.crops if crop.item_id == "1.2")
    (where_it_was,) = crop_again(page, replace(read.reading, measurements=()), LAYOUT, {"1.2"})

    assert [astuple(box) for box in again.boxes] == [pytest.approx(astuple(box), abs=1.5) for box in then.boxes]
    assert np.abs(drawn.picture(again).astype(int) - drawn.picture(then)).mean() < 2
    assert np.abs(drawn.picture(where_it_was).astype(int) - drawn.picture(then)).mean() > 5


def test_a_page_that_is_no_longer_as_large_gives_no_picture() -> None:
    page = drawn.scan_page(drawn.draw_page(EDITION))
    reading = read_page(page, {EDITION.digest: EDITION}).reading

    assert crop_again(drawn.scan_page(page.gray[:-1]), reading, LAYOUT, {"1.2"}) == []


def test_a_row_that_bends_up_or_down_is_cut_with_all_of_its_boxes() -> None:
    own = [i for i, box in enumerate(LAYOUT.boxes) if box.item_id == "1.2"]
    ways = [(0.0, 0.0)] * len(LAYOUT.boxes)
    ways[own[0]], ways[own[-1]] = (0.0, -6.0), (0.0, 6.0)
    (crop,) = crop_rows(Reduced(drawn.draw_page(EDITION), 1), UPRIGHT, LAYOUT.moved(ways), {"1.2"})

    height = drawn.picture(crop).shape[0]
    for box in crop.boxes:
        assert box.y > CROP_PX_PER_MM
        assert box.y + box.height < height - CROP_PX_PER_MM
