from dataclasses import replace

import numpy as np
import pytest

from kryds.samples.paper.damage import Damage
from kryds.samples.paper.printer import PaperPage
from kryds.samples.paper.scanner import (
    DAMAGED_OFFICE,
    OFFICE_ADAPTIVE_300,
    OFFICE_BILEVEL_300,
    OFFICE_GREY_300,
    PHONE,
    Depth,
    ScannedPage,
    ScannerProfile,
    scan,
    snap,
)

MARKS_MM = np.array([[20.0, 30], [80, 30], [20, 120], [80, 120]])


def _page(dpi: float = 150, *, colour: bool = False) -> PaperPage:
    """A6 paper with four black squares of 3 mm."""
    k = dpi / 25.4
    pixels = np.full((round(148 * k), round(105 * k)), 247, np.uint8)
    for x, y in MARKS_MM:
        pixels[round((y - 1.5) * k) : round((y + 1.5) * k), round((x - 1.5) * k) : round((x + 1.5) * k)] = 20
    shown = np.repeat(pixels[:, :, None], 3, axis=2) if colour else pixels
    return PaperPage(shown, dpi, np.array([[k, 0, -0.5], [0, k, -0.5]]))


def _scanned(profile: ScannerProfile, seed: int = 1) -> ScannedPage:
    return scan(_page(profile.dpi, colour=profile.depth is Depth.COLOUR), profile, np.random.default_rng(seed))


def _squares_found(page: ScannedPage, dpi: float) -> int:
    """How many squares are dark in the middle and light 4 mm beside it, where the page says they are."""
    grey = page.pixels if page.pixels.ndim == 2 else page.pixels.mean(axis=2)
    found = 0
    for x, y in page.find(MARKS_MM).round().astype(int):
        middle, beside = grey[y - 3 : y + 4, x - 3 : x + 4].mean(), grey[y, x + round(4 * dpi / 25.4)]
        found += bool(middle < 110 and beside > middle + 60)
    return found


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
@pytest.mark.parametrize("depth", Depth)
def test_marks_are_where_the_scan_says_they_are(depth: Depth, quarters: int) -> None:
    profile = ScannerProfile(dpi=150, depth=depth, quarters=quarters, rotation_deg=3, feed_stretch=0.01)
    assert _squares_found(_scanned(profile), 150) == 4


def test_a_damaged_scan_still_shows_marks_where_it_says() -> None:
    whole_paper = replace(DAMAGED_OFFICE, damages=(Damage.CREASE,), dpi=150)
    assert _squares_found(_scanned(whole_paper), 150) == 4


def test_paper_is_clipped_to_white() -> None:
    pixels = _scanned(replace(OFFICE_GREY_300, dust=0)).pixels
    assert np.median(pixels) == 255
    assert (pixels > 250).mean() > 0.9


@pytest.mark.parametrize("profile", [OFFICE_BILEVEL_300, OFFICE_ADAPTIVE_300])
def test_a_bilevel_scan_is_black_and_white(profile: ScannerProfile) -> None:
    page = _scanned(profile)
    assert page.bilevel
    assert set(np.unique(page.pixels)) == {0, 255}


def test_a_dirty_feeder_draws_lines_down_the_page() -> None:
    clean = replace(OFFICE_GREY_300, dpi=150, noise=0, dust=0, lid=247)
    striped = _scanned(replace(clean, streaks=2)).pixels
    assert ((striped < 235).mean(axis=0) > 0.99).any()
    assert not ((_scanned(clean).pixels < 235).mean(axis=0) > 0.5).any()


def test_a_dark_edge_darkens_one_side() -> None:
    pixels = _scanned(replace(OFFICE_GREY_300, dpi=150, dark_edge_mm=8)).pixels
    assert pixels[:, 5].mean() < pixels[:, -30].mean() - 60


def test_a_photo_shows_marks_where_it_says_and_the_table_around() -> None:
    photo = snap(_page(200, colour=True), replace(PHONE, width_px=900), np.random.default_rng(4))
    assert photo.pixels.shape == (1200, 900, 3)
    assert photo.dpi == 0
    assert _squares_found(photo, 180) == 4
    red, _, blue = photo.pixels[5, 5].astype(int)
    assert red > blue


def test_a_flat_page_photographed_sideways_lies_on_its_side() -> None:
    photo = snap(_page(150, colour=True), replace(PHONE, width_px=600, curl_mm=0, quarters=1), np.random.default_rng(4))
    assert photo.pixels.shape == (600, 800, 3)
    assert _squares_found(photo, 130) == 4


def test_the_same_seed_scans_the_same_picture() -> None:
    profile = replace(DAMAGED_OFFICE, dpi=100)
    assert (_scanned(profile, 3).pixels == _scanned(profile, 3).pixels).all()
    assert (_scanned(profile, 3).pixels != _scanned(profile, 4).pixels).any()


def test_sharpening_draws_light_beside_dark() -> None:
    clean = replace(OFFICE_GREY_300, dpi=150, noise=0, dust=0, white_point=1.0, rotation_deg=0, shading=0)
    plain, crisp = _scanned(clean).pixels, _scanned(replace(clean, sharpening=1.0)).pixels
    assert crisp.min() <= plain.min()
    assert crisp.max() > plain.max()


def _unlike_its_neighbours(profile: ScannerProfile) -> float:
    """How far pixels of bare paper are from the one beside them, in standard deviations of the paper's grey."""
    paper = _scanned(profile).pixels[330:420, 200:400].astype(float)
    return float(np.abs(np.diff(paper, axis=1)).mean() / paper.std())


def test_coarse_grain_is_noise_that_goes_on_from_pixel_to_pixel() -> None:
    fine = ScannerProfile(dpi=150, noise=5, white_point=1.0)
    assert _unlike_its_neighbours(replace(fine, grain_mm=0.3)) < 0.7 * _unlike_its_neighbours(fine)


def test_greys_come_as_dots_where_the_scanner_keeps_them_so() -> None:
    page = _page(200)
    page.pixels[:] = 128
    dotted = scan(page, ScannerProfile(dpi=200, depth=Depth.BILEVEL_DOTTED), np.random.default_rng(1)).pixels
    assert set(np.unique(dotted)) == {0, 255}
    assert 0.3 < (dotted[300:900, 200:600] == 255).mean() < 0.7
