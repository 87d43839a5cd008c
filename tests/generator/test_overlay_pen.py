import io
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from kryds.generator.overlay_pen import OverlayPen, Tint
from kryds.generator.sheet_frame import PageBox, frame_of_page
from kryds.model.geometry import Point, Rect

GROUND = (200, 200, 255)
BOX = Rect(20, 20, 6, 6)
PX_PER_MM = 8


def drawn(draw: Callable[[OverlayPen], None]) -> npt.NDArray[np.uint8]:
    """The drawing on a coloured ground, RGB, 8 pixels a millimetre."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595.276, 841.89), invariant=1)
    canvas.setFillColorRGB(*(level / 255 for level in GROUND))
    canvas.rect(0, 0, 600, 850, stroke=0, fill=1)
    draw(OverlayPen(canvas, frame_of_page(PageBox(0, 0, 595.276, 841.89))))
    canvas.save()
    with pdfium.PdfDocument(file.getvalue()) as pdf:
        scale = PX_PER_MM * 25.4 / 72
        return np.array(pdf[0].render(scale=scale, rev_byteorder=True).to_numpy()[..., :3], np.uint8)


def at(pixels: npt.NDArray[np.uint8], x: float, y: float) -> tuple[int, ...]:
    return tuple(int(level) for level in pixels[round(y * PX_PER_MM), round(x * PX_PER_MM)])


def rgb(tint: Tint) -> tuple[int, ...]:
    return tuple(bytes.fromhex(tint))


def test_a_ring_stands_off_its_box_on_white_and_leaves_the_box_alone() -> None:
    pixels = drawn(lambda pen: pen.ring(BOX))

    assert at(pixels, 19, 23) == rgb(Tint.CHOSEN)
    assert at(pixels, 18.55, 23) == (255, 255, 255)
    assert at(pixels, 23, 23) == GROUND


def test_a_second_ring_stands_around_the_first() -> None:
    assert at(drawn(lambda pen: pen.ring(BOX)), 18.05, 23) == GROUND
    assert at(drawn(lambda pen: pen.ring(BOX, double=True)), 18.05, 23) == rgb(Tint.CHOSEN)


def test_a_cross_out_sign_is_a_cross_in_a_white_disc() -> None:
    pixels = drawn(lambda pen: pen.cross_out(Point(50, 50)))

    assert at(pixels, 50, 50) == rgb(Tint.QUIET)
    assert at(pixels, 51.7, 50) == rgb(Tint.QUIET)
    assert at(pixels, 51, 50) == (255, 255, 255)


def test_the_frame_around_a_row_that_asks_is_dashed() -> None:
    pixels = drawn(lambda pen: pen.dashed(Rect(20, 20, 60, 9)))
    top = {at(pixels, x, 20) for x in np.arange(25, 75, 0.25)}

    assert rgb(Tint.DOUBT) in top
    assert (255, 255, 255) in top


def test_after_a_dashed_frame_lines_are_whole_again() -> None:
    def draw(pen: OverlayPen) -> None:
        pen.dashed(Rect(20, 60, 60, 9))
        pen.ring(Rect(20, 20, 30, 9))

    pixels = drawn(draw)
    assert {at(pixels, x, 19) for x in np.arange(32, 38, 0.25)} == {rgb(Tint.CHOSEN)}


def test_an_open_dash_is_white_within() -> None:
    pixels = drawn(lambda pen: pen.dash(Point(50, 50)))

    assert at(pixels, 50, 50) == (255, 255, 255)
    assert at(pixels, 50, 50.65) == rgb(Tint.QUIET)


@pytest.mark.parametrize(("text", "half_mm"), [("3", 2.85), ("-999", 5.3)])
def test_a_chip_is_as_wide_as_its_text_asks(text: str, half_mm: float) -> None:
    pixels = drawn(lambda pen: pen.chip(Point(50, 50), text, Tint.CHOSEN))
    edge = next(x for x in np.arange(60, 50, -0.05) if at(pixels, x, 50) != GROUND)

    assert edge - 50 == pytest.approx(half_mm, abs=0.3)
    assert rgb(Tint.CHOSEN) in {at(pixels, x, 50) for x in np.arange(48, 52, 0.1)}


def test_a_ground_is_white_without_a_line() -> None:
    pixels = drawn(lambda pen: pen.ground(Rect(20, 20, 40, 5)))

    assert at(pixels, 40, 22) == (255, 255, 255)
    assert min(min(at(pixels, 40, y)) for y in np.arange(18, 27, 0.2)) >= 200


@pytest.mark.parametrize("tint", list(Tint))
def test_every_tint_can_be_read_on_white(tint: Tint) -> None:
    channels = [level / 255 for level in bytes.fromhex(tint)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert 1.05 / (luminance + 0.05) >= 4.5
