import numpy as np
import pytest

from kryds.model.geometry import Rect
from kryds.model.layout import BoxPlace
from kryds.samples.paper.drawing import Drawing, erased, put_on_paper, scribble
from kryds.samples.paper.hand import writer
from kryds.samples.paper.pen import GEL, PENS, Pen
from kryds.samples.paper.printer import PaperPage


def test_an_eraser_leaves_a_wide_pale_trace() -> None:
    rest = erased(GEL, np.random.default_rng(1))
    assert rest.width_mm > GEL.width_mm
    assert rest.darkness < 0.35 * GEL.darkness


def test_drawings_are_added_up_in_their_order() -> None:
    first, second = Drawing((np.zeros((1, 2)),)), Drawing(fluid=(np.ones((1, 2)),))
    assert [len(part) for part in ((first + second).strokes, (first + second).fluid)] == [1, 1]


def test_nothing_drawn_leaves_the_page_as_it_is() -> None:
    bare = PaperPage(np.full((60, 40), 255, np.uint8), 25.4, np.eye(2, 3))
    assert (put_on_paper(bare, Drawing(), GEL, np.random.default_rng(1)).pixels == 255).all()


@pytest.mark.parametrize("pen", PENS, ids=lambda pen: pen.name)
def test_who_takes_a_cross_back_lays_so_much_ink_on_it_that_it_shows(pen: Pen) -> None:
    box = BoxPlace("1.1", 1, Rect(20, 20, 6, 6))
    strokes = scribble(box, writer(3, pen), np.random.default_rng(5))
    length_mm = sum(np.hypot(*np.diff(stroke, axis=0).T).sum() for stroke in strokes)
    assert length_mm * pen.width_mm >= 0.8 * 36
