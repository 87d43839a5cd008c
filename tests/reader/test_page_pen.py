import pytest

from kryds.model.geometry import Rect
from kryds.reader.page_pen import measure_pen
from kryds.reader.settings import DEFAULT
from tests.reader import drawn
from tests.reader.test_measure import EDITION, registered


def _boxes(count: int) -> list[Rect]:
    return [box.rect for box in EDITION.layout.pages[0].boxes[:count]]


def test_a_page_without_marks_tells_of_no_pen() -> None:
    pen = measure_pen(registered(drawn.draw_page(EDITION)), DEFAULT)

    assert (pen.breadth_mm, pen.darkness) == (0, 0)


def test_a_thicker_pen_is_broader() -> None:
    breadths = []
    for width_mm in (0.3, 0.6, 1.0, 1.5):
        page = drawn.draw_page(EDITION)
        for box in _boxes(3):
            drawn.cross(page, box, width_mm)
        breadths.append(measure_pen(registered(page), DEFAULT).breadth_mm)

    assert breadths == sorted(set(breadths))


def test_a_filled_box_among_crosses_does_not_change_the_pen() -> None:
    breadths = []
    for filled in ((), _boxes(1)):
        page = drawn.draw_page(EDITION)
        for box in _boxes(5):
            drawn.cross(page, box, 0.5)
        for box in filled:
            drawn.fill(page, box)
        breadths.append(measure_pen(registered(page), DEFAULT).breadth_mm)

    assert breadths[1] == pytest.approx(breadths[0], rel=0.1)


def test_pencil_is_paler_than_ink() -> None:
    pens = []
    for grey in (150, 20):
        page = drawn.draw_page(EDITION)
        drawn.cross(page, _boxes(1)[0], 0.5, darkness=grey)
        pens.append(measure_pen(registered(page), DEFAULT).darkness)

    assert pens[0] < pens[1]


def test_a_filled_box_does_not_speak_for_crosses_so_pale_that_little_of_them_is_ink() -> None:
    page = drawn.draw_page(EDITION)
    for box in _boxes(5):
        drawn.stroke(page, box, ((-0.5, -0.5), (0.5, 0.5)), (0.3, 150))
    drawn.fill(page, _boxes(6)[5])
    pen = measure_pen(registered(page), DEFAULT)

    assert pen.breadth_mm < 1
    assert pen.darkness < 0.6
