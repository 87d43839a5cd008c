import cv2
import numpy as np
import pytest

from kryds.reader.fiducials import reduce_page
from kryds.reader.settings import DEFAULT
from kryds.reader.vacant import is_vacant
from tests.reader import drawn


def paper() -> drawn.Gray:
    return np.random.default_rng(1).normal(240, 3, (1754, 1240)).astype(np.uint8)


def vacant(gray: drawn.Gray) -> bool:
    return is_vacant(reduce_page(gray, DEFAULT), DEFAULT)


def test_bare_paper_is_vacant() -> None:
    assert vacant(paper())


def test_show_through_of_the_other_side_is_vacant() -> None:
    page = paper().astype(int)
    front = drawn.draw_page(drawn.edition())[:, ::-1]
    assert vacant(np.clip(page - (front < 128) * 18, 0, 255).astype(np.uint8))


def test_a_dark_scanner_edge_is_not_writing() -> None:
    page = paper()
    page[:, :40] = 30
    assert vacant(page)


@pytest.mark.parametrize("specks", [20])
def test_dust_is_not_writing(specks: int) -> None:
    page = paper()
    for x, y in np.random.default_rng(2).integers(100, 1100, (specks, 2)):
        cv2.circle(page, (int(x), int(y)), 1, 60, -1)
    assert vacant(page)


def test_a_line_of_handwriting_is_not_vacant() -> None:
    page = paper()
    cv2.putText(page, "Se ogsaa bagsiden, tak", (200, 700), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 2, 60, 4)
    assert not vacant(page)
