"""Reads about notices, for screens and other rooms. Each has a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from copes.foundation.journal.acting import Acting
from copes.foundation.scheduling import preferences
from copes.foundation.scheduling.kinds import all_kinds, cases_seen, kind_of
from copes.foundation.scheduling.models import Notice
from copes.foundation.scheduling.wording import title_of

MOST_COUNTED = 100
PAGE = 40


@dataclass(frozen=True)
class NoticeView:
    """A notice as its officer reads it, in the active language; ``at`` is in the officer's time zone."""

    id: str
    kind: str
    title: str
    url: str
    case: str | None
    at: datetime
    read: bool
    urgent: bool


@dataclass(frozen=True)
class Day:
    """The notices of one day, newest first; ``day`` is the officer's own."""

    day: date
    read: bool
    rows: tuple[NoticeView, ...]


@dataclass(frozen=True)
class Page:
    """A page of the inbox: unread first, then read, newest first in each. ``after`` is the key of the next page."""

    rows: tuple[NoticeView, ...]
    after: str | None

    @property
    def days(self) -> list[Day]:
        """The rows by day, unread and read apart."""
        groups = groupby(self.rows, key=lambda row: (row.read, row.at.date()))
        return [Day(day, read, tuple(rows)) for (read, day), rows in groups]


def unread(officer: str) -> int:
    """How many notices the officer has not read, counted up to 100. One query."""
    return Notice.objects.filter(officer=officer, read_at=None)[:MOST_COUNTED].count()


def inbox(acting: Acting, *, kind: str = "", after: str = "", page: int = PAGE) -> Page:
    """The officer's notices, a page at a time; ``after`` is the key that the page before gave.

    A notice of a case that the officer may no longer see is left out.
    """
    mine = Notice.objects.filter(officer=acting.officer)
    if kind:
        mine = mine.filter(kind=kind)
    rows = _slice(mine, after, page + 1)
    more = rows[page - 1] if len(rows) > page else None
    return Page(tuple(_views(acting, rows[:page])), _key(more) if more else None)


def _key(row: Notice) -> str:
    return f"{'r' if row.read_at else 'u'}{row.id}"


def _slice(mine: QuerySet[Notice], after: str, wanted: int) -> list[Notice]:
    part, key = after[:1], after[1:]
    rows: list[Notice] = []
    if part != "r":
        fresh = mine.filter(read_at=None, **({"id__lt": key} if part == "u" else {}))
        rows = list(fresh.order_by("-id")[:wanted])
    if len(rows) < wanted:
        old = mine.filter(read_at__isnull=False, **({"id__lt": key} if part == "r" else {}))
        rows += old.order_by("-id")[: wanted - len(rows)]
    return rows


def _views(acting: Acting, rows: Sequence[Notice]) -> list[NoticeView]:
    seen = cases_seen(acting, {row.case_id for row in rows if row.case_id})
    zone = preferences.zone_of(preferences.of(acting.officer))
    return [_view(row, seen, zone) for row in rows if may_tell(row, seen)]


def _view(row: Notice, seen: frozenset[str], zone: tzinfo) -> NoticeView:
    declared = kind_of(row.kind)
    sees = row.case_id is None or row.case_id in seen
    return NoticeView(
        row.id,
        row.kind,
        title_of(row.kind, row.facts, sees_case=sees, zone=zone),
        row.url,
        row.case_id if sees else None,
        timezone.localtime(row.at, zone),
        row.read_at is not None,
        bool(declared and declared.urgent),
    )


def may_tell(row: Notice, seen: frozenset[str]) -> bool:
    """Whether a notice may be shown to its officer, who sees the cases ``seen``."""
    declared = kind_of(row.kind)
    return row.case_id is None or row.case_id in seen or bool(declared and declared.unseen_title)


def kinds_had(officer: str) -> list[tuple[str, str]]:
    """The kinds of which the officer has notices, code and label, by label in the active language."""
    codes = Notice.objects.filter(officer=officer).order_by("kind").values_list("kind", flat=True).distinct()
    return sorted(((code, label_of(code)) for code in codes), key=lambda one: one[1])


def label_of(code: str) -> str:
    """What a kind is called in lists of kinds: its label, or else its title without facts."""
    declared = kind_of(code)
    if declared is not None and declared.label:
        return str(declared.label)
    return title_of(code, {"count": "2"}, sees_case=declared is None or declared.unseen_title is None)


def every_kind() -> list[tuple[str, str]]:
    """Every kind, code and label, by label in the active language."""
    return sorted(((kind.code, label_of(kind.code)) for kind in all_kinds()), key=lambda one: one[1])
