import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.model.geometry import Paper, Point, Rect

lengths = st.floats(min_value=0, max_value=1000)
rects = st.builds(Rect, lengths, lengths, lengths, lengths)


def test_the_origin_is_the_top_left_corner_and_y_runs_down() -> None:
    rect = Rect(10, 20, 30, 40)

    assert (rect.right, rect.bottom, rect.centre) == (40, 60, Point(25, 40))


def test_an_inset_takes_its_margin_off_every_side() -> None:
    assert Rect(10, 20, 30, 40).inset(2) == Rect(12, 22, 26, 36)


@given(rects, st.floats(min_value=-50, max_value=50))
def test_an_inset_keeps_the_centre(rect: Rect, margin: float) -> None:
    inner = rect.inset(margin)

    assert (inner.centre.x, inner.centre.y) == pytest.approx((rect.centre.x, rect.centre.y), abs=1e-6)


@given(rects, st.floats(min_value=-50, max_value=50))
def test_an_inset_is_undone_by_its_opposite(rect: Rect, margin: float) -> None:
    back = rect.inset(margin).inset(-margin)

    assert (back.x, back.y, back.width, back.height) == pytest.approx(
        (rect.x, rect.y, rect.width, rect.height), abs=1e-6
    )


def test_paper_is_upright_in_both_sizes() -> None:
    assert Paper("a4").size_mm == (210.0, 297.0)
    assert Paper("letter").size_mm == (215.9, 279.4)
