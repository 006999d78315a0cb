"""The list of cases, and what can be done with a selection of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from copes.chain.cases import list_queries, policies, services
from copes.chain.cases.acts import Act, answer
from copes.chain.cases.codes import CASE_STATES
from copes.chain.cases.entries import Entry
from copes.chain.cases.forms import GrantForm
from copes.chain.cases.queries import find_cases
from copes.foundation.journal.services import writing
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.queries import active_officers
from copes.foundation.people.reading import log_read
from copes.foundation.refusals import BadInput
from copes.foundation.web.lists import Column, Filter, Spec, asked, chosen, listing

MOST = 100
CASES = Spec(
    name="cases",
    columns=(
        Column(gettext_lazy("Number"), sort="opened"),
        Column(gettext_lazy("Title")),
        Column(pgettext_lazy("of a case", "State")),
        Column(gettext_lazy("Opened"), sort="opened"),
    ),
    filters=(
        Filter("number", gettext_lazy("Case number, or its beginning")),
        Filter("state", pgettext_lazy("of a case", "State"), "choice", tuple(CASE_STATES.items())),
        Filter("since", gettext_lazy("Opened since"), "day"),
        Filter("until", gettext_lazy("Opened until"), "day"),
        Filter("mine", gettext_lazy("Only those I was given access to"), "flag"),
    ),
    sort="-opened",
)


@require_safe
@signed_in
def case_list(request: OfficerRequest) -> HttpResponse:
    """The officer's cases, newest first; a whole number leads straight to its case."""
    acting, wanted = request.acting, asked(CASES, request.GET)
    number = wanted.get("number")
    if len(number) >= list_queries.FEW_BEGIN_SO and not wanted.key:
        exact = [row for row in find_cases(acting, number) if row.number == number.upper()]
        if exact:
            return redirect("cases:case", exact[0].id)
    found = list_queries.case_slice(acting, wanted)
    if found.rows:
        log_read(acting, case=None, kind="case_list", thing=request.GET.urlencode()[:100] or "newest")
    context = {
        "rows": found.rows,
        "listing": listing(request, CASES, wanted, found),
        "may_open": policies.may(acting, "open_case"),
        "may_share": policies.may(acting, "share_case"),
    }
    return render(request, "cases/list.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def give_access(request: OfficerRequest) -> HttpResponse:
    """Gives an officer access to each case of a selection, all in one act or none."""
    acting = policies.require(request.acting, "share_case")
    given = request.POST if request.method == "POST" else request.GET
    rows = list_queries.cases_among(acting, chosen(given, "case", MOST)).rows
    if not rows:
        raise BadInput("list.none", _("No case is selected."), _("Go back and tick the cases."), field="case")
    officers = [one for one in active_officers() if set(one.roles) & policies.CASE_ROLES]
    entry = Entry(GrantForm(request.POST or None, officers=officers))

    def act() -> str:
        facts = entry.facts()
        knows = list_queries.known_to(str(facts.get("officer", "")), [row.id for row in rows])
        wanted = [row.id for row in rows if row.id not in knows]
        with writing(acting):
            for case in wanted:
                services.grant_access(acting, case=case, **facts)
        text = ngettext("Access is given to %(count)d case.", "Access is given to %(count)d cases.", len(wanted))
        messages.success(request, text % {"count": len(wanted)})
        return reverse("cases:list")

    log_read(acting, case=None, kind="case_list", thing="selection")
    title = _("Give access to the selected cases")
    made = Act(act, template="cases/selection.html", title=title, button=_("Give access"))
    return answer(request, entry, made, {"rows": rows, "crumbs": [(reverse("cases:list"), _("Cases"))]})
