import numpy as np
import pytest

from kryds.reader.read import locate_page
from kryds.reader.settings import DEFAULT
from kryds.reader.snap import LocatedPage
from kryds.reader.surroundings import surroundings
from tests.reader import drawn
from tests.reader.test_snap import stretched

EDITION = drawn.edition()
BOX = drawn.box_of(EDITION, "1.2", 2)
WHICH = 5
"""The place of that box among those of the page."""


def located(page: drawn.Gray) -> LocatedPage:
    found = locate_page(drawn.scan_page(page), {EDITION.digest: EDITION})
    assert isinstance(found, LocatedPage)
    return found


def test_ink_is_seen_as_far_as_eight_millimetres_around_the_box() -> None:
    page = drawn.draw_page(EDITION)
    drawn.stroke(page, BOX, ((6.5, 5.0), (6.5, 7.0)), (0.8, 20))
    around = surroundings(located(page), [WHICH], DEFAULT)[0]

    assert around.shape == (48, 48)
    assert around[39:45, 42:45].max() > 0.7
    assert around[:5].max() < 0.1


@pytest.mark.parametrize("sag_mm", [0.0, 1.4])
def test_the_box_stands_in_the_middle_even_where_the_feed_was_uneven(sag_mm: float) -> None:
    around = surroundings(located(stretched(drawn.draw_page(EDITION), sag_mm)), [WHICH], DEFAULT)[0]

    assert around[17:31, 17:31].max() < 0.1
    assert all(line.max(axis=0).mean() > 0.3 for line in (around[14:16, 16:32], around[32:34, 16:32]))


def test_of_no_box_there_are_no_surroundings() -> None:
    assert surroundings(located(drawn.draw_page(EDITION)), [], DEFAULT).shape == (0, 48, 48)


def test_only_the_boxes_asked_for_are_cut_out() -> None:
    page = drawn.draw_page(EDITION)
    drawn.fill(page, BOX)
    around = surroundings(located(page), [0, WHICH], DEFAULT)

    assert [bool(np.median(each[20:28, 20:28]) > 0.5) for each in around] == [False, True]
