"""The style page and the pages of errors."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from copes.foundation.web.samples import SampleForm

ICONS = (
    "search", "bell", "help", "home", "plus", "menu", "close", "filter", "sort", "sort-up", "sort-down",
    "print", "download", "folder", "box", "camera", "scan", "clock", "pin", "document", "shield", "eye",
    "erase", "key", "lock", "person", "tick", "alert", "globe",
)  # fmt: skip


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every component once, for those who build pages and for the tests that look at them."""
    wrong = SampleForm({"place": "", "found": "x" * 61, "means": "rocket"})
    wrong.is_valid()
    context = {
        "form": SampleForm(prefix="good"),
        "wrong": wrong,
        "erasure": SimpleNamespace(at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC), by="4471"),
        "officer": SimpleNamespace(name="Amina Haddad", service_number="4471", label="Amina Haddad 4471"),
        "person": "Иван Петровић",
        "moment": datetime(2018, 2, 9, 0, 35, tzinfo=UTC),
        "states": ["durable", "sealed", "witnessed"],
        "icons": ICONS,
    }
    return render(request, "web/style.html", context)


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The keyboard shortcuts."""
    return render(request, "web/keys.html")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be understood."""
    del exception
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not allowed."""
    del exception
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or none this officer may know of."""
    del exception
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a mistake of the program. Rendered without database or session: either may be what failed."""
    return render(request, "500.html", status=500)
