"""Screens of notices: the inbox, opening, marking, and the state that the badge asks for."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.scheduling import queries, reading
from copes.foundation.scheduling.models import Notice


@require_safe
@signed_in
def inbox(request: OfficerRequest) -> HttpResponse:
    """The officer's notices, unread first, by day, of all kinds or one."""
    kind = request.GET.get("kind", "")
    marked = _marked(request.acting.officer, request.GET.get("marked", ""))
    context = {
        "page": queries.inbox(request.acting, kind=kind, after=request.GET.get("after", "")),
        "kinds": queries.kinds_had(request.acting.officer),
        "kind": kind,
        "unread_now": queries.unread(request.acting.officer),
        "marked": marked,
    }
    return render(request, "scheduling/inbox.html", context)


def _marked(officer: str, moment: str) -> str:
    """The moment at which something was just marked as read, as long as it can be taken back."""
    at = _moment(moment)
    if at is None or not Notice.objects.filter(officer=officer, read_at=at).exists():
        return ""
    return at.isoformat()


def _moment(text: str) -> datetime | None:
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None


def _back(request: HttpRequest, marked: datetime | None = None) -> HttpResponseRedirect:
    """To the inbox as it was filtered, with the way to take the marking back."""
    wanted = {"kind": request.POST.get("kind", ""), "marked": marked.isoformat() if marked else ""}
    query = urlencode({name: value for name, value in wanted.items() if value})
    return redirect(f"{reverse('scheduling:inbox')}{'?' if query else ''}{query}")


@require_safe
@signed_in
def open_notice(request: OfficerRequest, notice: str) -> HttpResponse:
    """Marks a notice as read and goes where it leads, which is always a page of this site."""
    return redirect(reading.open_notice(request.acting, notice))


@require_POST
@signed_in
def mark(request: OfficerRequest, notice: str) -> HttpResponse:
    """Marks one notice as read, or as unread."""
    return _back(request, reading.mark(request.acting, notice, read=request.POST.get("read") == "yes"))


@require_POST
@signed_in
def mark_all(request: OfficerRequest) -> HttpResponse:
    """Marks every notice as read, or those of one kind."""
    return _back(request, reading.mark_all(request.acting, kind=request.POST.get("kind", "")))


@require_POST
@signed_in
def undo(request: OfficerRequest) -> HttpResponse:
    """Makes unread again what was just marked."""
    at = _moment(request.POST.get("moment", ""))
    if at is not None:
        reading.unmark(request.acting, at)
    return _back(request)


@require_safe
@signed_in
def state(request: OfficerRequest) -> HttpResponse:
    """How many notices are unread, as the badge shows and announces it."""
    count = queries.unread(request.acting.officer)
    text = ngettext("%(number)s new notification", "%(number)s new notifications", count) % {"number": count}
    badge = "" if not count else "99+" if count > 99 else str(count)
    newest = Notice.objects.filter(officer=request.acting.officer).order_by("-id").values_list("id", flat=True).first()
    said = text if count else _("Notifications")
    return JsonResponse({"unread": count, "badge": badge, "text": said, "newest": newest or ""})
