"""Who may issue dossiers and print: investigators, supervisors and legal officers who may see the case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copes.chain.cases.policies import see_case
from copes.foundation.journal.acting import Acting
from copes.foundation.people import roles
from copes.foundation.refusals import Forbidden

ISSUERS = (roles.INVESTIGATOR, roles.SUPERVISOR, roles.LEGAL)


def may_issue(acting: Acting) -> bool:
    """Whether one of the officer's roles includes issuing dossiers."""
    return acting.has(*ISSUERS)


def require_issue(acting: Acting, case: str) -> Acting:
    """The officer, acting in a role that may issue dossiers of this case. Raises Unseen, Forbidden."""
    see_case(acting, case)
    if not may_issue(acting):
        raise Forbidden(
            "dossier.role",
            _("Dossiers are issued by investigators, supervisors and legal officers of the case."),
            _("Ask one of them to issue it."),
        )
    return acting.with_role(*ISSUERS)
