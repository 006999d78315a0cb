"""Screens of cases: list, opening, giving and taking access, notes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from copes.chain.cases import policies, queries, services
from copes.chain.cases.acts import Act, answer
from copes.chain.cases.entries import Entry
from copes.chain.cases.forms import CaseForm, GrantForm, NoteForm, ReasonForm
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.queries import active_officers
from copes.trust.records.ids import uuid7


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
        return reverse("cases:who", args=[case])

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
        return reverse("cases:list") if officer == acting.officer else reverse("cases:who", args=[case])

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
        return reverse("cases:notes", args=[case])

    return answer(
        request,
        entry,
        Act(act, template="cases/form.html", title=_("New note"), button=_("Record the note")),
        {"case": found, "crumbs": crumbs(found)},
    )


def crumbs(case: queries.CaseRow) -> list[tuple[str, str]]:
    """The way to a page below a case."""
    return [(reverse("cases:list"), _("Cases")), (reverse("cases:case", args=[case.id]), case.number)]
