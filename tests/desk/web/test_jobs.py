from pathlib import Path

import pytest

from kryds.desk.web.jobs import MAX_STARTS, JobKind, Jobs, JobState
from tests.desk.web.desks import MOMENT, new_desk


@pytest.fixture
def jobs(tmp_path: Path) -> Jobs:
    return new_desk(tmp_path).jobs


def test_jobs_are_taken_in_order_and_the_same_waits_once(jobs: Jobs) -> None:
    for pile in ("a", "b", "a"):
        jobs.add(pile, JobKind.READ, "da", MOMENT)
    taken = [jobs.take() for _ in range(3)]

    assert [job.pile if job else None for job in taken] == ["a", "b", None]


def test_what_comes_while_a_job_runs_is_one_more(jobs: Jobs) -> None:
    jobs.add("a", JobKind.READ, "da", MOMENT)
    running = jobs.take()
    jobs.add("a", JobKind.READ, "da", MOMENT)
    assert running
    jobs.end(running, MOMENT)

    assert jobs.is_busy("a")
    assert jobs.take()


def test_after_a_restart_a_running_job_waits_again_but_not_for_ever(jobs: Jobs) -> None:
    jobs.add("a", JobKind.READ, "da", MOMENT)
    for _ in range(MAX_STARTS):
        assert jobs.take()
        jobs.go_on(MOMENT)
    job = jobs.latest("a")

    assert jobs.take() is None
    assert job
    assert (job.state, job.fault) == (JobState.FAILED, "worker_died")


def test_a_job_that_failed_says_why(jobs: Jobs) -> None:
    jobs.add("a", JobKind.WRITE, "en", MOMENT)
    taken = jobs.take()
    assert taken
    jobs.end(taken, MOMENT, "the disk is full")
    job = jobs.latest("a")

    assert job
    assert (job.kind, job.state, job.fault, job.is_open) == (JobKind.WRITE, JobState.FAILED, "the disk is full", False)
    jobs.drop("a")
    assert jobs.latest("a") is None
