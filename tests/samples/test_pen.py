import dataclasses

import numpy as np
import pytest

from kryds.samples.paper.pen import (
    BLUE_BALLPOINT,
    DRYING,
    FAINT_PENCIL,
    FELT_TIP,
    GEL,
    PENS,
    RED,
    Pen,
    Stroke,
    draw,
    paint_over,
)
from kryds.samples.paper.printer import PaperPage

DPI = 300
PX_PER_MM = DPI / 25.4
LINE = np.array([[5.0, 10.0], [35.0, 10.0]])


def _blank(*, colour: bool = False, level: int = 250) -> PaperPage:
    shape = (240, 480, 3) if colour else (240, 480)
    return PaperPage(np.full(shape, level, np.uint8), DPI, np.array([[PX_PER_MM, 0, -0.5], [0, PX_PER_MM, -0.5]]))


def _drawn(pen: Pen, stroke: Stroke = LINE, page: PaperPage | None = None) -> PaperPage:
    return draw(page or _blank(), [stroke], pen, np.random.default_rng(5))


def _ink_mm2(page: PaperPage) -> float:
    return float((1 - page.pixels / 250.0).sum()) / PX_PER_MM**2


@pytest.mark.parametrize("pen", PENS, ids=lambda pen: pen.name)
def test_every_pen_leaves_ink_along_its_stroke_and_nowhere_else(pen: Pen) -> None:
    pixels = _drawn(pen).pixels
    on_line, away = round(10 * PX_PER_MM), round(16 * PX_PER_MM)
    assert pixels[on_line - 3 : on_line + 3, 80:400].min() < 200
    assert (pixels[away:] == 250).all()


def test_a_line_is_as_wide_as_its_pen() -> None:
    solid = dataclasses.replace(GEL, rgb=(0, 0, 0), darkness=1.0, grain=0.0, variation=0.0)
    assert _ink_mm2(_drawn(solid)) == pytest.approx(30 * 0.6, rel=0.06)


def test_a_felt_tip_lays_more_ink_than_a_ballpoint_and_a_faint_pencil_less() -> None:
    felt, ball, pencil = (_ink_mm2(_drawn(pen)) for pen in (FELT_TIP, BLUE_BALLPOINT, FAINT_PENCIL))
    assert felt > 2 * ball > 2 * pencil


def test_a_drying_pen_leaves_gaps() -> None:
    row = round(10 * PX_PER_MM - 0.5)
    assert (_drawn(DRYING).pixels[row, 80:400] > 245).any()
    assert (_drawn(BLUE_BALLPOINT).pixels[row, 80:400] < 220).all()


def test_a_single_point_is_a_dot() -> None:
    assert 0.02 < _ink_mm2(_drawn(GEL, np.array([[20.0, 10.0]]))) < 0.5


def test_ink_keeps_its_colour_on_a_colour_page() -> None:
    pixels = _drawn(RED, page=_blank(colour=True)).pixels
    darkest = pixels[pixels[:, :, 1] == pixels[:, :, 1].min()][0]
    assert darkest[0] > darkest[1] + 80


def test_ink_darkens_what_is_under_it() -> None:
    assert _drawn(BLUE_BALLPOINT, page=_blank(level=100)).pixels.max() == 100
    assert _drawn(BLUE_BALLPOINT, page=_blank(level=100)).pixels.min() < 60


def test_a_stroke_off_the_page_is_not_seen() -> None:
    assert (_drawn(GEL, LINE + 500).pixels == 250).all()


def test_a_stroke_over_the_edge_is_seen_as_far_as_the_edge() -> None:
    pixels = _drawn(GEL, np.array([[-10.0, 10.0], [10.0, 10.0]])).pixels
    assert pixels[:, 0].min() < 150


def test_drawing_leaves_the_page_it_began_with() -> None:
    page = _blank()
    _drawn(GEL, page=page)
    assert (page.pixels == 250).all()


@pytest.mark.parametrize("colour", [False, True])
def test_correction_fluid_hides_what_is_under_it_and_nothing_else(colour: bool) -> None:  # noqa: FBT001 - a parameter
    inked = _drawn(GEL, page=_blank(colour=colour))
    painted = paint_over(inked, [np.array([[10.0, 10.0]])], np.random.default_rng(1))
    y, under, away = round(10 * PX_PER_MM), round(10 * PX_PER_MM), round(30 * PX_PER_MM)
    assert painted.pixels[y, under].min() > 225
    assert (painted.pixels[:, away:] == inked.pixels[:, away:]).all()
