"""Screens of controls: recording, ending, correcting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from copes.chain.cases import policies, queries, services
from copes.chain.cases.acts import Act, answer
from copes.chain.cases.entries import Entry
from copes.chain.cases.forms import EndControlForm, ReasonForm, control_entry
from copes.chain.cases.shown import erasures_by_place
from copes.chain.cases.views import crumbs
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.queries import OfficerView, active_officers
from copes.foundation.people.reading import log_read


def field_officers(agency: str) -> list[OfficerView]:
    """Officers of the agency who may take part in controls and seizures."""
    return [one for one in active_officers(agency) if set(one.roles) & policies.CASE_ROLES]


def now_to_the_minute() -> Any:
    """What a time field starts with."""
    return timezone.localtime().replace(second=0, microsecond=0)


@require_http_methods(["GET", "POST"])
@signed_in
def control_new(request: OfficerRequest, case: str) -> HttpResponse:
    """Records a control."""
    acting = policies.require(request.acting, "record_control")
    found = queries.case_of(acting, case)
    start = {"officers": [acting.officer], "legal_power": {"jurisdiction": ""}}
    entry = control_entry(request.POST or None, field_officers(acting.agency), start)

    def act() -> str:
        services.record_control(acting, case=case, facts=entry.facts())
        messages.success(request, _("The control is recorded."))
        return reverse("cases:case", args=[case])

    return answer(
        request,
        entry,
        Act(act, template="cases/control_form.html", title=_("New control"), button=_("Record the control")),
        {"case": found, "crumbs": crumbs(found)},
    )


@require_http_methods(["GET", "POST"])
@signed_in
def control_correct(request: OfficerRequest, case: str, control: str) -> HttpResponse:
    """Records what was wrong with a control. The recorded values stand in the form; change those that are wrong."""
    acting = policies.require(request.acting, "correct")
    row = services.control_of(acting, case, control)
    found = queries.case_of(acting, case)
    log_read(acting, case=case, kind="control", thing=control)
    entry = control_entry(request.POST or None, field_officers(acting.agency), row.body)
    entry.rows["reason"] = _reason(request)

    def act() -> str:
        facts = entry.facts()
        reasons = facts.pop("reason")
        reason = reasons[0]["reason"] if reasons else ""
        services.correct_control(acting, case=case, control=control, facts=facts, reason=reason)
        messages.success(request, _("The correction is recorded. The earlier record stays."))
        return reverse("cases:control", args=[case, control])

    return answer(
        request,
        entry,
        Act(
            act,
            template="cases/control_form.html",
            title=_("Correct the control"),
            button=_("Record the correction"),
        ),
        {"case": found, "crumbs": crumbs(found), "correcting": True},
    )


def _reason(request: OfficerRequest) -> Any:
    from copes.chain.cases.entries import Rows

    return Rows(ReasonForm, "reason", data=request.POST or None)


@require_http_methods(["GET", "POST"])
@signed_in
def control_end(request: OfficerRequest, case: str, control: str) -> HttpResponse:
    """Records when a control ended."""
    acting = policies.require(request.acting, "record_control")
    services.control_of(acting, case, control)
    found = queries.case_of(acting, case)
    entry = Entry(EndControlForm(request.POST or None, initial={"ended_at": now_to_the_minute()}))

    def act() -> str:
        services.end_control(acting, case=case, control=control, ended_at=entry.facts()["ended_at"])
        messages.success(request, _("The end of the control is recorded."))
        return reverse("cases:case", args=[case])

    return answer(
        request,
        entry,
        Act(act, template="cases/form.html", title=_("End of the control"), button=_("Record the end")),
        {"case": found, "crumbs": crumbs(found)},
    )


@require_safe
@signed_in
def control_page(request: OfficerRequest, case: str, control: str) -> HttpResponse:
    """A control with everything recorded about it."""
    view = queries.control_view(request.acting, case, control, erasures_by_place(case))
    log_read(request.acting, case=case, kind="control", thing=control)
    context = {
        "view": view,
        "facts": view.facts,
        "persons": view.lines("persons", ("role", "name", "born", "nationality", "document", "address")),
        "transport": view.lines("means_of_transport", ("transport", "registration", "country", "description")),
        "containers": view.lines("containers", ("number", "typed")),
        "case": queries.case_of(request.acting, case),
        "verbs": {verb: policies.may(request.acting, verb) for verb in policies.VERBS},
    }
    return render(request, "cases/control.html", context)
