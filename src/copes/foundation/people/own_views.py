"""Screens of one's own account: sessions, second factor, identity providers, standing in."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from copes.foundation.people import delegating, identities, oidc, queries, second_factor, sessions
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.office_forms import DelegateForm
from copes.foundation.refusals import Refusal, Unseen
from copes.foundation.web.forms import add_refusal


@require_POST
@signed_in
def end_session(request: OfficerRequest, session: str) -> HttpResponse:
    """Ends one of the officer's own sessions."""
    if sessions.end_session(request.user, session):
        messages.success(request, _("The session was ended."))
    else:
        messages.info(request, _("That session was over already."))
    return redirect("people:me")


@require_safe
@signed_in
def second_factor_first(request: OfficerRequest) -> HttpResponse:
    """Leads an officer who must have a second factor, and has none, to set one up."""
    if second_factor.has_one(request.user):
        return redirect("home")
    return render(request, "people/second_factor.html", {"demanded": second_factor.is_required()})


@require_http_methods(["GET", "POST"])
@signed_in
def identity_link(request: OfficerRequest) -> HttpResponse:
    """After the identity provider said who this is: the officer confirms, with the signing key."""
    pending = request.session.get(oidc.PENDING)
    if not pending:
        raise Unseen(
            "identity.none",
            _("There is nothing to link."),
            _("Begin on the page “Your account”."),
        )
    if request.method == "POST":
        identities.link_identity(
            request.acting,
            officer=request.acting.officer,
            issuer=pending["issuer"],
            subject=pending["subject"],
        )
        del request.session[oidc.PENDING]
        messages.success(request, _("You can now sign in with it."))
        return redirect("people:me")
    return render(request, "people/identity_link.html", {"pending": pending})


@require_POST
@signed_in
def identity_unlink(request: OfficerRequest, identity: str) -> HttpResponse:
    """Ends signing in with an identity provider."""
    identities.unlink_identity(request.acting, officer=request.acting.officer, identity=identity)
    messages.success(request, _("You can no longer sign in with it."))
    return redirect("people:me")


@require_safe
@signed_in
def delegations(request: OfficerRequest) -> HttpResponse:
    """Who stands in for whom."""
    rows = delegating.delegations_for(request.acting)
    officers = queries.officers_by_id(one for row in rows for one in (row.officer, row.delegate))
    now = timezone.now()
    listed = [
        {"row": row, "officer": officers.get(row.officer), "delegate": officers.get(row.delegate),
         "now": row.begins <= now}
        for row in rows
    ]  # fmt: skip
    return render(request, "people/delegations.html", {"rows": listed, "supervises": request.acting.has("supervisor")})


@require_http_methods(["GET", "POST"])
@signed_in
def delegate(request: OfficerRequest) -> HttpResponse:
    """Lets a colleague stand in."""
    colleagues = [(one.id, one.label) for one in delegating.may_stand_in(request.acting)]
    form = DelegateForm(request.POST or None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        try:
            delegating.delegate(
                request.acting,
                delegate=data["delegate"],
                begins=_moment(data["begins"], time.min),
                until=_moment(data["until"], time(23, 59, 59)),
                reason=data["reason"],
            )
        except Refusal as refusal:
            if refusal.status not in {400, 409}:
                raise
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Your colleague stands in for you and is told."))
            return redirect("people:delegations")
    context = {"form": form, "nobody": not colleagues}
    return render(request, "people/delegate.html", context, status=400 if form.errors else 200)


def _moment(day: Any, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


@require_POST
@signed_in
def delegation_end(request: OfficerRequest, delegation: str) -> HttpResponse:
    """Ends a delegation."""
    delegating.end_delegation(request.acting, delegation=delegation)
    messages.success(request, _("The delegation was ended."))
    return redirect("people:delegations")
