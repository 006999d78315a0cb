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

from copes.chain.cases import drafts, habits, policies, queries, services
from copes.chain.cases.acts import Act, answer
from copes.chain.cases.codes import GROUNDS
from copes.chain.cases.entries import Entry, Rows
from copes.chain.cases.forms import EndControlForm, NewControlForm, ReasonForm, control_entry
from copes.chain.cases.photographs import offered
from copes.chain.cases.recording import record_new_control
from copes.chain.cases.recording_page import begin, recording
from copes.chain.cases.shown import erasures_by_place
from copes.chain.cases.views import crumbs
from copes.foundation.journal.acting import Acting
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.queries import OfficerView, active_officers
from copes.foundation.people.reading import log_read


def field_officers(agency: str) -> list[OfficerView]:
    """Officers of the agency who may take part in controls and seizures."""
    return [one for one in active_officers(agency) if set(one.roles) & policies.CASE_ROLES]


def now_to_the_minute() -> Any:
    """What a time field starts with."""
    return timezone.localtime().replace(second=0, microsecond=0)


def _start(acting: Acting) -> dict[str, Any]:
    """What a new control begins with, nothing but facts: now, the officer, and where the officer was last."""
    places = habits.habits_of(acting).places
    return {"started_at": now_to_the_minute(), "officers": [acting.officer], "place": places[0] if places else {}}


def _offers(acting: Acting) -> dict[str, Any]:
    """What a tap fills in: grounds in the reader's language, and what the officer used last."""
    kept = habits.habits_of(acting)
    return {"grounds": GROUNDS.values(), "places": kept.places, "powers": kept.powers}


def _remember(acting: Acting, facts: dict[str, Any]) -> None:
    habits.remember(acting, place=facts.get("place"), power=facts.get("legal_power"))


def _following(request: OfficerRequest, case: str, control: str) -> str:
    """Where the officer goes on: to the seizure that rests on this control, or to the case."""
    if request.POST.get("do") == "seizure":
        return f"{reverse('seizures:new', args=[case])}?control={control}"
    return reverse("cases:case", args=[case])


@recording
@require_http_methods(["GET", "POST"])
@signed_in
def new_control(request: OfficerRequest) -> HttpResponse:
    """Records a control that has no case yet, and opens the case with it."""
    acting = policies.require(policies.require(request.acting, "open_case"), "record_control")
    form = "control"
    start = begin(request, form, _("New control"), {})
    if start.answer is not None:
        return start.answer
    entry = control_entry(start.data, field_officers(acting.agency), _start(acting), form=NewControlForm)

    def act() -> str:
        facts = entry.facts()
        title = facts.pop("title", "")
        case, control = record_new_control(acting, facts=facts, title=title)
        _remember(acting, facts)
        drafts.discard_draft(acting, form)
        messages.success(request, _("The control is recorded and its case is open."))
        return _following(request, case.id, control.id)

    return answer(
        request,
        entry,
        Act(act, template="cases/control_form.html", title=_("New control"), button=_("Record the control")),
        {"draft_form": form, "offers": _offers(acting), "goes_on": True, "photographs": offered(), **start.page},
    )


@recording
@require_http_methods(["GET", "POST"])
@signed_in
def control_new(request: OfficerRequest, case: str) -> HttpResponse:
    """Records a control."""
    acting = policies.require(request.acting, "record_control")
    found = queries.case_of(acting, case)
    form = f"control/{found.id}"
    start = begin(request, form, _("New control"), {"case": found, "crumbs": crumbs(found)})
    if start.answer is not None:
        return start.answer
    entry = control_entry(start.data, field_officers(acting.agency), _start(acting))

    def act() -> str:
        facts = entry.facts()
        control = services.record_control(acting, case=case, facts=facts)
        _remember(acting, facts)
        drafts.discard_draft(acting, form)
        messages.success(request, _("The control is recorded."))
        return _following(request, case, control.id)

    return answer(
        request,
        entry,
        Act(act, template="cases/control_form.html", title=_("New control"), button=_("Record the control")),
        {
            "case": found,
            "crumbs": crumbs(found),
            "draft_form": form,
            "offers": _offers(acting),
            "goes_on": True,
            "photographs": offered(),
            **start.page,
        },
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
