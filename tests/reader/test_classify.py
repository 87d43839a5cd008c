from dataclasses import replace

import pytest

from kryds.model.reading import BoxMeasurement, BoxState, PixelRect
from kryds.reader.classify import classify_box, classify_boxes
from kryds.reader.settings import DEFAULT

EMPTY = BoxMeasurement(
    item_id="1.1",
    choice=1,
    found=PixelRect(0, 0, 35, 35),
    found_offset_mm=0.0,
    outline=0.5,
    inner_ink=0.0,
    core_ink=0.0,
    trace_ink=0.05,
    long_stroke=0.0,
    cross_strokes=0.0,
    fill=0.0,
    spill_ink=0.0,
    darkness=0.0,
)
CROSSED = replace(EMPTY, inner_ink=0.3, core_ink=0.5, trace_ink=1.0, long_stroke=1.0, cross_strokes=0.95, darkness=0.8)
FILLED = replace(CROSSED, inner_ink=0.95, core_ink=1.0, cross_strokes=1.0, fill=0.95)


@pytest.mark.parametrize(
    ("box", "state"),
    [
        (EMPTY, BoxState.EMPTY),
        (replace(EMPTY, inner_ink=0.005), BoxState.EMPTY),  # a speck of dust
        (CROSSED, BoxState.CROSSED),
        (replace(CROSSED, inner_ink=0.6, fill=0.3), BoxState.CROSSED),  # a felt-tip
        (replace(CROSSED, inner_ink=0.1, core_ink=0.15, darkness=0.35), BoxState.CROSSED),  # a pencil
        (FILLED, BoxState.CANCELLED),
        (replace(FILLED, fill=0.55), BoxState.DOUBTFUL),  # between a very thick cross and a fill
        (replace(EMPTY, trace_ink=0.4), BoxState.DOUBTFUL),  # a trace of something
        (replace(CROSSED, cross_strokes=0.3), BoxState.DOUBTFUL),  # one stroke
        (replace(EMPTY, inner_ink=0.08, core_ink=0.0), BoxState.DOUBTFUL),  # ink in a corner
        (replace(EMPTY, spill_ink=0.3), BoxState.DOUBTFUL),  # a circle around it
    ],
)
def test_a_box_is_what_its_numbers_say_and_doubtful_otherwise(box: BoxMeasurement, state: BoxState) -> None:
    assert classify_box(box, DEFAULT).state is state


def test_a_clear_mark_is_surer_than_one_near_the_threshold() -> None:
    near = replace(CROSSED, cross_strokes=DEFAULT.crossed_stroke)

    assert classify_box(CROSSED, DEFAULT).confidence > classify_box(near, DEFAULT).confidence


def test_marks_come_in_the_order_of_the_boxes() -> None:
    marks = classify_boxes([EMPTY, replace(CROSSED, choice=2)], DEFAULT)

    assert [(mark.item_id, mark.choice, mark.state) for mark in marks] == [
        ("1.1", 1, BoxState.EMPTY),
        ("1.1", 2, BoxState.CROSSED),
    ]
