"""Reads about officers, for screens, prints and other rooms."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from copes.foundation.journal.statements import select
from copes.foundation.people.models import ApiToken, Officer, Reading
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


def all_officers() -> list[OfficerView]:
    """Every officer ever enrolled, active first, by name."""
    return [_view(row) for row in _officers().order_by("-active", "name", "id")]


def tokens_of(officer_id: str) -> list[ApiToken]:
    """The API tokens of an officer, newest first."""
    return list(ApiToken.objects.filter(account__officer_id=officer_id).order_by("-created_at"))


def reads(
    *,
    officer_id: str | None = None,
    case: str | None = None,
    kind: str | None = None,
    before: int | None = None,
) -> list[Reading]:
    """The newest reads that match, a page at a time; ``before`` is the id of the last one of the page before."""
    rows = Reading.objects.order_by("-id")
    if officer_id:
        rows = rows.filter(officer=officer_id)
    if case:
        rows = rows.filter(case_id=case)
    if kind:
        rows = rows.filter(kind=kind)
    if before:
        rows = rows.filter(id__lt=before)
    return list(rows[: PAGE + 1])
