"""Reads about exhibits and custody, for screens and other rooms. Each has a fixed number of queries."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from copes.chain.cases.policies import is_supervisor, now_lent, sees_cases, unseen, visible_cases
from copes.chain.cases.queries import Page, case_id_of
from copes.chain.custody.models import Exhibit, Handover
from copes.chain.custody.policies import in_hand, visible_exhibits
from copes.foundation.journal.acting import Acting
from copes.foundation.people.queries import OfficerView, officers_by_id

PAGE = 50
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LABEL = "COPES:"
CASE_NUMBER_LENGTH = 14  # FR-2026-000012
LIST_COLUMNS = (
    "id", "case_id", "number", "ordinal", "category", "description", "quantity", "unit", "total", "currency",
    "holder", "state", "released_to", "release_id", "seal", "photographs", "moved_at", "record_id",
)  # fmt: skip


@dataclass(frozen=True)
class ExhibitRow:
    """An exhibit in a list."""

    id: str
    case: str
    number: str
    ordinal: int
    category: str
    description: str
    quantity: Decimal | None
    unit: str
    total: Decimal | None
    currency: str
    holder: OfficerView | None
    state: str
    released_to: OfficerView | None
    release: str | None
    seal: str | None
    photographs: int
    moved_at: datetime
    record_id: str

    @property
    def amount(self) -> Decimal | None:
        """How much: the total of cash, else the quantity."""
        return self.total if self.total is not None else self.quantity

    @property
    def measure(self) -> str:
        """The currency of cash, else the unit."""
        return self.currency or self.unit


@dataclass(frozen=True)
class Filters:
    """What a list of exhibits is narrowed to; empty means everything."""

    state: str = ""
    holder: str = ""
    category: str = ""
    number: str = ""


EVERYTHING = Filters()


@dataclass(frozen=True)
class ReleaseRow:
    """An open release, with the exhibits of it that wait for receipt."""

    id: str
    case: str
    released_by: OfficerView | None
    released_to: OfficerView | None
    released_at: datetime
    reason: str
    condition: str
    remark: str | None
    exhibits: tuple[ExhibitRow, ...]


def _rows(found: Iterable[Exhibit]) -> list[ExhibitRow]:
    listed = list(found)
    officers = officers_by_id(one for row in listed for one in (row.holder, row.released_to))
    return [_row(row, officers) for row in listed]


def rows_of(found: Iterable[Exhibit]) -> list[ExhibitRow]:
    """Exhibits as lists show them, for selections whose visibility the caller decided; in one query."""
    return _rows(found)


def _row(row: Exhibit, officers: dict[str, OfficerView]) -> ExhibitRow:
    return ExhibitRow(
        row.id,
        row.case_id,
        row.number,
        row.ordinal,
        row.category,
        row.description,
        row.quantity,
        row.unit,
        row.total,
        row.currency,
        officers.get(row.holder),
        row.state,
        officers.get(row.released_to or ""),
        row.release_id,
        row.seal,
        row.photographs,
        row.moved_at,
        row.record_id,
    )


def exhibits(acting: Acting, filters: Filters = EVERYTHING, *, after: str | None = None, page: int = PAGE) -> Page:
    """The exhibits the officer sees, newest case first, a page at a time, in at most five queries.

    ``after`` is the key of the page before (``Page.after``). Raises Unseen when it is none.
    """
    if len(filters.number.strip()) >= CASE_NUMBER_LENGTH:
        return _of_one_case(acting, filters, after, page)
    parts = [list(_filtered(rows, filters)[: page + 1]) for rows in _branches(acting, filters, _place(after))]
    found: list[Exhibit] = []
    for row in heapq.merge(*parts, key=_key, reverse=True):
        if not found or row.id != found[-1].id:
            found.append(row)
        if len(found) > page:
            break
    rows = found[:page]
    following = f"{rows[-1].case_id}.{rows[-1].ordinal}" if len(found) > page else None
    return Page(tuple(_rows(rows)), following)


def _of_one_case(acting: Acting, filters: Filters, after: str | None, page: int) -> Page:
    """A whole case number was typed: the exhibits of that case, in order of number."""
    case = case_id_of(filters.number.strip().upper().partition("/")[0])
    rows = _filtered(Exhibit.objects.only(*LIST_COLUMNS).filter(case_id=case or ""), filters)
    if case and not visible_cases(acting).filter(id=case).exists():
        rows = rows.filter(in_hand(acting))
    if after:
        rows = rows.filter(ordinal__gt=int(after) if after.isascii() and after.isdigit() else 0)
    found = list(rows.order_by("ordinal")[: page + 1])
    return Page(tuple(_rows(found[:page])), str(found[page - 1].ordinal) if len(found) > page else None)


def _key(row: Exhibit) -> tuple[str, int]:
    return row.case_id, row.ordinal


def _place(after: str | None) -> tuple[str, int] | None:
    """The key of the last exhibit of the page before. Raises Unseen when it is none."""
    if not after:
        return None
    case, _, ordinal = after.partition(".")
    if not UUID.fullmatch(case) or not (ordinal.isascii() and ordinal.isdigit()):
        raise unseen()
    return case, int(ordinal)


def _branches(acting: Acting, filters: Filters, after: tuple[str, int] | None) -> list[QuerySet[Exhibit]]:
    """What the officer sees as selections that an index answers in order of case and number, each on its own.

    Each is led by a column of the table from which the database should start. The place in the list stands in the
    same ``filter`` as the join: in another one Django would join the members a second time.
    """
    found = [
        _led("case_id", after, holder=acting.officer),
        _led("case_id", after, released_to=acting.officer, state="released"),
    ]
    if sees_cases(acting):
        member = {"case__members__officer": acting.officer, "case__members__active": True}
        found.append(_led("case__members__case_id", after, **member))
        found.append(_led("case__lent__case_id", after, now_lent(acting, "case__lent__")))
        if is_supervisor(acting):
            # the exhibits of one category have an index in this order; most are of the supervisor's agency
            lead = "case_id" if filters.category else "case__case_id"
            found.append(_led(lead, after, case__agency=acting.agency))
    return found


def _led(lead: str, after: tuple[str, int] | None, *also: Q, **wanted: Any) -> QuerySet[Exhibit]:
    conditions = [*also]
    if after:
        case, ordinal = after
        conditions.append(Q(**{f"{lead}__lt": case}) | Q(ordinal__lt=ordinal))
        wanted[f"{lead}__lte"] = case
    rows = Exhibit.objects.only(*LIST_COLUMNS).filter(*conditions, **wanted)
    return rows.order_by(f"-{lead}", "-ordinal")


def _filtered(rows: QuerySet[Exhibit], filters: Filters) -> QuerySet[Exhibit]:
    for name in ("state", "holder", "category"):
        if wanted := getattr(filters, name):
            rows = rows.filter(**{name: wanted})
    if filters.number:
        text = filters.number.strip().upper()
        rows = rows.filter(number__gte=text, number__lt=text + "\uffff")
    return rows


def exhibits_of_case(case: str, *, page: int = PAGE, after: int = 0) -> Page:
    """The exhibits of a case whose visibility the caller decided, in order of number."""
    rows = Exhibit.objects.only(*LIST_COLUMNS).filter(case_id=case, ordinal__gt=after).order_by("ordinal")
    found = list(rows[: page + 1])
    key = str(found[page - 1].ordinal) if len(found) > page else None
    return Page(tuple(_rows(found[:page])), key)


def exhibits_of_seizure(seizure: str) -> list[ExhibitRow]:
    """The exhibits of a seizure whose visibility the caller decided, in order of number."""
    rows = Exhibit.objects.only(*LIST_COLUMNS).filter(seizure=seizure).order_by("ordinal")
    return _rows(rows)


def bodies_of_seizure(seizure: str) -> list[Exhibit]:
    """The exhibits of a seizure with everything recorded about them, for the report's page."""
    return list(Exhibit.objects.filter(seizure=seizure).order_by("ordinal"))


def exhibit_rows(acting: Acting, ids: Sequence[str]) -> list[ExhibitRow]:
    """Exhibits by id, in the order asked for; those the officer may not see are left out."""
    rows = {row.id: row for row in visible_exhibits(acting).filter(id__in=list(ids)).only(*LIST_COLUMNS)}
    return _rows(rows[one] for one in ids if one in rows)


def find_exhibit(acting: Acting, text: str) -> ExhibitRow:
    """The exhibit that a scan or a typed number means: label, exhibit number, seal or container number.

    Raises Unseen when there is none the officer sees, or when the seal or container covers several.
    """
    typed = text.strip()
    rows = visible_exhibits(acting).only(*LIST_COLUMNS)
    if typed.upper().startswith(LABEL) or UUID.fullmatch(typed.lower()):
        found = rows.filter(id=typed[len(LABEL) :].lower() if typed.upper().startswith(LABEL) else typed.lower())
    else:
        container = "".join(filter(str.isalnum, typed)).upper()
        meant = Q(number=typed.upper()) | Q(seal=typed)
        if len(container) == 11:
            meant |= Q(container=container)
        found = rows.filter(meant)
    listed = list(found[:2])
    if len(listed) != 1 or not typed:
        raise unseen()
    return _rows(listed)[0]


def held_by(officer: str, *, page: int = PAGE) -> Page:
    """The exhibits an officer holds and that nobody else is asked to receive, newest case first."""
    rows = Exhibit.objects.only(*LIST_COLUMNS).filter(holder=officer, state="held")
    found = list(rows.order_by("-case_id", "-ordinal")[: page + 1])
    key = f"{found[page - 1].case_id}.{found[page - 1].ordinal}" if len(found) > page else None
    return Page(tuple(_rows(found[:page])), key)


def to_receive(officer: str) -> list[ReleaseRow]:
    """The open releases to an officer, newest first; at most 500 exhibits."""
    return _releases(Handover.objects.filter(released_to=officer, state="open"))


def open_releases(officer: str) -> list[ReleaseRow]:
    """The open releases by an officer, newest first; at most 500 exhibits."""
    return _releases(Handover.objects.filter(released_by=officer, state="open"))


def _releases(rows: QuerySet[Handover]) -> list[ReleaseRow]:
    found = list(rows.select_related("exhibit").order_by("-index", "place")[:500])
    officers = officers_by_id(one for row in found for one in (row.released_by, row.released_to, row.exhibit.holder))
    groups: dict[str, list[Handover]] = {}
    for row in found:
        groups.setdefault(row.record_id, []).append(row)
    return [_release(group, officers) for group in groups.values()]


def _release(group: Sequence[Handover], officers: dict[str, OfficerView]) -> ReleaseRow:
    first = group[0]
    return ReleaseRow(
        first.record_id,
        first.case_id,
        officers.get(first.released_by),
        officers.get(first.released_to),
        first.released_at,
        first.reason,
        first.condition,
        first.remark,
        tuple(_row(one.exhibit, officers) for one in group),
    )


def open_release(acting: Acting, release: str) -> ReleaseRow:
    """An open release that the officer gave or is asked to receive. Raises Unseen."""
    mine = Q(released_to=acting.officer) | Q(released_by=acting.officer)
    found = _releases(Handover.objects.filter(mine, record_id=release, state="open"))
    if not found:
        raise unseen()
    return found[0]


__all__ = [
    "ExhibitRow",
    "Filters",
    "ReleaseRow",
    "bodies_of_seizure",
    "exhibit_rows",
    "exhibits",
    "exhibits_of_case",
    "exhibits_of_seizure",
    "find_exhibit",
    "held_by",
    "open_release",
    "open_releases",
    "to_receive",
]
