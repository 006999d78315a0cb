"""Screens of one's own account: activation, signing key, password, sessions, tokens."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from copes.foundation.config.current import current_node
from copes.foundation.people import identities, keys, queries, services, sessions
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.forms import ActivateForm, ChangePasswordForm, TokenForm, UnlockForm
from copes.foundation.people.middleware import KEY_COOKIE
from copes.foundation.refusals import Refusal
from copes.foundation.web.forms import add_refusal

AGAIN = "again."


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """An officer enters the code and chooses a password; the signing key is made then."""
    form = ActivateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = services.activate(form.cleaned_data["code"].strip(), password=form.cleaned_data["password"])
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return render(request, "people/activated.html", {"account": account})
    return render(request, "people/activate.html", {"form": form}, status=400 if form.errors else 200)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in
def unlock(request: OfficerRequest) -> HttpResponse:
    """The password opens the signing key for this session; an entry that waited can then be sent again."""
    following = _local(request, request.POST.get("next") or request.GET.get("next") or "/")
    entry = [
        (name.removeprefix(AGAIN), value)
        for name, values in request.POST.lists()
        if name.startswith(AGAIN)
        for value in values
    ]
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limited = _too_many(request, "reauthenticate")
        if limited:
            return limited
        try:
            request.copes_key_secret = keys.open_session_key(request.user, form.cleaned_data["password"])
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            if entry:
                return render(request, "people/again.html", {"entry": entry, "next": following})
            return redirect(following)
    context = {"form": form, "next": following, "entry": entry, "files_lost": "files_lost" in request.POST}
    return render(request, "people/unlock.html", context, status=400 if form.errors else 200)


def _too_many(request: OfficerRequest, action: str) -> HttpResponse | None:
    """The answer 429 when the officer tries too often; whoever has the session must not guess the password."""
    answer: HttpResponse | None = ratelimit.consume_or_429(request, action=action, user=request.user)
    return answer


def _local(request: HttpRequest, address: str) -> str:
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"


@require_POST
@signed_in
def lock(request: OfficerRequest) -> HttpResponse:
    """Forgets the key of this session."""
    keys.close_session_key(request.COOKIES.get(KEY_COOKIE, ""))
    messages.success(request, _("Your signing key is locked in this session."))
    return redirect("people:me")


@require_safe
@signed_in
def me(request: OfficerRequest) -> HttpResponse:
    """One's own account."""
    context = {
        "officer": queries.officer(request.acting.officer),
        "tokens": queries.tokens_of(request.acting.officer),
        "sessions": sessions.sessions_of(request.user, request.session.session_key),
        "identities": identities.identities_of(request.acting.officer),
        "providers": current_node().oidc,
        "account": request.user,
    }
    return render(request, "people/me.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in
def change_password(request: OfficerRequest) -> HttpResponse:
    """Changes the password and seals the signing key under it; other sessions end."""
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limited = _too_many(request, "change_password")
        if limited:
            return limited
        data = form.cleaned_data
        try:
            services.change_password(request.user, old=data["old"], new=data["password"])
        except Refusal as refusal:
            refusal.field = "old" if refusal.code == "password.wrong" else refusal.field
            add_refusal(form, refusal)
        else:
            update_session_auth_hash(request, request.user)
            sessions.end_other_sessions(request.user, request.session.session_key, request.COOKIES.get(KEY_COOKIE))
            messages.success(request, _("Your password was changed. Other sessions were ended."))
            return redirect("people:me")
    return render(request, "account/password_change.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
@signed_in
def end_sessions(request: OfficerRequest) -> HttpResponse:
    """Ends every other session of the officer."""
    sessions.end_other_sessions(request.user, request.session.session_key, request.COOKIES.get(KEY_COOKIE))
    messages.success(request, _("Your other sessions were ended."))
    return redirect("people:me")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in
def new_token(request: OfficerRequest) -> HttpResponse:
    """Makes an API token and shows it, once."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limited = _too_many(request, "reauthenticate")
        if limited:
            return limited
        data: dict[str, Any] = form.cleaned_data
        try:
            token = services.create_token(
                request.acting, password=data["password"], name=data["name"], days=data["days"]
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return render(request, "people/token_made.html", {"token": token, "name": data["name"]})
    return render(request, "people/token_new.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
@signed_in
def revoke_token(request: OfficerRequest, token: str) -> HttpResponse:
    """Ends one of the officer's own tokens."""
    services.revoke_token(request.acting, token=token)
    messages.success(request, _("The token was revoked."))
    return redirect("people:me")
