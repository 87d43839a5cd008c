import io
from functools import cached_property
from itertools import pairwise

import numpy as np
import pypdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from kryds.generator.chart_pen import ChartPen
from kryds.generator.charts import (
    COUNT_UNDER,
    CountBar,
    WeightScale,
    _spread,
    draw_axis,
    draw_boxes,
    draw_mean,
    draw_share,
    draw_status,
)
from kryds.generator.palette import shades
from kryds.generator.typeface import width_mm
from kryds.model.geometry import Point, Rect
from kryds.model.reading import SheetStatus


class Paper:
    """A page to draw on and look at, 8 pixels to the millimetre."""

    def __init__(self) -> None:
        self.canvas = Canvas(io.BytesIO(), pagesize=(100 / 25.4 * 72, 50 / 25.4 * 72))
        self.pen = ChartPen(self.canvas, 50.0)

    @cached_property
    def data(self) -> bytes:
        """The finished PDF; nothing can be drawn afterwards."""
        return bytes(self.canvas.getpdfdata())  # type: ignore[no-untyped-call]

    @property
    def words(self) -> list[str]:
        """What is written."""
        return pypdf.PdfReader(io.BytesIO(self.data)).pages[0].extract_text().split()

    @property
    def grey(self) -> np.ndarray:
        """What is seen."""
        page = pdfium.PdfDocument(self.data)[0].render(scale=8 * 25.4 / 72, grayscale=True)
        return np.asarray(page.to_numpy(), np.uint8).squeeze()


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.mark.parametrize(("value", "place"), [(1, 10), (3, 50), (5, 90), (0, 10), (9, 90)])
def test_a_value_stands_between_the_weights_and_never_outside_them(value: float, place: float) -> None:
    assert WeightScale((5, 1, 3), 10.0, 80.0).x(value) == pytest.approx(place)


def test_a_scale_of_one_weight_is_full() -> None:
    assert WeightScale((2, 2), 0.0, 80.0).x(2) == 80.0


def test_a_mean_in_the_middle_fills_half_the_bar(paper: Paper) -> None:
    draw_mean(paper.pen, WeightScale((1, 5), 10.0, 80.0), 25.0, 3.0)
    dark = (paper.grey[200] < 100).sum() / 8
    assert dark == pytest.approx(40, abs=0.3)


def test_without_a_mean_there_is_only_the_track(paper: Paper) -> None:
    draw_mean(paper.pen, WeightScale((1, 2, 3), 10.0, 80.0), 25.0, None)
    assert 200 < paper.grey.min() < 255


def test_an_axis_with_many_weights_names_first_and_last_and_no_two_collide(paper: Paper) -> None:
    draw_axis(paper.pen, WeightScale(tuple(range(-30, 31)), 10.0, 60.0), 20.0, COUNT_UNDER)
    assert paper.words[0] == "-30"
    assert paper.words[-1] == "30"
    assert len(paper.words) < 16


def test_a_share_is_drawn_to_scale_and_a_lacking_one_is_outlined(paper: Paper) -> None:
    draw_share(paper.pen, Rect(10, 10, 80, 4), 0.25, lacking=False)
    draw_share(paper.pen, Rect(10, 30, 80, 4), 0.25, lacking=True)
    assert (paper.grey[96] < 100).sum() / 8 == pytest.approx(20, abs=0.3)
    assert (paper.grey[236:243] < 150).sum() < (paper.grey[240 + 28 : 240 + 35] < 150).sum()


def test_counts_stand_in_their_part_or_under_the_bar(paper: Paper) -> None:
    bar = CountBar((1, 60, 139), 2, shades(3))
    assert bar.spills(60.0)
    bar.draw(paper.pen, Rect(10, 10, 60, 5))
    assert sorted(paper.words) == ["1", "139", "2", "60"]


def test_a_count_of_none_is_not_written(paper: Paper) -> None:
    CountBar((0, 3), 0, shades(2)).draw(paper.pen, Rect(10, 10, 60, 5))
    assert paper.words == ["3"]


def test_a_bar_without_answers_is_drawn_as_such() -> None:
    assert not CountBar((0, 0), 0, shades(2)).spills(60.0)


def test_parts_are_as_wide_as_their_counts(paper: Paper) -> None:
    CountBar((30, 10), 0, shades(2)).draw(paper.pen, Rect(10, 10, 80, 5))
    dark = (paper.grey[int(10.4 * 8)] < 100).sum() / 8
    assert dark == pytest.approx(20, abs=0.5)


@given(st.lists(st.floats(0, 60), min_size=1, max_size=8))
def test_counts_under_a_bar_never_touch(middles: list[float]) -> None:
    labels = [(middle, "12") for middle in sorted(middles)]
    lefts = [left for left, _ in _spread(labels, Rect(0, 0, 60, 5))]
    assert all(b - a >= width_mm("12", COUNT_UNDER) for a, b in pairwise(lefts))
    assert lefts[-1] <= 60 - width_mm("12", COUNT_UNDER) + 1e-9


def test_only_the_chosen_box_is_dark(paper: Paper) -> None:
    draw_boxes(paper.pen, Point(10, 10), 3, 2)
    means = [paper.grey[80:106, left : left + 26].mean() for left in (80, 116, 152)]
    assert means[1] < 130 < min(means[0], means[2])


def test_a_row_without_an_answer_has_no_dark_box(paper: Paper) -> None:
    draw_boxes(paper.pen, Point(10, 10), 3, None)
    assert paper.grey[84:102, 84:180].mean() > 200


def test_the_signs_of_the_statuses_differ_in_shape(paper: Paper) -> None:
    for at, status in enumerate(SheetStatus):
        draw_status(paper.pen, Point(15 + 20 * at, 20), status, 8.0)
    shapes = [paper.grey[126:194, left - 40 : left + 40] < 160 for left in (120, 280, 440)]
    for one in range(3):
        for other in range(one):
            assert (shapes[one] ^ shapes[other]).mean() > 0.1
