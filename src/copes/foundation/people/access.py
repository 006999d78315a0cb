"""Doors of views: signed in, and in which roles. What a view does with a case its room's policies decide."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _

from copes.foundation.journal.acting import Acting
from copes.foundation.people.models import Account
from copes.foundation.refusals import Forbidden

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponse]


class OfficerRequest(HttpRequest):
    """A request that passed `signed_in`."""

    acting: Acting
    user: Account  # AnonymousUser is ruled out at the door
    copes_key_secret: str


def signed_in(view: View[P]) -> View[P]:
    """Sends whoever is not signed in to sign in; what officers see is never kept by browsers or proxies."""

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if getattr(request, "acting", None) is None:
            return redirect_to_login(request.get_full_path())
        response = view(request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        return response

    return guarded


def in_roles(*roles: str) -> Callable[[View[P]], View[P]]:
    """Signed in, and holding at least one of ``roles``; else the view raises Forbidden."""

    def door(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.acting.has(*roles):
                raise Forbidden(
                    "role.missing",
                    _("Your roles do not include this page."),
                    _("If your work needs it, ask an administrator of your agency."),
                )
            return view(request, *args, **kwargs)

        return signed_in(guarded)

    return door
