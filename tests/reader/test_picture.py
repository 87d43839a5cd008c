import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from kryds.model.page_code import PageCode
from kryds.reader import scan_page
from kryds.reader.fiducials import Reduced
from kryds.reader.picture import Picture, picture_of
from kryds.reader.read import read_page
from kryds.reader.scan import ScanPage, load_pages
from kryds.reader.settings import DEFAULT
from tests.reader import drawn

EDITION = drawn.edition()


def scan(folder: Path, gray: drawn.Gray, **how: int) -> ScanPage:
    """The page as a 300 dpi JPEG file, loaded."""
    large = np.asarray(cv2.resize(gray, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR), np.uint8)
    file = io.BytesIO()
    Image.fromarray(large).save(file, "JPEG", quality=80, dpi=(300, 300))
    (folder / "scan.jpg").write_bytes(file.getvalue())
    (page,) = load_pages(folder / "scan.jpg", "scan.jpg", [0], **how)
    assert isinstance(page, ScanPage)
    return page


def test_a_page_decoded_reduced_is_read_as_the_whole_of_it(tmp_path: Path) -> None:
    page = drawn.draw_page(EDITION)
    drawn.cross(page, drawn.box_of(EDITION, "1.2", 3))
    whole, reduced = scan(tmp_path, page), scan(tmp_path, page, long_side_px=DEFAULT.working_long_side_px)
    readings = [read_page(each, {EDITION.digest: EDITION}).reading for each in (whole, reduced)]

    assert (whole.whole, reduced.gray.shape) == (None, (1754, 1240))
    assert [(a.state, a.choice) for a in readings[0].answers] == [(a.state, a.choice) for a in readings[1].answers]
    sure = [[answer.confidence for answer in reading.answers] for reading in readings]
    assert sure[0] == pytest.approx(sure[1], abs=0.001)
    assert (readings[1].width_px, readings[1].height_px, readings[1].dpi) == (2480, 3508, 300)
    places = [[(box.found.x, box.found.y) for box in reading.measurements] for reading in readings]
    assert np.array(places[1]) == pytest.approx(np.array(places[0]), abs=0.5)


def test_the_picture_of_a_row_is_cut_out_of_what_was_decoded(tmp_path: Path) -> None:
    page = drawn.draw_page(EDITION)
    for choice in (1, 2):
        drawn.cross(page, drawn.box_of(EDITION, "1.1", choice))
    whole, reduced = scan(tmp_path, page), scan(tmp_path, page, long_side_px=DEFAULT.working_long_side_px)
    pictures = [drawn.picture(read_page(each, {EDITION.digest: EDITION}).crops[0]) for each in (whole, reduced)]

    assert np.abs(pictures[0].astype(int) - pictures[1]).mean() < 1.5


def test_where_the_code_is_too_fine_the_page_is_decoded_whole(tmp_path: Path) -> None:
    small = scan(tmp_path, drawn.draw_page(EDITION, copy=9), long_side_px=439)
    assert small.whole
    assert small.whole.factor == 8
    reading = read_page(small, {EDITION.digest: EDITION}).reading

    assert reading.code == PageCode("drawn", EDITION.digest, "", 9, 1)


def test_what_is_stored_is_decoded_once_at_most() -> None:
    whole = iter([np.ones((8, 8), np.uint8)])
    small = Reduced(np.zeros((4, 4), np.uint8), 2)
    picture = Picture(small, small, lambda: next(whole))

    assert picture.stored.shape == picture.stored.shape == (8, 8)


def test_of_a_whole_page_nothing_is_decoded_again() -> None:
    page = drawn.scan_page(drawn.draw_page(EDITION))

    assert picture_of(page, DEFAULT).stored is page.gray
    assert page.size_px == scan_page.ScanPage("", 0, page.gray, 0.0, page.px_to_pt).size_px
