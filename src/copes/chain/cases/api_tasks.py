"""Tasks, the state of a case, its overview and the officer's day over HTTP. Thin: services and queries do the work."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Query, Router, Schema, Status
from pydantic import AwareDatetime, Field

from copes.chain.cases import parts, task_queries, task_services
from copes.chain.cases.api_shapes import officer_or_none
from copes.chain.cases.day import day_of
from copes.chain.cases.records import Line, Reason, Text, Uuid
from copes.chain.cases.task_queries import TaskRow
from copes.foundation.api.schemas import Asked, Done, OfficerName, done
from copes.foundation.api.tokens import ApiRequest
from copes.foundation.people.reading import log_read

router = Router(tags=["tasks"])


class AssignTask(Asked):
    """What is to be done by whom; ``things`` are exhibits of the case.

    With ``access_reason`` an officer who may not see the case yet is given access together with the task.
    """

    assignee: Uuid
    title: Line
    text: Text | None = None
    due_at: AwareDatetime | None = None
    priority: Literal["normal", "urgent"] = "normal"
    things: list[Uuid] = Field(default_factory=list, max_length=200)
    access_reason: Annotated[str, Field(max_length=500)] = ""


class TaskNote(Asked):
    """What came of the task."""

    note: Text | None = None


class StateReason(Asked):
    """Why: it stands in the timeline of the case."""

    reason: Reason


class TaskOut(Schema):
    """A task; ``title`` and ``text`` are null once erased. ``note`` is what came of it, or why it was withdrawn."""

    id: str
    case: str
    record: str
    title: str | None
    text: str | None
    due_at: datetime | None
    priority: str
    state: str
    things: list[str]
    assignee: OfficerName | None
    assigned_by: OfficerName | None
    assigned_at: datetime
    ended_at: datetime | None
    ended_by: OfficerName | None
    note: str | None


class Tasks(Schema):
    """Open tasks, due first, and a page of those that ended; ``next`` is the cursor of the page behind."""

    open: list[TaskOut]
    ended: list[TaskOut]
    next: str | None


class StepOut(Schema):
    """A step of the way of a case: ``done``, ``current``, ``not_begun`` or ``not_applicable``."""

    step: str
    state: str
    detail: str


class CaseStateOut(Schema):
    """Where a case stands: its state, its way from alert to disposal, and how many things it holds."""

    state: str
    steps: list[StepOut]
    counts: dict[str, int]


class DayLine(Schema):
    """What waits: ``urgency`` 0 is most urgent; ``url`` is the page where it is done."""

    kind: str
    urgency: int
    what: str
    at: datetime | None
    url: str
    officer: OfficerName | None


class DayOut(Schema):
    """What waits for you, by urgency; ``more`` lines are left out. ``holdings``: exhibits you hold, by category."""

    lines: list[DayLine]
    more: int
    holdings: dict[str, int]


class TaskSearch(Schema):
    """Tasks you are asked to do, or with ``given`` those you gave; ``after`` is the cursor of the ended ones."""

    given: bool = False
    after: Annotated[int | None, Field(ge=0, lt=2**63)] = None


@router.get("/day", response=DayOut)
def read_day(request: ApiRequest) -> DayOut:
    """What waits for you, by urgency, and what you hold."""
    found = day_of(request.auth)
    log_read(request.auth, case=None, kind="day", thing="my day")
    lines = [
        DayLine(
            kind=one.kind,
            urgency=one.urgency,
            what=one.what,
            at=one.at,
            url=one.url,
            officer=officer_or_none(one.officer),
        )
        for one in found.lines
    ]
    return DayOut(lines=lines, more=found.more, holdings={one.category: one.number for one in found.holdings})


@router.get("/tasks", response=Tasks)
def list_my_tasks(request: ApiRequest, wanted: Query[TaskSearch]) -> Tasks:
    """Your tasks in the cases you may know of."""
    rows = task_queries.my_open(request.auth, given=wanted.given)
    page = task_queries.my_ended(request.auth, given=wanted.given, after=wanted.after)
    log_read(request.auth, case=None, kind="task_list", thing="given" if wanted.given else "mine")
    return Tasks(open=[_task(one) for one in rows], ended=[_task(one) for one in page.rows], next=page.after)


@router.get("/cases/{case}/tasks", response=Tasks)
def list_tasks(request: ApiRequest, case: str, after: Annotated[int | None, Field(ge=0, lt=2**63)] = None) -> Tasks:
    """The tasks of a case."""
    rows, page = task_queries.of_case(request.auth, case, after=after)
    log_read(request.auth, case=case, kind="case.tasks", thing=case)
    return Tasks(open=[_task(one) for one in rows], ended=[_task(one) for one in page.rows], next=page.after)


@router.post("/cases/{case}/tasks", response={201: Done})
def assign_task(request: ApiRequest, case: str, body: AssignTask) -> Status[Done]:
    """Asks an officer to do something for the case."""
    made = task_services.assign_task(request.auth, case=case, **body.model_dump())
    return Status(201, done(made.id, made.jti))


@router.get("/cases/{case}/tasks/{task}", response=TaskOut)
def read_task(request: ApiRequest, case: str, task: str) -> TaskOut:
    """A task."""
    row = task_queries.task_view(request.auth, case, task)
    log_read(request.auth, case=case, kind="task", thing=task)
    return _task(row)


@router.post("/cases/{case}/tasks/{task}/done", response=Done)
def complete_task(request: ApiRequest, case: str, task: str, body: TaskNote) -> Done:
    """Records that a task is done."""
    return done(task, task_services.complete_task(request.auth, case=case, task=task, note=body.note))


@router.post("/cases/{case}/tasks/{task}/withdraw", response=Done)
def withdraw_task(request: ApiRequest, case: str, task: str, body: StateReason) -> Done:
    """Records that a task need not be done."""
    return done(task, task_services.withdraw_task(request.auth, case=case, task=task, reason=body.reason))


@router.get("/cases/{case}/state", response=CaseStateOut)
def read_case_state(request: ApiRequest, case: str) -> CaseStateOut:
    """Where a case stands on its way from alert to disposal, and how many things it holds."""
    _row, head = parts.case_head(request.auth, case)
    log_read(request.auth, case=case, kind="case", thing=case)
    steps = [StepOut(step=one.code, state=one.state, detail=one.detail) for one in head.steps]
    return CaseStateOut(state=head.state, steps=steps, counts=head.counts)


@router.post("/cases/{case}/close", response=Done)
def close_case(request: ApiRequest, case: str, body: StateReason) -> Done:
    """Closes a case; what happens to its exhibits later is still recorded."""
    return done(case, task_services.close_case(request.auth, case=case, reason=body.reason))


@router.post("/cases/{case}/reopen", response=Done)
def reopen_case(request: ApiRequest, case: str, body: StateReason) -> Done:
    """Opens a closed case again."""
    return done(case, task_services.reopen_case(request.auth, case=case, reason=body.reason))


def _task(row: TaskRow) -> TaskOut:
    return TaskOut(
        id=row.id,
        case=row.case_id,
        record=row.record_id,
        title=row.title,
        text=row.text,
        due_at=row.due_at,
        priority="urgent" if row.urgent else "normal",
        state=row.state,
        things=list(row.things),
        assignee=officer_or_none(row.assignee),
        assigned_by=officer_or_none(row.assigned_by),
        assigned_at=row.assigned_at,
        ended_at=row.ended_at,
        ended_by=officer_or_none(row.ended_by),
        note=row.note,
    )
