"""Small layers: static files, packed pages, and refusals shown as pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode

from copes.foundation.refusals import KeyLocked, Refusal
from copes.foundation.web.assets import Asset, find_asset

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# What is never handed back to a page: secrets, and the token that belongs to one form.
NEVER_REPEATED = frozenset({"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword"})


def static_files(get_response: GetResponse) -> GetResponse:
    """Answers ``/static/…`` from the package's own files: types, ETag (RFC 9110 §13.1.2), year-long caching
    of versioned addresses. Only GET and HEAD.
    """
    prefix = settings.STATIC_URL if settings.STATIC_URL.startswith("/") else f"/{settings.STATIC_URL}"

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(prefix):
            return get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        asset = find_asset(request.path_info.removeprefix(prefix))
        if asset is None:
            return HttpResponse("Not found", status=404, content_type="text/plain; charset=utf-8")
        return _send(request, asset)

    return middleware


def _send(request: HttpRequest, asset: Asset) -> HttpResponse:
    seen = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    if asset.etag in seen:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(asset.data, content_type=asset.content_type)
        if asset.packed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
            response.content = asset.packed
            response["Content-Encoding"] = "gzip"
    response["ETag"] = asset.etag
    versioned = request.GET.get("v") == asset.version
    response["Cache-Control"] = "public, max-age=31536000, immutable" if versioned else "public, max-age=3600"
    if asset.packed is not None:
        patch_vary_headers(response, ["Accept-Encoding"])
    return response


class PackedPages(GZipMiddleware):
    """Packs HTML pages, and nothing else: a fifth of the bytes on a slow line.

    A random length is added to each answer (Django's defence against BREACH), and the CSRF token differs each time.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, packed when it is a page and the browser can unpack it."""
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


class Refusals:
    """Turns a Refusal that a view raised into a page with its status, its reason and its mend."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The view's answer, unchanged."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; None for anything else, which is an error of the program."""
        if isinstance(exception, KeyLocked):
            return _ask_for_key(request)
        if isinstance(exception, Refusal):
            return render(request, "refused.html", {"refusal": exception}, status=exception.status)
        return None


def refusals(get_response: GetResponse) -> Refusals:
    """Middleware: see Refusals."""
    return Refusals(get_response)


def _ask_for_key(request: HttpRequest) -> HttpResponse:
    """To the unlock page; an entry that was being sent travels along and is not lost (except files)."""
    if request.method != "POST":
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('people:unlock')}?{query}")
    entry = [(name, value) for name, values in request.POST.lists() if name not in NEVER_REPEATED for value in values]
    context = {"entry": entry, "next": request.get_full_path(), "files_lost": bool(request.FILES)}
    return render(request, "people/unlock.html", context, status=KeyLocked.status)
