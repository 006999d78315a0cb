"""Screens of the search room: results, suggestions for the command palette, saved searches."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.reading import log_read
from copes.insight.search import queries, services
from copes.insight.search.models import RecentSearch

LONGEST = 200
SHORTEST = 2


@require_safe
@signed_in
def results(request: OfficerRequest) -> HttpResponse:
    """What was found; the exact number of one thing leads straight to it (unless ``all``)."""
    acting, text = request.acting, request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    kind, after = request.GET.get("kind", ""), request.GET.get("after", "")
    known = list(queries.kinds_shown(acting))
    kind = kind if kind in dict(known) else ""
    page = queries.NOTHING
    if text:
        place = int(after[:18]) if after.isascii() and after.isdigit() else None
        page = queries.search(acting, text, kind=kind, after=place)
        if place is None:
            services.remember(acting, text)
    if page.rows:
        log_read(acting, case=None, kind="search", thing=text[:100])
    there = queries.jump(page) if not kind and "all" not in request.GET else ""
    if there:
        return redirect(there)
    context = {
        "text": text,
        "kind": kind,
        "kinds": known,
        "page": page,
        "recent": queries.recent_of(acting.officer) if not text else [],
        "saved": queries.saved_of(acting.officer) if not text else [],
        "address": request.get_full_path(),
    }
    return render(request, "search/results.html", context)


@require_safe
@signed_in
def suggest(request: OfficerRequest) -> HttpResponse:
    """A few results as JSON, while the officer types."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    found = queries.suggest(request.acting, text if len(text) >= SHORTEST else "")
    if found["groups"]:
        log_read(request.acting, case=None, kind="search", thing=text[:100])
    return JsonResponse(found)


@require_safe
@signed_in
def saved(request: OfficerRequest) -> HttpResponse:
    """The officer's own saved searches."""
    return render(request, "search/saved.html", {"saved": queries.saved_of(request.acting.officer)})


@require_POST
@signed_in
def save(request: OfficerRequest) -> HttpResponse:
    """Keeps a search or list and goes back to it."""
    address = request.POST.get("address", "")
    kept = services.save_search(request.acting, name=request.POST.get("name", ""), address=address)
    messages.success(request, _("The search is saved as “%(name)s”.") % {"name": kept.name})
    return redirect(kept.address)


@require_POST
@signed_in
def delete(request: OfficerRequest, search: str) -> HttpResponse:
    """Deletes a saved search."""
    services.delete_search(request.acting, search)
    messages.success(request, _("The saved search is deleted."))
    return redirect("search:saved")


@require_POST
@signed_in
def forget_recent(request: OfficerRequest) -> HttpResponse:
    """Empties the officer's recent searches."""
    RecentSearch.objects.filter(officer=request.acting.officer).delete()
    messages.success(request, _("Your recent searches are forgotten."))
    return redirect("search:results")
