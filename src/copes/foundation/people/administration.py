"""Screens for administrators (officers, invitations, roles, keys) and for the auditor (who read what)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from copes.foundation.people import queries, services
from copes.foundation.people.access import OfficerRequest, in_roles
from copes.foundation.people.forms import InviteForm, ReadsFilter, ReasonForm, RolesForm
from copes.foundation.people.reading import log_read
from copes.foundation.people.roles import ADMINISTRATOR, AUDITOR, LABELS, SUPERVISOR
from copes.foundation.refusals import BadInput, Refusal
from copes.foundation.web.forms import add_refusal


def _labels(roles: tuple[str, ...]) -> list[Any]:
    return [label for role, label in LABELS.items() if role in roles]


@require_safe
@in_roles(ADMINISTRATOR, SUPERVISOR, AUDITOR)
def officers(request: OfficerRequest) -> HttpResponse:
    """Every officer of this node."""
    rows = [(one, _labels(one.roles)) for one in queries.all_officers()]
    log_read(request.acting, case=None, kind="officers", thing="list")
    context = {"rows": rows, "may_invite": request.acting.has(ADMINISTRATOR)}
    return render(request, "people/officers.html", context)


@require_safe
@in_roles(ADMINISTRATOR, SUPERVISOR, AUDITOR)
def officer(request: OfficerRequest, officer_id: str) -> HttpResponse:
    """One officer: roles, key, what an administrator can do."""
    found = queries.officer(officer_id)
    log_read(request.acting, case=None, kind="officer", thing=officer_id)
    context = {
        "officer": found,
        "roles": _labels(found.roles),
        "may_change": request.acting.has(ADMINISTRATOR) and found.active,
    }
    return render(request, "people/officer.html", context)


@require_http_methods(["GET", "POST"])
@in_roles(ADMINISTRATOR)
def invite(request: OfficerRequest) -> HttpResponse:
    """Enrols an officer; the activation code is shown once, to be handed over in person."""
    agencies = [(one.id, one.name) for one in services.agencies()]
    form = InviteForm(request.POST or None, agencies=agencies)
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
            )
        except BadInput as refusal:
            add_refusal(form, refusal)
        else:
            context = {"code": invitation.code, "name": data["name"], "username": data["username"]}
            return render(request, "people/invited.html", context)
    return render(request, "people/invite.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
@in_roles(ADMINISTRATOR)
def renew(request: OfficerRequest, officer_id: str) -> HttpResponse:
    """A new activation code, for one that was lost or a password that was forgotten."""
    found = queries.officer(officer_id)
    invitation = services.renew_invitation(request.acting, officer=officer_id)
    return render(request, "people/invited.html", {"code": invitation.code, "name": found.label})


@require_http_methods(["GET", "POST"])
@in_roles(ADMINISTRATOR)
def roles(request: OfficerRequest, officer_id: str) -> HttpResponse:
    """Other roles for an officer."""
    found = queries.officer(officer_id)
    form = RolesForm(request.POST or None, initial={"roles": list(found.roles)})

    def act(data: dict[str, Any]) -> str:
        services.change_roles(request.acting, officer=officer_id, officer_roles=data["roles"], reason=data["reason"])
        return _("The roles were changed.")

    return _decide(request, form, found, act, {"title": _("Change roles"), "action": _("Change roles")})


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
    return _decide(request, ReasonForm(request.POST or None), found, act, words)


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
    return _decide(request, ReasonForm(request.POST or None), found, act, words)


def _decide(
    request: OfficerRequest,
    form: Form,
    found: queries.OfficerView,
    act: Callable[[dict[str, Any]], str],
    words: dict[str, Any],
) -> HttpResponse:
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


@require_safe
@in_roles(AUDITOR)
def reads(request: OfficerRequest) -> HttpResponse:
    """Who read which personal data, when and why. Looking here is itself noted."""
    everyone = {one.id: one for one in queries.all_officers()}
    form = ReadsFilter(request.GET or None, officers=[(key, one.label) for key, one in everyone.items()])
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = queries.reads(
        officer_id=wanted.get("officer") or None,
        case=wanted.get("case") or None,
        kind=wanted.get("kind") or None,
        before=wanted.get("after"),
    )
    more = rows[queries.PAGE - 1].id if len(rows) > queries.PAGE else None
    log_read(request.acting, case=wanted.get("case") or None, kind="reads", thing=wanted.get("officer") or "all")
    shown = [(row, everyone.get(row.officer)) for row in rows[: queries.PAGE]]
    return render(request, "people/reads.html", {"form": form, "rows": shown, "more": more})
