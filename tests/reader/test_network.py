import numpy as np
import pytest

from kryds.reader.network import mark_chances


@pytest.mark.parametrize("count", [0, 1, 3, 40, 2])
def test_any_number_of_windows_can_be_asked_about(count: int) -> None:
    chances = mark_chances(np.random.default_rng(1).random((count, 48, 48)).astype(np.float32))

    assert chances.shape == (count, 4)
    assert chances.sum(axis=1) == pytest.approx(np.ones(count), abs=1e-5)


def test_the_answer_does_not_depend_on_the_company() -> None:
    windows = np.random.default_rng(2).random((5, 48, 48)).astype(np.float32)

    assert mark_chances(windows)[2] == pytest.approx(mark_chances(windows[2:3])[0], abs=1e-5)
