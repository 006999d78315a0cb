"""Screens of a custodian with a scanner: a batch is released line by line, and received line by line."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from copes.chain.cases.acts import Act, answer
from copes.chain.cases.entries import ADD, Entry, EntryForm, kept_form
from copes.chain.cases.policies import unseen
from copes.chain.custody import batches, policies, queries, services
from copes.chain.custody.batch_forms import ReceiveForm, ReleaseForm
from copes.chain.custody.scanning import Scan, scan_to_receive, scan_to_release
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.queries import OfficerView, active_officers

MOST = 200


def receivers(request: OfficerRequest) -> list[OfficerView]:
    """Officers to whom the acting one may release."""
    return [
        one for one in active_officers() if one.id != request.acting.officer and set(one.roles) & set(policies.HANDLERS)
    ]


@require_http_methods(["GET", "POST"])
@signed_in
def release(request: OfficerRequest) -> HttpResponse:
    """Releases a batch: each exhibit is scanned or typed and added as a line; Enter adds."""
    acting = policies.require_handler(request.acting)
    sent = request.method == "POST"
    chosen = list(dict.fromkeys((request.POST if sent else request.GET).getlist("exhibit")))[:MOST]
    scan = _scanned(request)
    if scan:
        scan_result = scan_to_release(acting, scan, chosen)
        if scan_result.row and not scan_result.problem:
            chosen = [*chosen, scan_result.row.id][:MOST]
    else:
        scan_result = None
    officers, rows = receivers(request), queries.exhibit_rows(acting, chosen)
    form: EntryForm = (
        kept_form(ReleaseForm, request.POST, officers=officers, rows=rows)
        if sent
        else ReleaseForm(officers=officers, rows=rows)
    )
    entry = Entry(form)

    def act() -> str:
        facts, lines = ReleaseForm.batch(entry.facts(), chosen)
        batches.release_batch(acting, lines=lines, to=facts.pop("released_to"), **facts)
        messages.success(request, _released(len(chosen)))
        return reverse("custody:desk")

    context = {"lines": _lines(form, rows), "scan": scan_result, "most": MOST}
    title, button = _("Release exhibits"), _("Release")
    return answer(request, entry, Act(act, template="custody/release.html", title=title, button=button), context)


def _scanned(request: OfficerRequest) -> str:
    return str(request.POST.get("scan", "")).strip()[:200] if request.POST.get(ADD) else ""


def _lines(form: EntryForm, rows: list[queries.ExhibitRow]) -> list[dict[str, object]]:
    return [{"row": row, "seal": form[f"seal_{row.id}"], "note": form[f"note_{row.id}"]} for row in rows]


def _released(count: int) -> str:
    return ngettext(
        "%(count)d exhibit is released. You answer for it until it is received.",
        "%(count)d exhibits are released. You answer for them until they are received.",
        count,
    ) % {"count": count}


@require_safe
@signed_in
def scan_line(request: OfficerRequest) -> HttpResponse:
    """One scan for the release page, without loading it again: the line to add, or the reason why not."""
    acting = policies.require_handler(request.acting)
    code = request.GET.get("code", "").strip()[:200]
    found: Scan = scan_to_release(acting, code, request.GET.getlist("exhibit")[:MOST])
    line = ""
    if found.row and not found.problem:
        form = ReleaseForm(officers=[], rows=[found.row])
        (made,) = _lines(form, [found.row])
        line = render_to_string("custody/release_line.html", {"line": made}, request)
    said = {"code": code, "line": line, "problem": str(found.problem), "twice": found.twice}
    return JsonResponse(said | {"number": found.row.number if found.row else ""})


@require_http_methods(["GET", "POST"])
@signed_in
def receive(request: OfficerRequest, release: str) -> HttpResponse:
    """Receives a release line by line, notes what differs, or declines it."""
    acting = policies.require_handler(request.acting)
    found = queries.open_release(acting, release)
    if found.released_to is None or found.released_to.id != acting.officer:
        raise unseen()
    rows = list(found.exhibits)
    data, scan_result = request.POST.copy(), None
    if scan := _scanned(request):
        scan_result = scan_to_receive(acting, scan, [row.id for row in rows], data.getlist("exhibits"))
        if scan_result.row and not scan_result.problem:
            data.appendlist("exhibits", scan_result.row.id)
    form: EntryForm = kept_form(ReceiveForm, data, rows=rows) if data else ReceiveForm(rows=rows)
    entry = Entry(form)

    def act() -> str:
        if request.POST.get("do") == "decline":
            facts = entry.facts()
            services.decline(
                acting, release=release, exhibits=facts.get("exhibits", []), reason=facts.get("reason", "")
            )
            messages.success(request, _("You declined. The exhibits stay with the officer who released them."))
        else:
            differing = batches.receive_batch(acting, release=release, **ReceiveForm.batch(entry.facts(), rows))
            messages.success(request, _received(differing))
        return reverse("custody:desk")

    ticked = set(data.getlist("exhibits"))
    lines = [{**line, "ticked": row.id in ticked} for line, row in zip(_lines(form, rows), rows, strict=True)]
    title, button = _("Receive exhibits"), _("Receive what is ticked")
    made = Act(act, template="custody/receive.html", title=title, button=button)
    return answer(request, entry, made, {"release": found, "lines": lines, "scan": scan_result, "ticked": len(ticked)})


def _received(differing: int) -> str:
    if not differing:
        return _("The receipt is recorded. You answer for these exhibits now.")
    return ngettext(
        "The receipt is recorded with %(count)d difference. The officer who released is told.",
        "The receipt is recorded with %(count)d differences. The officer who released is told.",
        differing,
    ) % {"count": differing}
