"""Screens for administrators (officers, invitations, roles, keys)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import segno
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from copes.foundation.config.current import current_node
from copes.foundation.people import queries, services, sessions
from copes.foundation.people.access import OfficerRequest, in_roles
from copes.foundation.people.forms import InviteForm, ReasonForm, RolesForm
from copes.foundation.people.identities import identities_of
from copes.foundation.people.inviting import send_invitation
from copes.foundation.people.offices import agencies_in_scope, all_offices, place_officer
from copes.foundation.people.reading import log_read
from copes.foundation.people.roles import ADMINISTRATOR, AUDITOR, LABELS, SUPERVISOR
from copes.foundation.people.scope import account_of, of_founding_agency
from copes.foundation.refusals import Refusal
from copes.foundation.web.forms import add_refusal


def _labels(roles: tuple[str, ...]) -> list[Any]:
    return [label for role, label in LABELS.items() if role in roles]


@require_safe
@in_roles(ADMINISTRATOR, SUPERVISOR, AUDITOR)
def officers(request: OfficerRequest) -> HttpResponse:
    """The officers of this node; of one agency or office if asked. Administrators see whom they administer."""
    listed = all_offices()
    names = {one.id: one.name for one in listed}
    wanted = {name: request.GET.get(name, "") for name in ("agency", "office")}
    if request.acting.has(ADMINISTRATOR) and not request.acting.has(AUDITOR) and not of_founding_agency(request.acting):
        wanted["agency"] = request.acting.agency
    rows = [
        (one, _labels(one.roles), names.get(one.office_id or "", ""))
        for one in queries.all_officers(agency=wanted["agency"] or None, office=wanted["office"] or None)
    ]
    log_read(request.acting, case=None, kind="officers", thing=wanted["office"] or wanted["agency"] or "list")
    agencies = agencies_in_scope(request.acting)
    context = {
        "rows": rows,
        "may_invite": request.acting.has(ADMINISTRATOR),
        "may_approve": request.acting.has(ADMINISTRATOR, SUPERVISOR),
        "agencies": agencies if len(agencies) > 1 else [],
        "offices": listed,
        "wanted": wanted,
    }
    return render(request, "people/officers.html", context)


@require_safe
@in_roles(ADMINISTRATOR, SUPERVISOR, AUDITOR)
def officer(request: OfficerRequest, officer_id: str) -> HttpResponse:
    """One officer: roles, office, key, sessions, what an administrator can do."""
    found = queries.officer(officer_id)
    log_read(request.acting, case=None, kind="officer", thing=officer_id)
    administers = request.acting.has(ADMINISTRATOR) and (
        found.agency_id == request.acting.agency or of_founding_agency(request.acting)
    )
    offices = {one.id: one.name for one in all_offices(found.agency_id)}
    context = {
        "officer": found,
        "roles": _labels(found.roles),
        "office": offices.get(found.office_id or ""),
        "has_offices": bool(offices),
        "may_change": administers and found.active,
        "may_reopen": administers and not found.active,
        "may_propose": request.acting.has(ADMINISTRATOR, SUPERVISOR) and found.active,
        "may_hand_over": request.acting.has(SUPERVISOR) and found.agency_id == request.acting.agency,
        "identities": identities_of(officer_id) if administers else [],
        "providers": current_node().oidc if administers else (),
        "sessions": sessions.sessions_of(account_of(officer_id), None) if administers else [],
    }
    return render(request, "people/officer.html", context)


@require_http_methods(["GET", "POST"])
@in_roles(ADMINISTRATOR)
def invite(request: OfficerRequest) -> HttpResponse:
    """Enrols an officer; the activation code is shown once, to be handed over in person."""
    agencies = [(one.id, one.name) for one in agencies_in_scope(request.acting)]
    named, known = len(agencies) > 1, dict(agencies)
    places = {
        one.id: (one.agency_id, f"{one.agency_name} – {one.name}" if named else one.name)
        for one in all_offices()
        if one.agency_id in known
    }
    form = InviteForm(request.POST or None, agencies=agencies, offices=places)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            invitation = services.invite_officer(
                request.acting,
                name=data["name"],
                service_number=data["service_number"],
                username=data["username"],
                officer_roles=data["roles"],
                agency=data["agency"],
                email=data["email"],
            )
            if data.get("office"):
                place_officer(request.acting, officer=invitation.officer, office=data["office"])
        except Refusal as refusal:
            if refusal.status not in {400, 409}:
                raise
            add_refusal(form, refusal)
        else:
            return invited(
                request, code=invitation.code, name=data["name"], username=data["username"], email=data["email"]
            )
    return render(request, "people/invite.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
@in_roles(ADMINISTRATOR)
def renew(request: OfficerRequest, officer_id: str) -> HttpResponse:
    """A new activation code, for one that was lost or a password that was forgotten."""
    found = queries.officer(officer_id)
    invitation = services.renew_invitation(request.acting, officer=officer_id)
    return invited(request, code=invitation.code, name=found.label)


def invited(request: OfficerRequest, *, code: str, name: str, username: str = "", email: str = "") -> HttpResponse:
    """The activation code, shown once: as text, as a link and as a QR code; sent by mail where one is set up."""
    link = request.build_absolute_uri(f"{reverse('people:activate')}#{code}")
    context = {
        "code": code,
        "name": name,
        "username": username,
        "link": link,
        "qr": _qr(link),
        "mailed": send_invitation(email, link) if email else False,
    }
    return render(request, "people/invited.html", context)


def _qr(text: str) -> str:
    return str(segno.make(text, error="m").svg_inline(scale=4, border=2, svgclass=None, lineclass=None, omitsize=True))


@require_http_methods(["GET", "POST"])
@in_roles(ADMINISTRATOR)
def roles(request: OfficerRequest, officer_id: str) -> HttpResponse:
    """Other roles for an officer."""
    found = queries.officer(officer_id)
    form = RolesForm(request.POST or None, initial={"roles": list(found.roles)})

    def act(data: dict[str, Any]) -> str:
        services.change_roles(request.acting, officer=officer_id, officer_roles=data["roles"], reason=data["reason"])
        return _("The roles were changed.")

    return decide(request, form, found, act, {"title": _("Change roles"), "action": _("Change roles")})


@require_http_methods(["GET", "POST"])
@in_roles(ADMINISTRATOR)
def revoke_key(request: OfficerRequest, officer_id: str) -> HttpResponse:
    """Revokes an officer's signing key."""
    found = queries.officer(officer_id)

    def act(data: dict[str, Any]) -> str:
        services.revoke_key(request.acting, officer=officer_id, reason=data["reason"])
        return _("The signing key was revoked.")

    words = {
        "title": _("Revoke the signing key"),
        "warning": _("The officer can sign nothing until a new activation code is used. Earlier records stay valid."),
        "action": _("Revoke the key"),
        "danger": True,
    }
    return decide(request, ReasonForm(request.POST or None), found, act, words)


@require_http_methods(["GET", "POST"])
@in_roles(ADMINISTRATOR)
def deactivate(request: OfficerRequest, officer_id: str) -> HttpResponse:
    """Closes an officer's account."""
    found = queries.officer(officer_id)

    def act(data: dict[str, Any]) -> str:
        services.deactivate_officer(request.acting, officer=officer_id, reason=data["reason"])
        return _("The account was closed.")

    words = {
        "title": _("Close the account"),
        "warning": _("The officer can no longer sign in and the signing key is revoked. What was recorded stays."),
        "action": _("Close the account"),
        "danger": True,
    }
    return decide(request, ReasonForm(request.POST or None), found, act, words)


def decide(
    request: OfficerRequest,
    form: Form,
    found: queries.OfficerView,
    act: Callable[[dict[str, Any]], str],
    words: dict[str, Any],
) -> HttpResponse:
    """Shows a form about an officer, or does what it asks and goes back to the officer."""
    if request.method == "POST" and form.is_valid():
        try:
            done = act(form.cleaned_data)
        except Refusal as refusal:
            # A locked key and a missing right have pages of their own.
            if refusal.status not in {400, 409}:
                raise
            add_refusal(form, refusal)
        else:
            messages.success(request, done)
            return redirect("people:officer", officer_id=found.id)
    context = {"form": form, "officer": found, **words}
    return render(request, "people/decide.html", context, status=400 if form.errors else 200)
