"""Four eyes: one officer proposes an act, a second one approves it, and the act bears the second one's signature.

Which acts ask for it stands in node.toml (`[four_eyes]`). Rooms declare an act with `register_act`. Erasure has its
own records of the same shape (journal.erasing) and always asks for it, as does the review of broken glass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import writing
from copes.foundation.people.models import Proposal
from copes.foundation.people.queries import also_tell, officers_in_role
from copes.foundation.people.records import ProposalApproved, ProposalDeclined, ProposalMade
from copes.foundation.people.scope import of_founding_agency
from copes.foundation.refusals import Forbidden, Refusal, Unseen
from copes.trust.records.ids import uuid7

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Values = Mapping[str, Sequence[str]]
WAITING = "proposal.waiting"
DECIDED = "proposal.decided"


@dataclass(frozen=True)
class ProposedAct:
    """An act that two officers do together.

    ``check(acting, subject, values)`` raises what the act itself would refuse; ``execute(acting, proposal)`` does
    it, under the approver's signature, and rests it on ``proposal.record_id``.
    """

    code: str
    label: StrOrPromise
    may_propose: tuple[str, ...]
    may_approve: tuple[str, ...]
    check: Callable[[Acting, str, Values], None]
    execute: Callable[[Acting, Proposal], None]


_acts: dict[str, ProposedAct] = {}


def register_act(act: ProposedAct) -> None:
    """Declares an act. Raises ValueError when the code is taken by another."""
    if act.code in _acts and _acts[act.code] != act:
        raise ValueError(f"{act.code} is declared already")
    _acts[act.code] = act


def act_of(code: str) -> ProposedAct | None:
    """The act, or None when no room declares it (any more)."""
    return _acts.get(code)


def propose(acting: Acting, *, act: str, subject: str, values: Values, reason: str) -> str:
    """Proposes an act; returns the proposal's id. Raises Forbidden, and what the act itself refuses."""
    declared = _acts[act]
    if not acting.has(*declared.may_propose):
        raise _forbidden()
    declared.check(acting, subject, values)
    proposal = uuid7()
    with writing(acting.with_role(*declared.may_propose)) as journal:
        body = ProposalMade(
            proposal=proposal,
            act=act,
            subject=subject,
            values={name: list(listed) for name, listed in values.items()},
            reason=reason,
        )
        journal.append(body, about=[subject])
        _tell(acting, declared, proposal)
    return proposal


def _tell(acting: Acting, act: ProposedAct, proposal: str) -> None:
    from copes.foundation.scheduling.services import notify

    told = {one for role in act.may_approve for one in officers_in_role(acting.agency, role)} - {acting.officer}
    url = reverse("people:proposal", args=[proposal])
    notify(also_tell(told) - {acting.officer}, kind=WAITING, url=url, key=f"proposal:{proposal}")


def approve(acting: Acting, *, proposal: str) -> None:
    """Approves a proposal and does the act, in one transaction. Raises Forbidden, Unseen, Refusal."""
    with transaction.atomic():
        row = _open(acting, proposal)
        act = _acts[row.act]
        if row.proposed_by == acting.officer:
            raise Forbidden(
                "proposal.four_eyes",
                _("The officer who proposed an act cannot approve it."),
                _("Ask another officer of the same role to decide."),
            )
        if not acting.has(*act.may_approve):
            raise _forbidden()
        with writing(acting.with_role(*act.may_approve)) as journal:
            journal.append(
                ProposalApproved(proposal=row.id, act=row.act), about=[row.subject], rests_on=[row.record_id]
            )
        act.execute(acting.with_role(*act.may_approve), row)
        _told(row)


def decline(acting: Acting, *, proposal: str, reason: str) -> None:
    """Declines a proposal, or withdraws one's own. Raises Forbidden, Unseen, Refusal."""
    with transaction.atomic():
        row = _open(acting, proposal)
        act = _acts[row.act]
        own = row.proposed_by == acting.officer
        if not own and not acting.has(*act.may_approve):
            raise _forbidden()
        with writing(acting.with_role(*(act.may_propose if own else act.may_approve))) as journal:
            journal.append(
                ProposalDeclined(proposal=row.id, act=row.act, reason=reason),
                about=[row.subject],
                rests_on=[row.record_id],
            )
        _told(row)


def _told(row: Proposal) -> None:
    from copes.foundation.scheduling.services import notify, settle

    settle(f"proposal:{row.id}")
    url = reverse("people:proposal", args=[row.id])
    notify([row.proposed_by], kind=DECIDED, url=url, key=f"proposal:{row.id}:answer")


def see_proposal(acting: Acting, proposal: str) -> Proposal:
    """A proposal the officer may know of: their own, or one they could approve. Raises Unseen."""
    row = Proposal.objects.filter(id=proposal).first()
    act = _acts.get(row.act) if row else None
    if row is None or act is None or not _knows(acting, row, act):
        raise Unseen("proposal.unknown", _("There is no such proposal."), _("Open the list of proposals again."))
    return row


def _knows(acting: Acting, row: Proposal, act: ProposedAct) -> bool:
    if row.proposed_by == acting.officer:
        return True
    return acting.has(*act.may_approve) and (row.agency == acting.agency or of_founding_agency(acting))


def proposals_for(acting: Acting) -> list[Proposal]:
    """Open proposals the officer made or could approve, oldest first, at most fifty."""
    open_ones = Proposal.objects.filter(decided_at=None).order_by("proposed_at", "id")
    if not of_founding_agency(acting):
        open_ones = open_ones.filter(agency=acting.agency)
    return [row for row in open_ones[:200] if row.act in _acts and _knows(acting, row, _acts[row.act])][:50]


def _open(acting: Acting, proposal: str) -> Proposal:
    see_proposal(acting, proposal)
    row = Proposal.objects.select_for_update().get(id=proposal)
    if row.decided_at is not None:
        raise Refusal(
            "proposal.decided", _("This proposal was decided already."), _("Open the list of proposals again.")
        )
    return row


def _forbidden() -> Forbidden:
    return Forbidden(
        "proposal.role",
        _("Your roles do not include this act."),
        _("Ask an officer whose role includes it."),
    )
