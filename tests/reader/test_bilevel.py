import cv2
import numpy as np
import pytest
from PIL import Image

from kryds.reader.bilevel import is_bilevel, without_dots
from kryds.reader.read import read_page
from kryds.reader.settings import DEFAULT
from tests.reader import drawn

EDITION = drawn.edition()
PAGE = drawn.draw_page(EDITION)
BLACK_AND_WHITE = np.where(PAGE < 160, 0, 255).astype(np.uint8)


def _as_jpeg(gray: drawn.Gray, quality: int) -> drawn.Gray:
    _, data = cv2.imencode(".jpg", gray, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def test_a_page_with_soft_edges_is_not_bilevel() -> None:
    assert not is_bilevel(cv2.GaussianBlur(PAGE, (0, 0), 0.8).astype(np.uint8), DEFAULT)


@pytest.mark.parametrize("gray", [BLACK_AND_WHITE, _as_jpeg(BLACK_AND_WHITE, 95)], ids=["bare", "jpeg"])
def test_a_page_of_black_and_white_is_bilevel(gray: drawn.Gray) -> None:
    assert is_bilevel(gray, DEFAULT)


def _of_dots(gray: drawn.Gray) -> drawn.Gray:
    """The page at 300 dpi as a copier set to photo has it: greys are finer or coarser dots."""
    large = cv2.resize(gray, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR)
    return np.asarray(Image.fromarray(large).convert("1").convert("L"), np.uint8)


def test_a_page_of_black_and_white_stays_as_it_is() -> None:
    assert without_dots(BLACK_AND_WHITE, DEFAULT) is BLACK_AND_WHITE


def test_a_page_of_greys_stays_as_it_is() -> None:
    grainy = np.clip(PAGE * 0.8 + np.random.default_rng(1).normal(0, 20, PAGE.shape), 0, 255).astype(np.uint8)

    assert without_dots(grainy, DEFAULT) is grainy


def test_pale_crosses_on_grey_paper_are_read_from_a_page_of_dots() -> None:
    page = drawn.draw_page(EDITION)
    chosen = {"1.1": 2, "1.2": 3}
    for item_id, choice in chosen.items():
        drawn.cross(page, drawn.box_of(EDITION, item_id, choice), darkness=130)
    dotted = _of_dots(np.minimum(page, 190))

    answers = read_page(drawn.scan_page(dotted), {EDITION.digest: EDITION}).reading.answers

    assert is_bilevel(dotted, DEFAULT)
    assert not is_bilevel(without_dots(dotted, DEFAULT), DEFAULT)
    assert {answer.item_id: answer.choice for answer in answers if answer.choice} == chosen
    assert {answer.state for answer in answers if not answer.choice} == {"blank"}
