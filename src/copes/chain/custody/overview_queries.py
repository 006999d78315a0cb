"""What custody asks of an officer now, and where the exhibits of a case stand: counts and short lines.

Every read is bounded: an officer with a thousand exhibits waiting sees the newest lines and how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from copes.chain.custody.codes import CATEGORIES
from copes.chain.custody.models import DIFFERED, Exhibit, Handover, Photograph
from copes.foundation.journal.statements import select

MOST = 500
COUNTED = 500  # of one category; beyond that a page says "more than"
SHOWN_FOR = timedelta(days=14)  # a difference at receipt is shown to the releaser for so long


@dataclass(frozen=True)
class Waiting:
    """A release whose exhibits wait for receipt, or were received otherwise than released (``what``)."""

    release: str
    what: str
    case: str
    case_number: str
    released_by: str
    released_to: str
    at: datetime
    reason: str
    exhibits: tuple[tuple[str, str], ...]  # id and number


@dataclass(frozen=True)
class Holding:
    """How many exhibits of a category an officer holds; ``more`` when there are more than counted."""

    category: str
    number: int
    more: bool


TO_RECEIVE, RELEASED, DIFFERENT, DECLINED = "to_receive", "released", "different", "declined"
COLUMNS = (
    "record_id", "case_id", "case__number", "released_by", "released_to", "released_at", "reason", "state",
    "answered_at", "exhibit_id", "exhibit__number",
)  # fmt: skip


def waiting(officer: str) -> list[Waiting]:
    """What custody asks of the officer, newest first; in one query of which every branch has its index.

    That is what waits for the officer's receipt, the officer's own releases that wait for others, and those of the
    last 14 days that were declined, or received with a seal that was not intact.
    """
    since = timezone.now() - SHOWN_FOR
    to_me = Handover.objects.filter(released_to=officer, state="open")
    by_me = Handover.objects.filter(released_by=officer, state="open")
    otherwise = Handover.objects.filter(DIFFERED, released_by=officer, answered_at__gte=since)
    parts = [rows.values_list(*COLUMNS, "index", "place") for rows in (to_me, by_me, otherwise)]
    found = parts[0].union(*parts[1:], all=True).order_by("-index", "place")[:MOST]
    return _grouped([row[: len(COLUMNS)] for row in found], officer)


def _grouped(rows: Iterable[tuple[str, ...]], officer: str) -> list[Waiting]:
    groups: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for row in rows:
        groups.setdefault((row[0], _what(row, officer)), []).append(row)
    return [_waiting(what, group) for (_release, what), group in groups.items()]


def _what(row: tuple[str, ...], officer: str) -> str:
    if row[7] == "open":
        return TO_RECEIVE if row[4] == officer else RELEASED
    return DECLINED if row[7] == "declined" else DIFFERENT


def _waiting(what: str, group: list[tuple[str, ...]]) -> Waiting:
    release, case, number, by, to, released_at, reason, _state, answered_at, _id, _number = group[0]
    at: datetime = answered_at or released_at  # type: ignore[assignment]  # the columns of times
    things = tuple((row[9], row[10]) for row in group)
    return Waiting(release, what, case, number, by, to, at, reason, things)


def holdings(officer: str) -> list[Holding]:
    """How many exhibits the officer holds, by category, at most 500 counted of each; in one query.

    Only the first 500 entries of an index are read for each category, however many there are.
    """
    one = (
        "SELECT {at}, COUNT(*) FROM (SELECT 1 FROM custody_exhibit WHERE holder = %s AND category = %s"
        " LIMIT {most}) AS held{at}"
    )
    parts = [one.format(at=at, most=COUNTED + 1) for at in range(len(CATEGORIES))]
    values = [value for category in CATEGORIES for value in (officer, category)]
    counted = dict(select(" UNION ALL ".join(parts), values))
    found = [(category, int(counted.get(at, 0))) for at, category in enumerate(CATEGORIES)]
    return [Holding(name, min(number, COUNTED), number > COUNTED) for name, number in found if number]


# What the pages of a case count of this room, each a statement with the case's id.
COUNTS = {
    "exhibits": "SELECT COUNT(*) FROM custody_exhibit WHERE case_id = %s",
    "released": "SELECT COUNT(*) FROM custody_exhibit WHERE case_id = %s AND state = 'released'",
    "photographs": "SELECT COUNT(*) FROM custody_photograph WHERE case_id = %s",
}


@dataclass(frozen=True)
class Thing:
    """An exhibit on the pages of its case; officers by id."""

    id: str
    number: str
    category: str
    description: str
    seizure: str
    holder: str
    state: str
    released_to: str | None
    container: str


def things_of_case(case: str, *, most: int = 60) -> list[Thing]:
    """The first exhibits of a case whose visibility the caller decided, in order of number; in one query."""
    columns = (
        "id", "number", "category", "description", "seizure", "holder", "state", "released_to", "container"
    )  # fmt: skip
    rows = Exhibit.objects.filter(case_id=case).order_by("ordinal")
    return [Thing(*row) for row in rows.values_list(*columns)[:most]]


def numbers_of(case: str, ids: Iterable[str]) -> dict[str, str]:
    """The numbers of those ids that are exhibits of the case, whose visibility the caller decided; in one query."""
    return dict(Exhibit.objects.filter(case_id=case, id__in=set(ids)).values_list("id", "number"))


@dataclass(frozen=True)
class Picture:
    """A photograph of an exhibit of the case."""

    exhibit: str
    number: str
    name: str
    sha256: str
    officer: str
    at: datetime


def photographs_of_case(case: str, *, after: int | None = None, page: int = 50) -> tuple[list[Picture], int | None]:
    """The photographs of a case whose visibility the caller decided, newest first, and the key of the next page."""
    rows = Photograph.objects.filter(case_id=case).select_related("exhibit").order_by("-index")
    if after is not None:
        rows = rows.filter(index__lt=after)
    found = list(rows[: page + 1])
    shown = [
        Picture(row.exhibit_id, row.exhibit.number, row.name, row.sha256, row.officer, row.at) for row in found[:page]
    ]
    return shown, found[page - 1].index if len(found) > page else None
