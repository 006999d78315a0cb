"""Reads about tasks. Each has a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from copes.chain.cases.models import Task
from copes.chain.cases.policies import see_case, unseen, visible_cases
from copes.chain.cases.queries import CaseRow, Page, cases_by_id
from copes.foundation.journal.acting import Acting
from copes.foundation.people.queries import OfficerView, officers_by_id

PAGE = 50
MOST_OPEN = 200


@dataclass(frozen=True)
class TaskRow:
    """A task as screens show it; ``title`` and ``text`` are None once erased."""

    id: str
    case: CaseRow | None
    case_id: str
    record_id: str
    title: str | None
    text: str | None
    due_at: datetime | None
    urgent: bool
    state: str
    things: tuple[str, ...]
    assignee: OfficerView | None
    assignee_id: str
    assigned_by: OfficerView | None
    assigned_by_id: str
    assigned_at: datetime
    ended_at: datetime | None
    ended_by: OfficerView | None
    note: str | None
    end_record: str | None

    @property
    def overdue(self) -> bool:
        """Whether it should be done by now, and is not."""
        return self.state == "open" and self.due_at is not None and self.due_at < timezone.now()


def task_rows(found: Iterable[Task], *, cases: bool = True) -> list[TaskRow]:
    """Tasks as screens show them, in at most two queries; without their cases in one."""
    listed = list(found)
    named = (one for row in listed for one in (row.assignee, row.assigned_by, row.ended_by))
    officers = officers_by_id(named)
    known = cases_by_id({row.case_id for row in listed}) if cases and listed else {}
    return [task_row(row, officers, known) for row in listed]


def task_row(row: Task, officers: dict[str, OfficerView], cases: dict[str, CaseRow]) -> TaskRow:
    """A task with the officers and cases already read."""
    return TaskRow(
        id=row.id,
        case=cases.get(row.case_id),
        case_id=row.case_id,
        record_id=row.record_id,
        title=row.title,
        text=row.text,
        due_at=row.due_at,
        urgent=row.urgent,
        state=row.state,
        things=tuple(row.things),
        assignee=officers.get(row.assignee),
        assignee_id=row.assignee,
        assigned_by=officers.get(row.assigned_by),
        assigned_by_id=row.assigned_by,
        assigned_at=row.assigned_at,
        ended_at=row.ended_at,
        ended_by=officers.get(row.ended_by or ""),
        note=row.note,
        end_record=row.end_record,
    )


def by_due(rows: QuerySet[Task]) -> QuerySet[Task]:
    """Open tasks, those due first at the top, those without a time last; at most 200."""
    return rows.filter(state="open").order_by(F("due_at").asc(nulls_last=True), "-urgent", "index")[:MOST_OPEN]


def of_case(acting: Acting, case: str, *, after: int | None = None) -> tuple[list[TaskRow], Page]:
    """The open tasks of a case the officer sees, and a page of those that ended, newest first. Raises Unseen."""
    see_case(acting, case)
    rows = Task.objects.filter(case_id=case)
    return task_rows(by_due(rows), cases=False), _ended(rows, after, PAGE)


def _ended(rows: QuerySet[Task], after: int | None, page: int) -> Page:
    ended = rows.exclude(state="open").order_by("-index")
    if after is not None:
        ended = ended.filter(index__lt=after)
    found = list(ended[: page + 1])
    key = str(found[page - 1].index) if len(found) > page else None
    return Page(tuple(task_rows(found[:page])), key)


def _mine(acting: Acting, *, given: bool) -> QuerySet[Task]:
    mine = {"assigned_by": acting.officer} if given else {"assignee": acting.officer}
    return Task.objects.filter(**mine, case_id__in=visible_cases(acting).values("id"))


def my_open(acting: Acting, *, given: bool = False) -> list[TaskRow]:
    """The open tasks the officer is asked to do (or gave), in cases the officer sees; due first at the top."""
    return task_rows(by_due(_mine(acting, given=given)))


def my_ended(acting: Acting, *, given: bool = False, after: int | None = None) -> Page:
    """The officer's tasks that are done or withdrawn, newest first."""
    return _ended(_mine(acting, given=given), after, PAGE)


def task_view(acting: Acting, case: str, task: str) -> TaskRow:
    """A task of a case the officer sees. Raises Unseen."""
    see_case(acting, case)
    row = Task.objects.filter(case_id=case, id=task).first()
    if row is None:
        raise unseen()
    return task_rows([row])[0]
