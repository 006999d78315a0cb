"""Making an administrator or auditor, by two officers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copes.foundation.journal.acting import Acting
from copes.foundation.people import roles, services
from copes.foundation.people.models import Proposal
from copes.foundation.people.proposing import DECIDED, WAITING, ProposedAct, Values, register_act
from copes.foundation.people.scope import account_of, of_founding_agency
from copes.foundation.refusals import BadInput, Unseen
from copes.foundation.scheduling.services import NoticeKind, register_kind

ROLE_CHANGE = "role_change"


def declare() -> None:
    """Declares the act and the notices of proposals."""
    register_act(
        ProposedAct(
            code=ROLE_CHANGE,
            label=_("Change roles"),
            may_propose=(roles.ADMINISTRATOR, roles.SUPERVISOR),
            may_approve=(roles.ADMINISTRATOR,),
            check=_check,
            execute=_execute,
        )
    )
    register_kind(NoticeKind(code=WAITING, title=_("A proposal waits for your approval")))
    register_kind(NoticeKind(code=DECIDED, title=_("Your proposal was decided")))


def _check(acting: Acting, subject: str, values: Values) -> None:
    account = account_of(subject)
    if account.officer.agency_id != acting.agency and not of_founding_agency(acting):
        raise Unseen("officer.unknown", _("There is no such officer."), _("Choose one from the list."))
    wanted = set(values.get("roles", ()))
    if not wanted or not wanted <= set(roles.ALL):
        raise BadInput("roles.unknown", _("Choose at least one role."), _("Choose from the list."), field="roles")


def _execute(acting: Acting, proposal: Proposal) -> None:
    services.change_roles(
        acting,
        officer=proposal.subject,
        officer_roles=proposal.values["roles"],
        reason=proposal.reason,
        proposal=proposal.record_id,
    )
