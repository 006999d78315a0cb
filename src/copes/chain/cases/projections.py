"""Cases, members, controls and corrections, from records to tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from copes.chain.cases.access_projections import request_granted, temporary_ended
from copes.chain.cases.corrections import apply_correction, correct_row, corrects
from copes.chain.cases.models import Case, Control, Correction, Member, Note, Task
from copes.chain.cases.records import (
    AccessGranted,
    AccessRevoked,
    CaseClosed,
    CaseOpened,
    CaseReopened,
    ControlEnded,
    ControlRecorded,
    CorrectionRecorded,
    NoteAdded,
    TaskAssigned,
    TaskDone,
    TaskWithdrawn,
)
from copes.chain.cases.rows import insert_rows
from copes.foundation.journal.facts import Fact
from copes.foundation.journal.registry import projects, register_projection


@projects(CaseOpened)
def case_opened(facts: Sequence[Fact], db: str) -> None:
    """A row per case; whoever opens it needs to know of it."""
    cases, members = [], []
    for f in facts:
        _, year, ordinal = f.body["number"].split("-")
        cases.append(
            Case(
                id=f.body["case"],
                case_id=f.body["case"],
                record_id=f.jti,
                number=f.body["number"],
                year=int(year),
                ordinal=int(ordinal),
                title=f.body.get("title"),
                suspected_offence=f.body.get("suspected_offence"),
                agency=f.actor.get("agency", ""),
                opened_by=f.officer or "",
                opened_at=f.occurred_at,
            )
        )
        members.append(
            Member(
                id=f.jti,
                case_id=f.body["case"],
                record_id=f.jti,
                officer=f.officer or "",
                granted_by=f.officer or "",
                granted_at=f.occurred_at,
            )
        )
    insert_rows(cases, db)
    insert_rows(members, db)


@projects(ControlRecorded)
def control_recorded(facts: Sequence[Fact], db: str) -> None:
    """A row per control."""
    insert_rows(
        (
            Control(
                id=f.body["control"],
                case_id=f.case or "",
                record_id=f.jti,
                index=f.index,
                officer=f.officer or "",
                started_at=datetime.fromisoformat(f.body["started_at"]),
                ended_at=_moment(f.body.get("ended_at")),
                body=f.body,
                sources={},
            )
            for f in facts
        ),
        db,
    )


@projects(ControlEnded)
def control_ended(facts: Sequence[Fact], db: str) -> None:
    """The control has an end, which this record states."""
    for f in facts:
        control = Control.objects.using(db).get(id=f.body["control"])
        control.body = {**control.body, "ended_at": f.body["ended_at"]}
        control.sources = {**control.sources, "body.ended_at": [f.jti, "body.ended_at"]}
        _times(control)
        control.save(using=db)


@corrects(ControlRecorded)
def control_corrected(fact: Fact, db: str) -> None:
    """The control reads as corrected."""
    control = correct_row(Control.objects.using(db).get(record_id=fact.corrects), fact)
    _times(control)
    control.save(using=db)


def _times(control: Control) -> None:
    control.started_at = datetime.fromisoformat(control.body["started_at"])
    control.ended_at = _moment(control.body.get("ended_at"))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@projects(AccessGranted)
def access_granted(facts: Sequence[Fact], db: str) -> None:
    """The officer is a member; a request is answered by it."""
    for f in facts:
        request_granted(f, db)
    insert_rows(
        (
            Member(
                id=f.jti,
                case_id=f.case or "",
                record_id=f.jti,
                officer=f.body["officer"],
                reason=f.body.get("reason"),
                granted_by=f.officer or "",
                granted_at=f.occurred_at,
            )
            for f in facts
        ),
        db,
    )


@projects(AccessRevoked)
def access_revoked(facts: Sequence[Fact], db: str) -> None:
    """The officer is a member no more."""
    for f in facts:
        Member.objects.using(db).filter(case_id=f.case or "", officer=f.body["officer"], active=True).update(
            active=False, revoked_by=f.officer, revoked_at=f.occurred_at, revoked_reason=f.body.get("reason")
        )
        temporary_ended(f, db)


@projects(CorrectionRecorded)
def correction_recorded(facts: Sequence[Fact], db: str) -> None:
    """The correction is listed, and the room of the corrected record reads it as corrected."""
    for f in facts:
        insert_rows(
            [
                Correction(
                    id=f.jti,
                    case_id=f.case or "",
                    record_id=f.jti,
                    index=f.index,
                    corrects=f.corrects or "",
                    record_kind=f.body["record_kind"],
                    thing=f.body["thing"],
                    paths=[field["path"] for field in f.body["fields"]],
                    reason=f.body.get("reason"),
                    officer=f.officer or "",
                    at=f.occurred_at,
                )
            ],
            db,
        )
        apply_correction(f, db)


@projects(NoteAdded)
def note_added(facts: Sequence[Fact], db: str) -> None:
    """A row per note."""
    insert_rows(
        (
            Note(
                id=f.body["note"],
                case_id=f.case or "",
                record_id=f.jti,
                index=f.index,
                officer=f.officer or "",
                at=f.occurred_at,
                text=f.body.get("text"),
            )
            for f in facts
        ),
        db,
    )


@projects(CaseClosed)
def case_closed(facts: Sequence[Fact], db: str) -> None:
    """The case is closed."""
    _states(facts, "closed", db)


@projects(CaseReopened)
def case_reopened(facts: Sequence[Fact], db: str) -> None:
    """The case is open again."""
    _states(facts, "open", db)


def _states(facts: Sequence[Fact], state: str, db: str) -> None:
    for f in facts:
        Case.objects.using(db).filter(id=f.case or "").update(
            state=state,
            state_at=f.occurred_at,
            state_by=f.officer,
            state_record=f.jti,
            state_reason=f.body.get("reason"),
        )


@projects(TaskAssigned)
def task_assigned(facts: Sequence[Fact], db: str) -> None:
    """A row per task."""
    insert_rows(
        (
            Task(
                id=f.body["task"],
                case_id=f.case or "",
                record_id=f.jti,
                index=f.index,
                assigned_by=f.officer or "",
                assigned_at=f.occurred_at,
                assignee=f.body["assignee"],
                title=f.body.get("title"),
                text=f.body.get("text"),
                due_at=_moment(f.body.get("due_at")),
                urgent=f.body["priority"] == "urgent",
                things=list(f.body.get("things", [])),
            )
            for f in facts
        ),
        db,
    )


@projects(TaskDone)
def task_done(facts: Sequence[Fact], db: str) -> None:
    """The task is done."""
    for f in facts:
        _end_task(f, "done", f.body.get("note"), db)


@projects(TaskWithdrawn)
def task_withdrawn(facts: Sequence[Fact], db: str) -> None:
    """The task is withdrawn."""
    for f in facts:
        _end_task(f, "withdrawn", f.body.get("reason"), db)


def _end_task(f: Fact, state: str, note: str | None, db: str) -> None:
    Task.objects.using(db).filter(id=f.body["task"]).update(
        state=state, ended_at=f.occurred_at, ended_by=f.officer, end_record=f.jti, note=note
    )


register_projection(Case, Member, Control, Correction, Note, Task)
