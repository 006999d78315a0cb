"""Screens of exhibits: list, page, search by scan, photographs, correction."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from PIL import Image, ImageOps

from copes.chain.cases import policies as case_policies
from copes.chain.cases.acts import Act, answer
from copes.chain.cases.entries import Entry, Rows, unnest
from copes.chain.cases.forms import ReasonForm
from copes.chain.custody import policies, queries, services
from copes.chain.custody.chain import ExhibitPage, exhibit_page
from copes.chain.custody.forms import ItemForm, PhotographForm
from copes.chain.custody.models import Exhibit, Photograph
from copes.chain.custody.picture import Picture, picture
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.reading import log_read
from copes.foundation.refusals import Unseen
from copes.foundation.storage.services import read_blob

THUMBNAIL = (900, 900)
FACTS = (
    "description", "category", "quantity", "unit", "gross_g", "net_g", "cash.total", "cash.currency",
    "container.number", "vehicle.registration", "vehicle.vin", "vehicle.make", "vehicle.country", "value.amount",
    "value.currency", "found_where", "hs_code", "seal", "origin.source", "origin.line", "origin.time_known_to",
)  # fmt: skip


@require_safe
@signed_in
def find(request: OfficerRequest) -> HttpResponse:
    """Goes to the exhibit that was scanned or typed."""
    text = request.GET.get("text", "").strip()
    if not text:
        return redirect("custody:exhibits")
    try:
        return redirect("custody:exhibit", queries.find_exhibit(request.acting, text).id)
    except Unseen:
        return render(request, "custody/not_found.html", {"text": text}, status=404)


@require_safe
@signed_in
def exhibit(request: OfficerRequest, exhibit: str) -> HttpResponse:
    """An exhibit and its chain of custody, as a picture and as a table."""
    acting = request.acting
    page = exhibit_page(acting, exhibit)
    log_read(acting, case=page.row.case_id, kind="exhibit", thing=exhibit)
    holds = page.row.holder == acting.officer
    context = {
        "page": page,
        "row": page.row,
        "facts": page.read.all(FACTS),
        "denominations": [
            page.read.all(("value", "count", "form"), path) for path in page.read.members("cash.denominations")
        ],
        "measures": [page.read.all(("name", "value", "unit"), path) for path in page.read.members("measures")],
        "counters": [page.officers[one] for one in _counters(page) if one in page.officers],
        "steps": [(number, step, page.officers.get(step.by), page.officers.get(step.to or ""),
                   page.places.get(step.record_id)) for number, step in enumerate(page.steps, start=1)],
        "spans": [(span, page.officers.get(span.holder)) for span in page.spans],
        "picture": drawn(page),
        "holder": page.officers.get(page.row.holder),
        "receiver": page.officers.get(page.row.released_to or ""),
        "holds": holds,
        "may_release": holds and page.row.state == "held",
        "may_receive": page.row.released_to == acting.officer,
        "may_correct": page.sees_case and case_policies.may(acting, "correct"),
    }  # fmt: skip
    return render(request, "custody/exhibit.html", context)


def _counters(page: ExhibitPage) -> list[str]:
    return list((page.row.body.get("cash") or {}).get("counters", ()))


def drawn(page: ExhibitPage) -> Picture:
    """The picture of the exhibit's chain in the reader's direction."""

    def name(officer: str) -> tuple[str, str]:
        view = page.officers.get(officer)
        if view is None:
            return f"…{officer[-8:]}", ""
        return view.name or view.label, view.service_number or ""

    return picture(page.steps, page.spans, name, rtl=get_language_bidi())


@require_http_methods(["GET", "POST"])
@signed_in
def photograph_new(request: OfficerRequest, exhibit: str) -> HttpResponse:
    """Adds a photograph to an exhibit in hand."""
    row = policies.see_exhibit(request.acting, exhibit)
    sent = request.method == "POST"
    entry = Entry(PhotographForm(request.POST, request.FILES) if sent else PhotographForm())

    def act() -> str:
        facts = entry.facts()
        services.photograph(
            request.acting, exhibit=exhibit, data=facts["picture"].read(), taken_at=facts.get("taken_at")
        )
        messages.success(request, _("The photograph is recorded."))
        return reverse("custody:exhibit", args=[exhibit])

    return answer(
        request,
        entry,
        Act(act, template="cases/form.html", title=_("New photograph"), button=_("Record the photograph")),
        {"crumbs": crumbs(row), "upload": True},
    )


@require_safe
@signed_in
def photograph(request: OfficerRequest, exhibit: str, sha256: str) -> HttpResponse:
    """A photograph drawn anew and smaller for the page; the original only as a download."""
    row = policies.see_exhibit(request.acting, exhibit)
    kept = Photograph.objects.filter(exhibit_id=exhibit, sha256=sha256).first()
    if kept is None:
        raise case_policies.unseen()
    data = read_blob(sha256)
    if "original" in request.GET:
        log_read(request.acting, case=row.case_id, kind="photograph", thing=sha256)
        response = HttpResponse(data, content_type="application/octet-stream")
        response["Content-Disposition"] = f'attachment; filename="{kept.name}"'
        return response
    response = HttpResponse(_smaller(data), content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    return response


def _smaller(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as picture_file:
        turned = ImageOps.exif_transpose(picture_file) or picture_file
        turned.thumbnail(THUMBNAIL)
        out = io.BytesIO()
        turned.convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()


@require_http_methods(["GET", "POST"])
@signed_in
def exhibit_correct(request: OfficerRequest, exhibit: str) -> HttpResponse:
    """Records what was wrong in an exhibit's description."""
    acting = case_policies.require(request.acting, "correct")
    row = policies.see_exhibit(acting, exhibit)
    log_read(acting, case=row.case_id, kind="exhibit", thing=exhibit)
    initial = unnest(row.body) | {"container": (row.body.get("container") or {}).get("typed", "")}
    form = ItemForm(request.POST or None, initial=initial)
    del form.fields["seal"]
    if row.category == "cash":
        del form.fields["category"]
    entry = Entry(form, reason=Rows(ReasonForm, "reason", data=request.POST or None))

    def act() -> str:
        facts = {**_kept(row), **entry.facts()}
        reasons = facts.pop("reason")
        reason = reasons[0]["reason"] if reasons else ""
        services.correct_exhibit(acting, exhibit=exhibit, facts=facts, reason=reason)
        messages.success(request, _("The correction is recorded. The earlier record stays."))
        return reverse("custody:exhibit", args=[exhibit])

    return answer(
        request,
        entry,
        Act(
            act,
            template="custody/correct.html",
            title=_("Correct the exhibit"),
            button=_("Record the correction"),
        ),
        {"crumbs": crumbs(row)},
    )


def _kept(row: Exhibit) -> dict[str, Any]:
    """What this form does not ask: counted cash is corrected by counting again, measures by measuring."""
    return {
        name: row.body[name]
        for name in ("cash", "measures", *(("category",) if row.category == "cash" else ()))
        if name in row.body
    }


def crumbs(row: Exhibit) -> list[tuple[str, str]]:
    """The way to a page below an exhibit."""
    return [(reverse("custody:exhibits"), _("Exhibits")), (reverse("custody:exhibit", args=[row.id]), row.number)]
