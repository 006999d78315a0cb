"""Reads about access to cases: what waits for a decision, who may see a case for a time, one's own requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from copes.chain.cases.access_models import AccessRequest, TemporaryAccess
from copes.chain.cases.access_policies import decidable_requests, reviewable
from copes.chain.cases.models import Case, Member
from copes.foundation.journal.acting import Acting
from copes.foundation.people.queries import OfficerView, officers_by_id
from copes.foundation.people.roles import SUPERVISOR

MOST = 50


@dataclass(frozen=True)
class Waiting:
    """A request for access (``kind`` "request") or broken glass to review ("review") that waits for the officer."""

    kind: str
    id: str
    case: str
    number: str
    officer: OfficerView | None
    reason: str | None
    since: datetime


@dataclass(frozen=True)
class Temporary:
    """Access to a case for a time: lent, or by breaking the glass; counts while ``open``."""

    id: str
    case: str
    number: str
    officer: OfficerView | None
    given_by: OfficerView | None
    instead_of: OfficerView | None
    broken_glass: bool
    reason: str | None
    given_at: datetime
    until: datetime
    ended_at: datetime | None
    reviewed_by: OfficerView | None
    reviewed_at: datetime | None
    justified: bool | None
    review: str | None
    record_id: str

    @property
    def open(self) -> bool:
        """Whether the access counts now."""
        return self.ended_at is None and self.until > timezone.now()


@dataclass(frozen=True)
class Asked:
    """A request as the officer who made it sees it: nothing about the case but what they typed decides it."""

    at: datetime
    reason: str | None
    granted: bool | None
    answer: str | None
    decided_at: datetime | None
    case: str | None
    number: str | None


@dataclass(frozen=True)
class LeftCase:
    """A case of an officer, and how many others have lasting access to it."""

    id: str
    number: str
    others: int


def waiting_for(acting: Acting) -> list[Waiting]:
    """What waits for the officer's decision, oldest first, at most fifty of each kind, in three queries."""
    requests = decidable_requests(acting).select_related("case").order_by("at", "id")[:MOST]
    reviews = reviewable(acting).select_related("case").order_by("given_at", "id")[:MOST]
    rows = [("review", one, one.given_at) for one in reviews] + [("request", one, one.at) for one in requests]
    officers = officers_by_id(one.officer for _, one, _ in rows)
    return [
        Waiting(
            kind, one.id, one.case_id or "", one.case.number if one.case else "", officers.get(one.officer),
            one.reason, since,
        )
        for kind, one, since in rows
    ]  # fmt: skip


def access_of(case: str) -> list[Temporary]:
    """Access for a time to a case whose visibility the caller decided, newest first, at most fifty."""
    return _shown(TemporaryAccess.objects.filter(case_id=case).select_related("case").order_by("-given_at")[:MOST])


def temporary_access(access: str) -> Temporary | None:
    """One access for a time, whose visibility the caller decided."""
    return next(iter(_shown(TemporaryAccess.objects.filter(id=access).select_related("case"))), None)


def temporary_of(acting: Acting) -> list[Temporary]:
    """The officer's own access for a time, newest first, at most fifty."""
    mine = TemporaryAccess.objects.filter(officer=acting.officer).select_related("case")
    return _shown(mine.order_by("-given_at")[:MOST])


def _shown(rows: QuerySet[TemporaryAccess]) -> list[Temporary]:
    listed = list(rows)
    officers = officers_by_id(
        one for row in listed for one in (row.officer, row.given_by, row.instead_of, row.reviewed_by)
    )
    return [
        Temporary(
            row.id, row.case_id, row.case.number, officers.get(row.officer), officers.get(row.given_by),
            officers.get(row.instead_of or ""), row.broken_glass, row.reason, row.given_at, row.until, row.ended_at,
            officers.get(row.reviewed_by or ""), row.reviewed_at, row.justified, row.review, row.record_id,
        )
        for row in listed
    ]  # fmt: skip


def requests_of(acting: Acting) -> list[Asked]:
    """What the officer asked for, newest first, at most fifty. A case is named only once access was granted."""
    rows = AccessRequest.objects.filter(officer=acting.officer).select_related("case").order_by("-at")[:MOST]
    return [
        Asked(
            at=row.at,
            reason=row.reason,
            granted=row.granted,
            answer=row.answer,
            decided_at=row.decided_at,
            case=row.case_id if row.granted else None,
            number=row.case.number if row.granted and row.case else None,
        )
        for row in rows
    ]


def left_by(acting: Acting, officer: str) -> list[LeftCase]:
    """Cases of the supervisor's agency in which ``officer`` has lasting access, newest first, at most 200."""
    if not acting.has(SUPERVISOR):
        return []
    held = Member.objects.filter(officer=officer, active=True).values("case_id")
    others = Count("members", filter=Q(members__active=True) & ~Q(members__officer=officer))
    rows = Case.objects.filter(agency=acting.agency, id__in=held).annotate(others=others).order_by("-id")[:200]
    return [LeftCase(row.id, row.number, row.others) for row in rows]


def lendable(acting: Acting, *, absent: str, delegate: str) -> list[LeftCase]:
    """Open cases of the supervisor's agency that the absent officer has and the delegate has not, at most 200."""
    has = set(Member.objects.filter(officer=delegate, active=True).values_list("case_id", flat=True)[:10_000])
    lent = TemporaryAccess.objects.filter(officer=delegate, ended_at=None, until__gt=timezone.now())
    has |= set(lent.values_list("case_id", flat=True))
    return [one for one in left_by(acting, absent) if one.id not in has]
