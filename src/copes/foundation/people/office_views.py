"""Screens for administrators about agencies, offices and the officers in them; and proposals for two officers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from copes.foundation.config.current import current_node
from copes.foundation.people import identities, offices, proposing, queries
from copes.foundation.people.access import OfficerRequest, in_roles
from copes.foundation.people.administration import decide, invited
from copes.foundation.people.forms import ReasonForm, RolesForm
from copes.foundation.people.office_forms import AgencyForm, IdentityForm, OfficeForm, PlaceForm, ReactivateForm
from copes.foundation.people.role_changes import ROLE_CHANGE
from copes.foundation.people.roles import ADMINISTRATOR, AUDITOR, LABELS, SUPERVISOR
from copes.foundation.people.scope import account_in_scope, of_founding_agency
from copes.foundation.refusals import Refusal
from copes.foundation.web.forms import add_refusal


@require_safe
@in_roles(ADMINISTRATOR, SUPERVISOR, AUDITOR)
def agencies(request: OfficerRequest) -> HttpResponse:
    """The agencies of this node and their offices."""
    listed = offices.all_offices()
    rows = [
        (agency, [one for one in listed if one.agency_id == agency.id])
        for agency in offices.agencies_in_scope(request.acting)
    ]
    context = {
        "rows": rows,
        "may_register": request.acting.has(ADMINISTRATOR),
        "may_found": request.acting.has(ADMINISTRATOR) and of_founding_agency(request.acting),
    }
    return render(request, "people/agencies.html", context)


@require_http_methods(["GET", "POST"])
@in_roles(ADMINISTRATOR)
def agency_new(request: OfficerRequest) -> HttpResponse:
    """Registers another agency."""
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            offices.register_agency(request.acting, **form.cleaned_data)
        except Refusal as refusal:
            if refusal.status != 400:
                raise
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The agency is registered."))
            return redirect("people:agencies")
    context = {"form": form, "title": _("Register an agency"), "action": _("Register the agency")}
    return render(request, "people/office_form.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@in_roles(ADMINISTRATOR)
def office_new(request: OfficerRequest) -> HttpResponse:
    """Registers an office."""
    choices = [(one.id, one.name) for one in offices.agencies_in_scope(request.acting)]
    form = OfficeForm(request.POST or None, agencies=choices)
    if request.method == "POST" and form.is_valid():
        try:
            offices.register_office(request.acting, **form.cleaned_data)
        except Refusal as refusal:
            if refusal.status != 400:
                raise
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The office is registered."))
            return redirect("people:agencies")
    context = {"form": form, "title": _("Register an office"), "action": _("Register the office")}
    return render(request, "people/office_form.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@in_roles(ADMINISTRATOR)
def place(request: OfficerRequest, officer_id: str) -> HttpResponse:
    """Moves an officer to another office of their agency."""
    found = queries.officer(officer_id)
    account_in_scope(request.acting, officer_id)
    choices = [(one.id, one.name) for one in offices.all_offices(found.agency_id)]
    form = PlaceForm(request.POST or None, offices=choices, initial={"office": found.office_id})

    def act(data: dict[str, Any]) -> str:
        offices.place_officer(request.acting, officer=officer_id, office=data["office"] or None)
        return _("The officer works there from now on.")

    return decide(request, form, found, act, {"title": _("Change the office"), "action": _("Change the office")})


@require_http_methods(["GET", "POST"])
@in_roles(ADMINISTRATOR)
def reactivate(request: OfficerRequest, officer_id: str) -> HttpResponse:
    """Opens a closed account again; the activation code is shown once."""
    found = queries.officer(officer_id)
    account_in_scope(request.acting, officer_id)
    form = ReactivateForm(request.POST or None, initial={"roles": list(found.roles)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            code = offices.reactivate_officer(
                request.acting, officer=officer_id, officer_roles=data["roles"], reason=data["reason"]
            )
        except Refusal as refusal:
            if refusal.status not in {400, 409}:
                raise
            add_refusal(form, refusal)
        else:
            return invited(request, code=code, name=found.label)
    context = {
        "form": form,
        "officer": found,
        "title": _("Open the account again"),
        "action": _("Open the account again"),
        "warning": _("The officer gets a new signing key. Access to cases is not given back."),
    }
    return render(request, "people/decide.html", context, status=400 if form.errors else 200)


@require_POST
@in_roles(ADMINISTRATOR)
def end_sessions(request: OfficerRequest, officer_id: str) -> HttpResponse:
    """Ends every session of an officer."""
    offices.end_sessions_of(request.acting, officer=officer_id)
    messages.success(request, _("The officer's sessions were ended."))
    return redirect("people:officer", officer_id=officer_id)


@require_http_methods(["GET", "POST"])
@in_roles(ADMINISTRATOR)
def identity(request: OfficerRequest, officer_id: str) -> HttpResponse:
    """Links an officer to who they are at an identity provider."""
    found = queries.officer(officer_id)
    account_in_scope(request.acting, officer_id)
    issuers = [(one.issuer, one.name) for one in current_node().oidc]
    form = IdentityForm(request.POST or None, issuers=issuers)

    def act(data: dict[str, Any]) -> str:
        identities.link_identity(
            request.acting, officer=officer_id, issuer=data["issuer"], subject=data["subject"].strip()
        )
        return _("The officer can now sign in with it.")

    words = {"title": _("Link an identity provider"), "action": _("Link")}
    return decide(request, form, found, act, words)


@require_POST
@in_roles(ADMINISTRATOR)
def identity_unlink(request: OfficerRequest, officer_id: str, identity_id: str) -> HttpResponse:
    """Ends an officer's signing in with an identity provider."""
    identities.unlink_identity(request.acting, officer=officer_id, identity=identity_id)
    messages.success(request, _("The officer can no longer sign in with it."))
    return redirect("people:officer", officer_id=officer_id)


@require_http_methods(["GET", "POST"])
@in_roles(ADMINISTRATOR, SUPERVISOR)
def propose_roles(request: OfficerRequest, officer_id: str) -> HttpResponse:
    """Proposes other roles; a second officer approves them."""
    found = queries.officer(officer_id)
    form = RolesForm(request.POST or None, initial={"roles": list(found.roles)})

    def act(data: dict[str, Any]) -> str:
        proposing.propose(
            request.acting,
            act=ROLE_CHANGE,
            subject=officer_id,
            values={"roles": data["roles"]},
            reason=data["reason"],
        )
        return _("Your proposal is recorded. An administrator decides.")

    words = {
        "title": _("Propose roles"),
        "action": _("Propose"),
        "warning": _("Nothing changes until another officer approves."),
    }
    return decide(request, form, found, act, words)


@require_safe
@in_roles(ADMINISTRATOR, SUPERVISOR)
def proposals(request: OfficerRequest) -> HttpResponse:
    """Proposals that wait for a second officer."""
    rows = proposing.proposals_for(request.acting)
    officers = queries.officers_by_id(one for row in rows for one in (row.proposed_by, row.subject))
    listed = [
        {"row": row, "by": officers.get(row.proposed_by), "about": officers.get(row.subject), "label": _label(row.act),
         "own": row.proposed_by == request.acting.officer}
        for row in rows
    ]  # fmt: skip
    return render(request, "people/proposals.html", {"rows": listed})


def _label(code: str) -> Any:
    act = proposing.act_of(code)
    return act.label if act else code


@require_http_methods(["GET", "POST"])
@in_roles(ADMINISTRATOR, SUPERVISOR)
def proposal(request: OfficerRequest, proposal_id: str) -> HttpResponse:
    """Approves, declines or withdraws a proposal."""
    row = proposing.see_proposal(request.acting, proposal_id)
    own = row.proposed_by == request.acting.officer
    declining = request.method == "POST" and "decline" in request.POST
    form = ReasonForm(request.POST if declining else None)
    if request.method == "POST" and not declining:
        proposing.approve(request.acting, proposal=proposal_id)
        messages.success(request, _("Approved. It is done under your signature."))
        return redirect("people:proposals")
    if declining and form.is_valid():
        proposing.decline(request.acting, proposal=proposal_id, reason=form.cleaned_data["reason"])
        messages.success(request, _("The proposal is withdrawn.") if own else _("The proposal is declined."))
        return redirect("people:proposals")
    officers = queries.officers_by_id([row.proposed_by, row.subject, row.decided_by])
    context = {
        "row": row,
        "form": form,
        "own": own,
        "label": _label(row.act),
        "by": officers.get(row.proposed_by),
        "about": officers.get(row.subject),
        "decided_by": officers.get(row.decided_by or ""),
        "wanted": [LABELS[one] for one in row.values.get("roles", []) if one in LABELS],
    }
    return render(request, "people/proposal.html", context, status=400 if form.errors else 200)
