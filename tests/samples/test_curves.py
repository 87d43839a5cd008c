import numpy as np

from kryds.samples.paper.curves import arm, smooth


def test_an_arm_goes_from_its_start_to_its_end_and_hardly_leaves_the_way() -> None:
    line = arm((0, 0), (10, 0), bend=0.0, rng=np.random.default_rng(1))

    assert np.allclose(line[[0, -1], 0], (0, 10))
    assert np.abs(line[:, 1]).max() < 0.5


def test_a_bent_arm_bows() -> None:
    bows = [np.abs(arm((0, 0), (10, 0), bend=0.2, rng=np.random.default_rng(seed))[:, 1]).max() for seed in range(9)]

    assert max(bows) > 1


def test_a_smooth_line_passes_through_its_points_without_a_corner() -> None:
    points = np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]])
    line = smooth(points)
    ways = np.diff(line, axis=0)
    turns = np.abs(np.diff(np.unwrap(np.arctan2(ways[:, 1], ways[:, 0]))))

    assert all(np.isclose(line, point).all(axis=1).any() for point in points)
    assert turns.max() < np.pi / 6


def test_pieces_meet_in_a_corner() -> None:
    line = smooth(np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([[1.0, 1.0], [2.0, 0.0]]))

    assert np.isclose(line, (1.0, 1.0)).all(axis=1).sum() == 2
