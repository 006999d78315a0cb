"""The open sessions of an account: since when, from which browser and address; and how to end them.

A table of this node keyed by account, so that nobody's sessions need to be decoded to list one officer's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from copes.foundation.people.keys import hashed
from copes.foundation.people.models import Account, SignIn, UnlockedKey

SEEN_EVERY = timedelta(minutes=5)  # how often a session's last use is written down: each time is a synced commit
_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class OpenSession:
    """One open session; ``here`` is the one that asks. ``id`` names it without opening it."""

    id: str
    began: datetime
    seen: datetime
    expires: datetime
    browser: str
    address: str
    here: bool


def described(agent: str) -> str:
    """A browser's name for itself in words: ``Firefox 140, Windows``; its beginning when it is none of the usual."""
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    for mark, name in _BROWSERS:
        found = re.search(re.escape(mark) + r"(\d{1,4})", agent)
        if found:
            return f"{name} {found[1]}" + (f", {system}" if system else "")
    return agent[:80]


@receiver(user_logged_in, dispatch_uid="copes.people.note_session")
def note_session(request: HttpRequest | None, user: Any, **_: Any) -> None:
    """Notes that a session began."""
    if request is not None and isinstance(user, Account):
        if not request.session.session_key:
            request.session.save()
        _note(request, user)


@receiver(user_logged_out, dispatch_uid="copes.people.forget_session")
def forget_session(request: HttpRequest | None, **_: Any) -> None:
    """The session is over."""
    if request is not None and request.session.session_key:
        SignIn.objects.filter(id=request.session.session_key).delete()


def _note(request: HttpRequest, account: Account) -> None:
    now = timezone.now()
    SignIn.objects.filter(expires__lt=now).delete()
    SignIn.objects.update_or_create(
        id=request.session.session_key,
        defaults={
            "account": account,
            "began": now,
            "seen": now,
            "expires": request.session.get_expiry_date() if request.session.get_expiry_age() else now,
            "browser": described(request.headers.get("User-Agent", "")),
            "address": request.META.get("REMOTE_ADDR", "")[:45],
        },
    )


def touch(request: Any) -> None:
    """Writes down that the session is in use, every five minutes at most."""
    key = request.session.session_key
    if not key or not cache.add(f"seen:{hashed(key)}", 1, SEEN_EVERY.total_seconds()):
        return
    address = request.META.get("REMOTE_ADDR", "")[:45]
    if not SignIn.objects.filter(id=key).update(seen=timezone.now(), address=address):
        _note(request, request.user)


def note_key(request: Any, secret: str) -> None:
    """Remembers which wrapped key belongs to the session, so that it ends with it."""
    if request.user.is_authenticated and request.session.session_key:
        SignIn.objects.filter(id=request.session.session_key).update(opened_key=hashed(secret))


def sessions_of(account: Account, current: str | None) -> list[OpenSession]:
    """The open sessions of ``account``, newest first; ``current`` is the asking session's key."""
    rows = SignIn.objects.filter(account=account, expires__gt=timezone.now()).order_by("-seen", "-began")
    return [
        OpenSession(hashed(row.id), row.began, row.seen, row.expires, row.browser, row.address, row.id == current)
        for row in rows
    ]


def end_session(account: Account, session: str) -> bool:
    """Ends one session of ``account``, named as in `sessions_of`; False when it is over already."""
    row = next((one for one in SignIn.objects.filter(account=account) if hashed(one.id) == session), None)
    if row is None:
        return False
    Session.objects.filter(session_key=row.id).delete()
    UnlockedKey.objects.filter(account=account, id=row.opened_key).delete()
    row.delete()
    return True


def end_other_sessions(account: Account, current: str | None, secret: str | None) -> int:
    """Ends every session of ``account`` but ``current``, forgets their keys; returns how many it ended."""
    rows = SignIn.objects.filter(account=account).exclude(id=current or "")
    keys = list(rows.values_list("id", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    UnlockedKey.objects.filter(account=account).exclude(id=hashed(secret or "")).delete()
    return len(keys)


def end_all_sessions(account: Account) -> int:
    """Ends every session of ``account`` and forgets their keys; returns how many it ended."""
    return end_other_sessions(account, None, None)
