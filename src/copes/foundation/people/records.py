"""The facts about agencies and officers."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, Field

from copes.trust.records.model import Body, Sensitive

Uuid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
RoleName = Literal[
    "front_line",
    "investigator",
    "custodian",
    "examiner",
    "supervisor",
    "legal",
    "auditor",
    "administrator",
]
Roles = Annotated[list[RoleName], Field(min_length=1)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Reason = Annotated[str, Field(min_length=3, max_length=500)]


class AgencyRegistered(Body):
    """An agency or office begins to use this node."""

    kind: ClassVar[str] = "agency.registered/1"
    agency: Uuid
    name: Annotated[str, Field(min_length=2, max_length=200)]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class OfficerEnrolled(Body):
    """An officer may use this node, in the roles named."""

    kind: ClassVar[str] = "officer.enrolled/1"
    officer: Uuid
    agency: Uuid
    name: Annotated[str, Field(min_length=2, max_length=200), Sensitive]
    service_number: Annotated[str, Field(min_length=1, max_length=60), Sensitive]
    roles: Roles
    activation: Sha256


class ActivationRenewed(Body):
    """An officer may set a new password once, with the code of this hash: the key in use is then replaced."""

    kind: ClassVar[str] = "activation.renewed/1"
    officer: Uuid
    activation: Sha256


class RolesChanged(Body):
    """The officer's roles are these from now on."""

    kind: ClassVar[str] = "officer.roles_changed/1"
    officer: Uuid
    roles: Roles
    reason: Reason


class OfficerDeactivated(Body):
    """The officer may use this node no more."""

    kind: ClassVar[str] = "officer.deactivated/1"
    officer: Uuid
    reason: Reason


class OfficeRegistered(Body):
    """An office of an agency, where officers work."""

    kind: ClassVar[str] = "office.registered/1"
    office: Uuid
    agency: Uuid
    name: Annotated[str, Field(min_length=2, max_length=200)]
    place: Annotated[str, Field(max_length=200)] = ""


class OfficerPlaced(Body):
    """The officer works in this office of their agency from now on; in none when it is left out."""

    kind: ClassVar[str] = "officer.placed/1"
    officer: Uuid
    office: Uuid | None = None


class OfficerReactivated(Body):
    """An officer whose account was closed may use this node again, in the roles that a record beside this one gives."""

    kind: ClassVar[str] = "officer.reactivated/1"
    officer: Uuid
    reason: Reason


class DelegationGiven(Body):
    """A colleague stands in for an officer: is told what they are told, and decides in their own name."""

    kind: ClassVar[str] = "delegation.given/1"
    delegation: Uuid
    officer: Uuid
    delegate: Uuid
    begins: AwareDatetime
    until: AwareDatetime
    reason: Reason


class DelegationEnded(Body):
    """The colleague stands in no more."""

    kind: ClassVar[str] = "delegation.ended/1"
    delegation: Uuid
    officer: Uuid


class ProposalMade(Body):
    """An officer proposes an act that a second one must approve; ``values`` is what the act needs to know."""

    kind: ClassVar[str] = "proposal.made/1"
    proposal: Uuid
    act: Annotated[str, Field(pattern=r"^[a-z_]{3,40}$")]
    subject: Uuid
    values: dict[str, list[str]] = Field(default_factory=dict)
    reason: Reason


class ProposalApproved(Body):
    """A second officer approves; the act itself is a record beside this one, signed by the same officer."""

    kind: ClassVar[str] = "proposal.approved/1"
    proposal: Uuid
    act: Annotated[str, Field(pattern=r"^[a-z_]{3,40}$")]


class ProposalDeclined(Body):
    """A second officer declines, or the first withdraws: the act does not happen."""

    kind: ClassVar[str] = "proposal.declined/1"
    proposal: Uuid
    act: Annotated[str, Field(pattern=r"^[a-z_]{3,40}$")]
    reason: Reason


class IdentityLinked(Body):
    """The officer may sign in as this subject of an identity provider (OpenID Connect Core 1.0 section 5.7)."""

    kind: ClassVar[str] = "identity.linked/1"
    officer: Uuid
    issuer: Annotated[str, Field(max_length=300)]
    subject: Annotated[str, Field(min_length=1, max_length=255), Sensitive]


class IdentityUnlinked(Body):
    """The officer signs in with that identity provider no more."""

    kind: ClassVar[str] = "identity.unlinked/1"
    officer: Uuid
    issuer: Annotated[str, Field(max_length=300)]


class ReadsDigested(Body):
    """What the notes of who read what hold in a span of their row ids, as the node found it.

    ``root`` is the RFC 6962 Merkle tree hash over the rows in order of id; ``marks`` holds the first three bytes
    of each leaf hash (base64url), so that a later check can name the row that differs; ``previous`` is the digest
    before. Spans follow each other without a gap.
    """

    kind: ClassVar[str] = "reads.digested/1"
    since: AwareDatetime | None = None
    until: AwareDatetime
    first: Annotated[int, Field(ge=1)]
    last: Annotated[int, Field(ge=0)]
    number: Annotated[int, Field(ge=0)]
    root: Sha256
    marks: Annotated[str, Field(max_length=32_768)]
    previous: Uuid | None = None
