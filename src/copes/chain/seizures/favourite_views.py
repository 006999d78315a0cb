"""Addresses by which the seizure form keeps and drops an officer's own templates."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from copes.chain.cases import policies
from copes.chain.seizures.favourites import drop_favourite, keep_favourite
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.refusals import Refusal


@require_POST
@signed_in
def favourite_new(request: OfficerRequest) -> HttpResponse:
    """Keeps a description, category and unit as the officer's own template."""
    acting = policies.require(request.acting, "record_seizure")
    try:
        identifier = keep_favourite(acting, request.POST.dict())
    except Refusal as refusal:
        return JsonResponse({"reason": str(refusal.reason), "mend": str(refusal.mend)}, status=refusal.status)
    return JsonResponse({"id": identifier}, status=201)


@require_http_methods(["DELETE"])
@signed_in
def favourite_drop(request: OfficerRequest, favourite: str) -> HttpResponse:
    """Forgets one of the officer's own templates."""
    drop_favourite(request.acting, favourite)
    return HttpResponse(status=204)
