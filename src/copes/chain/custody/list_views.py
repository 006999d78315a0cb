"""The list of exhibits, and what can be done with a selection of it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from copes.chain.custody import codes, list_queries, policies
from copes.foundation.journal.acting import Acting
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.queries import active_officers
from copes.foundation.people.reading import log_read
from copes.foundation.refusals import BadInput
from copes.foundation.web.lists import Column, Filter, Spec, asked, chosen, listing

MOST = 200
_COLUMNS = (
    Column(gettext_lazy("Number"), sort="number"),
    Column(gettext_lazy("What it is")),
    Column(gettext_lazy("Amount"), number=True),
    Column(gettext_lazy("Holder")),
    Column(gettext_lazy("State")),
)
_FILTERS = (
    Filter("number", gettext_lazy("Number, or its beginning")),
    Filter("category", gettext_lazy("Category"), "choice", tuple(codes.CATEGORIES.items())),
    Filter("state", gettext_lazy("State"), "choice", tuple(codes.STATES.items())),
    Filter("holder", gettext_lazy("Holder"), "choice"),
    Filter("mine", gettext_lazy("Held by me"), "flag"),
)
EXHIBITS = Spec(name="exhibits", columns=_COLUMNS, filters=_FILTERS, sort="-number")


def spec_for(acting: Acting) -> Spec:
    """The list with the officers who may hold exhibits among its choices. In one query."""
    officers = [one for one in active_officers() if set(one.roles) & set(policies.HANDLERS)]
    holders = tuple((one.id, one.label) for one in officers if one.id != acting.officer)
    filters = tuple(replace(one, choices=holders) if one.name == "holder" else one for one in EXHIBITS.filters)
    return replace(EXHIBITS, filters=filters)


@require_safe
@signed_in
def exhibit_list(request: OfficerRequest) -> HttpResponse:
    """The exhibits the officer may see, newest case first."""
    spec = spec_for(request.acting)
    wanted = asked(spec, request.GET)
    found = list_queries.exhibit_slice(request.acting, wanted)
    if found.rows:
        log_read(request.acting, case=None, kind="exhibit_list", thing=request.GET.urlencode()[:100] or "newest")
    context = {
        "rows": found.rows,
        "listing": listing(request, spec, wanted, found),
        "may_handle": request.acting.has(*policies.HANDLERS),
    }
    return render(request, "custody/exhibits.html", context)


@require_safe
@signed_in
def selected_labels(request: OfficerRequest) -> HttpResponse:
    """Goes on to the labels of the selected exhibits; labels are printed for one case at a time."""
    rows = list_queries.exhibits_among(request.acting, chosen(request.GET, "exhibit", MOST)).rows
    cases = {row.case for row in rows}
    if len(cases) != 1:
        raise BadInput(
            "list.one_case",
            _("Labels are printed for the exhibits of one case at a time."),
            _("Go back and tick exhibits of one case."),
            field="exhibit",
        )
    query = urlencode([("exhibit", row.id) for row in rows])
    return redirect(f"{reverse('dossier:labels', args=[cases.pop()])}?{query}")
