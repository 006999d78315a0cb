"""An officer's mail address: used only once a code sent to it came back."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from copes.foundation.refusals import BadInput, Refusal
from copes.foundation.scheduling import preferences
from copes.foundation.scheduling.mail.server import MailNotConfiguredError, configured
from copes.foundation.scheduling.models import Letter, Notice, Preference
from copes.foundation.scheduling.posting import new_letter

GOOD_FOR = timedelta(hours=1)
MOST_TRIES = 5
DIGITS = 8


@dataclass(frozen=True)
class Address:
    """The officer's address as the screen shows it; ``pending`` waits for its code."""

    verified: str
    pending: str


def address_of(preference: Preference) -> Address:
    """The address in use and the one that waits for its code, empty when there is none."""
    waiting = preference.code_until is not None and preference.code_until > timezone.now()
    return Address(preference.address if preference.verified_at else "", preference.pending if waiting else "")


def ask(officer: str, address: str) -> None:
    """Sends a code to ``address``; the address in use stays until it came back. Raises BadInput, Refusal."""
    wanted = address.strip()
    try:
        validate_email(wanted)
    except ValidationError:
        wanted = ""
    if not wanted or not wanted.isascii():
        raise BadInput(
            "mail.address",
            _("This is not a mail address that can be used."),
            _("Write it as name@agency.example, in Latin letters."),
            field="address",
        )
    try:
        configured()
    except MailNotConfiguredError:
        raise Refusal(
            "mail.none",
            _("This node has no mail server."),
            _("Ask the administrator to set one up."),
        ) from None
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    with transaction.atomic():
        _drop_codes(officer)
        row = preferences.of(officer)
        row.pending, row.code_hash, row.code_tries = wanted, _hashed(officer, wanted, code), 0
        row.code_until = timezone.now() + GOOD_FOR
        row.save()
        new_letter(officer, "code", code=code).save(force_insert=True)


def confirm(officer: str, code: str) -> str:
    """Takes the pending address into use; returns it. Raises BadInput, Refusal after five wrong codes."""
    if not Preference.objects.filter(officer=officer, code_until__gt=timezone.now()).exists():
        raise Refusal(
            "mail.no_code", _("No address waits for a code, or the code is too old."), _("Ask for a new code.")
        )
    # counted before it is compared, in a statement of its own: guesses at the same time are all counted
    counted = Preference.objects.filter(officer=officer, code_tries__lt=MOST_TRIES)
    if not counted.update(code_tries=F("code_tries") + 1):
        raise Refusal("mail.tries", _("Five wrong codes were entered."), _("Ask for a new code."))
    with transaction.atomic():
        row = Preference.objects.select_for_update().get(officer=officer)
        good = _hashed(officer, row.pending, "".join(code.split()))
        if not row.code_hash or not hmac.compare_digest(row.code_hash, good):
            raise BadInput(
                "mail.code",
                _("This is not the code that was sent."),
                _("Copy the eight digits from the latest mail."),
                field="code",
            )
        row.address, row.pending, row.code_hash, row.code_until = row.pending, "", "", None
        row.verified_at = timezone.now()
        row.save()
    return row.address


def remove(officer: str) -> None:
    """Forgets the officer's address; nothing is mailed any more."""
    with transaction.atomic():
        _drop_codes(officer)
        Preference.objects.filter(officer=officer).update(
            address="", verified_at=None, pending="", code_hash="", code_until=None
        )
        Notice.objects.filter(officer=officer, digest=True).update(digest=False)


def _drop_codes(officer: str) -> None:
    Letter.objects.filter(officer=officer, what="code", state="waiting").update(
        state="dropped", code="", ended_at=timezone.now()
    )


def _hashed(officer: str, address: str, code: str) -> str:
    return salted_hmac("copes.scheduling.address", f"{officer}\n{address}\n{code}", algorithm="sha256").hexdigest()
