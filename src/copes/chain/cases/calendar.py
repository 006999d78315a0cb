"""What is due for an officer, for the calendar: open tasks of cases that the officer may see."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.models import Task
from copes.chain.cases.policies import case_numbers, visible_among
from copes.foundation.journal.acting import Acting
from copes.foundation.scheduling.calendar import MOST, Entry

TASK, URGENT = _("Task in %(case)s"), _("Urgent task in %(case)s")


def tasks_due(acting: Acting) -> Iterator[Entry]:
    """The officer's open tasks that have a deadline, the next first. Numbers only. Three queries."""
    open_ones = Task.objects.filter(assignee=acting.officer, state="open", due_at__isnull=False)
    rows = list(open_ones.order_by("due_at")[:MOST])
    cases = {row.case_id for row in rows}
    seen, numbers = visible_among(acting, cases), case_numbers(cases)
    for row in rows:
        if row.case_id in seen and row.due_at is not None:
            yield Entry(
                uid=row.id,
                text=URGENT if row.urgent else TASK,
                due=row.due_at,
                url=reverse("cases:task", args=[row.case_id, row.id]),
                facts={"case": numbers[row.case_id]},
            )
