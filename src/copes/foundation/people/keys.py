"""Officers' signing keys, held by the server but usable by their officer only.

At rest a key is sealed under the officer's password. Signing in (or `unlock`) wraps it for the session under a
random secret that goes into a cookie and nowhere else; an API token wraps it under itself. So a copy of the
database, or an administrator with all of it, cannot sign for anybody.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from copes.foundation.config.current import current_node
from copes.foundation.journal.models import SigningKey
from copes.foundation.journal.records import KeyEnrolled, KeyRevoked, KeyRotated
from copes.foundation.journal.services import Journal
from copes.foundation.people.models import Account, ApiToken, SealedKey, UnlockedKey
from copes.foundation.refusals import BadInput, KeyLocked
from copes.trust.errors import KeyRefused
from copes.trust.records.jose import b64u, unb64u
from copes.trust.records.private import (
    PrivateKey,
    seal_with_password,
    unseal_with_password,
    unwrap_with_secret,
    wrap_with_secret,
)

KEY_LIFETIME = 3 * 365 * 24 * 3600  # seconds a key counts unless it is replaced or revoked sooner
SESSION_LIFETIME = timedelta(hours=12)
USED_EVERY = timedelta(minutes=1)  # how often a token's last use is written down: each time is a synced commit
TOKEN_PREFIX = "copes_"  # noqa: S105 - a prefix by which leaked tokens are recognised, no secret


def hashed(secret: str) -> str:
    """How secrets are looked up: SHA-256 of what the browser or client holds."""
    return hashlib.sha256(secret.encode("ascii", "replace")).hexdigest()


def possession_message(officer: str, kid: str) -> bytes:
    """What a new key signs to prove that its holder has it (docs/trust/format.md §3)."""
    return f"copes-key-possession/1\n{current_node().origin}\n{officer}\n{kid}\n".encode()


def _enrolment(account: Account, key: PrivateKey) -> dict[str, object]:
    now = int(time.time())
    return {
        "key": dict(key.jwk),
        "kid": key.kid,
        "officer": account.officer_id,
        "agency": account.officer.agency_id,
        "not_before": now,
        "not_after": now + KEY_LIFETIME,
        "proof": b64u(key.sign(possession_message(account.officer_id, key.kid))),
    }


def enrol_key(journal: Journal, account: Account, password: str) -> PrivateKey:
    """Makes a key for an officer, enrols it (replacing the one that counts now) and seals it under ``password``."""
    key = PrivateKey.generate("EdDSA")
    body = _enrolment(account, key)
    old = SigningKey.objects.filter(officer=account.officer_id, ended_index=None).first()
    if old is None:
        journal.append(KeyEnrolled.model_validate(body), about=[account.officer_id])
    else:
        journal.append(KeyRotated.model_validate({**body, "replaces": old.kid}), about=[account.officer_id])
    UnlockedKey.objects.filter(account=account).delete()
    ApiToken.objects.filter(account=account).delete()
    SealedKey.objects.filter(account=account).delete()
    SealedKey.objects.create(account=account, kid=key.kid, sealed=seal_with_password(key, password))
    return key


def end_key(journal: Journal, account: Account, reason: str) -> None:
    """Revokes the key that counts now, and forgets every copy of it."""
    old = SigningKey.objects.filter(officer=account.officer_id, ended_index=None).first()
    if old is not None:
        journal.append(KeyRevoked(kid=old.kid, officer=account.officer_id, reason=reason), about=[account.officer_id])
    for table in (UnlockedKey, ApiToken, SealedKey):
        table.objects.filter(account=account).delete()


def unsealed(account: Account, password: str) -> PrivateKey:
    """The officer's key. Raises BadInput on a wrong password, KeyLocked when the officer has no key."""
    row = SealedKey.objects.filter(account=account).first()
    if row is None:
        raise KeyLocked(
            "key.none",
            _("You have no signing key on this node."),
            _("Ask an administrator for a new activation code."),
        )
    try:
        return unseal_with_password(row.sealed, password)
    except KeyRefused:
        raise BadInput(
            "password.wrong",
            _("This password does not open your signing key."),
            _("Enter the password with which you sign in."),
            field="password",
        ) from None


def reseal(account: Account, old_password: str, new_password: str) -> None:
    """Seals the officer's key under a new password. Raises like `unsealed`."""
    key = unsealed(account, old_password)
    SealedKey.objects.filter(account=account).update(sealed=seal_with_password(key, new_password))


def open_session_key(account: Account, password: str) -> str:
    """Wraps the officer's key for a session; returns the secret for the cookie. Raises like `unsealed`."""
    key = unsealed(account, password)
    secret = secrets.token_bytes(32)
    text = b64u(secret)
    UnlockedKey.objects.filter(expires_at__lt=timezone.now()).delete()
    UnlockedKey.objects.create(
        id=hashed(text),
        kid=key.kid,
        account=account,
        wrapped=wrap_with_secret(key, secret, _context(account)),
        expires_at=timezone.now() + SESSION_LIFETIME,
    )
    return text


def session_key(account: Account, secret: str) -> PrivateKey | None:
    """The key that a session's cookie opens, or None when the cookie opens nothing (any more)."""
    row = UnlockedKey.objects.filter(id=hashed(secret), account=account, expires_at__gt=timezone.now()).first()
    if row is None:
        return None
    try:
        return unwrap_with_secret(row.wrapped, unb64u(secret), _context(account))
    except KeyRefused:
        return None


def close_session_key(secret: str) -> None:
    """Forgets a session's wrapped key."""
    UnlockedKey.objects.filter(id=hashed(secret)).delete()


def open_token(account: Account, key: PrivateKey, *, name: str, expires_at: datetime) -> str:
    """Makes an API token that carries the officer's key wrapped under itself; returns it once."""
    secret = secrets.token_bytes(32)
    text = TOKEN_PREFIX + b64u(secret)
    ApiToken.objects.create(
        id=hashed(text),
        kid=key.kid,
        account=account,
        name=name,
        wrapped=wrap_with_secret(key, secret, _context(account)),
        created_at=timezone.now(),
        expires_at=expires_at,
    )
    return text


def token_key(text: str) -> tuple[Account, PrivateKey] | None:
    """The account and key that an API token opens, or None."""
    row = (
        ApiToken.objects.select_related("account__officer")
        .filter(id=hashed(text), expires_at__gt=timezone.now())
        .first()
    )
    if row is None or not text.startswith(TOKEN_PREFIX):
        return None
    try:
        key = unwrap_with_secret(row.wrapped, unb64u(text.removeprefix(TOKEN_PREFIX)), _context(row.account))
    except KeyRefused:
        return None
    now = timezone.now()
    if row.used_at is None or now - row.used_at > USED_EVERY:
        ApiToken.objects.filter(id=row.id).update(used_at=now)
    return row.account, key


def _context(account: Account) -> bytes:
    return f"officer {account.officer_id}".encode()
