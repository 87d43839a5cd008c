from dataclasses import replace

import cv2
import numpy as np

from kryds.samples.paper.damage import Damage
from kryds.samples.paper.phone import PHONE, snap
from kryds.samples.paper.scanner import ScannedPage
from tests.samples.squares import page, squares_found


def test_a_photo_shows_marks_where_it_says_and_the_table_around() -> None:
    photo = snap(page(200, colour=True), replace(PHONE, width_px=900), np.random.default_rng(4))
    assert photo.pixels.shape == (1200, 900, 3)
    assert photo.dpi == 0
    assert squares_found(photo, 180) == 4
    red, _, blue = photo.pixels[5, 5].astype(int)
    assert red > blue


def test_a_flat_page_photographed_sideways_lies_on_its_side() -> None:
    photo = snap(page(150, colour=True), replace(PHONE, width_px=600, curl_mm=0, quarters=1), np.random.default_rng(4))
    assert photo.pixels.shape == (600, 800, 3)
    assert squares_found(photo, 130) == 4


def test_a_folded_sheet_shows_its_fold_in_the_photo() -> None:
    still = replace(PHONE, width_px=600, noise=0)
    flat, folded = (
        snap(page(150, colour=True), replace(still, damages=damages), np.random.default_rng(4))
        for damages in ((), (Damage.CREASE,))
    )
    assert _thin_and_dark(folded) > _thin_and_dark(flat) + 200


def _thin_and_dark(photo: ScannedPage) -> int:
    """Pixels darker than what stands 5 px beside them either way, squares and the table left out."""
    grey = photo.pixels.mean(axis=2).astype(np.uint8)[100:-100, 100:-100]
    lines = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((11, 11), np.uint8))
    return int((lines > 12).sum())
