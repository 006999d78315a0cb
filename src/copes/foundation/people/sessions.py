"""The open sessions of an account: since when, from which browser; and how to end them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from copes.foundation.people.keys import hashed
from copes.foundation.people.models import Account, UnlockedKey

MARK = "copes_began"


@dataclass(frozen=True)
class OpenSession:
    """One open session; ``here`` is the one that asks."""

    began: datetime | None
    expires: datetime
    browser: str
    here: bool


@receiver(user_logged_in, dispatch_uid="copes.people.note_session")
def note_session(request: HttpRequest | None, **_: Any) -> None:
    """Notes in the session itself when it began and with which browser."""
    if request is not None:
        agent = request.headers.get("User-Agent", "")[:200]
        request.session[MARK] = {"at": timezone.now().isoformat(), "browser": agent}


def sessions_of(account: Account, current: str | None) -> list[OpenSession]:
    """The open sessions of ``account``, newest first; ``current`` is the asking session's key."""
    shown = []
    for row, data in _open_sessions(account):
        mark = data.get(MARK, {})
        began = datetime.fromisoformat(mark["at"]) if "at" in mark else None
        shown.append(OpenSession(began, row.expire_date, mark.get("browser", ""), row.session_key == current))
    return sorted(shown, key=lambda one: one.began or one.expires, reverse=True)


def end_other_sessions(account: Account, current: str | None, secret: str | None) -> int:
    """Ends every session of ``account`` but ``current``, forgets their keys; returns how many it ended."""
    ended = 0
    for row, _data in _open_sessions(account):
        if row.session_key != current:
            row.delete()
            ended += 1
    UnlockedKey.objects.filter(account=account).exclude(id=hashed(secret or "")).delete()
    return ended


def _open_sessions(account: Account) -> Iterator[tuple[Session, dict[str, Any]]]:
    # Sessions do not name their account in a column. A node has as many open sessions as officers at work.
    for row in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        data = row.get_decoded()
        if data.get(SESSION_KEY) == str(account.pk):
            yield row, data
