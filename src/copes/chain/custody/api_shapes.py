"""What the API asks for and answers about exhibits and custody."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, cast

from ninja import Schema
from pydantic import AwareDatetime, Field

from copes.chain.cases.api_shapes import CorrectionOut, correction_out, officer_or_none
from copes.chain.cases.records import Reason
from copes.chain.custody.chain import ExhibitPage, Step
from copes.chain.custody.queries import ExhibitRow, ReleaseRow
from copes.chain.custody.records import (
    Cash,
    CustodyCancelled,
    CustodyDeclined,
    CustodyReceived,
    CustodyReleased,
    ExhibitCreated,
    Money,
    SealApplied,
    SealBroken,
    SealChecked,
    SealState,
)
from copes.foundation.api.people import officer_name
from copes.foundation.api.schemas import Id, OfficerName, State, facts_of

_AT = (AwareDatetime | None, None)
_SEALS = (SealState | dict[Id, SealState], "not_checked")

if TYPE_CHECKING:
    ItemFacts = ExhibitCreated
    ExhibitCorrection = ExhibitCreated
    ReleaseFacts = CustodyReleased
    ReceiveFacts = CustodyReceived
    DeclineFacts = CustodyDeclined
    CancelFacts = CustodyCancelled
    ApplySeal = SealApplied
    CheckSeal = SealChecked
    BreakSeal = SealBroken
else:
    CashFacts = facts_of(Cash, "CashFacts", total=(Money | None, None))
    _OWN = {"exhibit", "number", "holder", "seizure", "origin"}
    ItemFacts = facts_of(ExhibitCreated, "ItemFacts", without=_OWN, cash=(CashFacts | None, None))
    ExhibitCorrection = facts_of(
        ExhibitCreated,
        "ExhibitCorrection",
        without={*_OWN, "seal"},
        cash=(CashFacts | None, None),
        reason=(Reason, ...),
    )
    ReleaseFacts = facts_of(CustodyReleased, "ReleaseFacts", without={"released_by"}, seals=_SEALS, occurred_at=_AT)
    ReceiveFacts = facts_of(
        CustodyReceived, "ReceiveFacts", without={"release", "received_by"}, seals=_SEALS, occurred_at=_AT
    )
    DeclineFacts = facts_of(CustodyDeclined, "DeclineFacts", without={"release", "received_by"}, occurred_at=_AT)
    CancelFacts = facts_of(CustodyCancelled, "CancelFacts", without={"release"}, occurred_at=_AT)
    ApplySeal = facts_of(SealApplied, "ApplySeal", without={"exhibit"})
    CheckSeal = facts_of(SealChecked, "CheckSeal", without={"exhibit"})
    BreakSeal = facts_of(SealBroken, "BreakSeal", without={"exhibit"})


class ExhibitSearch(Schema):
    """What the list is narrowed to, and the cursor of the page."""

    state: Annotated[str, Field(pattern=r"^(held|released)?$")] = ""
    holder: Annotated[str, Field(max_length=36)] = ""
    category: Annotated[str, Field(max_length=20)] = ""
    number: Annotated[str, Field(max_length=40)] = ""
    after: Annotated[str | None, Field(max_length=60)] = None


class ExhibitLine(Schema):
    """An exhibit in a list. While ``released_to`` is set, ``holder`` still answers for it."""

    id: str
    case: str
    number: str
    category: str
    description: str
    quantity: Decimal | None
    unit: str
    total: Decimal | None
    currency: str
    holder: OfficerName | None
    state: str
    released_to: OfficerName | None
    release: str | None
    seal: str | None
    photographs: int
    moved_at: datetime
    record: str


class Exhibits(Schema):
    """A page of exhibits, newest case first; ``next`` is the cursor of the page behind."""

    items: list[ExhibitLine]
    next: str | None


class StepOut(Schema):
    """One act on the exhibit, with the record that states it. ``to`` is the other person of a hand-over."""

    act: str
    at: datetime
    by: OfficerName | None
    to: OfficerName | None
    record: str
    index: int
    state: State | None
    reason: str
    condition: str
    remark: str | None
    seal: str | None
    seal_state: str
    replaced_by: str | None
    intact: bool | None


class SpanOut(Schema):
    """One officer's time as the answerable holder; ``until`` is null for the present one."""

    holder: OfficerName | None
    since: datetime
    until: datetime | None


class PhotographOut(Schema):
    """A photograph; fetch the picture under ``/exhibits/{exhibit}/photographs/{id}``."""

    id: str
    record: str
    sha256: str
    name: str
    media_type: str
    size: int
    taken_at: datetime | None


class ExhibitOut(Schema):
    """An exhibit with its chain of custody. ``facts`` has the form in which it was recorded, corrected."""

    id: str
    case: str
    case_number: str
    number: str
    record: str
    state: str
    holder: OfficerName | None
    released_to: OfficerName | None
    release: str | None
    seal: str | None
    facts: dict[str, Any]
    steps: list[StepOut]
    spans: list[SpanOut]
    photographs: list[PhotographOut]
    corrections: list[CorrectionOut]


class ReleaseOut(Schema):
    """A release, with the exhibits of it that wait for receipt."""

    id: str
    case: str
    released_by: OfficerName | None
    released_to: OfficerName | None
    released_at: datetime
    reason: str
    condition: str
    remark: str | None
    exhibits: list[ExhibitLine]


class Desk(Schema):
    """What waits for your receipt, what you released and nobody received yet, and what you hold."""

    to_receive: list[ReleaseOut]
    released: list[ReleaseOut]
    held: list[ExhibitLine]
    more_held: bool


def line_out(row: ExhibitRow) -> ExhibitLine:
    """An exhibit as lists show it."""
    return ExhibitLine(
        id=row.id,
        case=row.case,
        number=row.number,
        category=row.category,
        description=row.description,
        quantity=row.quantity,
        unit=row.unit,
        total=row.total,
        currency=row.currency,
        holder=officer_or_none(row.holder),
        state=row.state,
        released_to=officer_or_none(row.released_to),
        release=row.release,
        seal=row.seal,
        photographs=row.photographs,
        moved_at=row.moved_at,
        record=row.record_id,
    )


def release_out(row: ReleaseRow) -> ReleaseOut:
    """A release as answers show it."""
    return ReleaseOut(
        id=row.id,
        case=row.case,
        released_by=officer_or_none(row.released_by),
        released_to=officer_or_none(row.released_to),
        released_at=row.released_at,
        reason=row.reason,
        condition=row.condition,
        remark=row.remark,
        exhibits=[line_out(one) for one in row.exhibits],
    )


def exhibit_out(page: ExhibitPage) -> ExhibitOut:
    """An exhibit and its chain as answers show them."""
    row = page.row
    return ExhibitOut(
        id=row.id,
        case=row.case_id,
        case_number=page.case.number,
        number=row.number,
        record=row.record_id,
        state=row.state,
        holder=_named(page, row.holder),
        released_to=_named(page, row.released_to),
        release=row.release_id,
        seal=row.seal,
        facts=dict(row.body),
        steps=[_step(page, one) for one in page.steps],
        spans=[SpanOut(holder=_named(page, one.holder), since=one.since, until=one.until) for one in page.spans],
        photographs=[
            PhotographOut(
                id=one.id,
                record=one.record_id,
                sha256=one.sha256,
                name=one.name,
                media_type=one.media_type,
                size=one.size,
                taken_at=one.taken_at,
            )
            for one in page.photographs
        ],
        corrections=[correction_out(one) for one in page.corrections],
    )


def _named(page: ExhibitPage, officer: str | None) -> OfficerName | None:
    view = page.officers.get(officer or "")
    return officer_name(view) if view else None


def _step(page: ExhibitPage, step: Step) -> StepOut:
    place = page.places.get(step.record_id)
    return StepOut(
        act=step.act,
        at=step.at,
        by=_named(page, step.by),
        to=_named(page, step.to),
        record=step.record_id,
        index=step.index,
        state=cast("State", place.state) if place else None,
        reason=step.reason,
        condition=step.condition,
        remark=step.remark,
        seal=step.seal,
        seal_state=step.seal_state,
        replaced_by=step.replaced_by,
        intact=step.intact,
    )
