"""Every address of the node: the one place that knows all rooms."""

from __future__ import annotations

from allauth.account import views as account
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from copes.foundation.api.root import api
from copes.foundation.people.views import change_password
from copes.foundation.web import views as web


def home(request: HttpRequest) -> HttpResponse:
    """The day of the officer who is signed in."""
    from copes.chain.cases.day_views import my_day

    return my_day(request)


# Of allauth only what this house offers: nobody signs up, resets a password by mail or confirms addresses.
accounts: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", change_password, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("copes.foundation.web.urls")),
    path("accounts/", include(accounts)),
    path("people/", include("copes.foundation.people.urls")),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("language/", set_language, name="set_language"),
    path("", include("copes.foundation.journal.urls")),
    path("cases/", include("copes.chain.cases.urls")),
    path("seizures/", include("copes.chain.seizures.urls")),
    path("custody/", include("copes.chain.custody.urls")),
    path("dossiers/", include("copes.chain.dossier.urls")),
    path("notifications/", include("copes.foundation.scheduling.urls")),
    path("search/", include("copes.insight.search.urls")),
    path("statistics/", include("copes.insight.statistics.urls")),
    path("api/", api.urls),
]

handler400 = web.bad_request
handler403 = web.permission_denied
handler404 = web.page_not_found
handler500 = web.server_error
