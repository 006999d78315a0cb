"""What stands behind an activation code: a record that an administrator signed. A row in a table is not enough."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from copes.foundation.journal.models import SigningKey
from copes.foundation.journal.queries import StoredRecord, records_by_jti
from copes.foundation.people import roles
from copes.foundation.people.models import Activation
from copes.trust.errors import TrustError
from copes.trust.records.keys import PublicKey
from copes.trust.records.sdjwt import check_signature, header, payload

INVITATION_LIFETIME = timedelta(days=7)


def stated_in_ledger(found: Activation) -> bool:
    """Whether a record states this very code for this very officer, unused and not too old, rightly signed.

    So a row written into the table by whoever owns the database opens nothing, and a code serves once.
    """
    records = records_by_jti([found.record_id])
    return bool(records) and _states(found, records[0]) and _signed(records[0])


def _states(found: Activation, record: StoredRecord) -> bool:
    claims: Mapping[str, Any] = payload(record.jwt)
    body, officer = claims["body"], found.account.officer_id
    used = SigningKey.objects.filter(officer=officer, enrolled_index__gt=record.index).exists()
    young = claims["iat"] + INVITATION_LIFETIME.total_seconds() >= timezone.now().timestamp()
    by_administrator = claims["actor"].get("role", roles.ADMINISTRATOR) == roles.ADMINISTRATOR
    stated = (body.get("officer"), body.get("activation")) == (officer, found.id)
    return stated and young and by_administrator and not used


def _signed(record: StoredRecord) -> bool:
    """Signed with a key that counted at the record's place."""
    counted = Q(ended_index=None) | Q(ended_index__gt=record.index)
    key = SigningKey.objects.filter(counted, kid=header(record.jwt)["kid"]).first()
    if key is None:
        return False
    try:
        check_signature(record.jwt, PublicKey.from_jwk(key.jwk))
    except TrustError:
        return False
    return True
