"""Acts on tasks, and on the state of a case. One function per act: policy, rules, journal, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from copes.chain.cases import policies, task_notices, task_rules
from copes.chain.cases.models import Case, Control, Task
from copes.chain.cases.records import (
    AccessGranted,
    CaseClosed,
    CaseReopened,
    TaskAssigned,
    TaskDone,
    TaskWithdrawn,
)
from copes.chain.cases.services import Recorded, lock_case
from copes.chain.cases.wording import checked
from copes.chain.custody import queries as custody
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import writing
from copes.foundation.people import queries as people
from copes.foundation.people.queries import OfficerView
from copes.trust.records.ids import uuid7


def sees(officer: OfficerView, case: str) -> bool:
    """Whether an officer, as enrolled now, may see a case."""
    acting = Acting(officer.id, officer.agency_id, "", frozenset(officer.roles) if officer.active else frozenset())
    return policies.visible_cases(acting).filter(id=case).exists()


def assign_task(
    acting: Acting,
    *,
    case: str,
    assignee: str,
    title: str,
    text: str | None = None,
    due_at: datetime | None = None,
    priority: str = "normal",
    things: Sequence[str] = (),
    access_reason: str = "",
) -> Recorded:
    """Asks an officer to do something for the case. ``things`` are exhibits of it; ``due_at`` is aware.

    With ``access_reason`` an officer who may not see the case yet is given access in the same act.
    Raises Unseen, Forbidden, Refusal, BadFields.
    """
    acting = policies.require(acting, "assign_task")
    with writing(acting) as journal:
        found = policies.see_case(acting, case)
        task_rules.task_may_be_given(case_state=found.state, due_at=due_at, now=timezone.now())
        officer = people.officer(assignee)
        works = officer.active and not policies.CASE_ROLES.isdisjoint(officer.roles)
        known = works and sees(officer, case)
        task_rules.assignee_may_know(works=works, sees=known, reason=access_reason.strip())
        _of_case(acting, case, things)
        stated = {"assignee": assignee, "title": title, "text": text or None, "due_at": due_at}
        body = checked(TaskAssigned, {"task": uuid7(), **stated, "priority": priority, "things": list(things)})
        if not known:
            policies.require(acting, "share_case")
            policies.share(acting, case)
            grant = checked(AccessGranted, {"officer": assignee, "reason": access_reason})
            journal.append(grant, case=case, about=[assignee])
        jti = journal.append(body, case=case, about=[body.task, assignee, *things])
        urgent = priority == "urgent"
        task_notices.given(acting, case=case, task=body.task, assignee=assignee, urgent=urgent, due_at=due_at)
    return Recorded(body.task, jti)


def _of_case(acting: Acting, case: str, things: Sequence[str]) -> None:
    """Raises Unseen unless every thing is an exhibit of the case."""
    if things and {one.id for one in custody.exhibit_rows(acting, things) if one.case == case} != set(things):
        raise policies.unseen()


def complete_task(acting: Acting, *, case: str, task: str, note: str | None = None) -> str:
    """Records that a task is done; returns the record's id. Raises Unseen, Forbidden, Refusal, BadFields."""
    acting = policies.require(acting, "do_task")
    with writing(acting) as journal:
        row = task_of(acting, case, task)
        mine = row.assignee == acting.officer
        task_rules.task_is_mine(assignee=mine, supervisor=policies.is_supervisor(acting))
        task_rules.task_is_open(row.state)
        body = checked(TaskDone, {"task": task, "note": note or None})
        jti = journal.append(body, case=case, about=[task, *row.things], rests_on=[row.record_id])
        task_notices.done(acting, case=case, task=task, giver=row.assigned_by)
    return jti


def withdraw_task(acting: Acting, *, case: str, task: str, reason: str) -> str:
    """Records that a task need not be done; returns the record's id. Raises Unseen, Forbidden, Refusal, BadFields."""
    acting = policies.require(acting, "do_task")
    with writing(acting) as journal:
        row = task_of(acting, case, task)
        mine = row.assigned_by == acting.officer
        task_rules.task_was_mine(giver=mine, supervisor=policies.is_supervisor(acting))
        task_rules.task_is_open(row.state)
        body = checked(TaskWithdrawn, {"task": task, "reason": reason})
        jti = journal.append(body, case=case, about=[task, *row.things], rests_on=[row.record_id])
        task_notices.withdrawn(acting, case=case, task=task, assignee=row.assignee)
    return jti


def task_of(acting: Acting, case: str, task: str) -> Task:
    """A task of a case the officer sees, held until the transaction ends if there is one. Raises Unseen."""
    policies.see_case(acting, case)
    rows = Task.objects.filter(case_id=case, id=task)
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        rows = rows.select_for_update()
    row = rows.first()
    if row is None:
        raise policies.unseen()
    return row


def close_case(acting: Acting, *, case: str, reason: str) -> str:
    """Closes a case; returns the record's id. Raises Unseen, Forbidden, Refusal, BadFields.

    Closing ends the work, not the facts: what happens to the case's exhibits afterwards is still recorded.
    """
    acting = policies.require(acting, "close_case")
    with writing(acting) as journal:
        policies.see_case(acting, case)
        lock_case(case)
        task_rules.case_may_close(
            state=Case.objects.values_list("state", flat=True).get(id=case),
            open_tasks=Task.objects.filter(case_id=case, state=task_rules.OPEN).count(),
            open_controls=Control.objects.filter(case_id=case, ended_at=None).count(),
        )
        return journal.append(checked(CaseClosed, {"reason": reason}), case=case, about=[case])


def reopen_case(acting: Acting, *, case: str, reason: str) -> str:
    """Opens a closed case again; returns the record's id. Raises Unseen, Forbidden, Refusal, BadFields."""
    acting = policies.require(acting, "close_case")
    with writing(acting) as journal:
        policies.see_case(acting, case)
        lock_case(case)
        task_rules.case_may_reopen(state=Case.objects.values_list("state", flat=True).get(id=case))
        return journal.append(checked(CaseReopened, {"reason": reason}), case=case, about=[case])
