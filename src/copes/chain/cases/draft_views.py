"""Addresses that recording pages speak to: drafts, places near by, zones of travel documents."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from copes.chain.cases import drafts, policies
from copes.chain.cases.documents import document_facts, proposals
from copes.chain.cases.habits import habits_of
from copes.chain.cases.mrz import Mrz, MrzUnreadableError, read_mrz
from copes.chain.cases.photographs import notes_on, read_document
from copes.chain.cases.places import near, own_places
from copes.chain.cases.zones.picture import MOST_BYTES
from copes.foundation.api.problems import TooMany
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.refusals import BadInput, Refusal


def _fields(request: OfficerRequest) -> list[tuple[str, str]]:
    try:
        sent: Any = json.loads(request.body)
        return [(str(name), str(value)) for name, value in sent["fields"]]
    except (ValueError, TypeError, KeyError):
        raise BadInput("draft.malformed", _("This is not a draft."), _("Open the form again.")) from None


def _refused(refusal: Refusal) -> JsonResponse:
    return JsonResponse({"reason": str(refusal.reason), "mend": str(refusal.mend)}, status=refusal.status)


@require_http_methods(["POST", "DELETE"])
@signed_in
def draft(request: OfficerRequest, form: str) -> HttpResponse:
    """Keeps or forgets the officer's own draft of a form; answers with the time at which it was saved."""
    try:
        if request.method == "DELETE":
            drafts.discard_draft(request.acting, form)
            return HttpResponse(status=204)
        at = timezone.localtime(drafts.save_draft(request.acting, form, _fields(request)))
    except Refusal as refusal:
        return _refused(refusal)
    return JsonResponse({"saved": f"{at:%H:%M}"})


@require_safe
@signed_in
def places_near(request: OfficerRequest) -> HttpResponse:
    """Known places near a position, to be offered; nothing of the position is kept."""
    policies.require(request.acting, "record_control")
    try:
        latitude, longitude = float(request.GET.get("latitude", "")), float(request.GET.get("longitude", ""))
    except ValueError:
        return JsonResponse({"places": []}, status=400)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return JsonResponse({"places": []}, status=400)
    found = near(latitude, longitude, own_places(habits_of(request.acting).places))
    return JsonResponse({"places": [{"name": one.name, "country": one.country, "km": one.km} for one in found]})


@require_POST
@signed_in
def document(request: OfficerRequest) -> HttpResponse:
    """What the machine-readable zone of a document says, each value for the officer to confirm. Nothing is kept."""
    policies.require(request.acting, "record_control")
    try:
        zone = read_mrz(request.POST.get("text", "")[:2000], timezone.localdate())
    except MrzUnreadableError:
        reason = _("This is no machine-readable zone: two lines of 44 or 36 signs, or three lines of 30.")
        return JsonResponse({"reason": reason, "mend": _("Read the lines again, with every < in them.")}, status=400)
    return JsonResponse(_told(zone))


@require_POST
@signed_in
def document_photograph(request: OfficerRequest) -> HttpResponse:
    """The zone in a photograph of a document, its text and values for the officer to confirm. Nothing is kept."""
    picture = request.FILES.get("picture")
    try:
        # one byte over the limit is enough to be refused
        reading = read_document(request.acting, picture.read(MOST_BYTES + 1) if picture else b"")
    except TooMany as refusal:
        mend = _("Wait %(seconds)d seconds, or type the lines.") % {"seconds": refusal.wait}
        answer = JsonResponse({"reason": str(refusal.reason), "mend": mend}, status=refusal.status)
        answer["Retry-After"] = str(refusal.wait)
        return answer
    except Refusal as refusal:
        return _refused(refusal)
    return JsonResponse({"text": reading.text, "notes": notes_on(reading), **_told(reading.zone)})


def _told(zone: Mrz) -> dict[str, Any]:
    pattern = "j F Y" if get_language() == "en" else "DATE_FORMAT"
    shown = proposals(zone, lambda day: date_format(day, pattern))
    return {"format": zone.format, "facts": document_facts(zone), "values": shown}
