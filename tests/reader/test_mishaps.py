"""Whatever happens to a page of plain crosses, no row of it is answered otherwise, and none is called blank."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.random import Generator

from kryds.model.reading import AnswerState, PageState
from kryds.reader.read import read_page
from tests.reader import drawn

EDITION = drawn.edition(drawn.form(items=12, options=5))
LAYOUT = EDITION.layout.pages[0]
Mishap = Callable[[drawn.Gray, Generator], np.ndarray]


def a_note_over_it(page: drawn.Gray, rng: Generator) -> np.ndarray:
    """A slip of paper somewhere over the boxes, or a finger."""
    covered = page.copy()
    left, top = rng.uniform(100, 170), rng.uniform(55, 120)
    right, bottom = left + rng.uniform(10, 60), top + rng.uniform(10, 60)
    x, y, to_x, to_y = (round(mm * drawn.PX_PER_MM) for mm in (left, top, right, bottom))
    covered[y:to_y, x:to_x] = rng.choice([255, 235, 120, 0])
    return covered


def a_side_cut_off(page: drawn.Gray, rng: Generator) -> np.ndarray:
    """Up to 45 mm of a side beyond the scanner's reach."""
    off = round(rng.uniform(5, 45) * drawn.PX_PER_MM)
    return (page[off:], page[:-off], page[:, off:], page[:, :-off])[int(rng.integers(4))]


def noise(page: drawn.Gray, rng: Generator) -> np.ndarray:
    """As of a picture taken in the dark, and worse."""
    return page * 0.8 + rng.normal(0, rng.uniform(5, 80), page.shape)


def blur(page: drawn.Gray, rng: Generator) -> np.ndarray:
    """Up to a millimetre."""
    return np.asarray(cv2.GaussianBlur(page, (0, 0), rng.uniform(0.1, 1.0) * drawn.PX_PER_MM))


def a_threshold(page: drawn.Gray, rng: Generator) -> np.ndarray:
    """Black and white only, of a picture that is not quite sharp, split anywhere."""
    soft = cv2.GaussianBlur(page, (0, 0), 1.2)
    return np.where(soft < rng.uniform(40, 250), 0, 255)


def dots(page: drawn.Gray, rng: Generator) -> np.ndarray:
    """Black and white only, with so many dots that they are grey from afar."""
    return np.where(page * rng.uniform(0.6, 1.0) < rng.uniform(0, 255, page.shape), 0, 255)


def a_turn(page: drawn.Gray, rng: Generator) -> np.ndarray:
    """Up to 50 degrees either way."""
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-50, 50), 0.75)
    return np.asarray(cv2.warpAffine(page, turn, (width, height), borderValue=250))


def a_look_aslant(page: drawn.Gray, rng: Generator) -> np.ndarray:
    """As of a phone held badly."""
    height, width = page.shape
    aslant = np.eye(3)
    aslant[2, :2] = rng.uniform(-2e-4, 2e-4, 2)
    return np.asarray(cv2.warpPerspective(page, aslant, (width, height), borderValue=120))


def half_the_lines(page: drawn.Gray, _rng: Generator) -> np.ndarray:
    """As a fax machine sends it."""
    return page[::2]


def a_line_through_a_row(page: drawn.Gray, rng: Generator) -> np.ndarray:
    """Struck through by a pen, or a crease."""
    struck = page.copy()
    box = drawn.box_of(EDITION, f"1.{rng.integers(1, 7)}", 5)
    ends = (rng.uniform(-90, -60), rng.uniform(-2, 2)), (rng.uniform(-3, 8), rng.uniform(-2, 2))
    drawn.stroke(struck, box, ends, (rng.uniform(0.3, 1.8), 60))
    return struck


MISHAPS = (
    a_note_over_it,
    a_side_cut_off,
    noise,
    blur,
    a_threshold,
    dots,
    a_turn,
    a_look_aslant,
    half_the_lines,
    a_line_through_a_row,
)


@pytest.mark.parametrize("mishap", MISHAPS, ids=lambda mishap: mishap.__name__)
@pytest.mark.parametrize("seed", range(4))
def test_no_mishap_makes_another_answer_of_a_plain_cross_or_none(mishap: Mishap, seed: int) -> None:
    rng = np.random.default_rng([seed, MISHAPS.index(mishap)])
    page = drawn.draw_page(EDITION)
    crossed = {row.item_id: int(rng.integers(1, 6)) for row in LAYOUT.rows}
    for item_id, choice in crossed.items():
        drawn.cross(page, drawn.box_of(EDITION, item_id, choice), rng.uniform(0.4, 0.9), 70)
    seen = np.clip(mishap(page, rng), 0, 255).astype(np.uint8)

    reading = read_page(drawn.scan_page(seen), {EDITION.digest: EDITION}).reading

    decided = {answer.item_id: answer.choice for answer in reading.answers if answer.state is not AnswerState.DOUBTFUL}
    assert decided == {item_id: crossed[item_id] for item_id in decided}
    assert reading.state in (PageState.READ, PageState.UNREADABLE, PageState.FOREIGN)
