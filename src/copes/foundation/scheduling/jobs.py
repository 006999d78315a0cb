"""What the worker does by the clock, and what became of it. Rooms register their jobs when the app is ready."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import Error
from django.utils import timezone

from copes.foundation.refusals import Refusal
from copes.foundation.scheduling.models import Job
from copes.trust.errors import TrustError

log = logging.getLogger(__name__)
NOTED_EVERY = timedelta(minutes=1)  # a job that runs every second is not written down every second
LONGEST_ERROR = 500
# What one job may meet without stopping the others: trouble outside, refusals, and faults of the job itself.
TROUBLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    Error,
    LookupError,
    OSError,
    Refusal,
    RuntimeError,
    TrustError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True)
class Work:
    """A job: ``do`` runs in the worker about every ``every``, counted from the end of its last run.

    ``do`` may raise whatever it meets: that is logged and shown by `copes doctor`, and the job is tried again when
    it is due next. It must finish within seconds: long work is done in parts, one part a run.
    """

    name: str
    every: timedelta
    do: Callable[[], object]
    at_end: bool = False  # whether it also runs when the worker stops


@dataclass
class _State:
    """When a job ran last, in this process or before it."""

    ran: datetime | None = None
    noted: datetime | None = None
    failed: bool = False


_jobs: dict[str, Work] = {}
_sources: list[Callable[[], Iterable[Work]]] = []


def register_job(work: Work) -> None:
    """Declares a job. Raises ValueError when the name is taken."""
    if work.name in _jobs:
        raise ValueError(f"{work.name} is a job already")
    _jobs[work.name] = work


def register_jobs(source: Callable[[], Iterable[Work]]) -> None:
    """Declares jobs that are known only once every room is ready."""
    _sources.append(source)


def all_jobs() -> list[Work]:
    """Every job, in the order in which they were declared."""
    return [*_jobs.values(), *(work for source in _sources for work in source())]


@dataclass
class Clock:
    """Runs jobs when they are due and remembers how it went, across restarts (table `Job`)."""

    works: Iterable[Work] = field(default_factory=all_jobs)
    _states: dict[str, _State] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Takes up where the last worker stopped."""
        for row in Job.objects.all():
            self._states[row.name] = _State(row.ran_at, None, bool(row.error))

    def round(self, now: Callable[[], datetime] = timezone.now, *, stopped: Callable[[], bool] = lambda: False) -> int:
        """Runs every job that is due, one after the other; returns how many ran. One that fails stops no other."""
        ran = 0
        for work in self.works:
            state = self._states.setdefault(work.name, _State())
            if stopped():
                break
            if state.ran is None or now() - state.ran >= work.every or state.ran > now():
                self._run(work, state, now)
                ran += 1
        return ran

    def finish(self, now: Callable[[], datetime] = timezone.now) -> None:
        """Runs what is to be done when the worker stops."""
        for work in self.works:
            if work.at_end:
                self._run(work, self._states.setdefault(work.name, _State()), now)

    def _run(self, work: Work, state: _State, now: Callable[[], datetime]) -> None:
        error = ""
        try:
            work.do()
        except TROUBLE as failure:
            log.warning("job %s failed", work.name, exc_info=True)
            error = f"{type(failure).__name__}: {failure}"[:LONGEST_ERROR]
        state.ran = now()
        if error or state.failed or state.noted is None or state.ran - state.noted >= NOTED_EVERY:
            self._note(work, state, error)
        state.failed = bool(error)

    def _note(self, work: Work, state: _State, error: str) -> None:
        values: dict[str, object] = {"ran_at": state.ran, "error": error}
        values |= {"failed_at": state.ran} if error else {"good_at": state.ran}
        try:
            Job.objects.update_or_create(name=work.name, defaults=values)
        except Error:
            log.warning("the run of job %s could not be noted", work.name, exc_info=True)
        else:
            state.noted = state.ran


@dataclass(frozen=True)
class JobView:
    """How a job does, for `copes doctor` and administrators."""

    name: str
    ran_at: datetime | None
    error: str
    late: bool


def states(now: datetime | None = None) -> list[JobView]:
    """Every job: its last run, its error if that failed, and whether it is late by far."""
    now = now or timezone.now()
    rows = {row.name: row for row in Job.objects.all()}
    return [_view(work, rows.get(work.name), now) for work in all_jobs()]


def _view(work: Work, row: Job | None, now: datetime) -> JobView:
    ran = row.ran_at if row else None
    late = ran is not None and now - ran > work.every + max(work.every, timedelta(minutes=10))
    return JobView(work.name, ran, row.error if row else "", late)
