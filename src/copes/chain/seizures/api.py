"""Seizures and detentions over HTTP. Thin: services and queries do the work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ninja import Router, Status
from pydantic import AwareDatetime, Field

from copes.chain.cases.api_shapes import PersonFacts
from copes.chain.cases.records import Reason
from copes.chain.custody.api_shapes import ItemFacts
from copes.chain.seizures import services
from copes.chain.seizures.records import MAX_ITEMS, SeizureRecorded
from copes.foundation.api.schemas import Done, Id, done, facts_of
from copes.foundation.api.tokens import ApiRequest

router = Router(tags=["seizures"])
_PERSONS = (list[PersonFacts], Field(default_factory=list, max_length=20))

if TYPE_CHECKING:

    class SeizureFacts(SeizureRecorded):
        """The body of the record, and what the act needs besides."""

        occurred_at: AwareDatetime
        act: Literal["seizure", "detention"]
        holder: Id | None

    SeizureCorrection = SeizureRecorded
else:
    SeizureFacts = facts_of(
        SeizureRecorded,
        "SeizureFacts",
        without={"seizure"},
        persons=_PERSONS,
        items=(list[ItemFacts], Field(min_length=1, max_length=MAX_ITEMS)),
        occurred_at=(AwareDatetime, ...),
        act=(Literal["seizure", "detention"], "seizure"),
        holder=(Id | None, None),
    )
    SeizureCorrection = facts_of(
        SeizureRecorded, "SeizureCorrection", without={"seizure", "items"}, persons=_PERSONS, reason=(Reason, ...)
    )


@router.post("/cases/{case}/seizures", response={201: Done})
def record_seizure(request: ApiRequest, case: str, body: SeizureFacts) -> Status[Done]:
    """Records a seizure or detention (``act``) and makes an exhibit of every item, all or nothing.

    ``occurred_at`` is when the things were seized; ``holder`` the officer in whose hands they are, by default you.
    """
    facts = body.model_dump(exclude_none=True)
    made = services.record_seizure(
        request.auth,
        case=case,
        occurred_at=facts.pop("occurred_at"),
        act=facts.pop("act"),
        holder=facts.pop("holder", None),
        items=facts.pop("items"),
        facts=facts,
    )
    return Status(201, done(made.id, made.jti))


@router.post("/cases/{case}/seizures/{seizure}/corrections", response={201: Done})
def correct_seizure(request: ApiRequest, case: str, seizure: str, body: SeizureCorrection) -> Status[Done]:
    """Records what was wrong in a report: the whole report as it should read, items apart, and why."""
    facts = body.model_dump(exclude_none=True)
    reason = facts.pop("reason")
    jti = services.correct_seizure(request.auth, case=case, seizure=seizure, facts=facts, reason=reason)
    return Status(201, done(seizure, jti))
