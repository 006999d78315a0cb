"""My day: the page an officer starts from, and the fragment that keeps it fresh."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from copes.chain.cases import policies, queries
from copes.chain.cases.day import Day, day_of
from copes.foundation.people import roles
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.reading import log_read

FEW = 5


@require_safe
@signed_in
def my_day(request: OfficerRequest) -> HttpResponse:
    """What waits for the officer by urgency, what the officer holds, and where to begin."""
    acting = request.acting
    newest = [] if policies.is_supervisor(acting) else queries.newest_of(acting, FEW)
    context = {**_context(request, day_of(acting)), "newest": newest, "supervises": policies.is_supervisor(acting)}
    return render(request, "cases/day.html", context)


@require_safe
@signed_in
def fragment(request: OfficerRequest) -> HttpResponse:
    """The list alone, for the page that is open to take over; 204 when it is the one that the page shows."""
    day = day_of(request.acting)
    if request.GET.get("seen") == day.mark:
        return HttpResponse(status=204)
    return render(request, "cases/day_lines.html", _context(request, day))


def _context(request: OfficerRequest, day: Day) -> dict[str, Any]:
    acting = request.acting
    if day.lines:
        log_read(acting, case=None, kind="day", thing="my day")
    return {
        "day": day,
        "now": timezone.now(),
        "works": policies.sees_cases(acting),
        "may_open": policies.may(acting, "open_case"),
        "new_control": _address("cases:new_control") or reverse("cases:new"),
        "keeper": acting.has(roles.CUSTODIAN),
        "legal": acting.has(roles.LEGAL),
        "auditor": acting.has(roles.AUDITOR),
        "administrator": acting.has(roles.ADMINISTRATOR),
    }


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
