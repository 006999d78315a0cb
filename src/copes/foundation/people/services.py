"""Acts about agencies, officers and their keys."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from copes.foundation.config.current import current_node
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import node_acting, writing
from copes.foundation.people import keys, roles
from copes.foundation.people.activation import INVITATION_LIFETIME, stated_in_ledger
from copes.foundation.people.models import Account, Activation, Agency, ApiToken, Officer
from copes.foundation.people.records import (
    ActivationRenewed,
    AgencyRegistered,
    OfficerDeactivated,
    OfficerEnrolled,
    RolesChanged,
)
from copes.foundation.people.scope import account_in_scope, account_of, require_administrator
from copes.foundation.people.sessions import end_all_sessions
from copes.foundation.refusals import BadInput, Forbidden, Refusal, Unseen
from copes.trust.records.ids import uuid7

PRIVILEGED = frozenset({roles.ADMINISTRATOR, roles.AUDITOR})


@dataclass(frozen=True)
class Invitation:
    """A new officer and the one-time code with which they set their password. Shown once."""

    officer: str
    code: str


def register_first_agency() -> str:
    """Registers the node's own agency, right after the ledger began; returns its id."""
    node = current_node()
    with writing(node_acting()) as journal:
        journal.append(
            AgencyRegistered(agency=node.agency_id, name=node.agency_name, country=node.country),
            about=[node.agency_id],
        )
    return node.agency_id


def invite_officer(
    acting: Acting,
    *,
    name: str,
    service_number: str,
    username: str,
    officer_roles: Sequence[str],
    email: str = "",
    agency: str | None = None,
) -> Invitation:
    """Enrols an officer and makes an activation code, valid for seven days.

    Raises Forbidden unless an administrator (or the node, for the first one) acts, BadInput when the sign-in name
    is taken.
    """
    require_administrator(acting, agency)
    if acting.officer:  # the node itself enrols the first administrator
        refuse_privileged(officer_roles)
    if agency and not Agency.objects.filter(id=agency).exists():
        raise BadInput("agency.unknown", _("There is no such agency."), _("Choose one from the list."), field="agency")
    with transaction.atomic():
        if Account.objects.filter(username__iexact=username).exists():
            raise BadInput(
                "username.taken",
                _("This sign-in name is in use."),
                _("Choose another, for example with the service number."),
                field="username",
            )
        officer, code = uuid7(), secrets.token_urlsafe(18)
        with writing(acting.with_role(roles.ADMINISTRATOR)) as journal:
            record = journal.append(
                OfficerEnrolled.model_validate(
                    {
                        "officer": officer,
                        "agency": agency or acting.agency or current_node().agency_id,
                        "name": name,
                        "service_number": service_number,
                        "roles": list(officer_roles),
                        "activation": keys.hashed(code),
                    }
                ),
                about=[officer],
            )
        account = Account(username=username, email=email, officer_id=officer)
        account.set_unusable_password()
        account.save()
        keep_code(account, code, record)
        return Invitation(officer, code)


def keep_code(account: Account, code: str, record: str) -> None:
    """Keeps the hash of an activation code, which the record states; an earlier code is good no more."""
    Activation.objects.filter(account=account).delete()
    Activation.objects.create(
        id=keys.hashed(code),
        account=account,
        record_id=record,
        expires_at=timezone.now() + INVITATION_LIFETIME,
    )


def renew_invitation(acting: Acting, *, officer: str) -> Invitation:
    """Makes a new activation code: for a lost one, or a forgotten password (the old key is then replaced)."""
    require_administrator(acting)
    account = account_in_scope(acting, officer)
    code = secrets.token_urlsafe(18)
    with transaction.atomic():
        with writing(acting.with_role(roles.ADMINISTRATOR)) as journal:
            body = ActivationRenewed(officer=officer, activation=keys.hashed(code))
            record = journal.append(body, about=[officer])
        keep_code(account, code, record)
    return Invitation(officer, code)


def account_of_code(code: str) -> Account:
    """The account an activation code belongs to. Raises Unseen when it is wrong, used or too old."""
    found = Activation.objects.filter(id=keys.hashed(code), expires_at__gt=timezone.now()).first()
    if found is None:
        raise Unseen(
            "activation.unknown",
            _("This activation code is wrong, used, or older than seven days."),
            _("Ask an administrator for a new one."),
            field="code",
        )
    if not stated_in_ledger(found):
        raise Forbidden(
            "activation.not_recorded",
            _("No administrator's record stands behind this activation code."),
            _("Ask an administrator for a new one, and tell the auditor."),
        )
    return found.account


def activate(code: str, *, password: str) -> Account:
    """Sets the officer's password and makes the signing key that only this password opens.

    The node attests the enrolment; whoever invited the officer never sees password or key. Raises Unseen for a
    code that is not good, BadInput for a weak password.
    """
    with transaction.atomic():
        account = account_of_code(code)
        _check_password(password, account)
        account.set_password(password)
        account.is_active = True
        account.save()
        with writing(node_acting()) as journal:
            keys.enrol_key(journal, account, password)
        Activation.objects.filter(account=account).delete()
    return account


def change_password(account: Account, *, old: str, new: str) -> None:
    """Changes the password and seals the signing key under the new one. Raises BadInput."""
    _check_password(new, account)
    with transaction.atomic():
        keys.reseal(account, old, new)
        account.set_password(new)
        account.save(update_fields=["password"])


def change_roles(
    acting: Acting, *, officer: str, officer_roles: Sequence[str], reason: str, proposal: str | None = None
) -> None:
    """Replaces an officer's roles. Raises Forbidden, Unseen, Refusal (the last administrator stays one).

    Where the node asks for four eyes, administrators and auditors are made by a proposal (people.proposing), whose
    record ``proposal`` this rests on.
    """
    require_administrator(acting)
    account = account_in_scope(acting, officer)
    if proposal is None:
        refuse_privileged(set(officer_roles) - set(account.officer.roles))
    if roles.ADMINISTRATOR not in officer_roles:
        _keep_one_administrator(officer)
    body = RolesChanged.model_validate({"officer": officer, "roles": list(officer_roles), "reason": reason})
    with writing(acting.with_role(roles.ADMINISTRATOR)) as journal:
        journal.append(body, about=[account.officer_id], rests_on=[proposal] if proposal else [])


def refuse_privileged(officer_roles: Iterable[str]) -> None:
    """Raises Refusal when a role among these needs a second officer on this node."""
    if "role_change" in current_node().four_eyes and not PRIVILEGED.isdisjoint(officer_roles):
        raise Refusal(
            "roles.four_eyes",
            _("On this node two officers make an administrator or auditor: one proposes, another approves."),
            _("Leave the role out now, then propose it on the officer's page."),
            field="roles",
        )


def revoke_key(acting: Acting, *, officer: str, reason: str) -> None:
    """Revokes an officer's signing key: lost control, or by their own wish. Raises Forbidden, Unseen."""
    account = account_in_scope(acting, officer)
    with writing(acting.with_role(roles.ADMINISTRATOR)) as journal:
        keys.end_key(journal, account, reason)


def deactivate_officer(acting: Acting, *, officer: str, reason: str) -> None:
    """Ends an officer's use of this node and revokes their key. What they recorded stays."""
    require_administrator(acting)
    account = account_in_scope(acting, officer)
    _keep_one_administrator(officer)
    with writing(acting.with_role(roles.ADMINISTRATOR)) as journal:
        keys.end_key(journal, account, reason)
        journal.append(OfficerDeactivated(officer=officer, reason=reason), about=[officer])
        account.is_active = False
        account.set_unusable_password()
        account.save(update_fields=["is_active", "password"])
        Activation.objects.filter(account=account).delete()
        end_all_sessions(account)


def create_token(acting: Acting, *, password: str, name: str, days: int) -> str:
    """Makes an API token for the acting officer, good for 1 to 365 days; shown once. Raises BadInput."""
    if not 1 <= days <= 365:
        raise BadInput("token.days", _("A token is good for 1 to 365 days."), _("Give a number of days."), field="days")
    account = account_of(acting.officer)
    key = keys.unsealed(account, password)
    return keys.open_token(account, key, name=name, expires_at=timezone.now() + timedelta(days=days))


def revoke_token(acting: Acting, *, token: str) -> None:
    """Ends a token of the acting officer. Raises Unseen."""
    if not ApiToken.objects.filter(id=token, account__officer_id=acting.officer).delete()[0]:
        raise Unseen("token.unknown", _("You have no such token."), _("Open the list of tokens again."))


def _keep_one_administrator(officer: str) -> None:
    others = Officer.objects.filter(active=True).exclude(id=officer).values_list("roles", flat=True)
    if not any(roles.ADMINISTRATOR in held for held in others):
        raise Refusal(
            "administrator.last",
            _("This officer is the last administrator of the node."),
            _("Make another officer administrator first."),
        )


def _check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise BadInput(
            "password.weak",
            " ".join(weak.messages),
            _("Choose a longer password, for example four words."),
            field="password",
        ) from None


def agencies() -> list[Agency]:
    """Every agency on this node, by name."""
    return list(Agency.objects.order_by("name"))
