"""What the worker has to do, in the database: a job outlives the server and is gone on with when it starts again."""

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from kryds.desk import tables_of_desk as t

#: How often a job is begun before it is given up: one that takes the worker with it would be begun for ever.
MAX_STARTS = 3


class JobKind(StrEnum):
    """Read what is new and write the results; or only write the results again."""

    READ = "read"
    WRITE = "write"


class JobState(StrEnum):
    """What became of a job."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work on a pile; ``fault`` tells why it failed, ``language`` is that of who asked for it."""

    number: int
    pile: str
    kind: JobKind
    state: JobState
    language: str
    starts: int
    fault: str

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in (JobState.WAITING, JobState.RUNNING)


class Jobs:
    """The jobs of every pile; one worker takes them in order."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, pile: str, kind: JobKind, language: str, moment: str) -> None:
        """One more job, unless the same already waits."""
        waits = _of(pile).where(t.jobs.c.kind == kind, t.jobs.c.state == JobState.WAITING)
        row = {"pile": pile, "kind": kind.value, "state": JobState.WAITING.value, "language": language}
        with self._engine.begin() as connection:
            if connection.execute(waits).first() is None:
                connection.execute(sa.insert(t.jobs), [row | {"created": moment}])

    def latest(self, pile: str) -> Job | None:
        """The job that runs or, when none does, that was added last."""
        newest = _of(pile).order_by((t.jobs.c.state == JobState.RUNNING).desc(), t.jobs.c.number.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(newest).one_or_none()
        return _job(row) if row else None

    def is_busy(self, pile: str) -> bool:
        """Whether anything is still to be done for the pile."""
        with self._engine.connect() as connection:
            return connection.execute(_of(pile).where(t.jobs.c.state.in_(("waiting", "running")))).first() is not None

    def take(self) -> Job | None:
        """The next job, now running; None when nothing waits."""
        waiting = sa.select(t.jobs).where(t.jobs.c.state == JobState.WAITING).order_by(t.jobs.c.number).limit(1)
        with self._engine.begin() as connection:
            row = connection.execute(waiting).one_or_none()
            if row is None:
                return None
            begun = {"state": JobState.RUNNING.value, "starts": row.starts + 1}
            connection.execute(sa.update(t.jobs).where(t.jobs.c.number == row.number).values(**begun))
        return _job(row)

    def end(self, job: Job, moment: str, fault: str = "") -> None:
        """The job is done, or failed for this reason."""
        state = JobState.FAILED if fault else JobState.DONE
        values = {"state": state.value, "ended": moment, "fault": fault}
        with self._engine.begin() as connection:
            connection.execute(sa.update(t.jobs).where(t.jobs.c.number == job.number).values(**values))

    def go_on(self, moment: str) -> None:
        """After a restart: what was running waits again, but for what was begun too often."""
        running = t.jobs.c.state == JobState.RUNNING
        given_up = sa.update(t.jobs).where(running, t.jobs.c.starts >= MAX_STARTS)
        with self._engine.begin() as connection:
            connection.execute(given_up.values(state=JobState.FAILED.value, ended=moment, fault="worker_died"))
            connection.execute(sa.update(t.jobs).where(running).values(state=JobState.WAITING.value))

    def drop(self, pile: str) -> None:
        """Forgets the jobs of a pile."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(t.jobs).where(t.jobs.c.pile == pile))


def _of(pile: str) -> sa.Select[tuple[object, ...]]:
    return sa.select(t.jobs).where(t.jobs.c.pile == pile)


def _job(row: sa.Row[tuple[object, ...]]) -> Job:
    return Job(row.number, row.pile, JobKind(row.kind), JobState(row.state), row.language, row.starts, row.fault)
