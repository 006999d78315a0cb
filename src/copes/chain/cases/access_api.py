"""Need-to-know over HTTP: asking for access, answering, breaking the glass, reviewing."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Annotated, Literal

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field

from copes.chain.cases import access_queries as queries
from copes.chain.cases import access_services as services
from copes.chain.cases.access_views import hold
from copes.chain.cases.policies import see_case
from copes.chain.cases.records import Reason
from copes.foundation.api.guard import seals
from copes.foundation.api.schemas import Asked, Done, Id, done
from copes.foundation.api.tokens import ApiRequest
from copes.foundation.people.delegating import see_delegation
from copes.foundation.people.queries import OfficerView
from copes.foundation.people.reading import log_read

router = Router(tags=["access"])


class AskAccess(Asked):
    """Which case, and why."""

    number: Annotated[str, Field(min_length=1, max_length=24)]
    reason: Reason


class AskedFor(Schema):
    """The request is recorded. The answer is the same whether there is such a case or not."""

    recorded: Literal[True] = True


class GrantRequest(Asked):
    """Why access is given; until when, if not for good."""

    reason: Reason
    until: AwareDatetime | None = None


class WithReason(Asked):
    """Why."""

    reason: Reason


class BreakGlass(Asked):
    """A case number, an exhibit number or an exhibit's label; the emergency; for how many hours."""

    number: Annotated[str, Field(min_length=1, max_length=60)]
    reason: Reason
    hours: Annotated[int, Field(ge=1, le=8)] = 1


class Review(Asked):
    """Whether breaking the glass was justified, and why."""

    justified: bool
    reason: Reason


class LendCases(Asked):
    """Cases of an absent officer that the one who stands in may see until the delegation ends."""

    cases: Annotated[list[Id], Field(min_length=1, max_length=100)]
    reason: Reason


class WaitingOut(Schema):
    """A request for access, or broken glass to review, that waits for you."""

    kind: Literal["request", "review"]
    id: str
    case: str
    number: str
    officer: str | None
    reason: str | None
    since: datetime


class TemporaryOut(Schema):
    """Access to a case for a time; ``open`` says whether it counts now."""

    id: str
    officer: str | None
    given_by: str | None
    instead_of: str | None
    broken_glass: bool
    reason: str | None
    given_at: datetime
    until: datetime
    ended_at: datetime | None
    open: bool
    reviewed_by: str | None
    justified: bool | None
    review: str | None
    record: str


class RequestOut(Schema):
    """One of your requests; the case is named once access was granted."""

    at: datetime
    reason: str | None
    granted: bool | None
    answer: str | None
    case: str | None
    number: str | None


@router.post("/access/requests", response={202: AskedFor})
@seals
def ask_for_access(request: ApiRequest, body: AskAccess) -> Status[AskedFor]:
    """Asks for access to a case by its number. The answer takes as long whether there is such a case or not."""
    began = time.monotonic()
    services.request_access(request.auth, number=body.number, reason=body.reason)
    hold(began)
    return Status(202, AskedFor())


@router.get("/access/requests", response=list[RequestOut])
def list_own_requests(request: ApiRequest) -> list[RequestOut]:
    """What you asked for, newest first, at most fifty."""
    services.require_case_role(request.auth)
    return [
        RequestOut(
            at=one.at, reason=one.reason, granted=one.granted, answer=one.answer, case=one.case, number=one.number
        )
        for one in queries.requests_of(request.auth)
    ]


@router.get("/access/waiting", response=list[WaitingOut])
def list_access_to_decide(request: ApiRequest) -> list[WaitingOut]:
    """Requests for access to answer and broken glass to review, at most fifty of each."""
    services.require_case_role(request.auth)
    rows = queries.waiting_for(request.auth)
    log_read(request.auth, case=None, kind="access_waiting", thing="list")
    return [
        WaitingOut(
            kind="review" if one.kind == "review" else "request",
            id=one.id,
            case=one.case,
            number=one.number,
            officer=_id(one.officer),
            reason=one.reason,
            since=one.since,
        )
        for one in rows
    ]


@router.post("/access/requests/{access_request}/grant", response=Done)
def grant_access_request(request: ApiRequest, access_request: str, body: GrantRequest) -> Done:
    """Grants a request, for good or until a moment."""
    jti = services.grant_request(request.auth, request=access_request, reason=body.reason, until=body.until)
    return done(access_request, jti)


@router.post("/access/requests/{access_request}/decline", response=Done)
def decline_access_request(request: ApiRequest, access_request: str, body: WithReason) -> Done:
    """Declines a request with a reason."""
    return done(access_request, services.decline_request(request.auth, request=access_request, reason=body.reason))


@router.post("/access/broken-glass", response={201: Done})
def break_glass(request: ApiRequest, body: BreakGlass) -> Status[Done]:
    """Opens a case at once in an emergency; supervisors are told and one must review it."""
    log_read(request.auth, case=None, kind="break_glass", thing=body.number)
    case = services.break_glass(request.auth, number=body.number, reason=body.reason, hours=body.hours)
    return Status(201, Done(id=case, records=[]))


@router.post("/access/broken-glass/{access}/review", response=Done)
def review_broken_glass(request: ApiRequest, access: str, body: Review) -> Done:
    """Says whether breaking the glass was justified. Supervisors of the case's agency, not the one who broke it."""
    jti = services.review_glass(request.auth, access=access, justified=body.justified, reason=body.reason)
    return done(access, jti)


@router.post("/access/temporary/{access}/end", response=Done)
def end_temporary_access(request: ApiRequest, access: str, body: WithReason) -> Done:
    """Ends access for a time before its time."""
    return done(access, services.end_temporary(request.auth, access=access, reason=body.reason))


@router.post("/delegations/{delegation}/cases", response=Done)
def lend_cases(request: ApiRequest, delegation: str, body: LendCases) -> Done:
    """Lends cases of an absent officer to the one who stands in. Supervisors."""
    row = see_delegation(request.auth, delegation)
    jtis = services.lend_for(request.auth, delegation=row, cases=list(body.cases), reason=body.reason)
    return done(delegation, *jtis)


@router.get("/cases/{case}/access/temporary", response=list[TemporaryOut])
def list_temporary_access(request: ApiRequest, case: str) -> list[TemporaryOut]:
    """Who may or might see the case for a time: lent access and broken glass, newest first."""
    see_case(request.auth, case)
    log_read(request.auth, case=case, kind="case_access", thing=case)
    return [
        TemporaryOut(
            id=one.id,
            officer=_id(one.officer),
            given_by=_id(one.given_by),
            instead_of=_id(one.instead_of),
            broken_glass=one.broken_glass,
            reason=one.reason,
            given_at=one.given_at,
            until=one.until,
            ended_at=one.ended_at,
            open=one.open,
            reviewed_by=_id(one.reviewed_by),
            justified=one.justified,
            review=one.review,
            record=one.record_id,
        )
        for one in queries.access_of(case)
    ]


def _id(officer: OfficerView | None) -> str | None:
    return officer.id if officer else None
