"""Who may see and do what with a case (need-to-know).

A case is seen by its members and by supervisors of the agency that opened it. Legal officers see what they are given
access to. Auditors and administrators see no case content, whatever else they were granted as such.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.models import Case, Member
from copes.foundation.journal.acting import Acting
from copes.foundation.people import roles
from copes.foundation.refusals import Forbidden, Unseen

CASE_ROLES = frozenset(
    {roles.FRONT_LINE, roles.INVESTIGATOR, roles.CUSTODIAN, roles.EXAMINER, roles.SUPERVISOR, roles.LEGAL}
)
RECORDERS = (roles.FRONT_LINE, roles.INVESTIGATOR, roles.SUPERVISOR)
VERBS: dict[str, tuple[str, ...]] = {
    "open_case": RECORDERS,
    "record_control": RECORDERS,
    "record_seizure": RECORDERS,
    "correct": (roles.FRONT_LINE, roles.INVESTIGATOR, roles.CUSTODIAN, roles.SUPERVISOR),
    "share_case": (roles.INVESTIGATOR, roles.SUPERVISOR, roles.FRONT_LINE),
    "add_note": (
        roles.FRONT_LINE,
        roles.INVESTIGATOR,
        roles.CUSTODIAN,
        roles.EXAMINER,
        roles.SUPERVISOR,
        roles.LEGAL,
    ),
    "print": (
        roles.FRONT_LINE,
        roles.INVESTIGATOR,
        roles.CUSTODIAN,
        roles.EXAMINER,
        roles.SUPERVISOR,
        roles.LEGAL,
    ),
}


def may(acting: Acting, verb: str) -> bool:
    """Whether one of the officer's roles includes ``verb``. Raises KeyError for a verb this room does not know."""
    return acting.has(*VERBS[verb])


def require(acting: Acting, verb: str) -> Acting:
    """The officer, acting in the first role that includes ``verb``. Raises Forbidden."""
    if not may(acting, verb):
        raise Forbidden(
            "role.missing",
            _("Your roles do not include this act."),
            _("Ask a colleague whose role includes it, or your supervisor."),
        )
    return acting.with_role(*VERBS[verb])


def sees_cases(acting: Acting) -> bool:
    """Whether the officer holds a role that can have a need to know at all."""
    return acting.has(*CASE_ROLES)


def is_supervisor(acting: Acting) -> bool:
    """Supervisors see every case of their agency."""
    return acting.has(roles.SUPERVISOR)


def visible_cases(acting: Acting) -> QuerySet[Case]:
    """The cases the officer may see. For lists of many, cases.queries pages by key instead."""
    if not sees_cases(acting):
        return Case.objects.none()
    member = Exists(Member.objects.filter(case_id=OuterRef("id"), officer=acting.officer, active=True))
    if is_supervisor(acting):
        return Case.objects.filter(Q(agency=acting.agency) | member)
    return Case.objects.filter(member)


def see_case(acting: Acting, case_id: str) -> Case:
    """The case. Raises Unseen, the same for a case that is not there and for one the officer may not see."""
    found = visible_cases(acting).filter(id=case_id).first()
    if found is None:
        raise unseen()
    return found


def unseen() -> Unseen:
    """The answer for everything that is not there or may not be seen: one wording, one status."""
    return Unseen(
        "not_found",
        _("There is nothing here, or you do not need to know of it."),
        _("Check the number. If your work needs it, ask an officer of the case to give you access."),
    )
