from dataclasses import replace

import numpy as np
import pytest

from kryds.samples.paper.damage import Damage
from kryds.samples.paper.scanner import (
    DAMAGED_OFFICE,
    OFFICE_ADAPTIVE_300,
    OFFICE_BILEVEL_300,
    OFFICE_GREY_300,
    Depth,
    ScannedPage,
    ScannerProfile,
    scan,
)
from tests.samples.squares import page, squares_found


def _scanned(profile: ScannerProfile, seed: int = 1) -> ScannedPage:
    return scan(page(profile.dpi, colour=profile.depth is Depth.COLOUR), profile, np.random.default_rng(seed))


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
@pytest.mark.parametrize("depth", Depth)
def test_marks_are_where_the_scan_says_they_are(depth: Depth, quarters: int) -> None:
    profile = ScannerProfile(dpi=150, depth=depth, quarters=quarters, rotation_deg=3, feed_stretch=0.01)
    assert squares_found(_scanned(profile), 150) == 4


def test_a_damaged_scan_still_shows_marks_where_it_says() -> None:
    whole_paper = replace(DAMAGED_OFFICE, damages=(Damage.CREASE,), dpi=150)
    assert squares_found(_scanned(whole_paper), 150) == 4


def test_paper_is_clipped_to_white() -> None:
    pixels = _scanned(replace(OFFICE_GREY_300, dust=0)).pixels
    assert np.median(pixels) == 255
    assert (pixels > 250).mean() > 0.9


@pytest.mark.parametrize("profile", [OFFICE_BILEVEL_300, OFFICE_ADAPTIVE_300])
def test_a_bilevel_scan_is_black_and_white(profile: ScannerProfile) -> None:
    scanned = _scanned(profile)
    assert scanned.bilevel
    assert set(np.unique(scanned.pixels)) == {0, 255}


def test_a_dirty_feeder_draws_lines_down_the_page() -> None:
    clean = replace(OFFICE_GREY_300, dpi=150, noise=0, dust=0, lid=247)
    striped = _scanned(replace(clean, streaks=2)).pixels
    assert ((striped < 235).mean(axis=0) > 0.99).any()
    assert not ((_scanned(clean).pixels < 235).mean(axis=0) > 0.5).any()


def test_a_dark_edge_darkens_one_side() -> None:
    pixels = _scanned(replace(OFFICE_GREY_300, dpi=150, dark_edge_mm=8)).pixels
    assert pixels[:, 5].mean() < pixels[:, -30].mean() - 60


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
    grey = page(200)
    grey.pixels[:] = 128
    dotted = scan(grey, ScannerProfile(dpi=200, depth=Depth.BILEVEL_DOTTED), np.random.default_rng(1)).pixels
    assert set(np.unique(dotted)) == {0, 255}
    assert 0.3 < (dotted[300:900, 200:600] == 255).mean() < 0.7
