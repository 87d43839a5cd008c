from dataclasses import replace

import cv2
import numpy as np
import pytest

from kryds.model.reading import PageState
from kryds.reader.read import read_page
from kryds.reader.settings import DEFAULT
from tests.reader import drawn
from tests.reader.test_bend import bent


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
