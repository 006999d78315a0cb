"""Requests for access and access for a time, from records to tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from copes.chain.cases.access_models import AccessRequest, TemporaryAccess
from copes.chain.cases.access_records import (
    AccessBrokenGlass,
    AccessDeclined,
    AccessLent,
    AccessRequested,
    AccessReviewed,
)
from copes.foundation.journal.facts import Fact
from copes.foundation.journal.registry import projects, register_projection


@projects(AccessRequested)
def access_requested(facts: Sequence[Fact], db: str) -> None:
    """A row per request."""
    AccessRequest.objects.using(db).bulk_create(
        AccessRequest(
            id=f.body["request"],
            case_id=f.case,
            record_id=f.jti,
            officer=f.officer or "",
            agency=f.actor.get("agency", ""),
            reason=f.body.get("reason"),
            at=f.occurred_at,
        )
        for f in facts
    )


@projects(AccessDeclined)
def access_declined(facts: Sequence[Fact], db: str) -> None:
    """The request is answered."""
    for f in facts:
        _requests(f, db).filter(id=f.body["request"]).update(
            decided_by=f.officer, decided_at=f.occurred_at, granted=False, answer=f.body.get("reason")
        )


def request_granted(fact: Fact, db: str) -> None:
    """Access was given to an officer: what they asked for is answered by it."""
    _requests(fact, db).filter(officer=fact.body["officer"]).update(
        decided_by=fact.officer, decided_at=fact.occurred_at, granted=True, answer=fact.body.get("reason")
    )


def _requests(fact: Fact, db: str) -> QuerySet[AccessRequest]:
    return AccessRequest.objects.using(db).filter(case_id=fact.case or "", decided_at=None)


@projects(AccessLent)
def access_lent(facts: Sequence[Fact], db: str) -> None:
    """Access until a moment; a request it answers is granted."""
    for f in facts:
        _temporary(f, db, officer=f.body["officer"], instead_of=f.body.get("instead_of"), broken_glass=False)
        request_granted(f, db)


@projects(AccessBrokenGlass)
def access_broken_glass(facts: Sequence[Fact], db: str) -> None:
    """Access until a moment, waiting for review."""
    for f in facts:
        _temporary(f, db, officer=f.officer or "", exhibit=f.body.get("exhibit"), broken_glass=True)


def _temporary(fact: Fact, db: str, **values: object) -> None:
    row = TemporaryAccess(
        id=fact.jti,
        case_id=fact.case or "",
        record_id=fact.jti,
        reason=fact.body.get("reason"),
        given_by=fact.officer or "",
        given_at=fact.occurred_at,
        until=datetime.fromisoformat(fact.body["until"]),
        **values,
    )
    row.save(using=db, force_insert=True)


@projects(AccessReviewed)
def access_reviewed(facts: Sequence[Fact], db: str) -> None:
    """What the reviewing supervisor found."""
    for f in facts:
        TemporaryAccess.objects.using(db).filter(id=f.body["access"]).update(
            reviewed_by=f.officer,
            reviewed_at=f.occurred_at,
            justified=f.body["justified"],
            review=f.body.get("reason"),
        )


def temporary_ended(fact: Fact, db: str) -> None:
    """Access was taken away: whatever was given for a time ends too."""
    TemporaryAccess.objects.using(db).filter(
        case_id=fact.case or "", officer=fact.body["officer"], ended_at=None
    ).update(ended_at=fact.occurred_at, ended_by=fact.officer)


register_projection(AccessRequest, TemporaryAccess)
