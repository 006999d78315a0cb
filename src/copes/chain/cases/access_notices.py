"""Whom requests for access, broken glass and reviews are told to, and in which words."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.models import Case, Member
from copes.foundation.people.queries import also_tell, officers_in_role
from copes.foundation.people.roles import SUPERVISOR
from copes.foundation.scheduling.services import NoticeKind, notify, register_kind, settle

REQUESTED, ANSWERED, BROKEN, REVIEWED = (
    "access.requested",
    "access.answered",
    "access.broken_glass",
    "access.reviewed",
)
NO_CASE_ROLE = _("Your roles do not include work on cases.")
NO_CASE_ROLE_MEND = _("If your work needs it, ask an administrator of your agency.")
NOTHING = _("No case and no exhibit has this number.")
NOTHING_MEND = _("Read the number on the label or the document again. The attempt is noted.")


def declare() -> None:
    """Declares the kinds of notice."""
    register_kind(
        NoticeKind(
            code=REQUESTED,
            title=_("An officer asks for access to case %(case)s"),
            label=_("Requests for access to a case"),
        )
    )
    register_kind(NoticeKind(code=ANSWERED, title=_("Your request for access was answered")))
    register_kind(
        NoticeKind(
            code=BROKEN,
            title=_("Glass broken: emergency access to case %(case)s"),
            label=_("Emergency access to a case"),
            urgent=True,
        )
    )
    register_kind(NoticeKind(code=REVIEWED, title=_("Your emergency access was reviewed")))


def asked(case: Case | None, officer: str, request: str) -> None:
    """Members of the case and supervisors of its agency are told; nobody when there is no such case."""
    if case is None:
        return
    members = Member.objects.filter(case_id=case.id, active=True).values_list("officer", flat=True)
    told = {*members, *officers_in_role(case.agency, SUPERVISOR)} - {officer}
    notify(
        also_tell(told),
        kind=REQUESTED,
        url=reverse("cases:access_request_decide", args=[request]),
        case=case.id,
        key=_request_key(case.id, officer),
    )


def answered(case: str | None, officer: str, *, granted: bool) -> None:
    """Whoever asked is told; the notice to those who decide is taken back."""
    settle(_request_key(case or "", officer))
    url = reverse("cases:case", args=[case]) if granted else reverse("cases:access_mine")
    notify([officer], kind=ANSWERED, url=url, key=f"{_request_key(case or '', officer)}:answer")


def broken(case: Case, officer: str, access: str) -> None:
    """Supervisors of the case's agency and whoever opened the case are told at once."""
    told = {case.opened_by, *officers_in_role(case.agency, SUPERVISOR)} - {officer}
    notify(
        also_tell(told),
        kind=BROKEN,
        url=reverse("cases:access_review", args=[access]),
        case=case.id,
        key=f"glass:{access}",
    )


def reviewed(access: str, officer: str, *, justified: bool) -> None:
    """Whoever broke the glass is told what was found."""
    settle(f"glass:{access}")
    notify(
        [officer],
        kind=REVIEWED,
        url=reverse("cases:access_mine"),
        facts={"justified": "yes" if justified else "no"},
        key=f"glass:{access}:review",
    )


def _request_key(case: str, officer: str) -> str:
    return f"access:{case}:{officer}"
