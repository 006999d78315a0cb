"""Signing in with an identity provider (OpenID Connect Core 1.0, code flow with PKCE and state).

It answers one question: who is this? The subject must be linked to an officer beforehand; nobody gets an account by
signing in. The signing key stays locked: no identity provider can open it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount import app_settings
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from copes.foundation.config.current import current_node
from copes.foundation.config.node import OidcConfig
from copes.foundation.people.models import LinkedIdentity
from copes.foundation.refusals import Forbidden, Refusal

PENDING = "copes_identity"


class _Session(requests.Session):
    """Asks identity providers, with the certificate that node.toml names for each."""

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        """As requests does, in bounded time."""
        kwargs.setdefault("timeout", app_settings.REQUESTS_TIMEOUT)
        host = urlsplit(str(url)).netloc
        for one in current_node().oidc:
            if one.ca and urlsplit(one.issuer).netloc == host:
                kwargs["verify"] = str(current_node().home / one.ca)
        return super().request(method, url, *args, **kwargs)


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Identity providers sign in officers who are linked; they make no accounts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 - allauth's signature
        """Nobody signs up by themselves."""
        return False

    def get_requests_session(self) -> requests.Session:
        """The door to identity providers."""
        return _Session()

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The token is the configured issuer's; its subject is an officer's, or is about to be linked."""
        config = provider(sociallogin.account.provider)
        token = (sociallogin.account.extra_data or {}).get("id_token") or {}
        if config is None or token.get("iss") != config.issuer or not token.get("sub"):
            raise ImmediateHttpResponse(refuse(request, WRONG_ISSUER))
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            request.session[PENDING] = {"issuer": config.issuer, "subject": token["sub"], "name": config.name}
            raise ImmediateHttpResponse(redirect("people:identity_link"))
        linked = LinkedIdentity.objects.select_related("account__officer").filter(
            issuer=config.issuer, subject=token["sub"]
        )
        found = linked.first()
        if found is None:
            raise ImmediateHttpResponse(refuse(request, UNLINKED, subject=token["sub"], name=config.name))
        if not (found.account.is_active and found.account.officer.active):
            raise ImmediateHttpResponse(refuse(request, CLOSED))
        sociallogin.user = found.account

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """A page that says what happened and what to do, in the reader's language."""
        del provider
        if error == AuthError.CANCELLED:
            reason = CANCELLED
        elif exception is None and "state_id" in (extra_context or {}):
            reason = STATE
        else:
            reason = UNREACHABLE if isinstance(exception, requests.RequestException) else TOKEN
        raise ImmediateHttpResponse(refuse(request, reason))


def provider(provider_id: str) -> OidcConfig | None:
    """The identity provider of this id in node.toml."""
    return next((one for one in current_node().oidc if one.id == provider_id), None)


def refuse(request: HttpRequest, refusal: Refusal, **context: str) -> HttpResponse:
    """The page of a refused sign-in."""
    return render(request, "people/oidc_refused.html", {"refusal": refusal, **context}, status=refusal.status)


AGAIN = _("Begin again on the sign-in page. If it fails again, sign in with your password and tell the administrator.")
WRONG_ISSUER = Forbidden(
    "oidc.issuer",
    _("The answer did not come from the identity provider that this node is set up for."),
    _("Sign in with your password, and tell the administrator at once: the provider's address may be wrong or forged."),
)
UNLINKED = Forbidden(
    "oidc.unlinked",
    _("The identity provider knows you, but no officer of this node is linked to you there."),
    _("Sign in with your password and link it on the page “Your account”, or ask an administrator to link it."),
)
CLOSED = Forbidden(
    "oidc.closed",
    _("The officer's account on this node is closed."),
    _("Ask an administrator of your agency."),
)
CANCELLED = Forbidden(
    "oidc.cancelled",
    _("Signing in with the identity provider was cancelled."),
    _("Begin again on the sign-in page, or sign in with your password."),
)
STATE = Forbidden(
    "oidc.state",
    _("This answer belongs to no sign-in under way: it was used already, is too old, or began in another browser."),
    AGAIN,
)
TOKEN = Forbidden(
    "oidc.token",
    _("The identity provider's answer cannot be trusted: it is expired, meant for somebody else, or not valid."),
    AGAIN,
)
UNREACHABLE = Forbidden(
    "oidc.unreachable",
    _("The identity provider did not answer as it should."),
    AGAIN,
)
