"""Screens of custody acts: desk, cancellation, seals. Releases and receipts: see ``batch_views``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from copes.chain.cases.acts import Act, answer
from copes.chain.cases.entries import Entry, EntryForm
from copes.chain.cases.policies import unseen
from copes.chain.custody import policies, queries, services
from copes.chain.custody.forms import (
    BreakSealForm,
    CancelForm,
    CheckSealForm,
    SealForm,
)
from copes.chain.custody.views import crumbs
from copes.foundation.people.access import OfficerRequest, signed_in


@require_safe
@signed_in
def desk(request: OfficerRequest) -> HttpResponse:
    """What waits for receipt, what was released, what is in hand."""
    officer = policies.require_handler(request.acting).officer
    context = {
        "to_receive": queries.to_receive(officer),
        "released": queries.open_releases(officer),
        "held": queries.held_by(officer),
    }
    return render(request, "custody/desk.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def open_release(request: OfficerRequest, release: str) -> HttpResponse:
    """An open release of the officer's own, and the way to take it back."""
    acting = policies.require_handler(request.acting)
    found = queries.open_release(acting, release)
    if found.released_by is None or found.released_by.id != acting.officer:
        raise unseen()
    entry = Entry(CancelForm(request.POST or None))

    def act() -> str:
        exhibits = [row.id for row in found.exhibits]
        services.cancel(acting, release=release, exhibits=exhibits, reason=entry.facts().get("reason", ""))
        messages.success(request, _("The release is cancelled."))
        return reverse("custody:desk")

    title, button = _("Open release"), _("Cancel the release")
    made = Act(act, template="custody/open_release.html", title=title, button=button)
    return answer(request, entry, made, {"release": found})


def _seal_act(
    request: OfficerRequest, exhibit: str, form: type[EntryForm], words: tuple[str, str], do: Callable[..., Any]
) -> HttpResponse:
    row = policies.see_exhibit(request.acting, exhibit)
    entry = Entry(form(request.POST or None))

    def act() -> str:
        do(exhibit=exhibit, **entry.facts())
        messages.success(request, _("It is recorded."))
        return reverse("custody:exhibit", args=[exhibit])

    title, button = words
    made = Act(act, template="cases/form.html", title=title, button=button)
    return answer(request, entry, made, {"crumbs": crumbs(row)})


@require_http_methods(["GET", "POST"])
@signed_in
def seal_apply(request: OfficerRequest, exhibit: str) -> HttpResponse:
    """Puts a seal on an exhibit."""

    def do(**facts: Any) -> None:
        services.apply_seal(request.acting, **facts)

    return _seal_act(request, exhibit, SealForm, (_("Apply a seal"), _("Record the seal")), do)


@require_http_methods(["GET", "POST"])
@signed_in
def seal_check(request: OfficerRequest, exhibit: str) -> HttpResponse:
    """Records that a seal was looked at."""

    def do(intact: str, **facts: Any) -> None:
        services.check_seal(request.acting, intact=intact == "true", **facts)

    return _seal_act(request, exhibit, CheckSealForm, (_("Check the seal"), _("Record the check")), do)


@require_http_methods(["GET", "POST"])
@signed_in
def seal_break(request: OfficerRequest, exhibit: str) -> HttpResponse:
    """Records that a seal was opened."""

    def do(**facts: Any) -> None:
        services.break_seal(request.acting, **facts)

    return _seal_act(request, exhibit, BreakSealForm, (_("Open the seal"), _("Record the opening")), do)
