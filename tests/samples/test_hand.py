import json
from pathlib import Path
from typing import Any

import numpy as np

from kryds.model.edition import Edition
from kryds.samples.paper.acts import Act, ItemPlan, drawing_of
from kryds.samples.paper.hand import Part, part_of, real_writers, with_pen, writer
from kryds.samples.paper.pen import GEL
from kryds.samples.paper.strokes import Gesture

ARMS = [[[0, 0], [1, 1]], [[1, 0], [0, 1]]]


def _folder(path: Path, *rows: dict[str, Any]) -> Path:
    defaults = {"writer": "w", "source": "s", "kind": "cross", "straight": 1, "strokes": ARMS}
    (path / "a.jsonl").write_text("".join(json.dumps({**defaults, **row}) + "\n" for row in rows))
    return path


def test_a_writer_is_always_the_same_person() -> None:
    assert writer(4) == writer(4)
    assert writer(4) != writer(5)


def test_a_fifth_of_the_writers_measures_and_a_tenth_calibrates() -> None:
    parts = [writer(number).part for number in range(1000)]
    assert 160 < parts.count(Part.MEASURING) < 240
    assert 70 < parts.count(Part.CALIBRATION) < 130


def test_a_real_writer_uses_their_own_strokes(tmp_path: Path, edition: Edition) -> None:
    (person,) = real_writers(_folder(tmp_path, {}))
    boxes = edition.layout.pages[0].boxes[:3]
    drawing = drawing_of(ItemPlan("1.1", Act.CROSS, 1), boxes, with_pen(person, GEL), np.random.default_rng(1))
    assert [len(stroke) for stroke in drawing.strokes] == [2, 2]


def test_a_mark_somebody_lacks_is_lent_by_their_own_part_only(tmp_path: Path) -> None:
    names = [f"w{number}" for number in range(300)]
    ticks = [{"writer": name, "kind": "tick"} for name in names if part_of(name) is Part.MEASURING]
    people = real_writers(_folder(tmp_path, *({"writer": name} for name in names), *ticks))
    able = {person.part for person in people if Gesture.TICK in person.marks}
    assert able == {Part.MEASURING}


def test_more_than_half_of_the_marks_somebody_lacks_are_lent(tmp_path: Path) -> None:
    names = [f"w{number}" for number in range(200) if part_of(f"w{number}") is Part.TRAINING]
    people = real_writers(
        _folder(tmp_path, *({"writer": name} for name in names), {"writer": names[0], "kind": "tick"})
    )
    lent = sum(Gesture.TICK in person.marks for person in people[1:]) / len(people)
    assert 0.45 < lent < 0.75


def test_somebody_who_never_drew_an_x_is_no_writer(tmp_path: Path) -> None:
    assert real_writers(_folder(tmp_path, {"kind": "tick"})) == ()
