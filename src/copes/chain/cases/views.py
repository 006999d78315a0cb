"""Screens of cases: desk, list, case page, who may see it, notes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from copes.chain.cases import policies, queries, services
from copes.chain.cases.acts import Act, answer
from copes.chain.cases.entries import Entry
from copes.chain.cases.forms import CaseForm, GrantForm, NoteForm, ReasonForm
from copes.chain.cases.shown import erasures_by_place
from copes.chain.cases.timeline import timeline_of
from copes.chain.custody import queries as custody
from copes.chain.seizures import queries as seizures
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.queries import active_officers
from copes.foundation.people.reading import log_read
from copes.trust.records.ids import uuid7

FEW = 6


@require_safe
@signed_in
def desk(request: OfficerRequest) -> HttpResponse:
    """What waits for the officer, and the newest cases."""
    acting = request.acting
    handles = acting.has(*policies.CASE_ROLES)
    cases = queries.recent_cases(acting, page=FEW)
    context = {
        "to_receive": custody.to_receive(acting.officer) if handles else [],
        "released": custody.open_releases(acting.officer) if handles else [],
        "held": custody.held_by(acting.officer, page=FEW) if handles else None,
        "cases": cases,
        "works": handles,
        "may_open": policies.may(acting, "open_case"),
    }
    if cases.rows:
        log_read(acting, case=None, kind="case_list", thing="desk")
    return render(request, "cases/desk.html", context)


@require_safe
@signed_in
def case_list(request: OfficerRequest) -> HttpResponse:
    """The officer's cases, newest first; found by number."""
    number = request.GET.get("number", "").strip()
    if number:
        page = queries.Page(tuple(queries.find_cases(request.acting, number)), None)
        if len(page.rows) == 1 and page.rows[0].number == number.upper():
            return redirect("cases:case", page.rows[0].id)
    else:
        page = queries.recent_cases(request.acting, after=request.GET.get("after") or None)
    context = {"page": page, "number": number, "may_open": policies.may(request.acting, "open_case")}
    if page.rows:
        log_read(request.acting, case=None, kind="case_list", thing=number or "newest")
    return render(request, "cases/list.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def case_new(request: OfficerRequest) -> HttpResponse:
    """Opens a case."""
    policies.require(request.acting, "open_case")
    entry = Entry(CaseForm(request.POST or None))

    def act() -> str:
        made = services.open_case(request.acting, **_opening(entry.facts()), case=uuid7())
        messages.success(request, _("The case is open. Record the control it began with."))
        return reverse("cases:case", args=[made.id])

    return answer(
        request,
        entry,
        Act(act, template="cases/form.html", title=_("New case"), button=_("Open the case")),
        {"crumbs": [(reverse("cases:list"), _("Cases"))]},
    )


def _opening(facts: dict[str, Any]) -> dict[str, Any]:
    return {"title": facts.get("title", ""), "suspected_offence": facts.get("suspected_offence")}


@require_safe
@signed_in
def case_page(request: OfficerRequest, case: str) -> HttpResponse:
    """Everything recorded in a case."""
    acting = request.acting
    details = queries.details(acting, case, erasures_by_place(case))
    log_read(acting, case=case, kind="case", thing=case)
    context = {
        "details": details,
        "case": details.case,
        "seizures": seizures.seizures_of_case(case),
        "exhibits": custody.exhibits_of_case(case),
        "prints": seizures.prints_of_case(case),
        "timeline": timeline_of(case, page=20),
        "may_erase": acting.has("supervisor", "legal"),
        "verbs": {verb: policies.may(acting, verb) for verb in policies.VERBS},
    }
    return render(request, "cases/case.html", context)


@require_safe
@signed_in
def case_timeline(request: OfficerRequest, case: str) -> HttpResponse:
    """The records of a case, newest first."""
    found = queries.case_of(request.acting, case)
    after = request.GET.get("after", "")
    log_read(request.acting, case=case, kind="timeline", thing=case)
    timeline = timeline_of(case, before=int(after) if after.isascii() and after.isdigit() else None)
    return render(
        request,
        "cases/timeline.html",
        {"case": found, "timeline": timeline, "may_erase": request.acting.has("supervisor", "legal")},
    )


@require_http_methods(["GET", "POST"])
@signed_in
def access_grant(request: OfficerRequest, case: str) -> HttpResponse:
    """Gives an officer access to the case."""
    acting = policies.require(request.acting, "share_case")
    found = queries.case_of(acting, case)
    officers = [one for one in active_officers() if set(one.roles) & policies.CASE_ROLES]
    entry = Entry(GrantForm(request.POST or None, officers=officers))

    def act() -> str:
        services.grant_access(acting, case=case, **entry.facts())
        messages.success(request, _("Access is given."))
        return reverse("cases:case", args=[case])

    return answer(
        request,
        entry,
        Act(act, template="cases/form.html", title=_("Give access"), button=_("Give access")),
        {"case": found, "crumbs": crumbs(found)},
    )


@require_http_methods(["GET", "POST"])
@signed_in
def access_revoke(request: OfficerRequest, case: str, officer: str) -> HttpResponse:
    """Takes an officer's access to the case away."""
    acting = policies.require(request.acting, "share_case")
    found = queries.case_of(acting, case)
    entry = Entry(ReasonForm(request.POST or None))

    def act() -> str:
        services.revoke_access(acting, case=case, officer=officer, reason=entry.facts().get("reason", ""))
        messages.success(request, _("Access is taken away."))
        return reverse("cases:list") if officer == acting.officer else reverse("cases:case", args=[case])

    return answer(
        request,
        entry,
        Act(act, template="cases/form.html", title=_("Take access away"), button=_("Take access away")),
        {"case": found, "crumbs": crumbs(found), "danger": True},
    )


@require_http_methods(["GET", "POST"])
@signed_in
def note_new(request: OfficerRequest, case: str) -> HttpResponse:
    """Adds a note to the case."""
    acting = policies.require(request.acting, "add_note")
    found = queries.case_of(acting, case)
    entry = Entry(NoteForm(request.POST or None))

    def act() -> str:
        services.add_note(acting, case=case, text=entry.facts().get("text", ""))
        messages.success(request, _("The note is recorded."))
        return reverse("cases:case", args=[case])

    return answer(
        request,
        entry,
        Act(act, template="cases/form.html", title=_("New note"), button=_("Record the note")),
        {"case": found, "crumbs": crumbs(found)},
    )


def crumbs(case: queries.CaseRow) -> list[tuple[str, str]]:
    """The way to a page below a case."""
    return [(reverse("cases:list"), _("Cases")), (reverse("cases:case", args=[case.id]), case.number)]
