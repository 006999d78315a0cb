"""Light, dark, high contrast, or as the device says: chosen by the reader, kept in a cookie of this browser.

The choice is put on ``<html data-theme>`` by the server, so that no page flashes in the wrong colours. It is a
convenience of one browser, not a fact: no record, no table.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

THEME_COOKIE = "copes_theme"
YEAR = 365 * 24 * 3600
THEMES = (
    ("", pgettext_lazy("appearance", "As the device")),
    ("light", pgettext_lazy("appearance", "Light")),
    ("dark", pgettext_lazy("appearance", "Dark")),
    ("contrast", pgettext_lazy("appearance", "High contrast")),
)
CODES = frozenset(code for code, _label in THEMES)


def theme_of(request: HttpRequest) -> str:
    """The theme that this browser chose; empty when it follows the device."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in CODES else ""


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keeps the choice and leads back to the page; never to another site."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=True):
        back = "/"
    response = redirect(back)
    chosen = request.POST.get("theme", "")
    if chosen in CODES - {""}:
        response.set_cookie(THEME_COOKIE, chosen, max_age=YEAR, secure=True, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response
