"""Keys and erasures, from records to tables."""

from __future__ import annotations

from collections.abc import Sequence

from copes.foundation.journal.facts import Fact
from copes.foundation.journal.models import Erasure, ErasureRequest, SigningKey
from copes.foundation.journal.records import (
    ErasureDeclined,
    ErasureRequested,
    KeyEnrolled,
    KeyRevoked,
    KeyRotated,
    NodeCreated,
    RecordErased,
)
from copes.foundation.journal.registry import projects, register_projection
from copes.trust.records.jose import thumbprint

FOREVER = 2**53 - 1


@projects(NodeCreated)
def node_created(facts: Sequence[Fact], db: str) -> None:
    """The node's own key may sign from the first record on."""
    SigningKey.objects.using(db).bulk_create(
        SigningKey(
            kid=thumbprint(fact.body["node_key"]),
            record_id=fact.jti,
            officer="",
            agency=fact.body["agency"],
            jwk=fact.body["node_key"],
            assurance="node",
            not_before=0,
            not_after=FOREVER,
            enrolled_index=fact.index,
        )
        for fact in facts
    )


@projects(KeyEnrolled)
def key_enrolled(facts: Sequence[Fact], db: str) -> None:
    """An officer's key may sign from here on."""
    SigningKey.objects.using(db).bulk_create(
        SigningKey(
            kid=fact.body["kid"],
            record_id=fact.jti,
            officer=fact.body["officer"],
            agency=fact.body["agency"],
            jwk=fact.body["key"],
            assurance=fact.body["assurance"],
            not_before=fact.body["not_before"],
            not_after=fact.body["not_after"],
            enrolled_index=fact.index,
        )
        for fact in facts
    )


@projects(KeyRotated)
def key_rotated(facts: Sequence[Fact], db: str) -> None:
    """The new key counts, the replaced one no more."""
    for fact in facts:
        _end(fact, fact.body["replaces"], "rotated", db)
        key_enrolled([fact], db)


@projects(KeyRevoked)
def key_revoked(facts: Sequence[Fact], db: str) -> None:
    """The key counts no more."""
    for fact in facts:
        _end(fact, fact.body["kid"], fact.body["reason"], db)


def _end(fact: Fact, kid: str, reason: str, db: str) -> None:
    SigningKey.objects.using(db).filter(kid=kid, ended_index=None).update(ended_index=fact.index, ended_reason=reason)


@projects(ErasureRequested)
def erasure_requested(facts: Sequence[Fact], db: str) -> None:
    """A request waits for a second officer."""
    ErasureRequest.objects.using(db).bulk_create(
        ErasureRequest(
            id=fact.body["request"],
            case_id=fact.case,
            record_id=fact.jti,
            jti=fact.body["record"],
            paths=[field["path"] for field in fact.body["fields"]],
            ground=fact.body["ground"],
            requested_by=fact.officer or "",
            requested_at=fact.occurred_at,
        )
        for fact in facts
    )


@projects(RecordErased)
def record_erased(facts: Sequence[Fact], db: str) -> None:
    """What was erased, and that the request is done."""
    for fact in facts:
        request = ErasureRequest.objects.using(db).get(id=fact.body["request"])
        request.done_by, request.done_at = fact.officer, fact.occurred_at
        request.save(using=db, update_fields=["done_by", "done_at"])
        Erasure.objects.using(db).bulk_create(
            Erasure(
                digest=field["digest"],
                case_id=fact.case,
                record_id=fact.jti,
                jti=fact.body["record"],
                path=field["path"],
                ground=fact.body["ground"],
                requested_by=request.requested_by,
                erased_by=fact.officer or "",
                erased_at=fact.occurred_at,
            )
            for field in fact.body["fields"]
        )


@projects(ErasureDeclined)
def erasure_declined(facts: Sequence[Fact], db: str) -> None:
    """The request is closed without erasing."""
    for fact in facts:
        ErasureRequest.objects.using(db).filter(id=fact.body["request"]).update(
            done_by=fact.officer, done_at=fact.occurred_at, declined=True
        )


register_projection(SigningKey, ErasureRequest, Erasure)
