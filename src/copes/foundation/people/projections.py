"""Agencies and officers, from records to tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from copes.foundation.journal.facts import Fact
from copes.foundation.journal.registry import projects, register_projection
from copes.foundation.people.models import Agency, Delegation, Office, Officer, Proposal, ReadsDigest
from copes.foundation.people.records import (
    ActivationRenewed,
    AgencyRegistered,
    DelegationEnded,
    DelegationGiven,
    IdentityLinked,
    IdentityUnlinked,
    OfficerDeactivated,
    OfficeRegistered,
    OfficerEnrolled,
    OfficerPlaced,
    OfficerReactivated,
    ProposalApproved,
    ProposalDeclined,
    ProposalMade,
    ReadsDigested,
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


@projects(OfficeRegistered)
def office_registered(facts: Sequence[Fact], db: str) -> None:
    """A row per office."""
    Office.objects.using(db).bulk_create(
        Office(
            id=f.body["office"],
            record_id=f.jti,
            agency_id=f.body["agency"],
            name=f.body["name"],
            place=f.body.get("place", ""),
        )
        for f in facts
    )


@projects(OfficerPlaced)
def officer_placed(facts: Sequence[Fact], db: str) -> None:
    """The officer works in that office."""
    for f in facts:
        Officer.objects.using(db).filter(id=f.body["officer"]).update(office_id=f.body.get("office"))


@projects(OfficerReactivated)
def officer_reactivated(facts: Sequence[Fact], db: str) -> None:
    """The officer is active again."""
    for f in facts:
        Officer.objects.using(db).filter(id=f.body["officer"]).update(active=True)


@projects(DelegationGiven)
def delegation_given(facts: Sequence[Fact], db: str) -> None:
    """A row per delegation."""
    Delegation.objects.using(db).bulk_create(
        Delegation(
            id=f.body["delegation"],
            record_id=f.jti,
            officer=f.body["officer"],
            delegate=f.body["delegate"],
            agency=f.actor.get("agency", ""),
            begins=datetime.fromisoformat(f.body["begins"]),
            until=datetime.fromisoformat(f.body["until"]),
            reason=f.body["reason"],
        )
        for f in facts
    )


@projects(DelegationEnded)
def delegation_ended(facts: Sequence[Fact], db: str) -> None:
    """The colleague stands in no more."""
    for f in facts:
        Delegation.objects.using(db).filter(id=f.body["delegation"], ended_at=None).update(
            ended_at=f.occurred_at, ended_by=f.officer
        )


@projects(ProposalMade)
def proposal_made(facts: Sequence[Fact], db: str) -> None:
    """A proposal waits for a second officer."""
    Proposal.objects.using(db).bulk_create(
        Proposal(
            id=f.body["proposal"],
            case_id=f.case,
            record_id=f.jti,
            act=f.body["act"],
            subject=f.body["subject"],
            values=f.body["values"],
            reason=f.body["reason"],
            agency=f.actor.get("agency", ""),
            proposed_by=f.officer or "",
            proposed_at=f.occurred_at,
        )
        for f in facts
    )


@projects(ProposalApproved)
def proposal_approved(facts: Sequence[Fact], db: str) -> None:
    """The proposal is approved."""
    for f in facts:
        _decide(f, db, approved=True, answer="")


@projects(ProposalDeclined)
def proposal_declined(facts: Sequence[Fact], db: str) -> None:
    """The proposal is declined or withdrawn."""
    for f in facts:
        _decide(f, db, approved=False, answer=f.body["reason"])


def _decide(fact: Fact, db: str, *, approved: bool, answer: str) -> None:
    Proposal.objects.using(db).filter(id=fact.body["proposal"]).update(
        decided_by=fact.officer, decided_at=fact.occurred_at, approved=approved, answer=answer
    )


@projects(IdentityLinked)
def identity_linked(facts: Sequence[Fact], db: str) -> None:
    """Nothing that screens read: signing in reads the node's own table."""


@projects(IdentityUnlinked)
def identity_unlinked(facts: Sequence[Fact], db: str) -> None:
    """Nothing that screens read: signing in reads the node's own table."""


@projects(ReadsDigested)
def reads_digested(facts: Sequence[Fact], db: str) -> None:
    """A row per digest, for the check."""
    ReadsDigest.objects.using(db).bulk_create(
        ReadsDigest(
            id=f.jti,
            record_id=f.jti,
            index=f.index,
            first=f.body["first"],
            last=f.body["last"],
            number=f.body["number"],
            root=f.body["root"],
            marks=f.body["marks"],
        )
        for f in facts
    )


register_projection(Agency, Office, Officer, Delegation, Proposal, ReadsDigest)
