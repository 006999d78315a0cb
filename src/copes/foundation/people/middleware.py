"""Who acts in a request: ``request.acting``, with the key that the session's cookie opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from copes.foundation.journal.acting import Acting, Signer
from copes.foundation.people import second_factor, sessions
from copes.foundation.people.keys import session_key
from copes.foundation.people.models import Account, Officer

KEY_COOKIE = "copes_key"


def acting_for(account: Account, signer: Signer | None) -> Acting | None:
    """The officer behind an account, ready to act; None once deactivated."""
    officer: Officer = account.officer
    if not (account.is_active and officer.active):
        return None
    return Acting(
        officer=officer.id,
        agency=officer.agency_id,
        role=officer.roles[0],
        roles=frozenset(officer.roles),
        name=officer.name or account.username,
        signer=signer,
    )


def acting_officer(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Sets ``request.acting``; hands a fresh key secret to the browser as a cookie that scripts cannot read."""

    def middleware(request: Any) -> HttpResponse:
        request.acting = None
        if request.user.is_authenticated:
            secret = request.COOKIES.get(KEY_COOKIE)
            key = session_key(request.user, secret) if secret else None
            request.acting = acting_for(request.user, key)
            sessions.touch(request)
        response = second_factor.ask_first(request) or get_response(request)
        fresh = getattr(request, "copes_key_secret", None)
        if fresh:
            sessions.note_key(request, fresh)
            response.set_cookie(KEY_COOKIE, fresh, secure=True, httponly=True, samesite="Strict")
        elif KEY_COOKIE in request.COOKIES and not request.user.is_authenticated and request.method == "POST":
            response.delete_cookie(KEY_COOKIE, samesite="Strict")
        return response

    return middleware
