"""Officers, agencies, tokens and the read-audit over HTTP. Thin: people.services and people.queries do the work."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema, Status
from pydantic import AwareDatetime, Field

from copes.foundation.api import limits
from copes.foundation.api.problems import TooMany
from copes.foundation.api.schemas import Asked, Done, Id, OfficerName, Reason, in_role
from copes.foundation.api.tokens import ApiRequest
from copes.foundation.people import queries, services
from copes.foundation.people.models import ApiToken, Reading
from copes.foundation.people.queries import OfficerView
from copes.foundation.people.reading import log_read
from copes.foundation.people.records import Roles
from copes.foundation.people.roles import ADMINISTRATOR, AUDITOR, SUPERVISOR
from copes.foundation.refusals import BadInput

router = Router(tags=["people"])
MAY_SEE_OFFICERS = (ADMINISTRATOR, SUPERVISOR, AUDITOR)


class Me(Schema):
    """Who the token or session acts as; ``signing`` says whether its signing key is open."""

    id: str
    name: str
    agency: str
    roles: list[str]
    signing: bool


class OfficerOut(OfficerName):
    """An officer with roles, as administrators, supervisors and auditors see them."""

    agency_name: str
    roles: list[str]
    active: bool


class Invite(Asked):
    """An officer to be enrolled. ``agency`` is the node's own when left out."""

    name: Annotated[str, Field(min_length=2, max_length=200)]
    service_number: Annotated[str, Field(min_length=1, max_length=60)]
    username: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{2,60}$")]
    roles: Roles
    agency: Id | None = None


class Invited(Schema):
    """The activation code, to be handed to the officer in person; good for seven days."""

    id: str
    code: str


class ChangeRoles(Asked):
    """The roles that replace the officer's present ones."""

    roles: Roles
    reason: Reason


class WithReason(Asked):
    """Why."""

    reason: Reason


class NewToken(Asked):
    """A token to be made; the password opens the signing key that the token will carry."""

    password: Annotated[str, Field(max_length=1000)]
    name: Annotated[str, Field(min_length=1, max_length=100)]
    days: Annotated[int, Field(ge=1, le=365)] = 30


class MadeToken(Schema):
    """The token. It is shown this once; the node keeps only its hash."""

    token: str


class TokenOut(Schema):
    """A token, without its secret."""

    id: str
    name: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


class ReadOut(Schema):
    """One read of personal data."""

    id: int
    at: datetime
    officer: str
    case: str | None
    kind: str
    thing: str
    purpose: str


class Reads(Schema):
    """A page of reads, newest first; ``next`` is the cursor of the page behind."""

    items: list[ReadOut]
    next: int | None


class ReadsFilter(Schema):
    """Which reads. A purpose is looked for within an officer or a case only."""

    officer: Id | None = None
    case: Id | None = None
    kind: Annotated[str | None, Field(max_length=40)] = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    purpose: Annotated[str | None, Field(max_length=100)] = None
    before: Annotated[int | None, Field(ge=1, lt=2**63)] = None


@router.get("/me", response=Me)
def me(request: ApiRequest) -> Me:
    """Who acts with this token or session."""
    acting = request.auth
    return Me(
        id=acting.officer,
        name=acting.name,
        agency=acting.agency,
        roles=sorted(acting.roles),
        signing=acting.signer is not None,
    )


@router.get("/me/tokens", response=list[TokenOut])
def list_tokens(request: ApiRequest) -> list[ApiToken]:
    """Your tokens, newest first."""
    return queries.tokens_of(request.auth.officer)


@router.post("/me/tokens", response={201: MadeToken})
def create_token(request: ApiRequest, body: NewToken) -> Status[MadeToken]:
    """Makes a token that acts and signs as you, until it expires, is revoked, or your signing key is replaced."""
    try:
        token = services.create_token(request.auth, password=body.password, name=body.name, days=body.days)
    except BadInput:
        if wait := limits.failed_passwords.take(request.auth.officer):
            raise TooMany(wait) from None
        raise
    return Status(201, MadeToken(token=token))


@router.delete("/me/tokens/{token}", response={204: None})
def revoke_token(request: ApiRequest, token: str) -> Status[None]:
    """Ends one of your tokens, named by the id in the list of tokens."""
    services.revoke_token(request.auth, token=token)
    return Status(204, None)


@router.get("/officers", response=list[OfficerName])
def list_officers(request: ApiRequest, agency: Id | None = None) -> list[OfficerName]:
    """The officers who may act, to choose whom to hand over to, or who counted; by name."""
    log_read(request.auth, case=None, kind="officers", thing="list")
    return [officer_name(one) for one in queries.active_officers(agency)]


@router.get("/officers/{officer}", response=OfficerOut)
def read_officer(request: ApiRequest, officer: str) -> OfficerOut:
    """One officer, with roles. For administrators, supervisors and auditors."""
    in_role(request.auth, MAY_SEE_OFFICERS)
    found = queries.officer(officer)
    log_read(request.auth, case=None, kind="officer", thing=found.id)
    return OfficerOut(
        **officer_name(found).model_dump(),
        agency_name=found.agency_name,
        roles=list(found.roles),
        active=found.active,
    )


@router.post("/officers", response={201: Invited})
def invite_officer(request: ApiRequest, body: Invite) -> Status[Invited]:
    """Enrols an officer and makes the activation code with which they set their password. Administrators."""
    if body.agency and body.agency not in {one.id for one in services.agencies()}:
        raise BadInput(
            "agency.unknown",
            _("There is no such agency on this node."),
            _("Choose one from the list of agencies."),
            field="agency",
        )
    made = services.invite_officer(
        request.auth,
        name=body.name,
        service_number=body.service_number,
        username=body.username,
        officer_roles=list(body.roles),
        agency=body.agency,
    )
    return Status(201, Invited(id=made.officer, code=made.code))


@router.post("/officers/{officer}/invitation", response={201: Invited})
def renew_invitation(request: ApiRequest, officer: str) -> Status[Invited]:
    """A new activation code, for one that was lost or a password that was forgotten. Administrators."""
    made = services.renew_invitation(request.auth, officer=officer)
    return Status(201, Invited(id=made.officer, code=made.code))


@router.post("/officers/{officer}/roles", response=Done)
def change_roles(request: ApiRequest, officer: str, body: ChangeRoles) -> Done:
    """Replaces an officer's roles. Administrators."""
    services.change_roles(request.auth, officer=officer, officer_roles=list(body.roles), reason=body.reason)
    return Done(id=officer, records=[])


@router.post("/officers/{officer}/key/revoke", response=Done)
def revoke_key(request: ApiRequest, officer: str, body: WithReason) -> Done:
    """Revokes a signing key, and with it every token that carries it. Administrators, and officers their own."""
    services.revoke_key(request.auth, officer=officer, reason=body.reason)
    return Done(id=officer, records=[])


@router.post("/officers/{officer}/deactivate", response=Done)
def deactivate_officer(request: ApiRequest, officer: str, body: WithReason) -> Done:
    """Closes an officer's account and revokes the key; what they recorded stays. Administrators."""
    services.deactivate_officer(request.auth, officer=officer, reason=body.reason)
    return Done(id=officer, records=[])


@router.get("/reads", response=Reads)
def list_reads(request: ApiRequest, wanted: Query[ReadsFilter]) -> Reads:
    """Who read which personal data, when and why, newest first. Auditors; looking here is itself noted."""
    in_role(request.auth, (AUDITOR,))
    rows = queries.reads(
        officer_id=wanted.officer,
        case=wanted.case,
        kind=wanted.kind,
        since=wanted.since,
        until=wanted.until,
        purpose=wanted.purpose if wanted.officer or wanted.case else None,
        before=wanted.before,
    )
    log_read(request.auth, case=wanted.case, kind="reads", thing=wanted.officer or "all")
    more = rows[queries.PAGE - 1].id if len(rows) > queries.PAGE else None
    return Reads(items=[_read(row) for row in rows[: queries.PAGE]], next=more)


def officer_name(one: OfficerView) -> OfficerName:
    """An officer as answers name them."""
    return OfficerName(
        id=one.id, name=one.name, service_number=one.service_number, agency=one.agency_id, label=one.label
    )


def _read(row: Reading) -> ReadOut:
    return ReadOut(
        id=row.id,
        at=row.at,
        officer=row.officer,
        case=row.case_id,
        kind=row.kind,
        thing=row.thing,
        purpose=row.purpose,
    )
