"""What every recording page does besides its act: drafts, sending by script, reading codes by camera.

A page offers the officer's draft first and shows the empty form only once that is decided, so that a new entry never
writes over an old one. A form sent by script is answered with where to go, so that a broken line loses nothing; sent
without scripts it is answered as every form.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from copes.chain.cases import drafts
from copes.chain.cases.sending import FIELD
from copes.foundation.people.access import OfficerRequest

BY_SCRIPT = "X-Copes-Recording"
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Start:
    """What a form begins with: typed data, if there is any, or an answer that comes before the form.

    ``page`` goes into the page: a draft keeps the token of its form, so that a form whose answer got lost acts once.
    """

    data: Any = None
    answer: HttpResponse | None = None
    page: dict[str, Any] = field(default_factory=dict)


def recording(view: View) -> View:
    """A page whose script sends the form and reads codes (WebAssembly, on these pages only)."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.headers.get(BY_SCRIPT) and request.acting is None:
            return JsonResponse({}, status=401)  # the script keeps the form and offers to sign in beside it
        response = view(request, *args, **kwargs)
        if request.headers.get(BY_SCRIPT) and isinstance(response, HttpResponseRedirect):
            return JsonResponse({"location": response.url}, headers={"Cache-Control": "no-store, private"})
        return response

    return cast("View", csp_update({"script-src": [SELF, "'wasm-unsafe-eval'"]})(guarded))


def begin(request: OfficerRequest, form: str, title: str, context: dict[str, Any]) -> Start:
    """The data a form begins with: what was sent; else the officer's draft, if it is to be continued."""
    if request.method == "POST":
        if request.POST.get("do") == "discard":
            drafts.discard_draft(request.acting, form)
            return Start(answer=HttpResponseRedirect(drafts.address(form)))
        return Start(request.POST)
    saved_at = drafts.draft_saved_at(request.acting, form)
    if saved_at is None:
        return Start()
    typed = drafts.draft_of(request.acting, form)
    if request.GET.get("draft") == "continue" and typed is not None:
        return Start(typed, page={FIELD: typed[FIELD]} if typed.get(FIELD) else {})
    locked = typed is None and request.acting.signer is None
    page = {
        **context,
        "title": title,
        "saved_at": saved_at,
        "readable": typed is not None,
        "locked": locked,
        "unlock": reverse("people:unlock"),
        "here": drafts.address(form),
    }
    return Start(answer=render(request, "cases/draft.html", page))
