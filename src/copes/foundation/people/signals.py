"""Signing out forgets the session's wrapped key."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from copes.foundation.people.keys import close_session_key
from copes.foundation.people.middleware import KEY_COOKIE


@receiver(user_logged_out, dispatch_uid="copes.people.close_session_key")
def forget_session_key(request: HttpRequest | None, **_: Any) -> None:
    """Deletes the wrapped key; the cookie then opens nothing."""
    if request is not None and (secret := request.COOKIES.get(KEY_COOKIE)):
        close_session_key(secret)
