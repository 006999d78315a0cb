"""Screens of the parts of a case: overview, timeline, exhibits, documents, tasks, notes, procedure, who may see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_safe

from copes.chain.cases import codes, overview, parts, policies, task_queries, timeline_links
from copes.chain.cases.models import Case, Control, Member, Note, Task
from copes.chain.cases.queries import Page
from copes.chain.cases.shown import erasures_by_place, place_erasures
from copes.chain.cases.timeline import SCAN, Moment, Wanted, cut, moments, newest
from copes.chain.custody import overview_queries as custody
from copes.chain.custody import queries as exhibits
from copes.chain.dossier import queries as dossiers
from copes.chain.seizures import queries as seizures
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.queries import erasures_of
from copes.foundation.people import roles
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.queries import OfficerView, officers_by_id, reads
from copes.foundation.people.reading import log_read

FEW = 5
PAGE = 50
MOST_THINGS = 200


def _page(request: OfficerRequest, head: parts.CaseHead, part: str, context: dict[str, Any]) -> HttpResponse:
    acting = request.acting
    log_read(acting, case=head.case.id, kind="case" if part == "case" else f"case.{part}", thing=head.case.id)
    verbs = {verb: policies.may(acting, verb) for verb in policies.VERBS}
    full = {"head": head, "case": head.case, "part": part, "verbs": verbs, **context}
    return render(request, f"cases/parts/{part}.html", full)


def _number(request: OfficerRequest) -> int | None:
    after = request.GET.get("after", "")
    return int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None


@require_safe
@signed_in
def case_page(request: OfficerRequest, case: str) -> HttpResponse:
    """The way of the case at a glance: people and things with their links, what is open, what happened last."""
    row, head = parts.case_head(request.acting, case)
    erased = erasures_of(case)
    places: dict[Any, Any] = {}
    controls = list(Control.objects.filter(case_id=case).order_by("index")[:PAGE])
    reports = seizures.reports_of_case(case, places)
    things = custody.things_of_case(case)
    recent = newest(case, most=FEW)
    tasks = list(task_queries.by_due(Task.objects.filter(case_id=case)))
    officers = officers_by_id(
        [
            row.opened_by,
            row.state_by,
            *(control.officer for control in controls),
            *(report.officer for report in reports),
            *(one.officer for one in recent),
            *(one for thing in things for one in (thing.holder, thing.released_to)),
            *(one for task in tasks for one in (task.assignee, task.assigned_by)),
            *(one.by for one in erased),
        ]
    )
    places.update(place_erasures(erased, officers))
    acts = overview.acts_of_case(controls, reports, things, officers, places)
    context = {
        "row": row,
        "opened_by": officers.get(row.opened_by),
        "state_by": officers.get(row.state_by or ""),
        "acts": acts,
        "picture": overview.drawn(acts, rtl=get_language_bidi()),
        "loose": [one for one in things if one.seizure not in {report.id for report in reports}],
        "recent": [(one, codes.label(codes.RECORDS, one.kind), officers.get(one.officer)) for one in recent],
        "tasks": [task_queries.task_row(one, officers, {}) for one in tasks[:FEW]],
    }
    return _page(request, head, "case", context)


@require_safe
@signed_in
def timeline(request: OfficerRequest, case: str) -> HttpResponse:
    """The records of a case, newest first, narrowed by kind, officer, thing and days."""
    _row, head = parts.case_head(request.acting, case)
    wanted, before = wanted_of(request), _number(request)
    known = newest(case)
    rest = known if before is None else [one for one in known if one.index < before]
    if len(known) == SCAN and before is not None:
        rest = newest(case, before=before)
    chosen, after = cut(rest, wanted, whole=len(rest) < SCAN)
    things = custody.things_of_case(case, most=MOST_THINGS)
    officers = officers_by_id(one.officer for one in (*known, *chosen))
    found = moments(chosen, officers)
    context = {
        "lines": timeline_links.lines(case, found, known, _numbers(case, found, things)),
        "after": after,
        "wanted": wanted,
        "kinds": sorted({(one.kind, codes.label(codes.RECORDS, one.kind)) for one in known}, key=lambda pair: pair[1]),
        "officers": sorted(officers.values(), key=lambda one: one.label),
        "things": things,
        "persons": _persons(case),
        "may_erase": request.acting.has(roles.SUPERVISOR, roles.LEGAL),
    }
    return _page(request, head, "timeline", context)


def _numbers(case: str, found: Sequence[Moment], things: Sequence[custody.Thing]) -> dict[str, str]:
    """The numbers of the exhibits that lines name; of those beyond the first two hundred in one more query."""
    numbers = {one.id: one.number for one in things}
    if len(things) == MOST_THINGS:
        numbers |= custody.numbers_of(case, timeline_links.exhibits_in(found))
    return numbers


def _persons(case: str) -> list[dict[str, Any]]:
    bodies = Control.objects.filter(case_id=case).order_by("index").values_list("body", flat=True)[:PAGE]
    return [one for body in bodies for one in body.get("persons") or [] if one and one.get("person")]


def wanted_of(request: Any) -> Wanted:
    """What the address asks of a timeline; what is not a day is left out."""
    asked = request.GET
    days: dict[str, date | None] = {}
    for name in ("since", "until"):
        try:
            days[name] = date.fromisoformat(asked.get(name, ""))
        except ValueError:
            days[name] = None
    return Wanted(asked.get("kind", ""), asked.get("officer", ""), asked.get("thing", ""), **days)


@require_safe
@signed_in
def exhibit_part(request: OfficerRequest, case: str) -> HttpResponse:
    """The exhibits of the case, a page at a time."""
    _row, head = parts.case_head(request.acting, case)
    page = exhibits.exhibits_of_case(case, after=_number(request) or 0)
    return _page(request, head, "exhibits", {"page": page})


@require_safe
@signed_in
def documents(request: OfficerRequest, case: str) -> HttpResponse:
    """What was printed, the dossiers issued, and the photographs."""
    acting = request.acting
    _row, head = parts.case_head(acting, case)
    prints = seizures.printed_of_case(case)
    issued = dossiers.issued_of_case(case)
    pictures, after = custody.photographs_of_case(case, after=_number(request))
    officers = officers_by_id(
        [*(one.officer for one in prints), *(one.issued_by for one in issued), *(one.officer for one in pictures)]
    )
    context = {
        "prints": [(one, officers.get(one.officer)) for one in prints],
        "dossiers": [(one, officers.get(one.issued_by)) for one in issued],
        "pictures": [(one, officers.get(one.officer)) for one in pictures],
        "after": after,
        "may_issue": acting.has(*DOSSIER_ROLES),
    }
    return _page(request, head, "documents", context)


DOSSIER_ROLES = (roles.INVESTIGATOR, roles.SUPERVISOR, roles.LEGAL)


@require_safe
@signed_in
def tasks(request: OfficerRequest, case: str) -> HttpResponse:
    """What is to be done for the case, and what was done."""
    _row, head = parts.case_head(request.acting, case)
    rows = task_queries.by_due(Task.objects.filter(case_id=case))
    ended = Task.objects.filter(case_id=case).exclude(state="open").order_by("-index")
    if (after := _number(request)) is not None:
        ended = ended.filter(index__lt=after)
    found = list(ended[: PAGE + 1])
    shown = task_queries.task_rows([*rows, *found[:PAGE]], cases=False)
    context = {
        "open_tasks": [one for one in shown if one.state == "open"],
        "ended_tasks": [one for one in shown if one.state != "open"],
        "after": found[PAGE - 1].index if len(found) > PAGE else None,
    }
    return _page(request, head, "tasks", context)


@require_safe
@signed_in
def notes(request: OfficerRequest, case: str) -> HttpResponse:
    """The notes on the case, newest first, and the corrections."""
    _row, head = parts.case_head(request.acting, case)
    rows = Note.objects.filter(case_id=case).order_by("-index")
    if (after := _number(request)) is not None:
        rows = rows.filter(index__lt=after)
    found = list(rows[: PAGE + 1])
    places = erasures_by_place(case)
    officers = officers_by_id(one.officer for one in found)
    shown = [(one, officers.get(one.officer), places.get((one.record_id, "body.text"))) for one in found[:PAGE]]
    page = Page(tuple(shown), str(found[PAGE - 1].index) if len(found) > PAGE else None)
    return _page(request, head, "notes", {"page": page})


@require_safe
@signed_in
def procedure(request: OfficerRequest, case: str) -> HttpResponse:
    """What the records say of the report, the person's copy, the receipt and custody. No law is applied here."""
    _row, head = parts.case_head(request.acting, case)
    reports = seizures.reports_of_case(case, {})
    prints = seizures.printed_of_case(case)
    receipts = {thing for one in prints if one.print == "receipt" for thing in one.things}
    context = {"reports": [(one, one.read.body, one.id in receipts) for one in reports]}
    return _page(request, head, "procedure", context)


@require_safe
@signed_in
def who(request: OfficerRequest, case: str) -> HttpResponse:
    """Who may see the case and why; for supervisors also who has read it."""
    acting = request.acting
    row, head = parts.case_head(acting, case)
    members = list(Member.objects.filter(case_id=case).order_by("-active", "granted_at", "id")[:200])
    readings = reads(case=case, before=_number(request)) if acting.has(roles.SUPERVISOR, roles.AUDITOR) else []
    officers = officers_by_id(
        one
        for named in ((m.officer for m in members), (m.granted_by for m in members), (r.officer for r in readings))
        for one in named
    )
    context = {
        "members": [_member(one, officers) for one in members if one.active],
        "former": [_member(one, officers) for one in members if not one.active],
        "readings": [(one, officers.get(one.officer)) for one in readings[:PAGE]],
        "after": readings[PAGE - 1].id if len(readings) > PAGE else None,
        "reads_shown": acting.has(roles.SUPERVISOR, roles.AUDITOR),
        "may_share": may_share(acting, row),
    }
    return _page(request, head, "who", context)


def may_share(acting: Acting, row: Case) -> bool:
    """Whether the officer decides who else sees the case."""
    return policies.may_share(acting, row)


def _member(one: Member, officers: dict[str, OfficerView]) -> dict[str, Any]:
    return {"row": one, "officer": officers.get(one.officer), "granted_by": officers.get(one.granted_by)}
