import time

import pytest

from kryds.reader.read import read_page
from kryds.reader.trace import Stopwatch, untraced
from tests.reader import drawn

EDITION = drawn.edition()


def test_a_stage_is_timed_each_time_it_is_entered() -> None:
    stopwatch = Stopwatch()
    for _ in range(2):
        with stopwatch("decode"):
            time.sleep(0.01)

    assert stopwatch.seconds["decode"] >= 0.02


def test_what_fails_is_timed_too() -> None:
    stopwatch = Stopwatch()
    with pytest.raises(ZeroDivisionError), stopwatch("decode"):
        _ = 1 / 0

    assert list(stopwatch.seconds) == ["decode"]


def test_stopwatches_of_several_processes_add_up() -> None:
    stopwatch = Stopwatch({"decode": 1.0})
    stopwatch.add({"decode": 2.0, "crop": 0.5})

    assert stopwatch.seconds == {"decode": 3.0, "crop": 0.5}


def test_tracing_names_the_stages_in_their_order_and_changes_no_result() -> None:
    page, stopwatch = drawn.scan_page(drawn.draw_page(EDITION)), Stopwatch()
    traced = read_page(page, {EDITION.digest: EDITION}, trace=stopwatch)

    assert traced == read_page(page, {EDITION.digest: EDITION})
    assert list(stopwatch.seconds) == [
        *("reduce", "fiducials", "identify", "register", "measure", "classify", "resolve", "crop")
    ]


def test_the_trace_that_is_off_does_nothing() -> None:
    with untraced("decode"), untraced("crop"):
        pass

    assert untraced("decode") is untraced("crop")
