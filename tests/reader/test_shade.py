import numpy as np
import pytest

from kryds.reader.settings import DEFAULT
from kryds.reader.shade import evenly_lit

SIDE, PAPER = 64, 200


def patch() -> np.ndarray:
    """Paper with the line of a box, 6 mm at 6 px/mm, in its middle."""
    page = np.full((SIDE, SIDE), float(PAPER))
    page[14:50, 14:50] *= 0.3
    page[16:48, 16:48] = PAPER
    return page


def lit(page: np.ndarray) -> np.ndarray:
    return np.asarray(evenly_lit(page.clip(0, 255).astype(np.uint8)[None], DEFAULT)[0])


def shadow(*, aslant: bool) -> np.ndarray:
    """The light of a shadow whose soft edge, 4 mm wide, goes down through the middle or from corner to corner."""
    x, y = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    beyond = (x + y) / 2 if aslant else x
    return np.asarray(1 - 0.4 * np.clip((beyond - 20) / 24, 0, 1), np.float64)


@pytest.mark.parametrize("aslant", [False, True])
def test_paper_in_a_soft_shadow_is_as_light_as_beside_it(aslant: bool) -> None:  # noqa: FBT001 - a parameter
    light = shadow(aslant=aslant)
    even = lit(np.full((SIDE, SIDE), PAPER) * light)

    assert even.min() > 0.85 * PAPER
    assert (PAPER * light).min() < 0.62 * PAPER


def test_a_line_in_a_shadow_is_as_dark_for_its_paper_as_one_beside_it() -> None:
    even = lit(patch() * shadow(aslant=False))

    assert even[30, 14] == pytest.approx(0.3 * PAPER, abs=8)
    assert even[30, 49] == pytest.approx(0.3 * PAPER, abs=8)


def test_what_is_evenly_lit_stays_as_it_is() -> None:
    noisy = patch() + np.random.default_rng(1).normal(0, 4, (SIDE, SIDE))

    assert (lit(noisy) == noisy.astype(np.uint8)).all()


@pytest.mark.parametrize("left", [0.2, 0.7])
def test_a_box_filled_in_is_no_shadow_however_pale(left: float) -> None:
    page = patch()
    page[14:50, 14:50] = left * PAPER

    assert (lit(page) == page.astype(np.uint8)).all()


def test_a_box_filled_in_stays_dark_where_a_shadow_falls_on_it() -> None:
    page = patch()
    page[14:50, 14:50] = 0.2 * PAPER
    even = lit(page * shadow(aslant=False))

    assert even[16:48, 16:48].max() < 0.5 * PAPER
    assert even[:8].min() > 0.85 * PAPER


def test_a_stroke_that_leaves_the_patch_is_no_shadow() -> None:
    page = patch()
    page[30:42, 48:] = 0.6 * PAPER

    assert (lit(page) == page.astype(np.uint8)).all()


def test_what_is_darker_than_a_shadow_is_left_dark() -> None:
    page = patch()
    page[:, 54:] = 0.2 * PAPER

    assert (lit(page) == page.astype(np.uint8)).all()


def test_paper_far_lighter_than_most_of_the_rim_does_not_make_a_shadow_of_black() -> None:
    page = patch()
    for rim in (page[:, :8], page[:, -8:], page[:8], page[-8:]):
        rim[:] = 40
    page[:, :8] = 20
    page[16:48, 16:48] = 0

    with np.errstate(all="raise"):
        even = lit(page)

    assert even[16:48, 16:48].max() == 0
