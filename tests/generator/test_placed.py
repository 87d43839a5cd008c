from kryds.generator.placed import centred_baseline, stack
from kryds.generator.typeface import BODY


def test_stacked_lines_stand_a_leading_apart() -> None:
    first, second = stack(("En", "to"), BODY, 23, 100)
    assert (first.start.x, round(second.start.y - first.start.y, 2)) == (23, BODY.leading_mm)


def test_one_line_is_centred_by_its_capitals() -> None:
    assert centred_baseline(1, BODY, 50) == 50 + BODY.cap_mm / 2


def test_more_lines_reach_as_far_above_the_middle_as_below() -> None:
    baseline = centred_baseline(3, BODY, 50)
    assert abs((baseline - BODY.cap_mm + baseline + 2 * BODY.leading_mm) / 2 - 50) < 1e-9
