"""The administrator's page about prints: what is in force, and whether it works. Read-only; the files are the truth."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from copes.chain.dossier.checking import check_prints
from copes.chain.dossier.prints.house import house, names
from copes.foundation.config.current import current_node
from copes.foundation.people import roles
from copes.foundation.people.access import OfficerRequest, in_roles
from copes.foundation.refusals import Refusal


@require_http_methods(["GET", "POST"])
@in_roles(roles.ADMINISTRATOR)
def prints(request: OfficerRequest) -> HttpResponse:
    """What is in force on GET; on POST every print is tried in the agency's language and the reader's."""
    context: dict[str, Any] = {"refusal": None}
    try:
        force = house()
        branding = force.branding
        context["force"] = force
        context["templates"] = [(name, force.changed.get(name)) for name in names()]
        context["branding"] = [
            (_("Names"), sorted(branding.names.items())),
            (_("Address"), sorted(branding.address.items())),
            (_("Foot of the page"), sorted(branding.footer.items())),
            (_("How to claim"), sorted(branding.claims.items())),
        ]
        if request.method == "POST":
            spoken = dict.fromkeys([current_node().language, get_language() or "en"])
            found = list(check_prints(spoken))
            context["checked"] = len(found)
            context["problems"] = [problem for _name, _language, problem in found if problem]
    except Refusal as refusal:
        context["refusal"] = refusal
    return render(request, "dossier/prints.html", context)
