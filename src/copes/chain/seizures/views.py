"""Screens of seizures and detentions: recording, page, correction, import of lists."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from copes.chain.cases import policies
from copes.chain.cases import queries as cases
from copes.chain.cases.acts import Act, answer
from copes.chain.cases.control_views import field_officers, now_to_the_minute
from copes.chain.cases.drafts import discard_draft
from copes.chain.cases.habits import habits_of, remember
from copes.chain.cases.recording_page import begin, recording
from copes.chain.cases.sending import fresh_token, once, token_of
from copes.chain.cases.views import crumbs
from copes.chain.cases.wording import BadFields
from copes.chain.custody.queries import exhibits_of_seizure
from copes.chain.custody.services import photograph
from copes.chain.seizures import queries, rules, services
from copes.chain.seizures.favourites import favourites_of
from copes.chain.seizures.forms import ListForm, SeizureEntry, seizure_entry
from copes.chain.seizures.goods import goods
from copes.chain.seizures.importing import import_seizures, preview_seizures
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.reading import log_read
from copes.foundation.refusals import BadInput

FACTS = (
    "cause", "legal_basis.text", "legal_basis.citation", "legal_basis.jurisdiction", "declaration", "detection",
    "concealment_place", "concealment", "place.name", "place.country", "route.origin", "route.departure",
    "route.transit", "route.destination", "prosecution.name", "prosecution.capacity", "prosecution.residence",
    "presence", "summons.how", "summons.at", "guardian.name", "guardian.capacity", "drafted_at.name", "started_at",
    "closed_at", "read_to_person", "signature", "copy_given", "statements", "reservations",
)  # fmt: skip


def control_choices(case: str) -> list[tuple[str, str]]:
    """The controls of a case by their start."""
    return [
        (one.id, f"{date_format(at, 'DATE_FORMAT')} {at:%H:%M}")
        for one in cases.controls_of(case)
        for at in [timezone.localtime(one.started_at)]
    ]


def _start(request: OfficerRequest, controls: list[tuple[str, str]]) -> dict[str, Any]:
    """What a new report begins with, nothing but facts: now, the officer, the control, where the officer was last."""
    places = habits_of(request.acting).places
    known = {control for control, _label in controls}
    asked = request.GET.get("control", "")
    now = now_to_the_minute()
    return {
        "officers": [request.acting.officer],
        "control": asked if asked in known else controls[-1][0] if controls else "",
        "occurred_at": now,
        "started_at": now,
        "place": {key: value for key, value in places[0].items() if key in {"name", "country"}} if places else {},
    }


def _offers(request: OfficerRequest) -> dict[str, Any]:
    """What a tap fills in: templates of goods, and what the officer used last."""
    kept = habits_of(request.acting)
    return {
        "goods": [one.shown() for one in goods()],
        "mine": favourites_of(request.acting),
        "places": kept.places,
        "powers": kept.powers,
    }


def _photograph(request: OfficerRequest, entry: SeizureEntry, seizure: str) -> None:
    """Keeps the photographs that came with the things, as sent. Raises BadFields at the thing they belong to."""
    photos = entry.photos()
    if not photos:
        return
    exhibits = exhibits_of_seizure(seizure)
    for place, photo in photos:
        try:
            photograph(request.acting, exhibit=exhibits[place].id, data=photo.read())
        except BadInput as bad:
            raise BadFields([(f"items.{place}.photos", f"{bad.reason} {bad.mend}")]) from None


@recording
@require_http_methods(["GET", "POST"])
@signed_in
def seizure_new(request: OfficerRequest, case: str) -> HttpResponse:
    """Records a seizure or detention with its things and their photographs."""
    acting = policies.require(request.acting, "record_seizure")
    found = cases.case_of(acting, case)
    kind = request.POST.get("act") or request.GET.get("act") or "seizure"
    act_kind = kind if kind in services.ACTS else "seizure"
    title = _("New detention") if act_kind == "detention" else _("New seizure")
    button = _("Record the detention") if act_kind == "detention" else _("Record the seizure")
    draft = f"{act_kind}/{found.id}"
    start = begin(request, draft, title, {"case": found, "crumbs": crumbs(found)})
    if start.answer is not None:
        return start.answer
    controls = control_choices(case)
    entry = seizure_entry(
        start.data,
        files=request.FILES or None,
        officers=field_officers(acting.agency),
        officer=acting.officer,
        controls=controls,
        initial=_start(request, controls),
    )

    def act() -> str:
        facts = entry.facts()
        at = facts.pop("occurred_at")
        made = services.record_seizure(
            acting, case=case, occurred_at=at, facts=facts, items=entry.items(), act=act_kind
        )
        _photograph(request, entry, made.id)
        remember(acting, place=facts.get("place"), power=facts.get("legal_basis"))
        discard_draft(acting, draft)
        messages.success(request, _("It is recorded, and every thing is an exhibit in your hands."))
        return reverse("seizures:seizure", args=[made.id])

    made = Act(act, template="seizures/form.html", title=title, button=button)
    context = {"case": found, "crumbs": crumbs(found), "act_kind": act_kind, "draft_form": draft}
    return answer(request, entry, made, {**context, "offers": _offers(request), **start.page})


@require_safe
@signed_in
def seizure_page(request: OfficerRequest, seizure: str) -> HttpResponse:
    """A seizure with everything recorded about it."""
    view = queries.seizure_view(request.acting, seizure)
    log_read(request.acting, case=view.case.id, kind="seizure", thing=seizure)
    members = ("role", "name", "born", "nationality", "document", "address")
    context = {
        "view": view,
        "case": view.case,
        "facts": view.read.all(FACTS),
        "persons": [view.read.all(members, path) for path in view.read.members("persons")],
        "warnings": rules.warnings([one.id for one in view.officers], closed=view.read["closed_at"].present),
        "verbs": {verb: policies.may(request.acting, verb) for verb in policies.VERBS},
    }
    return render(request, "seizures/seizure.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def seizure_correct(request: OfficerRequest, seizure: str) -> HttpResponse:
    """Records what was wrong in a report; its things are corrected on their own pages."""
    acting = policies.require(request.acting, "correct")
    case = queries.case_of_seizure(acting, seizure)
    row = services.seizure_of(acting, case, seizure)
    log_read(acting, case=case, kind="seizure", thing=seizure)
    found = cases.case_of(acting, case)
    entry = seizure_entry(
        request.POST or None,
        officers=field_officers(acting.agency),
        controls=control_choices(case),
        initial=row.body,
        correcting=True,
    )

    def act() -> str:
        reasons = entry.rows["reason"].facts()
        reason = reasons[0]["reason"] if reasons else ""
        services.correct_seizure(acting, case=case, seizure=seizure, facts=entry.facts(), reason=reason)
        messages.success(request, _("The correction is recorded. The earlier record stays."))
        return reverse("seizures:seizure", args=[seizure])

    title, button = _("Correct the report"), _("Record the correction")
    made = Act(act, template="seizures/form.html", title=title, button=button)
    return answer(request, entry, made, {"case": found, "crumbs": crumbs(found), "correcting": True})


@require_http_methods(["GET", "POST"])
@signed_in
def list_import(request: OfficerRequest, case: str) -> HttpResponse:
    """Imports a list: first a preview with every problem, then, if there is none, all of it."""
    acting = policies.require(request.acting, "record_seizure")
    found = cases.case_of(acting, case)
    sent = request.method == "POST"
    text, name = request.POST.get("text"), request.POST.get("name", "")[:200]
    if sent and text is not None and request.POST.get("do") == "import":
        return once(request, lambda: _imported(request, case, text.encode(), name))
    form = ListForm(request.POST, request.FILES) if sent else ListForm()
    context: dict[str, Any] = {"case": found, "crumbs": crumbs(found), "form": form, "title": _("Import a list")}
    context["form_token"] = token_of(request) if sent else fresh_token()
    good = False
    if sent and form.is_valid():
        upload = form.cleaned_data["list"]
        data, name = upload.read(), str(upload.name)[:200]
        table = preview_seizures(acting, case=case, data=data, name=name)
        good = not table.bad
        context |= {"table": table, "name": name, "shown": table.bad[:100], "first": table.lines[:5]}
        if good:
            context["text"] = data.decode("utf-8-sig")
    return render(request, "seizures/import.html", context, status=400 if sent and not good else 200)


def _imported(request: OfficerRequest, case: str, data: bytes, name: str) -> str:
    made = import_seizures(request.acting, case=case, data=data, name=name)
    text = ngettext("%(count)d seizure is recorded.", "%(count)d seizures are recorded.", made.seizures)
    messages.success(request, text % {"count": made.seizures})
    return reverse("cases:case", args=[case])
