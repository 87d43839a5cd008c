import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kryds.samples.paper.ink import load_real_marks
from kryds.samples.paper.strokes import Gesture

X = [[[0, 0], [10, 20]], [[10, 0, 150], [0, 20, 300]]]


def _folder(path: Path, *rows: dict[str, Any]) -> Path:
    defaults = {"writer": "w1", "source": "unipen/x", "kind": "cross", "straight": 0.95, "strokes": X}
    (path / "a.jsonl").write_text("".join(json.dumps({**defaults, **row}) + "\n" for row in rows))
    return path


def test_marks_are_gathered_by_writer(tmp_path: Path) -> None:
    folder = _folder(tmp_path, {}, {}, {"writer": "w2", "kind": "tick"})
    marks = load_real_marks(folder)
    assert {writer: {g: len(m) for g, m in found.items()} for writer, found in marks.items()} == {
        "w1": {Gesture.CROSS: 2},
        "w2": {Gesture.TICK: 1},
    }


def test_a_cross_is_scaled_by_its_longer_side_about_the_middle(tmp_path: Path) -> None:
    (shape,) = load_real_marks(_folder(tmp_path, {}))["w1"][Gesture.CROSS]
    assert shape[0] == pytest.approx(np.array([[-0.25, -0.5], [0.25, 0.5]]))


def test_a_scribble_is_stretched_over_the_box(tmp_path: Path) -> None:
    (shape,) = load_real_marks(_folder(tmp_path, {"kind": "fill"}))["w1"][Gesture.ZIGZAG]
    assert np.ptp(np.vstack(shape), axis=0) == pytest.approx([1, 1])


def test_a_circle_is_wider_than_the_box_and_a_dot_small(tmp_path: Path) -> None:
    marks = load_real_marks(_folder(tmp_path, {"kind": "circle"}, {"kind": "dot"}))["w1"]
    assert np.ptp(np.vstack(marks[Gesture.CIRCLE][0]), axis=0) == pytest.approx([1.5, 1.5])
    assert np.ptp(np.vstack(marks[Gesture.DOT][0]), axis=0).max() < 0.1


@pytest.mark.parametrize(
    ("kind", "gesture"),
    [("line", Gesture.DASH), ("circled_cross", Gesture.CIRCLED_CROSS), ("delete_gesture", Gesture.ZIGZAG)],
)
def test_other_signs_stand_for_what_people_do_with_them(tmp_path: Path, kind: str, gesture: Gesture) -> None:
    assert list(load_real_marks(_folder(tmp_path, {"kind": kind}))["w1"]) == [gesture]


def test_words_are_scaled_by_the_height_of_their_letters(tmp_path: Path) -> None:
    word = [[[0, 0], [50, 10], [100, 0]]]
    (shape,) = load_real_marks(_folder(tmp_path, {"kind": "word", "strokes": word}))["w1"][Gesture.WRITING]
    assert np.ptp(shape[0], axis=0) == pytest.approx([5.6, 0.56])


@pytest.mark.parametrize(
    ("kind", "label", "gestures"),
    [
        ("letter", "a", [Gesture.WRITING, Gesture.CHARACTER]),
        ("letter", "v", [Gesture.WRITING]),
        ("digit", "7", [Gesture.WRITING]),
        ("symbol", "question_mark", [Gesture.CHARACTER]),
    ],
)
def test_what_nobody_takes_for_a_mark_may_be_written_into_a_box(
    tmp_path: Path, kind: str, label: str, gestures: list[Gesture]
) -> None:
    assert list(load_real_marks(_folder(tmp_path, {"kind": kind, "label": label}))["w1"]) == gestures


def test_a_written_letter_x_is_left_out(tmp_path: Path) -> None:
    assert load_real_marks(_folder(tmp_path, {"straight": 0.5}, {"straight": None}, {"kind": "symbol"})) == {}


def test_an_x_drawn_as_a_sign_without_lifting_is_a_looped_cross(tmp_path: Path) -> None:
    marks = load_real_marks(_folder(tmp_path, {"straight": None, "source": "onedollar/s01"}))
    assert list(marks["w1"]) == [Gesture.LOOPED_CROSS]


def test_without_a_folder_there_are_no_marks(tmp_path: Path) -> None:
    assert load_real_marks(tmp_path / "nowhere") == {}
