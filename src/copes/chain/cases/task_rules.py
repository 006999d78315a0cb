"""What may happen next to a task, and to the state of a case. Pure."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from copes.foundation.refusals import BadInput, Forbidden, Refusal

OPEN, DONE, WITHDRAWN, CLOSED = "open", "done", "withdrawn", "closed"


def task_may_be_given(*, case_state: str, due_at: datetime | None, now: datetime) -> None:
    """A task belongs to an open case, and there is still time for it. Raises Refusal, BadInput."""
    if case_state == CLOSED:
        raise Refusal("task.case_closed", _("This case is closed."), _("Open it again before you give tasks in it."))
    if due_at is not None and due_at <= now:
        raise BadInput(
            "task.due_past",
            _("The time by which the task should be done is over."),
            _("Give a later time, or none."),
            field="due_at",
        )


def assignee_may_know(*, works: bool, sees: bool, reason: str) -> None:
    """The officer works on cases, and sees this one or is given access with a reason. Raises BadInput, Refusal."""
    if not works:
        raise BadInput(
            "task.no_case_role",
            _("This officer does not work on cases."),
            _("Choose an active officer whose role includes work on cases."),
            field="assignee",
        )
    if not sees and not reason:
        raise Refusal(
            "task.no_access",
            _("This officer may not see the case yet."),
            _("Say why the officer needs to know of it: access is then given together with the task."),
            field="access_reason",
        )


def task_is_open(state: str) -> None:
    """A task ends once. Raises Refusal."""
    if state != OPEN:
        raise Refusal("task.ended", _("This task is done or withdrawn already."), _("Open the list of tasks again."))


def task_is_mine(*, assignee: bool, supervisor: bool) -> None:
    """The officer who was asked, or a supervisor, says that a task is done. Raises Forbidden."""
    if not (assignee or supervisor):
        raise Forbidden(
            "task.not_yours",
            _("Another officer was asked to do this task."),
            _("Ask that officer, or a supervisor, to record that it is done."),
        )


def task_was_mine(*, giver: bool, supervisor: bool) -> None:
    """The officer who gave a task, or a supervisor, withdraws it. Raises Forbidden."""
    if not (giver or supervisor):
        raise Forbidden(
            "task.not_given_by_you",
            _("Another officer gave this task."),
            _("Ask that officer, or a supervisor, to withdraw it."),
        )


def case_may_close(*, state: str, open_tasks: int, open_controls: int) -> None:
    """A case closes once nobody is asked to work on it and no control of it lasts. Raises Refusal."""
    if state == CLOSED:
        raise Refusal("case.closed_already", _("This case is closed already."), _("Nothing needs to be done."))
    if open_controls:
        raise Refusal(
            "case.control_lasts",
            _("A control of this case has no end yet."),
            _("Record when it ended, then close the case."),
        )
    if open_tasks:
        raise Refusal(
            "case.tasks_open",
            _("Tasks of this case are still to do."),
            _("Record that they are done, or withdraw them, then close the case."),
        )


def case_may_reopen(*, state: str) -> None:
    """Only a closed case is opened again. Raises Refusal."""
    if state != CLOSED:
        raise Refusal("case.open_already", _("This case is open."), _("Nothing needs to be done."))
