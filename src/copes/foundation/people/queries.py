"""Reads about officers, for screens, prints and other rooms."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from copes.foundation.journal.statements import select
from copes.foundation.people.models import ApiToken, Delegation, Officer, Reading
from copes.foundation.refusals import Unseen

PAGE = 50


@dataclass(frozen=True)
class OfficerView:
    """An officer as screens show them; ``name`` is None once erased."""

    id: str
    name: str | None
    service_number: str | None
    agency_id: str
    agency_name: str
    roles: tuple[str, ...]
    active: bool
    record_id: str
    office_id: str | None = None

    @property
    def label(self) -> str:
        """Name and service number, or the id's end once both are erased."""
        parts = [part for part in (self.name, self.service_number) if part]
        return " · ".join(parts) or f"…{self.id[-12:]}"


def _view(row: Officer) -> OfficerView:
    return OfficerView(
        row.id,
        row.name,
        row.service_number,
        row.agency_id,
        row.agency.name,
        tuple(row.roles),
        row.active,
        row.record_id,
        row.office_id,
    )


def _officers() -> QuerySet[Officer]:
    return Officer.objects.select_related("agency")


def officers_by_id(ids: Iterable[str | None]) -> dict[str, OfficerView]:
    """Officers by id, in one query."""
    wanted = {one for one in ids if one}
    return {row.id: _view(row) for row in _officers().filter(id__in=wanted)} if wanted else {}


def active_roles(officer_id: str) -> frozenset[str]:
    """The roles in which an officer may act now; none for one who is unknown or was deactivated.

    SQL, because every hand-over asks it.
    """
    found = select("SELECT active, roles FROM people_officer WHERE id = %s", [officer_id])
    if not found or not found[0][0]:
        return frozenset()
    roles = found[0][1]
    return frozenset(json.loads(roles) if isinstance(roles, str) else roles)


def officer(officer_id: str) -> OfficerView:
    """One officer. Raises Unseen."""
    found = officers_by_id([officer_id]).get(officer_id)
    if found is None:
        from django.utils.translation import gettext_lazy as _

        raise Unseen("officer.unknown", _("There is no such officer."), _("Choose one from the list."))
    return found


def active_officers(agency: str | None = None) -> list[OfficerView]:
    """Officers who may act, by name; of one agency if given."""
    rows = _officers().filter(active=True)
    if agency:
        rows = rows.filter(agency_id=agency)
    return [_view(row) for row in rows.order_by("name", "id")]


def officers_in_role(agency: str, role: str) -> list[str]:
    """Ids of the active officers of an agency who hold a role."""
    rows = Officer.objects.filter(agency_id=agency, active=True).values_list("id", "roles")
    return [one for one, held in rows if role in held]


def also_tell(officers: Iterable[str]) -> set[str]:
    """The officers, and those who stand in for them now: whom notices to them go to as well."""
    wanted = set(officers)
    if not wanted:
        return wanted
    now = timezone.now()
    standing_in = Delegation.objects.filter(
        officer__in=wanted, ended_at=None, begins__lte=now, until__gt=now
    ).values_list("delegate", flat=True)
    return wanted | set(standing_in)


def absent_for(delegate: str) -> list[str]:
    """Ids of the absent officers for whom this officer stands in now."""
    now = timezone.now()
    rows = Delegation.objects.filter(delegate=delegate, ended_at=None, begins__lte=now, until__gt=now)
    return sorted(rows.values_list("officer", flat=True))


def all_officers(*, agency: str | None = None, office: str | None = None) -> list[OfficerView]:
    """Every officer ever enrolled, active first, by name; of one agency or office if given."""
    rows = _officers().order_by("-active", "name", "id")
    if agency:
        rows = rows.filter(agency_id=agency)
    if office:
        rows = rows.filter(office_id=office)
    return [_view(row) for row in rows]


def tokens_of(officer_id: str) -> list[ApiToken]:
    """The API tokens of an officer, newest first."""
    return list(ApiToken.objects.filter(account__officer_id=officer_id).order_by("-created_at"))


def reads(
    *,
    officer_id: str | None = None,
    case: str | None = None,
    kind: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    purpose: str | None = None,
    before: int | None = None,
) -> list[Reading]:
    """The newest reads that match, a page at a time; ``before`` is the id of the last one of the page before.

    ``since`` and ``until`` are aware, the second one not included.
    """
    wanted: dict[str, Any] = {
        "officer": officer_id,
        "case_id": case,
        "kind": kind,
        "at__gte": since,
        "at__lt": until,
        "purpose__icontains": purpose,
        "id__lt": before,
    }
    rows = Reading.objects.filter(**{name: value for name, value in wanted.items() if value})
    return list(rows.order_by("-id")[: PAGE + 1])


def readers_of(case: str) -> list[tuple[str, int, datetime]]:
    """Who has read a case: officer, how often, when last; newest first, at most 200."""
    rows = Reading.objects.filter(case_id=case).values_list("officer").annotate(times=Count("id"), last=Max("at"))
    return [(one, times, last) for one, times, last in rows.order_by("-last")[:200]]
