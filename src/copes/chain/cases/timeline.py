"""The timeline of a case: its records as the ledger has them, a page at a time, narrowed as asked.

Who acted and what a record is about stand in the signed record, not in a column. A narrowed timeline therefore reads
at most ``SCAN`` records before each page's key; the next page goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from copes.chain.cases import codes
from copes.foundation.journal.models import Entry
from copes.foundation.journal.queries import Place, places_of
from copes.foundation.people.queries import OfficerView, officers_by_id
from copes.trust.records.sdjwt import payload

PAGE = 50
SCAN = 1000


@dataclass(frozen=True)
class Wanted:
    """What a timeline is narrowed to; empty means everything. Days are days of the node's time zone, inclusive."""

    kind: str = ""
    officer: str = ""
    thing: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return self != EVERYTHING


EVERYTHING = Wanted()


@dataclass(frozen=True)
class Raw:
    """A record of the case before officers and places are looked up. Salted fields are not read."""

    index: int
    jti: str
    kind: str
    claims: Mapping[str, Any]

    @property
    def officer(self) -> str:
        """Who acted; empty for the node itself."""
        return str(self.claims["actor"].get("officer", ""))

    @property
    def occurred_at(self) -> datetime:
        """When it happened."""
        return datetime.fromisoformat(self.claims["occurred_at"])


@dataclass(frozen=True)
class Moment:
    """One record on the timeline. ``officer`` is None for acts of the node itself; ``body`` holds plain values only."""

    index: int
    jti: str
    kind: str
    label: str
    occurred_at: datetime
    officer: OfficerView | None
    about: tuple[str, ...]
    place: Place
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Timeline:
    """A page of the timeline, newest first; ``after`` is the key of the next page, None on the last."""

    moments: tuple[Moment, ...]
    after: int | None


def newest(case: str, *, before: int | None = None, most: int = SCAN, kind: str = "") -> list[Raw]:
    """The newest records of a case before index ``before``, in one query."""
    rows = Entry.objects.filter(case_id=case).order_by("-index")
    if before is not None:
        rows = rows.filter(index__lt=before)
    if kind:
        rows = rows.filter(kind=kind)
    found = rows.values_list("index", "jti", "kind", "jwt")[:most]
    return [Raw(index, jti, kind, payload(jwt)) for index, jti, kind, jwt in found]


def timeline_of(case: str, *, before: int | None = None, page: int = PAGE, wanted: Wanted = EVERYTHING) -> Timeline:
    """The newest records of a case before index ``before``, in at most five queries. Salted fields are not read."""
    most = SCAN if wanted.narrows else page + 1
    found = newest(case, before=before, most=most, kind=wanted.kind)
    chosen, after = cut(found, wanted, page=page, whole=len(found) < most)
    officers = officers_by_id(one.officer for one in chosen)
    return Timeline(moments(chosen, officers), after)


def cut(found: Iterable[Raw], wanted: Wanted, *, page: int = PAGE, whole: bool) -> tuple[list[Raw], int | None]:
    """The first page of what is asked for, and the key of the next; ``whole``: there are no older records."""
    listed = list(found)
    chosen = [one for one in listed if matches(one, wanted)]
    if len(chosen) > page:
        return chosen[:page], chosen[page - 1].index
    return chosen, None if whole or not listed else listed[-1].index


def moments(listed: Sequence[Raw], officers: Mapping[str, OfficerView]) -> tuple[Moment, ...]:
    """Records with who acted and how far each is protected."""
    places = places_of([one.jti for one in listed])
    return tuple(moment(one, places[one.jti], officers) for one in listed)


def moment(one: Raw, place: Place, officers: Mapping[str, OfficerView]) -> Moment:
    """One record with the officers already read."""
    return Moment(
        index=one.index,
        jti=one.jti,
        kind=one.kind,
        label=codes.label(codes.RECORDS, one.kind),
        occurred_at=one.occurred_at,
        officer=officers.get(one.officer),
        about=tuple(one.claims.get("about", ())),
        place=place,
        body=one.claims.get("body", {}),
    )


def matches(one: Raw, wanted: Wanted) -> bool:
    """Whether a record is asked for."""
    if wanted.kind and one.kind != wanted.kind:
        return False
    if wanted.officer and one.officer != wanted.officer:
        return False
    if wanted.thing and wanted.thing not in one.claims.get("about", ()):
        return False
    day = timezone.localtime(one.occurred_at).date()
    return not ((wanted.since and day < wanted.since) or (wanted.until and day > wanted.until))
