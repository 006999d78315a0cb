"""Who needs to know of which cases, for rooms that keep it with an index of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from copes.chain.cases.models import Case, Member, TemporaryAccess
from copes.chain.cases.policies import is_supervisor, sees_cases, visible_cases
from copes.foundation.journal.acting import Acting


@dataclass(slots=True)
class Knowing:
    """Who may know of a case now: the agency whose supervisors do, and the officers with access."""

    agency: str
    members: set[str] = field(default_factory=set)


def who_knows(cases: Iterable[str]) -> dict[str, Knowing]:
    """Who may know of each case, lastingly or for a time, in three queries."""
    wanted = list(set(cases))
    found = {case: Knowing(agency) for case, agency in Case.objects.filter(id__in=wanted).values_list("id", "agency")}
    members = Member.objects.filter(case_id__in=wanted, active=True)
    lent = TemporaryAccess.objects.filter(case_id__in=wanted, ended_at=None, until__gt=timezone.now())
    for rows in (members, lent):
        for case, officer in rows.values_list("case_id", "officer"):
            if case in found:
                found[case].members.add(officer)
    return found


def scopes_of(acting: Acting) -> list[str]:
    """As what an officer may know of cases: as ``member`` of them, as supervisor of the ``agency``, or not at all."""
    if not sees_cases(acting):
        return []
    return ["member", "agency"] if is_supervisor(acting) else ["member"]


def known_of(acting: Acting, cases: Iterable[str]) -> dict[str, str]:
    """Those of the cases that the officer sees now, each with its number, in one query."""
    return dict(visible_cases(acting).filter(id__in=set(cases)).values_list("id", "number"))
