"""Who decides on requests for access, and who reviews broken glass."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from copes.chain.cases.access_models import AccessRequest, TemporaryAccess
from copes.chain.cases.models import Case, Member
from copes.chain.cases.policies import is_supervisor, may, may_share, member_of, unseen
from copes.foundation.journal.acting import Acting
from copes.foundation.people.roles import SUPERVISOR


def decidable_requests(acting: Acting) -> QuerySet[AccessRequest]:
    """Open requests that the officer may answer: in cases of theirs, of their agency, or of whom they stand in for."""
    if not may(acting, "share_case"):
        return AccessRequest.objects.none()
    here = OuterRef("case_id")
    seen = Q(Exists(Member.objects.filter(case_id=here, officer=acting.officer, active=True)))
    seen |= Q(Exists(_standing_in(acting).filter(case_id=here)))
    if is_supervisor(acting):
        seen |= Q(case__agency=acting.agency)
    return AccessRequest.objects.filter(seen, case__isnull=False, decided_at=None).exclude(officer=acting.officer)


def may_decide(acting: Acting, case: Case) -> bool:
    """Whether the officer answers requests for this case."""
    if may_share(acting, case):
        return True
    absent = _standing_in(acting).filter(case_id=case.id).values_list("instead_of", flat=True).first()
    return bool(absent and may(acting, "share_case") and member_of(absent, case.id))


def _standing_in(acting: Acting) -> QuerySet[TemporaryAccess]:
    return TemporaryAccess.objects.filter(
        officer=acting.officer, ended_at=None, until__gt=timezone.now(), instead_of__isnull=False
    )


def reviewable(acting: Acting) -> QuerySet[TemporaryAccess]:
    """Broken glass that waits for review by this supervisor."""
    if not acting.has(SUPERVISOR):
        return TemporaryAccess.objects.none()
    waiting = TemporaryAccess.objects.filter(broken_glass=True, reviewed_at=None, case__agency=acting.agency)
    return waiting.exclude(officer=acting.officer)


def see_request(acting: Acting, request: str) -> AccessRequest:
    """A request the officer may answer, open or decided. Raises Unseen."""
    row = AccessRequest.objects.select_related("case").filter(id=request).first()
    if row is None or row.case is None or not may_decide(acting, row.case):
        raise unseen()
    return row


def see_review(acting: Acting, access: str) -> TemporaryAccess:
    """Broken glass in a case of the supervisor's agency. Raises Unseen."""
    row = TemporaryAccess.objects.select_related("case").filter(id=access, broken_glass=True).first()
    if row is None or not acting.has(SUPERVISOR) or row.case.agency != acting.agency:
        raise unseen()
    return row
