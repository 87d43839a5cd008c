from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.model.reading import BoxState
from kryds.reader.manner import in_this_hand
from kryds.reader.network import Likeness
from kryds.reader.settings import DEFAULT
from tests.reader.test_resolve import C, Chances, E, X, row

LETTER: Chances = (0.0, 0.001, 0.0, 0.0, 0.0, 0.999)
SURELY_A_LETTER: Chances = (0.0, 0.01, 0.0, 0.0, 0.0, 0.99)
RATHER_A_LETTER: Chances = (0.0, 0.05, 0.0, 0.0, 0.0, 0.95)
RING: Chances = (0.0, 0.4, 0.0, 0.0, 0.0, 0.6)
"""A ring, or a cross in one stroke: to the network half a letter."""


def crossed(mark: Chances, others: Sequence[Chances], beside: Chances = E) -> float:
    """The chance that a mark is a cross on a page with these others, each alone in its row."""
    marks = [each for number, other in enumerate(others) for each in row([E, other, E], f"2.{number}")]
    marks += row([mark, beside, E], "1.1")
    return in_this_hand(marks, DEFAULT)[-3].chances[Likeness.CROSSED]


def test_what_looks_rather_written_is_a_letter_among_plain_crosses_and_a_ring_among_rings() -> None:
    assert crossed(SURELY_A_LETTER, [X] * 8) < 0.1
    assert crossed(SURELY_A_LETTER, [RING] * 8) > 2 * crossed(SURELY_A_LETTER, [X] * 8)
    assert crossed(RATHER_A_LETTER, [RING] * 8) > 0.5


def test_some_letters_make_no_hand_of_rings() -> None:
    assert crossed(SURELY_A_LETTER, [*[X] * 8, LETTER, LETTER]) < 0.15


def test_one_mark_in_one_stroke_among_plain_crosses_is_a_cross() -> None:
    assert crossed(RING, [X] * 8) > 0.9


def test_what_surely_looks_written_is_a_letter_among_rings_as_well() -> None:
    assert crossed(LETTER, [RING] * 8) < 0.2


def test_a_mark_alone_on_its_page_is_held_against_those_of_anybody() -> None:
    assert crossed(LETTER, []) < 0.01
    assert crossed(RING, []) > 0.9


def test_of_two_marks_in_a_row_nothing_is_said() -> None:
    assert crossed(RATHER_A_LETTER, [RING] * 8, beside=X) == RATHER_A_LETTER[Likeness.CROSSED]


def test_a_mark_beside_a_box_taken_back_stands_alone() -> None:
    assert crossed(RATHER_A_LETTER, [RING] * 8, beside=C) > 0.5


def test_the_verdict_goes_with_the_chances() -> None:
    marks = [each for number in range(8) for each in row([E, RING, E], f"2.{number}")]
    mark = in_this_hand(marks, DEFAULT)[1]

    assert (mark.state, mark.confidence) == (BoxState.CROSSED, round(max(mark.chances), 4))


@given(
    shares=st.lists(st.floats(0.0, 1.0), min_size=2, max_size=2),
    others=st.lists(st.sampled_from([X, RING, LETTER]), max_size=12),
)
def test_only_what_is_between_a_cross_and_a_letter_is_moved(shares: list[float], others: list[Chances]) -> None:
    either, written = shares[0], shares[0] * shares[1]
    mark = (0.0, either - written, 0.0, 1 - either, 0.0, written)
    marks = [each for number, other in enumerate(others) for each in row([E, other, E], f"2.{number}")]
    found = in_this_hand([*marks, *row([mark, E, E], "1.1")], DEFAULT)[-3].chances

    assert sum(found) == pytest.approx(1, abs=1e-4)
    assert found[Likeness.UNCLEAR] == pytest.approx(1 - either, abs=1e-4)
