"""What officers are told of tasks: given, done, withdrawn. Notices hold no title and no name."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from copes.foundation.journal.acting import Acting
from copes.foundation.scheduling.services import NoticeKind, notify, register_kind, remind, settle

KINDS = (
    NoticeKind(code="task.given", title=_("You are asked to do a task in %(case)s"), label=_("Tasks given to you")),
    NoticeKind(
        code="task.given_urgent",
        title=_("You are asked to do an urgent task in %(case)s"),
        urgent=True,
        label=_("Urgent tasks given to you"),
    ),
    NoticeKind(
        code="task.due",
        title=_("A task of yours in %(case)s is due soon"),
        urgent=True,
        label=_("Tasks of yours that are due soon"),
    ),
    NoticeKind(code="task.done", title=_("A task you gave in %(case)s is done"), label=_("Tasks you gave are done")),
    NoticeKind(
        code="task.withdrawn",
        title=_("A task of yours in %(case)s was withdrawn"),
        label=_("Tasks of yours were withdrawn"),
    ),
)
BEFORE = timedelta(hours=12)


def declare() -> None:
    """Declares the kinds of notice of this room; once, when the app is ready."""
    for kind in KINDS:
        register_kind(kind)


def _page(case: str, task: str) -> str:
    return reverse("cases:task", args=[case, task])


def given(acting: Acting, *, case: str, task: str, assignee: str, urgent: bool, due_at: datetime | None) -> None:
    """Tells the assignee, but not one who gives a task to themselves; and reminds of it before it is due."""
    if due_at is not None:
        url, key = _page(case, task), f"task-due:{task}"
        remind([assignee], due=due_at, before=BEFORE, kind="task.due", url=url, case=case, key=key)
    if assignee != acting.officer:
        kind = "task.given_urgent" if urgent else "task.given"
        notify([assignee], kind=kind, url=_page(case, task), case=case, key=f"task:{task}")


def done(acting: Acting, *, case: str, task: str, giver: str) -> None:
    """Takes the first notice back, and tells the officer who gave the task."""
    _settled(task)
    if giver and giver != acting.officer:
        notify([giver], kind="task.done", url=_page(case, task), case=case, key=f"task-end:{task}")


def withdrawn(acting: Acting, *, case: str, task: str, assignee: str) -> None:
    """Takes the first notice back, and tells the officer who was asked."""
    _settled(task)
    if assignee != acting.officer:
        notify([assignee], kind="task.withdrawn", url=_page(case, task), case=case, key=f"task-end:{task}")


def _settled(task: str) -> None:
    settle(f"task:{task}")
    settle(f"task-due:{task}")
