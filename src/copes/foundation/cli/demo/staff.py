"""The officers of the practice node, with passwords generated for this run."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import node_acting
from copes.foundation.people import keys, roles
from copes.foundation.people.middleware import acting_for
from copes.foundation.people.models import Account
from copes.foundation.people.services import activate, invite_officer

PEOPLE = (
    ("front_line", "Amélie Frontière", (roles.FRONT_LINE,)),
    ("second", "Борис Границын", (roles.FRONT_LINE,)),
    ("investigator", "Clara Investigadora", (roles.INVESTIGATOR,)),
    ("custodian", "Dragana Čuvarević", (roles.CUSTODIAN,)),
    ("examiner", "Elif Examiner", (roles.EXAMINER,)),
    ("supervisor", "فريد المشرف", (roles.SUPERVISOR,)),
    ("legal", "Giulia Legale", (roles.LEGAL,)),
    ("auditor", "Hugo Auditeur", (roles.AUDITOR,)),
)


@dataclass(frozen=True)
class SignIn:
    """How to sign in as one of them."""

    role: str
    username: str
    password: str


def enrol_staff() -> tuple[dict[str, Acting], list[SignIn]]:
    """Invites and activates every officer; returns them ready to act, and how to sign in as each."""
    staff, sign_ins = {}, []
    for number, (username, name, held) in enumerate(PEOPLE, start=2):
        invitation = invite_officer(
            node_acting(),
            name=name,
            service_number=f"P-{number:03d}",
            username=username,
            officer_roles=list(held),
        )
        password = secrets.token_urlsafe(12)
        activate(invitation.code, password=password)
        staff[username] = acting_as(username, password)
        sign_ins.append(SignIn(str(roles.LABELS[held[0]]), username, password))
    return staff, sign_ins


def acting_as(username: str, password: str) -> Acting:
    """An active officer, ready to act. Raises RuntimeError when the account is not active."""
    account = Account.objects.select_related("officer").get(username=username)
    acting = acting_for(account, keys.unsealed(account, password))
    if acting is None:
        raise RuntimeError(f"{username} was enrolled but is not active")
    return acting
