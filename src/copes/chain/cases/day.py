"""What waits for an officer, by urgency, in one list; and what the officer answers for.

Each line says what, where, since when or until when, and the one thing to do about it. Every read is bounded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from copes.chain.cases import access_queries, drafts, policies, task_queries
from copes.chain.cases.models import Control, Task
from copes.chain.cases.relative import due_words, since_words
from copes.chain.custody import overview_queries as custody
from copes.chain.custody.policies import HANDLERS
from copes.chain.seizures import queries as seizures
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.erasing import MAY_APPROVE
from copes.foundation.journal.queries import open_erasure_requests
from copes.foundation.people import roles
from copes.foundation.people.queries import OfficerView, officers_by_id

AGEING = timedelta(hours=24)  # a release that nobody received for so long is shown as urgent
SOON = timedelta(hours=24)
REPORTS_SINCE = timedelta(days=90)
NOW, SOONER, TODAY, LATER = 0, 1, 2, 3  # urgency
MOST = 100


@dataclass(frozen=True)
class Line:
    """One line of the day: ``urgency`` 0 is most urgent; ``at`` is since when, or until when if ``due``."""

    key: str
    kind: str
    urgency: int
    what: str
    where: tuple[tuple[str, str], ...]
    at: datetime | None
    words: str
    url: str
    action: str
    officer: OfficerView | None = None


@dataclass(frozen=True)
class Day:
    """Everything My day shows."""

    lines: tuple[Line, ...]
    more: int
    holdings: tuple[custody.Holding, ...]

    @property
    def urgent(self) -> int:
        """How many lines cannot wait."""
        return sum(1 for line in self.lines if line.urgency == NOW)

    @property
    def mark(self) -> str:
        """Tells one list from another, so that an unchanged one is not read (and logged as read) every minute."""
        said = "\n".join(f"{line.key} {line.urgency} {line.what} {line.words}" for line in self.lines)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _Draft:
    """A line before officers are known."""

    kind: str
    urgency: int
    what: str
    where: tuple[tuple[str, str], ...]
    at: datetime | None
    words: str
    url: str
    action: str
    officer: str = ""


def day_of(acting: Acting) -> Day:
    """The officer's day, with a number of queries that depends on the roles only."""
    if not policies.sees_cases(acting):
        return Day((), 0, ())
    now = timezone.now()
    handles = acting.has(*HANDLERS)
    found = [
        *_tasks(acting, now),
        *(_custody(acting, now) if handles else ()),
        *_approvals(acting, now),
        *(_unfinished(acting, now) if acting.has(*policies.RECORDERS) else ()),
    ]
    found.sort(key=lambda one: (one.urgency, one.at or now))
    officers = officers_by_id(one.officer for one in found[:MOST])
    lines = tuple(_line(one, officers) for one in found[:MOST])
    holdings = tuple(custody.holdings(acting.officer)) if handles else ()
    return Day(lines, len(found) - len(lines), holdings)


def _line(one: _Draft, officers: dict[str, OfficerView]) -> Line:
    officer = officers.get(one.officer)
    return Line(one.url, one.kind, one.urgency, one.what, one.where, one.at, one.words, one.url, one.action, officer)


def _case(case: str, number: str) -> tuple[str, str]:
    return reverse("cases:case", args=[case]), number


def _tasks(acting: Acting, now: datetime) -> Iterator[_Draft]:
    visible = policies.visible_cases(acting).values("id")
    rows = task_queries.by_due(Task.objects.filter(assignee=acting.officer, case_id__in=visible))
    for row in rows.select_related("case"):
        overdue = row.due_at is not None and row.due_at < now
        soon = row.due_at is not None and row.due_at - now < SOON
        yield _Draft(
            "task",
            NOW if overdue else SOONER if row.urgent or soon else LATER,
            row.title or _("Task"),
            (_case(row.case_id, row.case.number),),
            row.due_at or row.assigned_at,
            due_words(row.due_at, now) if row.due_at else since_words(row.assigned_at, now),
            reverse("cases:task", args=[row.case_id, row.id]),
            _("Open the task"),
            "" if row.assigned_by == acting.officer else row.assigned_by,
        )


def _custody(acting: Acting, now: datetime) -> Iterator[_Draft]:
    keeper = acting.has(roles.CUSTODIAN)
    for one in custody.waiting(acting.officer):
        if one.what in {custody.DIFFERENT, custody.DECLINED}:
            yield _different(one, now)
            continue
        number = len(one.exhibits)
        aged = now - one.at > AGEING
        if one.what == custody.TO_RECEIVE:
            what = ngettext("Receive %(number)d exhibit", "Receive %(number)d exhibits", number)
            url, action, other = reverse("custody:receive", args=[one.release]), _("Receive"), one.released_by
            urgency = NOW if aged or keeper else SOONER
        else:
            what = ngettext(
                "%(number)d exhibit you released is not yet received",
                "%(number)d exhibits you released are not yet received",
                number,
            )
            url, action, other = reverse("custody:open_release", args=[one.release]), _("Look"), one.released_to
            urgency = SOONER if aged else LATER
        words = since_words(one.at, now)
        where = _exhibits(one)
        yield _Draft(one.what, urgency, what % {"number": number}, where, one.at, words, url, action, other)


def _different(one: custody.Waiting, now: datetime) -> _Draft:
    what = _("Receipt was declined") if one.what == custody.DECLINED else _("The seal was not intact at receipt")
    url, words = reverse("custody:exhibit", args=[one.exhibits[0][0]]), since_words(one.at, now)
    return _Draft(one.what, NOW, what, _exhibits(one), one.at, words, url, _("Open the exhibit"), one.released_to)


def _exhibits(one: custody.Waiting) -> tuple[tuple[str, str], ...]:
    """Up to three exhibits by number; they name the case. Its receiver may see them without seeing the case."""
    return tuple((reverse("custody:exhibit", args=[exhibit]), number) for exhibit, number in one.exhibits[:3])


def _approvals(acting: Acting, now: datetime) -> Iterator[_Draft]:
    for one in access_queries.waiting_for(acting):
        review = one.kind == "review"
        yield _Draft(
            "access",
            NOW if review else SOONER,
            _("Review access taken by breaking the glass") if review else _("Decide a request for access"),
            (_case(one.case, one.number),) if one.case else (),
            one.since,
            since_words(one.since, now),
            reverse("cases:access_review" if review else "cases:access_request_decide", args=[one.id]),
            _("Review") if review else _("Decide"),
            one.officer.id if one.officer else "",
        )
    if acting.has(*MAY_APPROVE):
        yield from _erasures(acting, now)


def _erasures(acting: Acting, now: datetime) -> Iterator[_Draft]:
    asked = [one for one in open_erasure_requests() if one.case_id and one.requested_by != acting.officer]
    wanted = {one.case_id for one in asked if one.case_id}
    numbers = dict(policies.visible_cases(acting).filter(id__in=wanted).values_list("id", "number"))
    for one in asked:
        if one.case_id in numbers:
            yield _Draft(
                "erasure",
                SOONER,
                _("Decide a request to erase personal data"),
                (_case(one.case_id, numbers[one.case_id]),),
                one.requested_at,
                since_words(one.requested_at, now),
                reverse("journal:erasures"),
                _("Decide"),
                one.requested_by,
            )


def _unfinished(acting: Acting, now: datetime) -> Iterator[_Draft]:
    visible = policies.visible_cases(acting).values("id")
    lasting = Control.objects.filter(officer=acting.officer, ended_at=None, case_id__in=visible)
    columns = ("id", "case_id", "case__number", "started_at")
    for control, case, number, at in lasting.order_by("-started_at").values_list(*columns)[:20]:
        url = reverse("cases:control_end", args=[case, control])
        where, words = (_case(case, number),), since_words(at, now)
        yield _Draft("control", TODAY, _("A control has no end yet"), where, at, words, url, _("Record the end"))
    for one in seizures.open_reports(acting, now - REPORTS_SINCE, most=20):
        url = reverse("seizures:seizure", args=[one.id])
        where, words = (_case(one.case, one.case_number),), since_words(one.occurred_at, now)
        what = _("A report is not closed")
        yield _Draft("report", TODAY, what, where, one.occurred_at, words, url, _("Open the report"))
    yield from _drafts(drafts.drafts_of(acting), now)


def _drafts(found: Iterable[drafts.DraftView], now: datetime) -> Iterator[_Draft]:
    for one in found:
        where = (_case(one.case, one.number),) if one.case and one.number else ()
        what = _("Not sent yet: %(form)s") % {"form": str(one.title)}
        yield _Draft("draft", TODAY, what, where, one.saved_at, since_words(one.saved_at, now), one.url, _("Go on"))
