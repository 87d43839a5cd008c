import pytest

from kryds.reader.settings import DEFAULT
from kryds.reader.windows import box_windows, ink_threshold
from tests.reader import drawn
from tests.reader.test_measure import EDITION, registered
from tests.reader.test_snap import stretched


@pytest.mark.parametrize(("half_mm", "side"), [(2.6, 30), (4.0, 48)])
def test_a_window_is_cut_around_each_box(half_mm: float, side: int) -> None:
    page = registered(drawn.draw_page(EDITION))
    windows = box_windows(page, half_mm, 0.2)

    assert windows.ink.shape == (len(page.candidate.layout.boxes), side, side)


def test_the_box_stands_in_the_middle_of_its_window_even_where_the_feed_was_uneven() -> None:
    page = registered(stretched(drawn.draw_page(EDITION), 1.0))
    dark = box_windows(page, 4.0, 0.2).dark

    assert not dark[:, 16:32, 16:32].any()
    assert dark[:, 5:8, 10:38].any(axis=1).mean() > 0.9
    assert dark[:, -8:-5, 10:38].any(axis=1).mean() > 0.9


def test_what_counts_as_ink_stays_above_the_noise_of_the_paper() -> None:
    calm = registered(drawn.draw_page(EDITION))

    assert ink_threshold(calm, DEFAULT) == DEFAULT.ink_threshold
