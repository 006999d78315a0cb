"""Seizures and detentions over HTTP. Thin: services and queries do the work."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field

from copes.chain.cases.api_shapes import CorrectionOut, PersonFacts, correction_out, officer_or_none
from copes.chain.cases.policies import see_case
from copes.chain.cases.records import Reason
from copes.chain.custody.api_shapes import ExhibitLine, ItemFacts, line_out
from copes.chain.seizures import queries, services
from copes.chain.seizures.queries import PrintRow, SeizureRow
from copes.chain.seizures.records import MAX_ITEMS, SeizureRecorded
from copes.foundation.api.schemas import Done, Id, OfficerName, Recorded, done, facts_of, recorded
from copes.foundation.api.tokens import ApiRequest
from copes.foundation.people.reading import log_read

router = Router(tags=["seizures"])
_PERSONS: Any = (list[PersonFacts], Field(default_factory=list, max_length=20))

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


class SeizureLine(Schema):
    """A seizure or detention in a list."""

    id: str
    record: str
    act: str
    control: str | None
    occurred_at: datetime
    officer: OfficerName | None
    items: int


class PrintOut(Schema):
    """A document that was printed: its kind, languages and SHA-256."""

    record: str
    print: str
    sha256: str
    languages: list[str]
    officer: OfficerName | None
    at: datetime


class SeizureOut(SeizureLine):
    """A seizure as recorded now, corrections applied, with its exhibits and what was printed of it."""

    case: str
    facts: dict[str, Any]
    exhibits: list[ExhibitLine]
    corrections: list[CorrectionOut]
    prints: list[PrintOut]
    place: Recorded


@router.get("/cases/{case}/seizures", response=list[SeizureLine])
def list_seizures(request: ApiRequest, case: str) -> list[SeizureLine]:
    """The seizures and detentions of a case, newest first."""
    see_case(request.auth, case)
    log_read(request.auth, case=case, kind="seizures", thing=case)
    return [SeizureLine(**_line(row)) for row in queries.seizures_of_case(case)]


@router.get("/seizures/{seizure}", response=SeizureOut)
def read_seizure(request: ApiRequest, seizure: str) -> SeizureOut:
    """A seizure or detention with its exhibits, corrections and prints."""
    view = queries.seizure_view(request.auth, seizure)
    log_read(request.auth, case=view.case.id, kind="seizure", thing=seizure)
    return SeizureOut(
        **_line(view.row),
        case=view.case.id,
        facts=dict(view.read.body),
        exhibits=[line_out(one) for one in view.exhibits],
        corrections=[correction_out(one) for one in view.corrections],
        prints=[_print(one) for one in view.prints],
        place=recorded(view.row.record_id, view.place),
    )


@router.get("/cases/{case}/prints", response=list[PrintOut])
def list_prints(request: ApiRequest, case: str) -> list[PrintOut]:
    """The documents printed of a case, newest first."""
    see_case(request.auth, case)
    return [_print(one) for one in queries.prints_of_case(case)]


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


def _line(row: SeizureRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "record": row.record_id,
        "act": row.act,
        "control": row.control,
        "occurred_at": row.occurred_at,
        "officer": officer_or_none(row.officer),
        "items": row.items,
    }


def _print(row: PrintRow) -> PrintOut:
    return PrintOut(
        record=row.record_id,
        print=row.print,
        sha256=row.sha256,
        languages=list(row.languages),
        officer=officer_or_none(row.officer),
        at=row.at,
    )
