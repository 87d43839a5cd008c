from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.samples.paper.strokes import Gesture, HandStyle, Task, random_style, shape_of, underline

NEAT = Task(HandStyle(looseness=0.0), pen_width=0.07)


def _points(gesture: Gesture, task: Task = NEAT, seed: int = 1) -> np.ndarray:
    return np.vstack(shape_of(gesture, task, np.random.default_rng(seed)))


@pytest.mark.parametrize("gesture", [gesture for gesture in Gesture if gesture is not Gesture.WRITING])
@given(seed=st.integers(0, 10_000))
def test_every_mark_stays_near_its_box(gesture: Gesture, seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = np.vstack(shape_of(gesture, Task(random_style(rng), 0.1), rng))
    assert np.isfinite(points).all()
    assert np.abs(points).max() < 2.5
    assert np.abs(np.median(points, axis=0)).max() < 0.8


def test_a_neat_cross_has_two_arms_through_the_middle() -> None:
    arms = shape_of(Gesture.CROSS, NEAT, np.random.default_rng(1))
    assert len(arms) == 2
    for arm in arms:
        assert np.hypot(*arm.T).min() < 0.05
        assert np.abs(arm[[0, -1]]) == pytest.approx(0.425, abs=0.03)


def test_a_looped_cross_is_one_stroke_and_a_cross_gone_over_four() -> None:
    rng = np.random.default_rng(1)
    assert [len(shape_of(g, NEAT, rng)) for g in (Gesture.LOOPED_CROSS, Gesture.CROSS_TWICE)] == [1, 4]


def test_a_tick_ends_high_on_the_right() -> None:
    points = _points(Gesture.TICK)
    assert points[-1][0] > 0.3
    assert points[-1][1] < -0.4


def test_a_dot_is_smaller_than_the_pen() -> None:
    assert np.ptp(_points(Gesture.DOT), axis=0).max() < 0.07


def test_a_circle_goes_round_in_the_box_or_about_it() -> None:
    radii = {seed: np.hypot(*_points(Gesture.CIRCLE, seed=seed).T) for seed in range(30)}
    assert all(np.ptp(radius) < 0.6 for radius in radii.values())
    assert {bool(radius.min() > 0.55) for radius in radii.values()} == {True, False}


def test_a_character_is_one_line_as_high_as_a_mark() -> None:
    for seed in range(12):
        (line,) = shape_of(Gesture.CHARACTER, NEAT, np.random.default_rng(seed))
        assert 0.5 < np.ptp(line[:, 1]) < 1.0
        assert len(line) > 40


def test_a_bullet_is_a_quarter_to_half_a_box_wide_with_its_ink() -> None:
    widths = [np.ptp(_points(Gesture.BULLET, seed=seed), axis=0).max() + NEAT.pen_width for seed in range(30)]
    assert 0.2 < min(widths) < max(widths) < 0.55


def test_a_dash_runs_along_or_across_the_box() -> None:
    (line,) = shape_of(Gesture.DASH, NEAT, np.random.default_rng(1))
    assert np.ptp(line, axis=0).max() > 3 * np.ptp(line, axis=0).min()


@pytest.mark.parametrize("gesture", [Gesture.ZIGZAG, Gesture.BLOB])
@pytest.mark.parametrize("seed", range(6))
def test_a_scribble_leaves_no_part_of_the_box_alone(gesture: Gesture, seed: int) -> None:
    points = _points(gesture, Task(HandStyle(looseness=0.0, pitch=0.7), 0.1), seed)
    dense = np.vstack([a + (b - a) * t for a, b in pairwise(points) for t in np.linspace(0, 1, 9)])
    spots = np.stack(np.meshgrid([-0.35, 0, 0.35], [-0.35, 0, 0.35]), axis=-1).reshape(-1, 2)
    assert all(np.hypot(*(dense - spot).T).min() < 0.12 for spot in spots)


def test_an_underline_is_as_long_as_asked() -> None:
    (line,) = underline(40, np.random.default_rng(1))
    assert np.ptp(line[:, 0]) == pytest.approx(40, abs=0.5)


def test_writing_is_longer_than_high_with_letters_of_half_a_box() -> None:
    for seed in range(20):
        long, high = np.ptp(_points(Gesture.WRITING, seed=seed), axis=0)
        assert long > 1
        assert 0.3 < high < 0.8


def test_loops_go_round_several_times_and_cover_the_middle_of_the_box() -> None:
    for seed in range(20):
        points = _points(Gesture.LOOPS, seed=seed)
        away = points - points.mean(axis=0)
        turns = np.abs(np.diff(np.unwrap(np.arctan2(away[:, 1], away[:, 0])))).sum() / (2 * np.pi)
        reach = np.hypot(*away.T)
        assert turns > 3
        assert reach.min() < 0.25
        assert 0.35 < reach.max() < 1.2
