"""Who may see and do what with a case (need-to-know).

A case is seen by its members, by supervisors of the agency that opened it, and until a moment by those to whom
access was lent or who broke the glass. Legal officers see what they are given access to. Auditors and administrators
see no case content, whatever else they were granted as such.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.access_models import TemporaryAccess
from copes.chain.cases.models import Case, Member
from copes.foundation.journal.acting import Acting
from copes.foundation.people import roles
from copes.foundation.refusals import Forbidden
from copes.foundation.refusals import unseen as unseen  # noqa: PLC0414 - handed on to the rooms

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
    "assign_task": RECORDERS,
    "do_task": (
        roles.FRONT_LINE,
        roles.INVESTIGATOR,
        roles.CUSTODIAN,
        roles.EXAMINER,
        roles.SUPERVISOR,
        roles.LEGAL,
    ),
    "close_case": (roles.SUPERVISOR, roles.INVESTIGATOR),
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
    seen = Q(member) | Q(Exists(TemporaryAccess.objects.filter(now_lent(acting), case_id=OuterRef("id"))))
    if is_supervisor(acting):
        seen |= Q(agency=acting.agency)
    return Case.objects.filter(seen)


def now_lent(acting: Acting, before: str = "") -> Q:
    """What the officer may see for a time, and the time is not over; ``before`` is the way to the table's rows.

    An officer has very few of these, and an index finds them: lists stay as fast as without.
    """
    wanted: dict[str, object] = {"officer": acting.officer, "ended_at": None, "until__gt": timezone.now()}
    return Q(**{f"{before}{name}": value for name, value in wanted.items()})


def member_of(officer: str, case: str) -> bool:
    """Whether the officer has lasting access to the case."""
    return Member.objects.filter(case_id=case, officer=officer, active=True).exists()


def may_share(acting: Acting, case: Case) -> bool:
    """Whether the officer decides who else sees the case: not with access that lasts for a time only."""
    if not may(acting, "share_case"):
        return False
    if is_supervisor(acting) and case.agency == acting.agency:
        return True
    return member_of(acting.officer, case.id)


def share(acting: Acting, case_id: str) -> Case:
    """The case, for whoever may share it. Raises Unseen, Forbidden."""
    found = see_case(acting, case_id)
    if not may_share(acting, found):
        raise Forbidden(
            "access.temporary",
            _("Your own access to this case is for a time only. You cannot pass it on."),
            _("Ask an officer of the case, or a supervisor of its agency."),
        )
    return found


def visible_among(acting: Acting, ids: Collection[str]) -> frozenset[str]:
    """Those of the cases that the officer may see, in one query."""
    return frozenset(visible_cases(acting).filter(id__in=set(ids)).values_list("id", flat=True))


def case_numbers(ids: Collection[str]) -> dict[str, str]:
    """Numbers of cases by id, for rooms that decided already what the officer may see of them."""
    return dict(Case.objects.filter(id__in=set(ids)).values_list("id", "number"))


def see_case(acting: Acting, case_id: str) -> Case:
    """The case. Raises Unseen, the same for a case that is not there and for one the officer may not see."""
    found = visible_cases(acting).filter(id=case_id).first()
    if found is None:
        raise unseen()
    return found
