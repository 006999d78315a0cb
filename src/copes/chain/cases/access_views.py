"""Screens of need-to-know: asking for access, answering, breaking the glass, reviewing."""

from __future__ import annotations

import time
from datetime import datetime
from datetime import time as clock
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from copes.chain.cases import access_queries as queries
from copes.chain.cases import access_services as services
from copes.chain.cases import policies
from copes.chain.cases.access_forms import (
    DeclineRequestForm,
    GlassForm,
    GrantRequestForm,
    LendForm,
    RequestForm,
    ReviewForm,
)
from copes.chain.cases.access_policies import see_request, see_review
from copes.chain.cases.acts import Act, answer
from copes.chain.cases.entries import Entry
from copes.chain.cases.forms import ReasonForm
from copes.foundation.config.current import current_node
from copes.foundation.people.access import OfficerRequest, in_roles, signed_in
from copes.foundation.people.delegating import see_delegation
from copes.foundation.people.queries import officers_by_id
from copes.foundation.people.reading import log_read
from copes.foundation.people.roles import SUPERVISOR

SAME_TIME = 0.6  # seconds every answer to a request takes, so that its pace does not tell whether the case exists


def hold(began: float) -> None:
    """Waits until the answer takes as long as any other (`time.monotonic` when it began)."""
    time.sleep(max(0.0, SAME_TIME - (time.monotonic() - began)))


@require_http_methods(["GET", "POST"])
@signed_in
def ask(request: OfficerRequest) -> HttpResponse:
    """Asks for access to a case by its number. The answer is the same whether there is such a case or not."""
    began = time.monotonic()
    services.require_case_role(request.acting)
    form = RequestForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    entry = Entry(form)

    def act() -> str:
        services.request_access(request.acting, **entry.facts())
        messages.success(
            request, _("Your request is recorded. If there is such a case, its officers decide, and you are told.")
        )
        return reverse("cases:access_mine")

    response = answer(
        request,
        entry,
        Act(act, template="cases/form.html", title=_("Ask for access to a case"), button=_("Ask for access")),
        {
            "crumbs": [(reverse("cases:list"), _("Cases"))],
            "lede": _("Officers of the case, and supervisors of its agency, are told and decide."),
        },
    )
    if request.method == "POST":
        hold(began)
    return response


@require_safe
@signed_in
def mine(request: OfficerRequest) -> HttpResponse:
    """What the officer asked for, and their own access for a time."""
    services.require_case_role(request.acting)
    context = {
        "requests": queries.requests_of(request.acting),
        "lent": queries.temporary_of(request.acting),
        "may_break": not request.acting.has(*services.KEPT_OUT),
    }
    return render(request, "cases/access_mine.html", context)


@require_safe
@signed_in
def waiting(request: OfficerRequest) -> HttpResponse:
    """Requests to answer and broken glass to review."""
    services.require_case_role(request.acting)
    rows = queries.waiting_for(request.acting)
    if rows:
        log_read(request.acting, case=None, kind="access_waiting", thing="list")
    return render(request, "cases/access_waiting.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@signed_in
def decide(request: OfficerRequest, access_request: str) -> HttpResponse:
    """Grants or declines a request."""
    row = see_request(request.acting, access_request)
    log_read(request.acting, case=row.case_id, kind="access_request", thing=row.id)
    declines = "decline" in (request.POST or request.GET)
    entry = Entry((DeclineRequestForm if declines else GrantRequestForm)(request.POST or None))

    def act() -> str:
        facts = entry.facts()
        if declines:
            services.decline_request(request.acting, request=row.id, reason=facts.get("reason", ""))
            messages.success(request, _("The request is declined. The officer is told why."))
        else:
            until = _end_of(facts.get("until"))
            services.grant_request(request.acting, request=row.id, reason=facts.get("reason", ""), until=until)
            messages.success(request, _("Access is given. The officer is told."))
        return reverse("cases:access_waiting")

    title = _("Decline access") if declines else _("Give access")
    context = {
        "row": row,
        "asker": officers_by_id([row.officer]).get(row.officer),
        "declines": declines,
        "danger": declines,
        "crumbs": [(reverse("cases:access_waiting"), _("Waiting for decision"))],
    }
    return answer(request, entry, Act(act, template="cases/access_decide.html", title=title, button=title), context)


def _end_of(day: Any) -> datetime | None:
    """The end of a day in the node's time zone."""
    return timezone.make_aware(datetime.combine(day, clock(23, 59, 59))) if day else None


@require_http_methods(["GET", "POST"])
@signed_in
def break_glass(request: OfficerRequest) -> HttpResponse:
    """Opens a case at once, in an emergency."""
    services.require_case_role(request.acting)
    services.require_outside_audit(request.acting)
    most = current_node().break_glass_hours
    entry = Entry(GlassForm(request.POST or None, most=most, initial={"number": request.GET.get("number", "")}))

    def act() -> str:
        facts = entry.facts()
        facts.pop("understood", None)
        case = services.break_glass(request.acting, **{**facts, "hours": int(facts["hours"])})
        messages.warning(request, _("You have emergency access. It ends by itself, and a supervisor reviews it."))
        return reverse("cases:case", args=[case])

    if request.method == "POST":
        log_read(request.acting, case=None, kind="break_glass", thing=request.POST.get("number", "")[:100])
    context = {"crumbs": [(reverse("cases:list"), _("Cases"))], "danger": True}
    title = _("Break the glass")
    return answer(request, entry, Act(act, template="cases/access_glass.html", title=title, button=title), context)


@require_http_methods(["GET", "POST"])
@in_roles(SUPERVISOR)
def review(request: OfficerRequest, access: str) -> HttpResponse:
    """A supervisor says whether breaking the glass was justified."""
    row = see_review(request.acting, access)
    log_read(request.acting, case=row.case_id, kind="access_review", thing=row.id)
    entry = Entry(ReviewForm(request.POST or None))

    def act() -> str:
        facts = entry.facts()
        services.review_glass(
            request.acting, access=row.id, justified=facts["justified"] == "yes", reason=facts["reason"]
        )
        messages.success(request, _("Your review is recorded. The officer is told."))
        return reverse("cases:access_waiting")

    context = {
        "one": queries.temporary_access(row.id),
        "own": row.officer == request.acting.officer,
        "crumbs": [(reverse("cases:access_waiting"), _("Waiting for decision"))],
    }
    title = _("Review of emergency access")
    act_of = Act(act, template="cases/access_review.html", title=title, button=_("Record the review"))
    return answer(request, entry, act_of, context)


@require_http_methods(["GET", "POST"])
@signed_in
def end(request: OfficerRequest, access: str) -> HttpResponse:
    """Ends access for a time before its time."""
    row = services.see_temporary(request.acting, access)
    entry = Entry(ReasonForm(request.POST or None))

    def act() -> str:
        services.end_temporary(request.acting, access=access, reason=entry.facts().get("reason", ""))
        messages.success(request, _("Access is taken away."))
        return reverse("cases:case", args=[row.case_id])

    crumbs = [(reverse("cases:list"), _("Cases")), (reverse("cases:case", args=[row.case_id]), row.case.number)]
    title = _("Take access away")
    act_of = Act(act, template="cases/form.html", title=title, button=title)
    return answer(request, entry, act_of, {"crumbs": crumbs, "danger": True})


@require_safe
@in_roles(SUPERVISOR)
def left_by(request: OfficerRequest, officer: str) -> HttpResponse:
    """The cases of an officer who leaves, for the supervisor to hand over."""
    found = officers_by_id([officer]).get(officer)
    if found is None or found.agency_id != request.acting.agency:
        raise policies.unseen()
    rows = queries.left_by(request.acting, officer)
    log_read(request.acting, case=None, kind="cases_of_officer", thing=officer)
    return render(request, "cases/access_left.html", {"officer": found, "rows": rows})


@require_http_methods(["GET", "POST"])
@in_roles(SUPERVISOR)
def stand_in(request: OfficerRequest, delegation: str) -> HttpResponse:
    """A supervisor lends the cases of an absent officer to the colleague who stands in."""
    row = see_delegation(request.acting, delegation)
    cases = queries.lendable(request.acting, absent=row.officer, delegate=row.delegate)
    entry = Entry(LendForm(request.POST or None, cases=[(one.id, one.number) for one in cases]))
    officers = officers_by_id([row.officer, row.delegate])

    def act() -> str:
        facts = entry.facts()
        services.lend_for(request.acting, delegation=row, cases=facts.get("cases", []), reason=facts.get("reason", ""))
        messages.success(request, _("Access is lent until the delegation ends."))
        return reverse("people:delegations")

    title = _("Lend cases to a stand-in")
    context = {
        "absent": officers.get(row.officer),
        "delegate": officers.get(row.delegate),
        "row": row,
        "none": not cases,
        "crumbs": [(reverse("people:delegations"), _("Standing in"))],
    }
    log_read(request.acting, case=None, kind="cases_of_officer", thing=row.officer)
    return answer(request, entry, Act(act, template="cases/access_stand_in.html", title=title, button=title), context)
