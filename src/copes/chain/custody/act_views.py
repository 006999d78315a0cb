"""Screens of custody acts: desk, release, receipt, refusal, cancellation, seals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from copes.chain.cases.acts import Act, answer
from copes.chain.cases.entries import ADD, Entry, EntryForm, kept_form
from copes.chain.cases.policies import unseen
from copes.chain.custody import policies, queries, services
from copes.chain.custody.forms import (
    BreakSealForm,
    CancelForm,
    CheckSealForm,
    ReceiveForm,
    ReleaseForm,
    SealForm,
)
from copes.chain.custody.views import crumbs
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.queries import OfficerView, active_officers
from copes.foundation.refusals import Unseen

MOST = 200


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


def receivers(request: OfficerRequest) -> list[OfficerView]:
    """Officers to whom the acting one may release."""
    return [
        one for one in active_officers() if one.id != request.acting.officer and set(one.roles) & set(policies.HANDLERS)
    ]


@require_http_methods(["GET", "POST"])
@signed_in
def release(request: OfficerRequest) -> HttpResponse:
    """Releases exhibits: each is scanned or typed and added to the list; Enter adds."""
    acting = policies.require_handler(request.acting)
    sent = request.method == "POST"
    chosen = list(dict.fromkeys((request.POST if sent else request.GET).getlist("exhibit")))[:MOST]
    problem = ""
    scan = request.POST.get("scan", "").strip()
    if request.POST.get(ADD) and scan:
        try:
            found = queries.find_exhibit(acting, scan)
            chosen = list(dict.fromkeys([*chosen, found.id]))[:MOST]
            scan = ""
        except Unseen:
            problem = _("No single exhibit you may see has this number.")
    officers = receivers(request)
    form: EntryForm = (
        kept_form(ReleaseForm, request.POST, officers=officers) if sent else ReleaseForm(officers=officers)
    )
    entry = Entry(form)

    def act() -> str:
        facts = entry.facts()
        services.release(acting, exhibits=chosen, to=facts.pop("released_to"), **facts)
        messages.success(request, _released(len(chosen)))
        return reverse("custody:desk")

    context = {"rows": queries.exhibit_rows(acting, chosen), "scan": scan, "scan_problem": problem}
    title, button = _("Release exhibits"), _("Release")
    return answer(request, entry, Act(act, template="custody/release.html", title=title, button=button), context)


def _released(count: int) -> str:
    return ngettext(
        "%(count)d exhibit is released. You answer for it until it is received.",
        "%(count)d exhibits are released. You answer for them until they are received.",
        count,
    ) % {"count": count}


@require_http_methods(["GET", "POST"])
@signed_in
def receive(request: OfficerRequest, release: str) -> HttpResponse:
    """Receives or declines exhibits that were released to the officer."""
    acting = policies.require_handler(request.acting)
    found = queries.open_release(acting, release)
    if found.released_to is None or found.released_to.id != acting.officer:
        raise unseen()
    entry = Entry(ReceiveForm(request.POST or None, exhibits=found.exhibits))

    def act() -> str:
        facts = entry.facts()
        exhibits = facts.get("exhibits", [])
        if request.POST.get("do") == "decline":
            services.decline(acting, release=release, exhibits=exhibits, reason=facts.get("reason", ""))
            messages.success(request, _("You declined. The exhibits stay with the officer who released them."))
        else:
            services.receive(
                acting,
                release=release,
                exhibits=exhibits,
                condition=facts.get("condition", ""),
                remark=facts.get("remark"),
                seals=facts.get("seals") or "not_checked",
            )
            messages.success(request, _("The receipt is recorded. You answer for these exhibits now."))
        return reverse("custody:desk")

    title, button = _("Receive exhibits"), _("Receive what is ticked")
    made = Act(act, template="custody/receive.html", title=title, button=button)
    return answer(request, entry, made, {"release": found})


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
