import cv2
import numpy as np
import pytest

from kryds.samples.paper.damage import Damage, suffer
from kryds.samples.paper.printer import PaperPage

PX_PER_MM = 4.0


def _after(*damages: Damage, seed: int = 1, colour: bool = False) -> np.ndarray:
    shape = (1188, 840, 3) if colour else (1188, 840)
    place = np.array([[PX_PER_MM, 0, 0], [0, PX_PER_MM, 0]])
    page = PaperPage(np.full(shape, 240, np.uint8), PX_PER_MM * 25.4, place)
    return suffer(page, damages, 40, np.random.default_rng(seed)).pixels


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("damage", [damage for damage in Damage if damage is not Damage.SHOW_THROUGH])
def test_damage_shows_and_leaves_most_of_the_page(damage: Damage, colour: bool) -> None:  # noqa: FBT001 - a parameter
    changed = (_after(damage, colour=colour) != 240).mean()
    assert 0.0005 < changed < 0.25


def test_an_unhurt_page_stays_as_it_is() -> None:
    assert (_after() == 240).all()


def test_two_holes_are_punched_80_mm_apart() -> None:
    rows = np.flatnonzero((_after(Damage.PUNCH_HOLES)[:, :100] == 40).any(axis=1))
    upper, lower = rows[rows < 594].mean(), rows[rows > 594].mean()
    assert (lower - upper) / PX_PER_MM == pytest.approx(80, abs=0.5)


def test_a_torn_corner_shows_the_lid_in_one_corner_only() -> None:
    for seed in range(8):
        torn = _after(Damage.TORN_CORNER, seed=seed)
        assert sum(torn[y, x] == 40 for y in (0, -1) for x in (0, -1)) == 1


def test_a_crease_darkens_a_line_right_across() -> None:
    creased = _after(Damage.CREASE)
    assert (creased.min(axis=0) < 215).mean() > 0.9


def test_coffee_takes_more_blue_than_red() -> None:
    stained = _after(Damage.COFFEE_RING, colour=True).astype(int)
    assert stained[:, :, 2].min() < stained[:, :, 0].min() - 10


def test_thin_paper_shows_its_own_print_mirrored_and_pale() -> None:
    page = PaperPage(np.full((400, 300), 240, np.uint8), 101.6, np.array([[PX_PER_MM, 0, 0], [0, PX_PER_MM, 0]]))
    page.pixels[100:200, 40:60] = 20
    seen = suffer(page, (Damage.SHOW_THROUGH,), 40, np.random.default_rng(1)).pixels
    assert 200 < seen[150, 299 - 50] < 236
    assert seen[150, 50] < 21


def test_folds_lie_across_the_page_along_it_and_aslant() -> None:
    darkest = [_after(Damage.CREASE, seed=seed) for seed in range(12)]
    across = [(page.min(axis=1) < 215).mean() for page in darkest]
    assert min(across) < 0.05
    assert max(across) > 0.9


def test_what_is_spilled_dries_to_a_rim_darker_than_its_inside() -> None:
    rims, insides = zip(*(_rim_and_inside(_after(Damage.STAIN, seed=seed)) for seed in range(12)), strict=True)
    assert np.mean(rims) < np.mean(insides) - 5


def _rim_and_inside(page: np.ndarray) -> tuple[float, float]:
    """Mean light of what stands within 1 mm of bare paper, and more than 3 mm from it, where the page is stained."""
    away = cv2.distanceTransform((page < 239).astype(np.uint8), cv2.DIST_L2, 5) / PX_PER_MM
    return float(page[(away > 0) & (away < 1)].mean()), float(page[away > 3].mean())
