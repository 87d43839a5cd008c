from collections.abc import Callable
from itertools import pairwise

import pytest

from kryds.generator.grid import (
    BOX_GAP_MM,
    BOX_MM,
    CODE_QUIET_MM,
    FIDUCIAL_EDGE_MM,
    FIDUCIAL_MM,
    TEXT_MIN_MM,
    columns_of,
    grid_of,
)
from kryds.model.errors import FormError
from kryds.model.form import Form
from kryds.model.geometry import Paper, Point

TEN = tuple(f"Svar {number}" for number in range(1, 11))


@pytest.mark.parametrize("paper", Paper)
def test_fiducials_stand_in_reading_order_eleven_mm_from_the_edge(paper: Paper) -> None:
    width, height = paper.size_mm
    places = [fiducial.centre for fiducial in grid_of(paper).fiducials]
    assert [fiducial.slot for fiducial in grid_of(paper).fiducials] == list(range(6))
    assert places[0] == Point(15, 15)
    assert places[5] == Point(width - 15, height - 15)
    assert places[2].y == places[3].y == height / 2
    assert FIDUCIAL_EDGE_MM + FIDUCIAL_MM / 2 == 15


@pytest.mark.parametrize("paper", Paper)
def test_the_page_code_keeps_its_quiet_zone_from_the_fiducial(paper: Paper) -> None:
    grid = grid_of(paper)
    assert grid.code.right + CODE_QUIET_MM <= grid.fiducials[1].centre.x - FIDUCIAL_MM / 2


@pytest.mark.parametrize("labels", [("Ja", "Nej"), ("Aldrig", "Sjældent", "Af og til", "Oftest", "Altid"), TEN])
def test_boxes_keep_size_and_distance_and_the_text_its_column(
    make_form: Callable[..., Form], labels: tuple[str, ...]
) -> None:
    for columns in columns_of(make_form(labels=labels), grid_of(Paper.A4)):
        boxes = [columns.box(choice, 100) for choice in range(1, len(labels) + 1)]
        assert all(box.width == box.height == BOX_MM for box in boxes)
        assert all(right.x - left.right >= BOX_GAP_MM - 0.011 for left, right in pairwise(boxes))
        assert columns.text_mm >= TEXT_MIN_MM - 0.01


def test_long_labels_wrap_rather_than_shrink(make_form: Callable[..., Form]) -> None:
    labels = ("Passer slet ikke på mig", "Passer kun lidt på mig", "Passer helt på mig")
    columns = columns_of(make_form(labels=labels), grid_of(Paper.A4))[0]
    assert columns.label_style.size_pt == 9
    assert max(map(len, columns.labels)) > 1


def test_labels_that_cannot_stand_above_their_columns_are_refused(make_form: Callable[..., Form]) -> None:
    labels = tuple(f"Overordentligt tilfredsstillende {number}" for number in range(8))
    with pytest.raises(FormError, match=r"options: 8 categories .* shorten the labels or use fewer"):
        columns_of(make_form(labels=labels), grid_of(Paper.A4))
