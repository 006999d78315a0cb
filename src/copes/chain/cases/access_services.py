"""Acts of need-to-know: asking for access, answering, lending, breaking the glass, reviewing.

Asking is the same act, with the same answer, whether a case of that number exists or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from copes.chain.cases import access_notices as notices
from copes.chain.cases import access_rules as rules
from copes.chain.cases import policies
from copes.chain.cases.access_models import AccessRequest, TemporaryAccess
from copes.chain.cases.access_policies import see_request, see_review
from copes.chain.cases.access_records import (
    AccessBrokenGlass,
    AccessDeclined,
    AccessLent,
    AccessRequested,
    AccessReviewed,
)
from copes.chain.cases.models import Case
from copes.chain.cases.records import AccessGranted, AccessRevoked
from copes.chain.cases.wording import checked
from copes.chain.custody.policies import case_of_exhibit
from copes.foundation.config.current import current_node
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import writing
from copes.foundation.people import queries as people
from copes.foundation.people import roles
from copes.foundation.people.models import Delegation
from copes.foundation.refusals import BadInput, Forbidden
from copes.trust.records.ids import uuid7
from copes.trust.records.model import Body

KEPT_OUT = (roles.AUDITOR, roles.ADMINISTRATOR)


def request_access(acting: Acting, *, number: str, reason: str) -> None:
    """Asks for access to the case of this number. Nothing tells whether there is one.

    Raises Forbidden for officers who work on no cases, Refusal when the officer sees the case already or asks too
    often, BadFields.
    """
    acting = _works_on_cases(acting)
    day = timezone.now() - timedelta(days=1)
    rules.not_too_many(AccessRequest.objects.filter(officer=acting.officer, at__gt=day).count())
    with writing(acting) as journal:
        typed = number.strip().upper()
        found = Case.objects.filter(number=typed).first()
        sees = policies.visible_cases(acting).filter(number=typed).exists()
        rules.lacks_access(sees=sees)
        body = checked(AccessRequested, {"request": uuid7(), "number": typed[:24], "reason": reason})
        journal.append(body, case=found.id if found else None, about=[acting.officer])
        notices.asked(found, acting.officer, body.request)


def grant_request(acting: Acting, *, request: str, reason: str, until: datetime | None = None) -> str:
    """Grants a request, for good or until a moment (aware); returns the record's id.

    Raises Unseen, Forbidden, Refusal, BadInput.
    """
    acting = policies.require(acting, "share_case")
    with writing(acting) as journal:
        row = _open_request(acting, request)
        if until is None:
            body: Body = checked(AccessGranted, {"officer": row.officer, "reason": reason})
        else:
            rules.lasts(until, timezone.now())
            body = checked(AccessLent, {"officer": row.officer, "until": until, "reason": reason})
        jti = journal.append(body, case=row.case_id, about=[row.officer], rests_on=[row.record_id])
        notices.answered(row.case_id, row.officer, granted=True)
    return jti


def decline_request(acting: Acting, *, request: str, reason: str) -> str:
    """Declines a request with a reason; returns the record's id. Raises Unseen, Forbidden, Refusal."""
    acting = policies.require(acting, "share_case")
    with writing(acting) as journal:
        row = _open_request(acting, request)
        body = checked(AccessDeclined, {"request": row.id, "officer": row.officer, "reason": reason})
        jti = journal.append(body, case=row.case_id, about=[row.officer], rests_on=[row.record_id])
        notices.answered(row.case_id, row.officer, granted=False)
    return jti


def _open_request(acting: Acting, request: str) -> AccessRequest:
    row = see_request(acting, request)
    rules.another_decides(same=row.officer == acting.officer)
    rules.still_open(decided=row.decided_at is not None)
    return row


def lend_access(
    acting: Acting, *, case: str, officer: str, until: datetime, reason: str, instead_of: str | None = None
) -> str:
    """Gives an officer access until a moment (aware); returns the record's id.

    ``instead_of`` names the absent officer for whom they stand in: only a supervisor of the case's agency lends
    for that. Raises Unseen, Forbidden, Refusal, BadInput.
    """
    acting = policies.require(acting, "share_case")
    with writing(acting) as journal:
        found = policies.share(acting, case)
        if instead_of and not (policies.is_supervisor(acting) and found.agency == acting.agency):
            raise policies.unseen()
        people.officer(officer)
        rules.another_decides(same=officer == acting.officer)
        rules.lasts(until, timezone.now())
        body = checked(AccessLent, {"officer": officer, "until": until, "reason": reason, "instead_of": instead_of})
        return journal.append(body, case=case, about=[officer])


def lend_for(acting: Acting, *, delegation: Delegation, cases: Sequence[str], reason: str) -> list[str]:
    """Lends cases of an absent officer to the one who stands in, until the delegation ends; returns the records.

    All or nothing. Raises Unseen, Forbidden, Refusal, BadInput.
    """
    acting = policies.require(acting, "share_case")
    with transaction.atomic():
        return [
            lend_access(
                acting,
                case=case,
                officer=delegation.delegate,
                until=delegation.until,
                reason=reason,
                instead_of=delegation.officer,
            )
            for case in cases
        ]


def end_temporary(acting: Acting, *, access: str, reason: str) -> str:
    """Ends access for a time before its time; returns the record's id. Raises Unseen, Forbidden, Refusal."""
    acting = policies.require(acting, "share_case")
    with writing(acting) as journal:
        row = see_temporary(acting, access)
        rules.still_open(decided=row.ended_at is not None or row.until <= timezone.now())
        if policies.member_of(row.officer, row.case_id):
            raise policies.unseen()
        body = checked(AccessRevoked, {"officer": row.officer, "reason": reason})
        return journal.append(body, case=row.case_id, about=[row.officer], rests_on=[row.record_id])


def break_glass(acting: Acting, *, number: str, reason: str, hours: int) -> str:
    """Opens a case at once, by its number, or by an exhibit's number or label; returns the case's id.

    The access ends by itself after ``hours`` (policy of the node: at most eight). The supervisors of the case's
    agency and whoever opened the case are told at once; one of the supervisors must review it. Raises Forbidden,
    BadInput, Refusal, BadFields.
    """
    acting = _works_on_cases(acting)
    rules.glass_may_break(kept_out=acting.has(*KEPT_OUT), hours=hours, most=min(8, current_node().break_glass_hours))
    with writing(acting) as journal:
        case, exhibit = _in_hand(number)
        rules.lacks_access(sees=policies.visible_cases(acting).filter(id=case.id).exists())
        until = timezone.now().replace(microsecond=0) + timedelta(hours=hours)
        body = checked(AccessBrokenGlass, {"until": until, "reason": reason, "exhibit": exhibit})
        jti = journal.append(body, case=case.id, about=[acting.officer, *([exhibit] if exhibit else [])])
        notices.broken(case, acting.officer, jti)
    return case.id


def review_glass(acting: Acting, *, access: str, justified: bool, reason: str) -> str:
    """A supervisor of the case's agency says whether breaking the glass was justified; returns the record's id.

    Raises Unseen, Forbidden (one's own), Refusal (reviewed already).
    """
    with writing(acting.with_role(roles.SUPERVISOR)) as journal:
        row = see_review(acting, access)
        rules.another_decides(same=row.officer == acting.officer)
        rules.still_open(decided=row.reviewed_at is not None)
        body = checked(
            AccessReviewed, {"access": row.id, "officer": row.officer, "justified": justified, "reason": reason}
        )
        jti = journal.append(body, case=row.case_id, about=[row.officer], rests_on=[row.record_id])
        notices.reviewed(row.id, row.officer, justified=justified)
    return jti


def require_case_role(acting: Acting) -> None:
    """Raises Forbidden for officers whose roles include no work on cases."""
    if not policies.sees_cases(acting):
        raise Forbidden("access.role", notices.NO_CASE_ROLE, notices.NO_CASE_ROLE_MEND)


def require_outside_audit(acting: Acting) -> None:
    """Raises Forbidden for auditors and administrators, whatever other roles they hold."""
    rules.glass_may_break(kept_out=acting.has(*KEPT_OUT), hours=1, most=1)


def see_temporary(acting: Acting, access: str) -> TemporaryAccess:
    """Access for a time in a case that the officer may share. Raises Unseen, Forbidden."""
    row = TemporaryAccess.objects.select_related("case").filter(id=access).first()
    if row is None:
        raise policies.unseen()
    policies.share(acting, row.case_id)
    return row


def _works_on_cases(acting: Acting) -> Acting:
    require_case_role(acting)
    return acting.with_role(*sorted(policies.CASE_ROLES))


def _in_hand(text: str) -> tuple[Case, str | None]:
    """The case that a case number, exhibit number or exhibit label means, and the exhibit. Raises BadInput."""
    typed = text.strip()
    found, exhibit = Case.objects.filter(number=typed.upper()).first(), None
    if found is None:
        exhibit, case = case_of_exhibit(typed)
        found = Case.objects.filter(id=case).first() if case else None
    if found is None:
        raise BadInput("access.nothing", notices.NOTHING, notices.NOTHING_MEND, field="number")
    return found, exhibit
