"""Agencies, offices, delegation, proposals, sessions and identity providers over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field

from copes.foundation.api.schemas import Asked, Done, Id, Reason
from copes.foundation.api.tokens import ApiRequest
from copes.foundation.people import delegating, identities, offices, proposing, services, sessions
from copes.foundation.people.records import Roles
from copes.foundation.people.role_changes import ROLE_CHANGE
from copes.foundation.people.scope import account_of
from copes.foundation.refusals import Unseen

router = Router(tags=["people"])
Name = Annotated[str, Field(min_length=2, max_length=200)]


class NewAgency(Asked):
    """Another agency of this node."""

    name: Name
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class NewOffice(Asked):
    """An office of an agency."""

    agency: Id
    name: Name
    place: Annotated[str, Field(max_length=200)] = ""


class OfficeOut(Schema):
    """An office."""

    id: str
    name: str
    place: str
    agency: str


class PlaceOfficer(Asked):
    """The office the officer works in; none when it is null."""

    office: Id | None = None


class Reactivate(Asked):
    """The roles with which a closed account opens again, and why."""

    roles: Roles
    reason: Reason


class Code(Schema):
    """An activation code, shown once."""

    id: str
    code: str


class NewIdentity(Asked):
    """Who the officer is at an identity provider of node.toml."""

    issuer: Annotated[str, Field(max_length=300)]
    subject: Annotated[str, Field(min_length=1, max_length=255)]


class Delegate(Asked):
    """Who stands in for you, from when until when, and why."""

    delegate: Id
    begins: AwareDatetime
    until: AwareDatetime
    reason: Reason


class DelegationOut(Schema):
    """A delegation that is not over."""

    id: str
    officer: str
    delegate: str
    begins: datetime
    until: datetime
    reason: str


class ProposeRoles(Asked):
    """Roles for an officer, to be approved by a second officer."""

    roles: Roles
    reason: Reason


class WithReason(Asked):
    """Why."""

    reason: Reason


class ProposalOut(Schema):
    """A proposal that waits for a second officer."""

    id: str
    act: str
    subject: str
    values: dict[str, list[str]]
    reason: str
    proposed_by: str
    proposed_at: datetime


class SessionOut(Schema):
    """An open session of yours."""

    id: str
    began: datetime
    seen: datetime
    expires: datetime
    browser: str
    address: str


class AgencyOut(Schema):
    """An agency or office of this node."""

    id: str
    name: str
    country: str


@router.get("/agencies", response=list[AgencyOut])
def list_agencies(request: ApiRequest) -> list[AgencyOut]:
    """Every agency on this node."""
    del request
    return [AgencyOut(id=one.id, name=one.name, country=one.country) for one in services.agencies()]


@router.post("/agencies", response={201: Done})
def register_agency(request: ApiRequest, body: NewAgency) -> Status[Done]:
    """Registers another agency on this node. Administrators of the agency that founded it."""
    made = offices.register_agency(request.auth, name=body.name, country=body.country)
    return Status(201, Done(id=made, records=[]))


@router.get("/offices", response=list[OfficeOut])
def list_offices(request: ApiRequest, agency: Id | None = None) -> list[OfficeOut]:
    """The offices of this node, or of one agency."""
    del request
    return [
        OfficeOut(id=one.id, name=one.name, place=one.place, agency=one.agency_id)
        for one in offices.all_offices(agency)
    ]


@router.post("/offices", response={201: Done})
def register_office(request: ApiRequest, body: NewOffice) -> Status[Done]:
    """Registers an office of an agency. Administrators."""
    made = offices.register_office(request.auth, agency=body.agency, name=body.name, place=body.place)
    return Status(201, Done(id=made, records=[]))


@router.post("/officers/{officer}/office", response=Done)
def place_officer(request: ApiRequest, officer: str, body: PlaceOfficer) -> Done:
    """Moves an officer to another office of their agency. Administrators."""
    offices.place_officer(request.auth, officer=officer, office=body.office)
    return Done(id=officer, records=[])


@router.post("/officers/{officer}/reactivate", response={201: Code})
def reactivate_officer(request: ApiRequest, officer: str, body: Reactivate) -> Status[Code]:
    """Opens a closed account again; the officer gets a new signing key. Administrators."""
    code = offices.reactivate_officer(request.auth, officer=officer, officer_roles=list(body.roles), reason=body.reason)
    return Status(201, Code(id=officer, code=code))


@router.post("/officers/{officer}/sessions/end", response=Done)
def end_officers_sessions(request: ApiRequest, officer: str) -> Done:
    """Ends every session of an officer. Administrators, and officers their own."""
    if officer == request.auth.officer:
        sessions.end_all_sessions(account_of(officer))
    else:
        offices.end_sessions_of(request.auth, officer=officer)
    return Done(id=officer, records=[])


@router.post("/officers/{officer}/identities", response=Done)
def link_identity(request: ApiRequest, officer: str, body: NewIdentity) -> Done:
    """Links an officer to who they are at an identity provider. Administrators, and officers themselves."""
    identities.link_identity(request.auth, officer=officer, issuer=body.issuer, subject=body.subject)
    return Done(id=officer, records=[])


@router.delete("/officers/{officer}/identities/{identity}", response={204: None})
def unlink_identity(request: ApiRequest, officer: str, identity: str) -> Status[None]:
    """Ends signing in with an identity provider. Administrators, and officers their own."""
    identities.unlink_identity(request.auth, officer=officer, identity=identity)
    return Status(204, None)


@router.get("/me/sessions", response=list[SessionOut])
def list_sessions(request: ApiRequest) -> list[SessionOut]:
    """Your open sessions, the one last used first."""
    return [
        SessionOut(
            id=one.id, began=one.began, seen=one.seen, expires=one.expires, browser=one.browser, address=one.address
        )
        for one in sessions.sessions_of(account_of(request.auth.officer), None)
    ]


@router.delete("/me/sessions/{session}", response={204: None})
def end_session(request: ApiRequest, session: str) -> Status[None]:
    """Ends one of your sessions."""
    if not sessions.end_session(account_of(request.auth.officer), session):
        raise Unseen("session.unknown", _("You have no such session."), _("Open the list again."))
    return Status(204, None)


@router.get("/delegations", response=list[DelegationOut])
def list_delegations(request: ApiRequest) -> list[DelegationOut]:
    """Delegations that are not over and concern you, or your agency when you supervise it."""
    return [
        DelegationOut(
            id=one.id,
            officer=one.officer,
            delegate=one.delegate,
            begins=one.begins,
            until=one.until,
            reason=one.reason,
        )
        for one in delegating.delegations_for(request.auth)
    ]


@router.post("/delegations", response={201: Done})
def delegate(request: ApiRequest, body: Delegate) -> Status[Done]:
    """Lets a colleague of your agency, with all of your roles, stand in for you."""
    made = delegating.delegate(
        request.auth, delegate=body.delegate, begins=body.begins, until=body.until, reason=body.reason
    )
    return Status(201, Done(id=made, records=[]))


@router.post("/delegations/{delegation}/end", response=Done)
def end_delegation(request: ApiRequest, delegation: str) -> Done:
    """Ends a delegation: the absent officer, the one who stands in, or a supervisor."""
    delegating.end_delegation(request.auth, delegation=delegation)
    return Done(id=delegation, records=[])


@router.get("/proposals", response=list[ProposalOut])
def list_proposals(request: ApiRequest) -> list[ProposalOut]:
    """Proposals that you made or could approve, oldest first, at most fifty."""
    return [
        ProposalOut(
            id=one.id,
            act=one.act,
            subject=one.subject,
            values=one.values,
            reason=one.reason,
            proposed_by=one.proposed_by,
            proposed_at=one.proposed_at,
        )
        for one in proposing.proposals_for(request.auth)
    ]


@router.post("/officers/{officer}/roles/proposals", response={201: Done})
def propose_roles(request: ApiRequest, officer: str, body: ProposeRoles) -> Status[Done]:
    """Proposes other roles for an officer; an administrator who is not you approves them."""
    made = proposing.propose(
        request.auth, act=ROLE_CHANGE, subject=officer, values={"roles": list(body.roles)}, reason=body.reason
    )
    return Status(201, Done(id=made, records=[]))


@router.post("/proposals/{proposal}/approve", response=Done)
def approve_proposal(request: ApiRequest, proposal: str) -> Done:
    """Approves a proposal: the act is done at once, under your signature."""
    proposing.approve(request.auth, proposal=proposal)
    return Done(id=proposal, records=[])


@router.post("/proposals/{proposal}/decline", response=Done)
def decline_proposal(request: ApiRequest, proposal: str, body: WithReason) -> Done:
    """Declines a proposal, or withdraws your own."""
    proposing.decline(request.auth, proposal=proposal, reason=body.reason)
    return Done(id=proposal, records=[])
