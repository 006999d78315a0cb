"""How allauth signs officers in: no sign-up, and the password opens the signing key on the way."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from copes.foundation.people.keys import open_session_key
from copes.foundation.people.models import Account
from copes.foundation.refusals import Refusal


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in for officers whom an administrator invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Nobody signs up by themselves."""
        return False

    def authenticate(self, request: Any, **credentials: Any) -> Any:
        """Checks the password, and with it wraps the signing key for the session that is about to begin.

        The wrapped key serves only once the session is that account's, also when a second factor follows.
        """
        account = super().authenticate(request, **credentials)
        password = credentials.get("password")
        if isinstance(account, Account) and password:
            try:
                request.copes_key_secret = open_session_key(account, password)
            except Refusal:
                request.copes_key_secret = None
        return account

    def set_password(self, user: Any, password: str) -> None:  # noqa: ARG002 - allauth's signature
        """Refuses: the password also seals the signing key, so people.services.change_password sets both."""
        raise PermissionError("passwords are changed through people.services.change_password")
