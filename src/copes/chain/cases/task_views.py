"""Screens of tasks: giving, doing, withdrawing, my tasks; and closing and reopening a case."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from copes.chain.cases import policies, queries, task_queries, task_services
from copes.chain.cases.acts import Act, answer
from copes.chain.cases.entries import Entry, officer_choices
from copes.chain.cases.task_forms import CaseStateForm, TaskDoneForm, TaskForm, WithdrawForm
from copes.chain.cases.views import crumbs
from copes.chain.custody import queries as custody
from copes.foundation.people import roles
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.queries import active_officers
from copes.foundation.people.reading import log_read


@require_safe
@signed_in
def my_tasks(request: OfficerRequest) -> HttpResponse:
    """The tasks the officer is asked to do, or gave to others; open ones, or those that ended."""
    acting = request.acting
    given, ended = request.GET.get("show") == "given", request.GET.get("state") == "ended"
    page = None
    if ended:
        page = task_queries.my_ended(acting, given=given, after=_number(request))
        rows = list(page.rows)
    else:
        rows = task_queries.my_open(acting, given=given)
    if rows:
        log_read(acting, case=None, kind="task_list", thing="given" if given else "mine")
    context = {"rows": rows, "after": page.after if page else None, "given": given, "ended": ended}
    return render(request, "cases/my_tasks.html", context)


def _number(request: OfficerRequest) -> int | None:
    after = request.GET.get("after", "")
    return int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None


def assignee_choices(case: queries.CaseRow) -> list[Any]:
    """Officers who work on cases: first those who may see this one, then those who would be given access."""
    members = queries.member_ids(case.id)
    able: list[Any] = []
    others: list[Any] = []
    for one in active_officers():
        if set(one.roles) & policies.CASE_ROLES:
            sees = one.id in members or (roles.SUPERVISOR in one.roles and one.agency_id == case.agency)
            (able if sees else others).append(one)
    groups = [(_("May see the case"), officer_choices(able)), (_("Would be given access"), officer_choices(others))]
    return [group for group in groups if group[1]]


@require_http_methods(["GET", "POST"])
@signed_in
def task_new(request: OfficerRequest, case: str) -> HttpResponse:
    """Asks an officer to do something for the case."""
    acting = policies.require(request.acting, "assign_task")
    found = queries.case_of(acting, case)
    exhibits = [(one.id, _exhibit_label(one)) for one in custody.exhibits_of_case(case).rows]
    start = {"things": request.GET.getlist("exhibit"), "priority": "normal"}
    officers = assignee_choices(found)
    entry = Entry(TaskForm(request.POST or None, officers=officers, exhibits=exhibits, initial=start))

    def act() -> str:
        made = task_services.assign_task(acting, case=case, **entry.facts())
        messages.success(request, _("The task is recorded, and the officer is told."))
        return reverse("cases:task", args=[case, made.id])

    return answer(
        request,
        entry,
        Act(act, template="cases/task_form.html", title=_("New task"), button=_("Give the task")),
        {"case": found, "crumbs": crumbs(found)},
    )


def _exhibit_label(row: custody.ExhibitRow) -> str:
    return f"{row.number} – {row.description[:60]}"


@require_safe
@signed_in
def task_page(request: OfficerRequest, case: str, task: str) -> HttpResponse:
    """A task, what it is about and what came of it."""
    acting = request.acting
    row = task_queries.task_view(acting, case, task)
    log_read(acting, case=case, kind="task", thing=task)
    supervises = policies.is_supervisor(acting)
    is_open = row.state == "open"
    context = {
        "row": row,
        "case": row.case,
        "exhibits": custody.exhibit_rows(acting, row.things) if row.things else [],
        "may_end": is_open and policies.may(acting, "do_task") and (supervises or row.assignee_id == acting.officer),
        "may_withdraw": is_open and (supervises or row.assigned_by_id == acting.officer),
    }
    return render(request, "cases/task.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def task_done(request: OfficerRequest, case: str, task: str) -> HttpResponse:
    """Records that a task is done."""
    acting = policies.require(request.acting, "do_task")
    row = task_queries.task_view(acting, case, task)
    entry = Entry(TaskDoneForm(request.POST or None))

    def act() -> str:
        task_services.complete_task(acting, case=case, task=task, note=entry.facts().get("note"))
        messages.success(request, _("The task is recorded as done."))
        return reverse("cases:tasks", args=[case])

    return answer(
        request,
        entry,
        Act(act, template="cases/form.html", title=_("Task done"), button=_("Record that it is done")),
        {"case": row.case, "crumbs": _crumbs(row), "lede": row.title or ""},
    )


@require_http_methods(["GET", "POST"])
@signed_in
def task_withdraw(request: OfficerRequest, case: str, task: str) -> HttpResponse:
    """Records that a task need not be done."""
    acting = policies.require(request.acting, "do_task")
    row = task_queries.task_view(acting, case, task)
    entry = Entry(WithdrawForm(request.POST or None))

    def act() -> str:
        task_services.withdraw_task(acting, case=case, task=task, reason=entry.facts().get("reason", ""))
        messages.success(request, _("The task is withdrawn."))
        return reverse("cases:tasks", args=[case])

    return answer(
        request,
        entry,
        Act(act, template="cases/form.html", title=_("Withdraw the task"), button=_("Withdraw the task")),
        {"case": row.case, "crumbs": _crumbs(row), "lede": row.title or "", "danger": True},
    )


def _crumbs(row: task_queries.TaskRow) -> list[tuple[str, str]]:
    above = crumbs(row.case) if row.case else []
    return [*above, (reverse("cases:task", args=[row.case_id, row.id]), _("Task"))]


@require_http_methods(["GET", "POST"])
@signed_in
def case_close(request: OfficerRequest, case: str) -> HttpResponse:
    """Closes a case."""
    acting = policies.require(request.acting, "close_case")
    found = queries.case_of(acting, case)
    entry = Entry(CaseStateForm(request.POST or None))

    def act() -> str:
        task_services.close_case(acting, case=case, reason=entry.facts().get("reason", ""))
        messages.success(request, _("The case is closed."))
        return reverse("cases:case", args=[case])

    lede = _("Closing says that the work on the case is done. What happens to its exhibits is still recorded.")
    return answer(
        request,
        entry,
        Act(act, template="cases/form.html", title=_("Close the case"), button=_("Close the case")),
        {"case": found, "crumbs": crumbs(found), "lede": lede},
    )


@require_http_methods(["GET", "POST"])
@signed_in
def case_reopen(request: OfficerRequest, case: str) -> HttpResponse:
    """Opens a closed case again."""
    acting = policies.require(request.acting, "close_case")
    found = queries.case_of(acting, case)
    entry = Entry(CaseStateForm(request.POST or None))

    def act() -> str:
        task_services.reopen_case(acting, case=case, reason=entry.facts().get("reason", ""))
        messages.success(request, _("The case is open again."))
        return reverse("cases:case", args=[case])

    return answer(
        request,
        entry,
        Act(act, template="cases/form.html", title=_("Open the case again"), button=_("Open the case again")),
        {"case": found, "crumbs": crumbs(found)},
    )
