import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.generator.palette import DOUBT, DOUBT_GROUND, WHITE, contrast, luminance, shades, shades_of, text_on


@pytest.mark.parametrize("count", range(2, 11))
def test_each_shade_is_darker_than_the_one_before(count: int) -> None:
    grey = [luminance(shade) for shade in shades(count)]
    assert len(grey) == count
    assert grey == sorted(grey, reverse=True)
    assert len(set(grey)) == count


@given(st.text("0123456789ABCDEF", min_size=6, max_size=6))
def test_text_is_legible_on_any_ground(ground: str) -> None:
    assert contrast(text_on(ground), ground) >= 4.5


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("000000", "FFFFFF") == contrast("FFFFFF", "000000") == pytest.approx(21)


@pytest.mark.parametrize("ground", [WHITE, DOUBT_GROUND])
def test_what_is_in_doubt_is_legible(ground: str) -> None:
    assert contrast(DOUBT, ground) >= 4.5


def test_more_points_are_darker_wherever_the_category_stands() -> None:
    pale, middle, dark = shades(3)
    assert shades_of((5, 1, 3)) == (dark, pale, middle)


def test_categories_that_give_the_same_points_can_still_be_told_apart() -> None:
    assert len(set(shades_of((1, 1, 0)))) == 3
