"""The seizures behind a number: those of cases that the officer may see, newest first, paged by key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from django.db.models import Q
from django.utils import timezone

from copes.chain.cases.policies import visible_cases
from copes.chain.cases.queries import CaseRow, cases_by_id
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.following import catch_up
from copes.insight.statistics.filters import Filters, shifted
from copes.insight.statistics.following import NAME
from copes.insight.statistics.models import SeizureFact
from copes.insight.statistics.policies import require
from copes.insight.statistics.queries import AT_ONCE, settled

PAGE = 50


@dataclass(frozen=True)
class Behind:
    """A page of seizures; ``after`` is the key of the page behind it, if there is one."""

    filters: Filters
    rows: tuple[tuple[SeizureFact, CaseRow], ...]
    after: str | None


def seizures_behind(acting: Acting, filters: Filters, after: str | None = None) -> Behind:
    """What the sums of a question are made of, as far as the officer needs to know. Raises Forbidden."""
    require(acting)
    catch_up(NAME, at_most=AT_ONCE)
    filters, _years = settled(acting, filters)
    if filters.start is None or filters.end is None:
        raise ValueError("the period is open")
    rows = SeizureFact.objects.filter(
        agency=acting.agency,
        act=filters.act,
        at__gte=_begin(filters.start),
        at__lt=_begin(shifted(filters.end, 1)),
        case_id__in=visible_cases(acting).values("id"),
        **{name: value for name, value in filters.values.items() if name != "category"},
    )
    category = filters.values.get("category")
    if category is not None:
        rows = rows.filter(categories__contains=f"|{category}|")
    last = SeizureFact.objects.filter(id=after, agency=acting.agency).first() if after else None
    if last is not None:
        rows = rows.filter(Q(at__lt=last.at) | Q(at=last.at, id__lt=last.id))
    found = list(rows.order_by("-at", "-id")[: PAGE + 1])
    cases = cases_by_id({row.case_id for row in found})
    shown = tuple((row, cases[row.case_id]) for row in islice(found, PAGE) if row.case_id in cases)
    return Behind(filters, shown, found[PAGE - 1].id if len(found) > PAGE else None)


def _begin(month: date) -> datetime:
    return timezone.make_aware(datetime.combine(month, time.min))
