import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.reader.scan_page import MAX_PIXELS, image_page, too_large

A4_AT_300 = np.zeros((3508, 2480), np.uint8)


def test_a_picture_is_laid_on_a_page_of_its_own_size() -> None:
    page = image_page(("scan.tif", 3), A4_AT_300, (300.0, 300.0))

    assert (page.source, page.index, page.dpi) == ("scan.tif", 3, 300.0)
    assert page.px_to_pt == pytest.approx((0.24, 0, 0, -0.24, 0, 841.92))


def test_a_fax_with_flat_pixels_keeps_both_its_resolutions() -> None:
    page = image_page(("fax.tif", 0), np.zeros((1143, 1728), np.uint8), (204.0, 98.0))

    assert page.dpi == 151.0
    assert page.px_to_pt == pytest.approx((72 / 204, 0, 0, -72 / 98, 0, 1143 * 72 / 98))


@pytest.mark.parametrize(
    "claimed",
    [
        pytest.param((0.0, 0.0), id="none"),
        pytest.param((1.0, 1.0), id="an aspect ratio"),
        pytest.param((72.0, 72.0), id="an editor's default: a page of 87 cm"),
        pytest.param((1200.0, 1200.0), id="a page of 5 cm"),
        pytest.param((9000.0, 9000.0), id="no scanner"),
        pytest.param((float("nan"), 300.0), id="no number"),
    ],
)
def test_a_resolution_that_makes_no_sheet_of_paper_is_not_believed(claimed: tuple[float, float]) -> None:
    page = image_page(("photo.jpg", 0), A4_AT_300, claimed)

    assert page.dpi == 0.0
    assert page.px_to_pt[0] * 2480 == pytest.approx(595.28, abs=0.01)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_pages_up_to_the_limit_are_let_in(width: int, height: int) -> None:
    reason = too_large(width, height)

    assert (reason is None) == (width * height <= MAX_PIXELS)
    assert reason is None or reason.values == (("megapixels", str(round(width * height / 1e6))),)
