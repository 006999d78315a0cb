"""The state of the ledger, and erasures that wait for a second officer, over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, cast

from ninja import Router, Schema
from pydantic import Field

from copes.foundation.api.schemas import Asked, Done, State, in_role
from copes.foundation.api.tokens import ApiRequest
from copes.foundation.config.current import current_node
from copes.foundation.journal import freezing, queries, services
from copes.foundation.journal.queries import CheckpointView

router = Router(tags=["ledger"])
MAY_DECIDE = ("supervisor", "legal", "administrator")


class CheckpointOut(Schema):
    """A signed head of the ledger, as a C2SP signed note with the cosignatures that came in."""

    size: int
    root: str
    note: str
    sealed_at: datetime
    cosigners: list[str]
    state: State


class LedgerState(Schema):
    """How far the ledger is sealed and witnessed, and the key with which to check it.

    ``frozen`` says why nothing can be recorded at present; null while all is well.
    """

    origin: str
    practice: bool
    size: int
    vkey: str
    fingerprint: str
    frozen: str | None
    checkpoint: CheckpointOut | None


class ErasureOut(Schema):
    """A request to erase salted fields of a record, waiting for a second officer."""

    id: str
    case: str | None
    record: str
    paths: list[str]
    ground: str
    requested_by: str
    requested_at: datetime


class Decline(Asked):
    """Why the erasure is declined."""

    reason: Annotated[str, Field(min_length=3, max_length=1000)]


@router.get("/ledger", response=LedgerState)
def ledger_state(request: ApiRequest) -> LedgerState:
    """How far the ledger is sealed and witnessed. Tiles and checkpoint for tlog clients lie under /ledger/."""
    del request
    latest = queries.latest_checkpoint()
    node = current_node()
    return LedgerState(
        origin=node.origin,
        practice=node.practice,
        size=queries.ledger_size(),
        vkey=queries.ledger_vkey(),
        fingerprint=queries.ledger_fingerprint(),
        frozen=freezing.frozen_reason(),
        checkpoint=checkpoint(latest) if latest else None,
    )


@router.get("/erasures", response=list[ErasureOut])
def list_erasures(request: ApiRequest) -> list[ErasureOut]:
    """Requests that wait for a decision, oldest first. Supervisors, legal officers, administrators."""
    in_role(request.auth, MAY_DECIDE)
    return [
        ErasureOut(
            id=row.id,
            case=row.case_id,
            record=row.jti,
            paths=row.paths,
            ground=row.ground,
            requested_by=row.requested_by,
            requested_at=row.requested_at,
        )
        for row in services.requests_to_decide(request.auth)
    ]


@router.post("/erasures/{erasure}/approve", response=Done)
def approve_erasure(request: ApiRequest, erasure: str) -> Done:
    """Approves a request of another officer and erases at once; the record and its proofs stay valid."""
    services.approve_erasure(request.auth, request=erasure)
    return Done(id=erasure, records=[])


@router.post("/erasures/{erasure}/decline", response=Done)
def decline_erasure(request: ApiRequest, erasure: str, body: Decline) -> Done:
    """Closes a request without erasing."""
    services.decline_erasure(request.auth, request=erasure, reason=body.reason)
    return Done(id=erasure, records=[])


def checkpoint(view: CheckpointView) -> CheckpointOut:
    """A checkpoint as answers show it."""
    return CheckpointOut(
        size=view.size,
        root=view.root.hex(),
        note=view.note,
        sealed_at=view.sealed_at,
        cosigners=list(view.cosigners),
        state=cast("State", view.state),
    )
