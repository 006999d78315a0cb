"""Who calls: by API token (`Authorization: Bearer copes_…`), or by the browser's session with CSRF protection."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from copes.foundation.api import limits
from copes.foundation.api.problems import TooMany
from copes.foundation.journal.acting import Acting
from copes.foundation.people.keys import hashed, token_key
from copes.foundation.people.middleware import acting_for
from copes.foundation.refusals import BadInput, Forbidden

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_PURPOSE = 300
_IDENTITY = "_copes_identity"


class ApiRequest(HttpRequest):
    """A request that passed authentication; ``auth`` is who acts."""

    auth: Acting


class BearerToken(HttpBearer):
    """A token of an officer, made on the account page or by ``POST /api/me/tokens``. It signs as that officer."""

    def __call__(self, request: HttpRequest) -> Acting | None:
        """Who acts, when the request carries a token."""
        return identify(request) if by_token(request) else None

    def authenticate(self, request: HttpRequest, token: str) -> Acting | None:
        """The officer behind a token; None for one that opens nothing."""
        return _token_holder(request, token)


class BrowserSession(APIKeyCookie):
    """The browser's session; writes need the CSRF token, and the signing key unlocked."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Acting | None:
        """Who acts, when the request carries no token."""
        return None if by_token(request) else identify(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Acting | None:
        """The officer signed in with the session."""
        del key
        return _session_holder(request)


def by_token(request: HttpRequest) -> bool:
    """Whether the caller claims a token: then its session, if any, is not looked at."""
    return "Authorization" in request.headers


def identify(request: HttpRequest) -> Acting | None:
    """Who acts; None for nobody. Looked up once a request.

    Raises TooMany past the limits, Forbidden for a write by session without its CSRF token, BadInput for a
    purpose that cannot be noted.
    """
    known = getattr(request, _IDENTITY, False)
    if known is not False:
        return cast("Acting | None", known)
    found = _holder(request)
    if found is not None:
        found = replace(found, purpose=_purpose(request))
    elif by_token(request) and (wait := limits.failed_sign_ins.take(request.META.get("REMOTE_ADDR", ""))):
        raise TooMany(wait)
    setattr(request, _IDENTITY, found)
    return found


def _holder(request: HttpRequest) -> Acting | None:
    if not by_token(request):
        return _session_holder(request)
    scheme, _space, token = request.headers["Authorization"].partition(" ")
    return _token_holder(request, token.strip()) if scheme.lower() == "bearer" else None


def _token_holder(request: HttpRequest, token: str) -> Acting | None:
    found = token_key(token)
    if found is None:
        return None
    account, key = found
    acting = acting_for(account, key)
    if acting is None:
        return None
    _limit(hashed(token))
    if account.language and "Accept-Language" not in request.headers:
        translation.activate(account.language)
    return acting


def _session_holder(request: HttpRequest) -> Acting | None:
    acting: Acting | None = cast("Any", request).acting
    if acting is None:
        return None
    if request.method not in SAFE_METHODS and check_csrf(request):
        raise Forbidden(
            "csrf.failed",
            _("This request came by session without its CSRF token."),
            _("Send the header X-CSRFToken with the value of the cookie csrftoken, or use an API token."),
        )
    _limit(acting.officer)
    return acting


def _limit(key: str) -> None:
    if wait := limits.requests.take(key):
        raise TooMany(wait)


def _purpose(request: HttpRequest) -> str:
    given = request.headers.get("X-Purpose", "").strip()
    with suppress(UnicodeError):
        # WSGI hands header bytes over as ISO 8859-1; what clients send is UTF-8.
        given = given.encode("latin-1").decode("utf-8")
    if len(given) > LONGEST_PURPOSE:
        raise BadInput(
            "purpose.too_long",
            _("The purpose in the header X-Purpose is longer than %(most)d characters.") % {"most": LONGEST_PURPOSE},
            _("State the purpose in a few words, or a file number."),
            field="X-Purpose",
        )
    return given
