"""Standing in for an absent officer: who, for whom, until when.

The colleague acts and signs as themselves, and is told what the absent officer is told. Access to cases does not come
with it: a supervisor lends it, case by case (cases.access_services.lend_access).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import writing
from copes.foundation.people import roles
from copes.foundation.people.models import Delegation
from copes.foundation.people.queries import OfficerView, active_officers, officers_in_role
from copes.foundation.people.records import DelegationEnded, DelegationGiven
from copes.foundation.refusals import BadInput, Refusal, Unseen
from copes.trust.records.ids import uuid7

LONGEST = timedelta(days=92)
GIVEN, SUPERVISE = "delegation.given", "delegation.supervise"


def declare() -> None:
    """Declares the kinds of notice."""
    from copes.foundation.scheduling.services import NoticeKind, register_kind

    register_kind(NoticeKind(code=GIVEN, title=_("You stand in for a colleague")))
    register_kind(NoticeKind(code=SUPERVISE, title=_("A colleague stands in for an absent officer: cases to lend")))


def may_stand_in(acting: Acting) -> list[OfficerView]:
    """Colleagues of the same agency who hold all of the officer's roles, by name."""
    return [
        one for one in active_officers(acting.agency) if one.id != acting.officer and set(one.roles) >= acting.roles
    ]


def delegate(acting: Acting, *, delegate: str, begins: datetime, until: datetime, reason: str) -> str:
    """Lets a colleague stand in for the acting officer; returns the delegation's id. Moments are aware.

    Raises BadInput for a colleague who may not or a period that cannot be, Refusal when the period overlaps.
    """
    if delegate not in {one.id for one in may_stand_in(acting)}:
        raise BadInput(
            "delegation.colleague",
            _("This officer cannot stand in for you."),
            _("Choose an active colleague of your agency who holds all of your roles."),
            field="delegate",
        )
    _check_period(begins, until)
    with writing(acting) as journal:
        overlapping = Delegation.objects.filter(
            officer=acting.officer, ended_at=None, begins__lt=until, until__gt=begins
        )
        if overlapping.exists():
            raise Refusal(
                "delegation.overlaps",
                _("Somebody stands in for you within that period already."),
                _("End the other delegation first."),
            )
        body = DelegationGiven(
            delegation=uuid7(),
            officer=acting.officer,
            delegate=delegate,
            begins=begins,
            until=until,
            reason=reason,
        )
        journal.append(body, about=[acting.officer, delegate])
        _tell(acting, delegate, body.delegation)
    return body.delegation


def _check_period(begins: datetime, until: datetime) -> None:
    now = timezone.now()
    if not (begins < until and until > now and until - begins <= LONGEST and begins - now <= timedelta(days=366)):
        raise BadInput(
            "delegation.period",
            _("The period must end after it begins, in the future, and last three months at most."),
            _("Choose other days."),
            field="until",
        )


def _tell(acting: Acting, delegate: str, delegation: str) -> None:
    from copes.foundation.scheduling.services import notify

    notify([delegate], kind=GIVEN, url=reverse("people:delegations"), key=f"delegation:{delegation}")
    supervisors = set(officers_in_role(acting.agency, roles.SUPERVISOR)) - {acting.officer, delegate}
    url = reverse("cases:access_stand_in", args=[delegation])
    notify(supervisors, kind=SUPERVISE, url=url, key=f"delegation:{delegation}:cases")


def end_delegation(acting: Acting, *, delegation: str) -> None:
    """Ends a delegation: the absent officer, the delegate, or a supervisor of the agency. Raises Unseen, Refusal."""
    with writing(acting) as journal:
        row = Delegation.objects.filter(id=delegation).first()
        if row is None or not _concerns(acting, row):
            raise Unseen("delegation.unknown", _("There is no such delegation."), _("Open the list again."))
        if row.ended_at is not None or row.until <= timezone.now():
            raise Refusal("delegation.ended", _("This delegation has ended already."), _("Open the list again."))
        body = DelegationEnded(delegation=row.id, officer=row.officer)
        journal.append(body, about=[row.officer, row.delegate], rests_on=[row.record_id])


def _concerns(acting: Acting, row: Delegation) -> bool:
    if acting.officer in (row.officer, row.delegate):
        return True
    return row.agency == acting.agency and acting.has(roles.SUPERVISOR)


def see_delegation(acting: Acting, delegation: str) -> Delegation:
    """A delegation that concerns the officer. Raises Unseen."""
    row = Delegation.objects.filter(id=delegation).first()
    if row is None or not _concerns(acting, row):
        raise Unseen("delegation.unknown", _("There is no such delegation."), _("Open the list again."))
    return row


def delegations_for(acting: Acting) -> list[Delegation]:
    """Delegations that are not over and concern the officer; those of the agency for its supervisors. At most 100."""
    now = timezone.now()
    mine = Q(officer=acting.officer) | Q(delegate=acting.officer)
    if acting.has(roles.SUPERVISOR):
        mine |= Q(agency=acting.agency)
    rows = Delegation.objects.filter(mine, ended_at=None, until__gt=now).order_by("begins", "id")
    return list(rows[:100])
