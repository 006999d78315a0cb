"""Agencies and officers, from records to tables."""

from __future__ import annotations

from collections.abc import Sequence

from copes.foundation.journal.facts import Fact
from copes.foundation.journal.registry import projects, register_projection
from copes.foundation.people.models import Agency, Officer
from copes.foundation.people.records import (
    ActivationRenewed,
    AgencyRegistered,
    OfficerDeactivated,
    OfficerEnrolled,
    RolesChanged,
)


@projects(AgencyRegistered)
def agency_registered(facts: Sequence[Fact], db: str) -> None:
    """A row per agency."""
    Agency.objects.using(db).bulk_create(
        Agency(id=f.body["agency"], record_id=f.jti, name=f.body["name"], country=f.body["country"]) for f in facts
    )


@projects(OfficerEnrolled)
def officer_enrolled(facts: Sequence[Fact], db: str) -> None:
    """A row per officer."""
    Officer.objects.using(db).bulk_create(
        Officer(
            id=f.body["officer"],
            record_id=f.jti,
            agency_id=f.body["agency"],
            name=f.body.get("name"),
            service_number=f.body.get("service_number"),
            roles=f.body["roles"],
            enrolled_at=f.occurred_at,
        )
        for f in facts
    )


@projects(ActivationRenewed)
def activation_renewed(facts: Sequence[Fact], db: str) -> None:
    """Nothing that screens read: the record itself is what activation asks for."""


@projects(RolesChanged)
def roles_changed(facts: Sequence[Fact], db: str) -> None:
    """The officer's roles are replaced."""
    for f in facts:
        Officer.objects.using(db).filter(id=f.body["officer"]).update(roles=f.body["roles"])


@projects(OfficerDeactivated)
def officer_deactivated(facts: Sequence[Fact], db: str) -> None:
    """The officer stays on record, inactive."""
    for f in facts:
        Officer.objects.using(db).filter(id=f.body["officer"]).update(active=False)


register_projection(Agency, Officer)
