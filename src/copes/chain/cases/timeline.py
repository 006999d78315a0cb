"""The timeline of a case: its records as the ledger has them, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from copes.chain.cases import codes
from copes.foundation.journal.models import Entry
from copes.foundation.journal.queries import Place, places_of
from copes.foundation.people.queries import OfficerView, officers_by_id
from copes.trust.records.sdjwt import payload

PAGE = 50


@dataclass(frozen=True)
class Moment:
    """One record on the timeline. ``officer`` is None for acts of the node itself."""

    index: int
    jti: str
    kind: str
    label: str
    occurred_at: datetime
    officer: OfficerView | None
    about: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Timeline:
    """A page of the timeline, newest first; ``after`` is the key of the next page, None on the last."""

    moments: tuple[Moment, ...]
    after: int | None


def timeline_of(case: str, *, before: int | None = None, page: int = PAGE) -> Timeline:
    """The newest records of a case before index ``before``, in at most five queries. Salted fields are not read."""
    rows = Entry.objects.filter(case_id=case).order_by("-index")
    if before is not None:
        rows = rows.filter(index__lt=before)
    found = list(rows.values_list("index", "jti", "kind", "jwt")[: page + 1])
    listed = [(index, jti, kind, payload(jwt)) for index, jti, kind, jwt in found[:page]]
    places = places_of([jti for _, jti, _, _ in listed])
    officers = officers_by_id(claims["actor"].get("officer") for _, _, _, claims in listed)
    moments = tuple(
        Moment(
            index=index,
            jti=jti,
            kind=kind,
            label=codes.label(codes.RECORDS, kind),
            occurred_at=datetime.fromisoformat(claims["occurred_at"]),
            officer=officers.get(claims["actor"].get("officer", "")),
            about=tuple(claims.get("about", ())),
            place=places[jti],
        )
        for index, jti, kind, claims in listed
    )
    return Timeline(moments, listed[-1][0] if len(found) > page else None)
