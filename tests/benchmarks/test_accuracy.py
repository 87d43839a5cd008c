import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.accuracy import __main__ as accuracy
from benchmarks.accuracy import conditions, corpus
from benchmarks.accuracy.corpus import Crowd, load_cases, make_corpus, people
from kryds.samples.paper.acts import USUAL, Act
from kryds.samples.paper.phone import PHONE
from kryds.samples.paper.scanner import COLOUR_150

GREY, *_, PHOTO = conditions.CONDITIONS


def test_the_one_command_makes_reads_and_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(corpus, "CONDITIONS", (replace(GREY, scanner=COLOUR_150),))
    monkeypatch.setattr(
        sys,
        "argv",
        ["accuracy", "--rows", "40", "--habits", "everything", "--out", str(tmp_path), "--core", "--jobs", "1"],
    )
    accuracy.main()
    said = capsys.readouterr().out
    total = next(line.split() for line in said.splitlines() if line.startswith("all"))
    assert total[1] == "40"
    assert total[-1] == "0", "no page is lost"
    assert Image.open(tmp_path / "worst.png").width > 600


def test_a_photographed_sheet_is_a_picture_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "CONDITIONS", (replace(PHOTO, scanner=replace(PHONE, width_px=600)),))
    make_corpus(tmp_path / "corpus", 20, Crowd(people(None, developing=True), USUAL), jobs=1)
    sources = [case.source for case in load_cases(tmp_path / "truth.csv")]
    assert len(sources) == 20
    assert (
        {path.name for path in (tmp_path / "corpus").iterdir()}
        == set(sources)
        == {
            "phone-photo-0001-1.jpg",
            "phone-photo-0001-2.jpg",
        }
    )


def test_paper_drawn_at_random_is_another_for_every_sheet(tmp_path: Path) -> None:
    crowd = Crowd(people(None, developing=True), USUAL, any_paper=True)
    make_corpus(tmp_path / "corpus", 160, crowd, jobs=1)
    cases = load_cases(tmp_path / "truth.csv")
    assert len({case.source for case in cases if case.source.endswith(".pdf")}) > 3
    assert all(case.condition.startswith("any ") for case in cases)
    assert len({case.condition for case in cases}) > 1


@pytest.mark.parametrize("act", conditions.THROUGHOUT)
def test_somebody_may_make_one_kind_of_mark_throughout(
    act: Act, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "CONDITIONS", (replace(GREY, scanner=COLOUR_150),))
    make_corpus(tmp_path / "corpus", 20, Crowd(people(None, developing=True), conditions.HABITS[act.value]), jobs=1)

    acts = Counter(case.act for case in load_cases(tmp_path / "truth.csv"))

    assert acts.most_common(1)[0][0] == act.value
    assert acts[Act.CROSS.value] == 0


def test_no_writer_is_in_both_halves() -> None:
    developing, held_back = (people(None, developing=which) for which in (True, False))
    assert {person.name for person in developing}.isdisjoint(person.name for person in held_back)
    assert min(len(developing), len(held_back)) > 20
