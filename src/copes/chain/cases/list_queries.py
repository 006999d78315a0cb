"""Pages of cases as lists show them: filtered, in both directions, by key. Each takes a fixed number of queries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from copes.chain.cases.models import Case, Member
from copes.chain.cases.policies import is_supervisor, now_lent, sees_cases, visible_cases
from copes.foundation.journal.acting import Acting
from copes.foundation.refusals import unseen
from copes.foundation.web.lists import Asked, Slice, merged

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
FEW_BEGIN_SO = 12  # letters of a number such as FR-2026-000012 with which at most a hundred begin
CLOCKS = timedelta(days=2)  # a case recorded by a device whose clock ran ahead


def case_slice(acting: Acting, wanted: Asked) -> Slice:
    """A page of the officer's cases in the order of their opening. Raises Unseen for a key that is none."""
    if wanted.key and not UUID.fullmatch(wanted.key):
        raise unseen()
    parts = [list(rows[: wanted.size + 1]) for rows in _branches(acting, wanted)]
    return merged(parts, lambda row: row.id, wanted, lambda row: row.id)


def _branches(acting: Acting, wanted: Asked) -> Iterator[QuerySet[Case]]:
    """The officer's cases as selections that an index answers in order, each led by the column it starts from."""
    if not sees_cases(acting):
        return
    if len(wanted.get("number")) >= FEW_BEGIN_SO:
        yield _led(visible_cases(acting), "id", wanted, Q())
        return
    member = Q(members__officer=acting.officer, members__active=True)
    yield _led(Case.objects.all(), "members__case_id", wanted, member)
    yield _led(Case.objects.all(), "lent__case_id", wanted, now_lent(acting, "lent__"))
    if is_supervisor(acting) and not wanted.get("mine"):
        yield _led(Case.objects.filter(agency=acting.agency), "case_id", wanted, Q())


def _led(rows: QuerySet[Case], lead: str, wanted: Asked, whose: Q) -> QuerySet[Case]:
    """Conditions on the lead stand in one ``filter`` with the join: Django would join a second time otherwise."""
    places = whose
    if wanted.key:
        places &= Q(**{f"{lead}__{'lt' if wanted.down else 'gt'}": wanted.key})
    start, end = wanted.day("since"), wanted.day("until")
    if start:
        # No case is recorded before it is opened: ids from that day on hold all of them.
        places &= Q(**{f"{lead}__gte": _id_at(_midnight(start) - CLOCKS)}) & Q(opened_at__gte=_midnight(start))
    if end:
        places &= Q(opened_at__lt=_midnight(end + timedelta(days=1)))
    if number := wanted.get("number").upper():
        places &= Q(number__gte=number, number__lt=number + "\uffff")
    if state := wanted.get("state"):
        places &= Q(state=state)
    return rows.filter(places).order_by(f"{'-' if wanted.down else ''}{lead}")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())


def _id_at(moment: datetime) -> str:
    """The smallest UUIDv7 of a moment (RFC 9562 section 5.7)."""
    text = f"{max(int(moment.astimezone(UTC).timestamp() * 1000), 0):012x}"
    return f"{text[:8]}-{text[8:12]}-7000-8000-000000000000"


def cases_among(acting: Acting, ids: Sequence[str]) -> Slice:
    """Those of the cases that the officer sees, newest first."""
    rows = visible_cases(acting).filter(id__in=list(ids)).order_by("-id")
    return Slice(tuple(rows))


def known_to(officer: str, cases: Sequence[str]) -> set[str]:
    """Those of the cases to which an officer has lasting access already."""
    rows = Member.objects.filter(officer=officer, case_id__in=list(cases), active=True)
    return set(rows.values_list("case_id", flat=True))
