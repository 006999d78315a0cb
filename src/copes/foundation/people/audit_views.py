"""Screens for the auditor: who read what, and who has read a case. Looking here is itself noted."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from copes.foundation.people import case_names, queries
from copes.foundation.people.access import OfficerRequest, in_roles
from copes.foundation.people.forms import ReadsFilter
from copes.foundation.people.models import ReadsDigest
from copes.foundation.people.reading import log_read
from copes.foundation.people.roles import AUDITOR
from copes.foundation.refusals import Unseen

NO_CASE = "-"  # matches no reading


@require_safe
@in_roles(AUDITOR)
def reads(request: OfficerRequest) -> HttpResponse:
    """Who read which personal data, when and why."""
    everyone = {one.id: one for one in queries.all_officers()}
    form = ReadsFilter(request.GET or None, officers=[(key, one.label) for key, one in everyone.items()])
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    case = _case(wanted.get("number", ""))
    rows = queries.reads(
        officer_id=wanted.get("officer") or None,
        case=case,
        kind=wanted.get("kind") or None,
        since=_start(wanted.get("since")),
        until=_start(wanted.get("until"), days=1),
        purpose=wanted.get("purpose") or None,
        before=wanted.get("after"),
    )
    more = rows[queries.PAGE - 1].id if len(rows) > queries.PAGE else None
    shown = rows[: queries.PAGE]
    log_read(request.acting, case=case, kind="reads", thing=wanted.get("officer") or "all")
    numbers = case_names.numbers({row.case_id for row in shown})
    digest = ReadsDigest.objects.order_by("-index").values_list("last", flat=True).first() or 0
    context = {
        "form": form,
        "rows": [(row, everyone.get(row.officer), numbers.get(row.case_id or ""), row.id <= digest) for row in shown],
        "more": more,
        "case": case if case and case != NO_CASE else None,
    }
    return render(request, "people/reads.html", context)


@require_safe
@in_roles(AUDITOR)
def readers(request: OfficerRequest, case: str) -> HttpResponse:
    """Who has read a case, how often and when last."""
    number = case_names.numbers({case}).get(case)
    if number is None:
        raise Unseen("case.unknown", _("There is no such case."), _("Check the number."))
    rows = queries.readers_of(case)
    officers = queries.officers_by_id(one for one, _times, _last in rows)
    log_read(request.acting, case=case, kind="readers", thing=case)
    context = {
        "number": number,
        "case": case,
        "rows": [(officers.get(one), one, times, last) for one, times, last in rows],
    }
    return render(request, "people/readers.html", context)


def _case(typed: str) -> str | None:
    """The id of the case whose number, or id, was typed; one that matches nothing when there is none."""
    text = typed.strip()
    if not text:
        return None
    found = case_names.id_of(text)
    return found or (text.lower() if case_names.numbers({text.lower()}) else NO_CASE)


def _start(day: date | None, *, days: int = 0) -> datetime | None:
    if day is None:
        return None
    moment: Any = datetime.combine(day + timedelta(days=days), time.min)
    return timezone.make_aware(moment)
