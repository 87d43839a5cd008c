from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.accuracy.corpus import Case
from benchmarks.accuracy.tally import Judged, Verdict, calibration_error, judge, lines, pages_lost, reliability, wilson


def _case(state: str = "answered", choice: str = "2", item: str = "1.1", act: str = "cross") -> Case:
    return Case("grey", "a.pdf", 1, item, act, "w", "gel pen", state, choice, x=0, y=0, width=9, height=9)


def test_the_interval_is_wilsons() -> None:
    assert wilson(0, 100) == pytest.approx((0.0, 0.037), abs=5e-4)
    assert wilson(10, 100) == pytest.approx((0.0552, 0.1744), abs=5e-4)
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_rate(counts: tuple[int, int]) -> None:
    errors, rows = counts
    low, high = wilson(errors, rows)
    assert 0 <= low <= errors / rows + 1e-12
    assert errors / rows - 1e-12 <= high <= 1


def _judged(verdicts: dict[str, Verdict]) -> list[Judged]:
    cases = [_case(item=item) for item in verdicts]
    return judge(cases, {("a.pdf", 1, item): verdict for item, verdict in verdicts.items()})


def test_confidence_that_holds_has_no_calibration_error() -> None:
    right, wrong = ("answered", "2", 0.95), ("answered", "3", 0.95)
    assert calibration_error(_judged({str(i): wrong if i == 0 else right for i in range(20)})) == pytest.approx(0.0)


def test_confidence_too_high_is_the_error() -> None:
    assert calibration_error(_judged({"1": ("answered", "2", 0.99), "2": ("answered", "3", 0.99)})) == pytest.approx(
        0.49
    )


def test_rows_asked_about_or_unsure_do_not_speak_of_calibration() -> None:
    assert calibration_error(_judged({"1": ("doubtful", "", 0.95), "2": ("answered", "2", 0.6)})) is None


def test_the_table_counts_by_group_and_in_all() -> None:
    cases = [_case(act="tick"), _case(item="1.2"), _case(item="1.3")]
    verdicts = {("a.pdf", 1, "1.1"): ("answered", "2", 1.0), ("a.pdf", 1, "1.2"): ("blank", "", 1.0)}
    head, tick, cross, everything = lines(judge(cases, verdicts), "mark", "act")
    assert head.startswith("mark")
    assert tick.split()[:2] == ["tick", "1"]
    assert "100.00%" in tick
    assert cross.split()[-1] == "1"
    assert everything.split()[:2] == ["all", "3"]


def test_a_page_is_lost_when_none_of_its_rows_was_read() -> None:
    cases = [_case(), _case(item="1.2"), replace(_case(), page=2)]
    judged = judge(cases, {("a.pdf", 1, "1.2"): ("blank", "", 1.0)})
    assert pages_lost(judged) == (1, 2)


def test_the_reliability_curve_tells_how_sure_and_how_right() -> None:
    _, line = reliability(_judged({"1": ("answered", "2", 0.96), "2": ("answered", "3", 0.97)}))
    assert line.split() == ["0.950", "–", "0.980", "2", "0.9650", "0.5000"]
