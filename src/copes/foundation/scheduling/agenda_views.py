"""Screens of the calendar: the agenda by day or week, the secret address of the feed, and the feed itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from copes.foundation.api.limits import Limiter
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.scheduling import feed, preferences
from copes.foundation.scheduling.calendar import Entry, entries_of

SPANS = {"day": 1, "week": 7}
asked = Limiter(60, 3600.0)  # a calendar program asks every half hour; several devices may share an address
guessed = Limiter(30, 3600.0)


@dataclass(frozen=True)
class Due:
    """An entry with its moment in the officer's time zone."""

    entry: Entry
    at: datetime


@dataclass(frozen=True)
class AgendaDay:
    """A day and what is due on it."""

    day: date
    today: bool
    entries: list[Due]


@require_safe
@signed_in
def agenda(request: OfficerRequest) -> HttpResponse:
    """What is due for the officer, by day or by week; what is overdue stands first."""
    zone = preferences.zone_of(preferences.of(request.acting.officer))
    now = timezone.localtime(timezone.now(), zone)
    span = request.GET.get("span", "week")
    length = SPANS.get(span, 7)
    first = _day(request.GET.get("from", "")) or now.date()
    if length == 7:
        first -= timedelta(days=first.weekday())
    due = [Due(entry, timezone.localtime(entry.due, zone)) for entry in entries_of(request.acting)]
    days = [first + timedelta(days=day) for day in range(length)]
    context = {
        "span": "day" if length == 1 else "week",
        "overdue": [one for one in due if one.at < now and one.entry.sort == "task"],
        "days": [AgendaDay(day, day == now.date(), [one for one in due if one.at.date() == day]) for day in days],
        "later": sum(one.at.date() > days[-1] for one in due),
        "first": days[0],
        "last": days[-1],
        "before": days[0] - timedelta(days=length),
        "after": days[0] + timedelta(days=length),
        "has_today": now.date() in days,
    }
    return render(request, "scheduling/calendar.html", context)


def _day(text: str) -> date | None:
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and 1900 < found.year < 2200 else None


@require_safe
@signed_in
def feed_settings(request: OfficerRequest) -> HttpResponse:
    """Whether the officer has a calendar feed, and how to make, renew and end it."""
    return render(request, "scheduling/feed.html", {"made_at": feed.made_at(request.acting.officer)})


@require_POST
@signed_in
def feed_renew(request: OfficerRequest) -> HttpResponse:
    """Makes a new secret address and shows it this once."""
    token = feed.renew(request.acting.officer)
    address = request.build_absolute_uri(reverse("scheduling:feed_file", args=[token]))
    context = {"made_at": feed.made_at(request.acting.officer), "address": address}
    return render(request, "scheduling/feed.html", context)


@require_POST
@signed_in
def feed_end(request: OfficerRequest) -> HttpResponse:
    """Ends the feed."""
    feed.end(request.acting.officer)
    messages.success(request, _("The calendar address is ended. It answers nobody any more."))
    return redirect("scheduling:feed")


@require_safe
def feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """The feed itself, for calendar programs: the token in the address is the secret. ETag by RFC 9110 §8.8.3."""
    holder = feed.holder(token)
    if holder is None:
        if wait := guessed.take(request.META.get("REMOTE_ADDR", "")):
            return _wait(wait)
        raise Http404
    if wait := asked.take(holder.acting.officer):
        return _wait(wait)
    body = feed.calendar_of(holder)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    seen = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    response: HttpResponse = HttpResponseNotModified() if tag in seen else HttpResponse(body)
    if response.status_code == 200:
        response["Content-Type"] = "text/calendar; charset=utf-8"
        response["Content-Disposition"] = 'attachment; filename="opencopes.ics"'
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _wait(seconds: int) -> HttpResponse:
    response = HttpResponse(status=429)
    response["Retry-After"] = str(seconds)
    return response
