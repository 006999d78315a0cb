"""The facts about agencies and officers."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

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
