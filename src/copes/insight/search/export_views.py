"""The screen on which a list is exported."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.refusals import BadInput
from copes.foundation.web.lists import chosen
from copes.insight.search import disclosing, exporting

PAGES = {"cases": "cases:list", "exhibits": "custody:exhibits"}


@require_http_methods(["GET", "POST"])
@signed_in
def export(request: OfficerRequest, name: str) -> Any:
    """Asks what for, then gives the file; the address holds the filters, or the rows that were ticked."""
    source = disclosing.source_of(name)
    wanted, words = disclosing.asked_of(source, request.acting, request.GET)
    picked = chosen(request.GET, source.pick, disclosing.MOST_PICKED)
    problem = ""
    if request.method == "POST":
        form = request.POST.get("format", "")
        try:
            made = disclosing.export_list(
                request.acting,
                name=name,
                given=request.GET,
                picked=picked,
                form=form,
                purpose=request.POST.get("purpose", ""),
            )
        except BadInput as refusal:
            problem = f"{refusal.reason} {refusal.mend}"
        else:
            named = f"{name}-{timezone.localtime():%Y-%m-%d-%H%M}.{form}"
            return FileResponse(made, as_attachment=True, filename=named, content_type=exporting.TYPES[form])
    titles = {"cases": _("Export cases"), "exhibits": _("Export exhibits")}
    context = {
        "title": titles[name],
        "back": f"{reverse(PAGES[name])}?{request.GET.urlencode()}" if not picked else reverse(PAGES[name]),
        "words": words,
        "picked": len(picked),
        "narrowed": wanted.narrowed,
        "problem": problem,
        "purpose": request.POST.get("purpose", ""),
        "format": request.POST.get("format", "xlsx"),
        "most": exporting.MOST,
    }
    answer: HttpResponse = render(request, "search/export.html", context, status=400 if problem else 200)
    return answer
