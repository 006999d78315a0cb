"""The print centre: what can be printed of a case, a seizure or an exhibit, and what was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from copes.chain.cases.policies import may, visible_cases
from copes.chain.cases.queries import case_of
from copes.chain.custody.queries import exhibit_rows
from copes.chain.dossier.policies import may_issue
from copes.chain.seizures.queries import PrintRow, prints_of_case, seizure_view, seizures_of_case
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.reading import log_read
from copes.foundation.refusals import Unseen

RECENT = 20


@dataclass(frozen=True)
class Entry:
    """Something that can be printed."""

    title: str
    text: str
    url: str


@require_safe
@signed_in
def of_case(request: OfficerRequest, case_id: str) -> HttpResponse:
    """What can be printed of a case."""
    case = case_of(request.acting, case_id)
    entries = [
        Entry(
            _("Case report"),
            _("The whole case on paper, for a supervisor or prosecutor."),
            reverse("dossier:print_case", args=[case_id]),
        ),
        Entry(
            _("Labels"),
            _("For all exhibits of the case, on sheets or a roll."),
            reverse("dossier:labels", args=[case_id]),
        ),
    ]
    for row in seizures_of_case(case_id, most=RECENT):
        when = date_format(timezone.localtime(row.occurred_at), "DATETIME_FORMAT")
        text = _("Report, receipt and notice of %(time)s.") % {"time": when}
        title = _("Detention") if row.act == "detention" else _("Seizure")
        entries.append(Entry(title, text, reverse("dossier:centre_seizure", args=[row.id])))
    if may_issue(request.acting):
        text = _("The package for a court: records, proofs, files, report and the verifier.")
        entries.append(Entry(_("Dossier"), text, reverse("dossier:new", args=[case_id])))
    log_read(request.acting, case=case_id, kind="prints", thing=case_id)
    back = (case.number, reverse("cases:case", args=[case_id]))
    return _centre(request, back, entries, prints_of_case(case_id)[:RECENT])


@require_safe
@signed_in
def of_seizure(request: OfficerRequest, seizure_id: str) -> HttpResponse:
    """What can be printed of a seizure or detention."""
    view = seizure_view(request.acting, seizure_id)
    entries = [
        Entry(
            pgettext("seizure", "Report"),
            _("What was done, to whom and why; in one language or two side by side."),
            reverse("dossier:print_seizure", args=[seizure_id]),
        ),
        Entry(
            _("Receipt"),
            _("For the person, in two languages: what was taken, and a code to check it by."),
            reverse("dossier:print_receipt", args=[seizure_id]),
        ),
        Entry(
            _("Notice"),
            _("To the owner or another person, also one who was absent: what, why, how to claim."),
            reverse("dossier:print_notice", args=[seizure_id]),
        ),
        Entry(
            _("Labels"),
            _("For the exhibits of this act."),
            _labels(view.case.id, [row.id for row in view.exhibits]),
        ),
    ]
    log_read(request.acting, case=view.case.id, kind="prints", thing=seizure_id)
    back = (view.case.number, reverse("seizures:seizure", args=[seizure_id]))
    return _centre(request, back, entries, view.prints[:RECENT])


@require_safe
@signed_in
def of_exhibit(request: OfficerRequest, exhibit_id: str) -> HttpResponse:
    """What can be printed of an exhibit, also by a holder who does not see its case."""
    rows = exhibit_rows(request.acting, [exhibit_id])
    if not rows:
        raise Unseen("exhibit.unknown", _("There is no such exhibit."), _("Open the case and choose one."))
    (row,) = rows
    entries = [
        Entry(
            _("Label"),
            _("Its number, a QR code and a bar code."),
            _labels(row.case, [exhibit_id]),
        ),
        Entry(
            _("Custody report"),
            _("Who had it and when, from its creation to now."),
            reverse("dossier:print_custody", args=[exhibit_id]),
        ),
    ]
    if visible_cases(request.acting).filter(id=row.case).exists():
        text = _("Everything else that can be printed of its case.")
        entries.append(Entry(_("The case"), text, reverse("dossier:centre_case", args=[row.case])))
    log_read(request.acting, case=row.case, kind="prints", thing=exhibit_id)
    back = (row.number, reverse("custody:exhibit", args=[exhibit_id]))
    return _centre(request, back, entries, ())


@require_safe
@signed_in
def mine(request: OfficerRequest) -> HttpResponse:
    """The work lists an officer can print."""
    entries = [
        Entry(_("My tasks"), _("Open tasks, those due first at the top."), reverse("dossier:print_tasks")),
        Entry(_("What I hold"), _("To count before a change of shift."), reverse("dossier:print_held")),
        Entry(
            _("Waiting for my receipt"),
            _("What others have released to you."),
            reverse("dossier:print_to_receive"),
        ),
    ]
    return _centre(request, ("", ""), entries, ())


def _labels(case: str, exhibits: Sequence[str]) -> str:
    wanted = "&".join(f"exhibit={one}" for one in exhibits)
    return f"{reverse('dossier:labels', args=[case])}?{wanted}"


def _centre(
    request: OfficerRequest, back: tuple[str, str], entries: Sequence[Entry], recent: Sequence[PrintRow]
) -> HttpResponse:
    context = {
        "entries": entries if may(request.acting, "print") else (),
        "number": back[0],
        "back": back[1],
        "recent": recent,
    }
    return render(request, "dossier/centre.html", context)
