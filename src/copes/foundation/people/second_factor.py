"""A second factor where the node demands one (`second_factor = "required"` in node.toml).

An officer without one is led to set one up right after signing in, and can do nothing else before. Signing in with a
passkey or an identity provider's own second factor does not replace it: the node knows only what it holds itself.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from copes.foundation.config.current import current_node
from copes.foundation.people.models import Account

OPEN = ("/accounts/", "/people/me/second-factor/", "/language/", "/help/", "/style/", "/people/activate/")


def is_required() -> bool:
    """Whether this node demands a second factor."""
    return current_node().second_factor == "required"


def has_one(account: Account) -> bool:
    """Whether the officer has an authenticator app, a passkey or a security key; recovery codes alone do not count."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=account, type__in=kinds).exists())


def ask_first(request: Any) -> HttpResponse | None:
    """The way to set a second factor up, for whoever must have one and has none; None for everybody else."""
    if request.acting is None or not is_required() or request.path.startswith(OPEN) or has_one(request.user):
        return None
    if request.path.startswith("/api/"):
        return _problem()
    return redirect("people:second_factor")


def _problem() -> HttpResponse:
    body = {
        "type": "about:blank",
        "status": 403,
        "code": "second_factor.missing",
        "title": _("This node demands a second factor, and you have none."),
        "detail": _("Sign in with a browser and set up an authenticator app or a passkey."),
    }
    return JsonResponse(body, status=403, content_type="application/problem+json")
