import numpy as np
import pytest

from benchmarks.training import marks
from benchmarks.training.marks import COMMON, RARE, MarkedPage, mark_page
from benchmarks.training.scenes import random_hand
from kryds.generator.place import place_sheet
from kryds.model.geometry import Paper
from kryds.model.load import form_file, load_form, load_phrases
from kryds.reader.network import Likeness
from kryds.samples.paper.drawing import Drawing
from kryds.samples.paper.hand import writer
from kryds.samples.paper.strokes import Gesture

LAYOUT = place_sheet(load_form(form_file("mus-leder")), Paper.A4, load_phrases("da")).edition.layout.pages[0]


def marked(number: int, deeds: marks.Deeds = COMMON) -> MarkedPage:
    return mark_page(LAYOUT, writer(number), deeds, np.random.default_rng(number))


def inside_mm(page: MarkedPage, place: int) -> float:
    """How much of all that was drawn lies inside a box, its line included."""
    centre, half_mm = LAYOUT.boxes[place].rect.centre, LAYOUT.boxes[place].rect.width / 2
    points = [np.abs(stroke - (centre.x, centre.y)).max(axis=1) <= half_mm for stroke in page.drawing.strokes]
    ways = [np.hypot(*np.diff(stroke, axis=0).T) for stroke in page.drawing.strokes]
    return sum(float(way[is_in[1:]].sum()) for way, is_in in zip(ways, points, strict=True))


def test_a_box_that_a_word_runs_through_is_written_in() -> None:
    bare: marks.Deeds = ((1.0, lambda *_: Drawing(), Likeness.EMPTY),)
    pages = [marked(number, bare) for number in range(30)]
    written = [(page, at) for page in pages for at, like in enumerate(page.labels) if like is Likeness.WRITTEN]

    assert written
    assert all(inside_mm(page, at) >= marks.WRITTEN_MM for page, at in written)


def test_what_is_done_to_a_box_is_what_it_is_called() -> None:
    for _, deed, label in (*COMMON, *RARE):
        page = marked(7, ((1.0, deed, label),))
        assert label in page.labels


@pytest.mark.parametrize("likeness", set(Likeness) - {Likeness.UNCLEAR})
def test_pages_full_of_what_is_rare_show_every_likeness(likeness: Likeness) -> None:
    assert any(likeness in marked(number, RARE).labels for number in range(12))


def test_a_hand_crosses_as_one_person_does_and_borrows_what_that_person_never_drew() -> None:
    line = np.array([[0.0, 0.0], [0.5, 0.5]])
    anna = {Gesture.CROSS: ((line,),), Gesture.TICK: ((line,),)}
    bo = {Gesture.TICK: ((line, line),), Gesture.CHARACTER: ((line,),)}
    hands = [random_hand([anna, bo], np.random.default_rng(number)) for number in range(60)]

    real = [hand for hand in hands if Gesture.CROSS in hand.marks]
    assert 0 < len(real) < len(hands)
    assert all(hand.marks[Gesture.TICK] == anna[Gesture.TICK] for hand in real)
    assert any(Gesture.CHARACTER in hand.marks for hand in real)
    assert any(Gesture.CHARACTER not in hand.marks for hand in real)


def test_without_real_strokes_every_mark_is_drawn_by_arithmetic() -> None:
    assert not random_hand([], np.random.default_rng(1)).marks
