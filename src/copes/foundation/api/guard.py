"""What every request to the API passes: readable text, a caller, limits, and for writes an idempotency key."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext_lazy as _

from copes.foundation.api import problems
from copes.foundation.api.idempotency import Keeper, key_of
from copes.foundation.api.parsing import StrictParser
from copes.foundation.api.tokens import SAFE_METHODS, by_token, identify
from copes.foundation.journal.acting import Acting
from copes.foundation.refusals import Refusal

LARGEST_JSON = 2 * 1024 * 1024  # bytes; a record is at most 64 KiB, a report with its exhibits a few hundred
LARGEST_FORM = 30 * 1024 * 1024  # bytes; a photograph is at most 25 MB
_JSON, _FORM = "application/json", "multipart/form-data"
_parser = StrictParser()
Run = Callable[..., HttpResponse]


def seals(view: Callable[..., Any]) -> Callable[..., Any]:
    """Marks an operation that must not run inside one transaction.

    It seals the ledger on its way, or records nothing but takes too long to keep others from writing.
    """
    view.copes_seals = True  # type: ignore[attr-defined]  # read by `guarded`
    return view


def guarded(run: Run) -> Run:
    """Wraps an operation, authentication included. Every refusal and failure becomes a problem answer."""
    operation = getattr(run, "__self__", None)
    whole = not getattr(getattr(operation, "view_func", None), "copes_seals", False)

    @wraps(run)
    def answer(request: HttpRequest, **parameters: Any) -> HttpResponse:
        try:
            response = _answer(request, lambda: run(request, **parameters), whole=whole)
        except Refusal as refusal:
            response = problems.refused(request, refusal)
        except (SuspiciousOperation, MultiPartParserError, UnreadablePostError) as wrong:
            response = problems.suspicious(request, wrong)
        except (DatabaseError, OSError) as wrong:
            response = problems.failed(request, wrong)
        patch_cache_control(response, no_store=True, private=True)
        patch_vary_headers(response, ["Authorization", "Cookie", "Accept-Language"])
        return response

    return answer


def _answer(request: HttpRequest, run: Callable[[], HttpResponse], *, whole: bool) -> HttpResponse:
    if "\x00" in request.path or any("\x00" in text for values in request.GET.lists() for text in values[1]):
        return problems.not_found(request)
    acting = identify(request)
    if acting is None:
        return problems.unauthenticated(request)
    if request.method in SAFE_METHODS:
        return run()
    _check_body(request)
    return _write(request, acting, run, whole=whole)


def _write(request: HttpRequest, acting: Acting, run: Callable[[], HttpResponse], *, whole: bool) -> HttpResponse:
    key = key_of(request, required=by_token(request))
    if key is not None:
        return Keeper(acting.officer, key, request).answer_once(run, whole=whole)
    if not whole:
        return run()
    with transaction.atomic():
        response = run()
        if response.status_code >= 400:
            transaction.set_rollback(True)
    return response


def _check_body(request: HttpRequest) -> None:
    """Raises when the body is too large or of a type the API does not take; reads it whole.

    A body that is no JSON is refused here, before an idempotency key is used up.
    """
    most = LARGEST_FORM if request.content_type == _FORM else LARGEST_JSON
    length = request.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > most:
        raise problems.too_large(most)
    if request.content_type == _FORM:
        _parse = request.FILES
        return
    if request.body and request.content_type != _JSON:
        raise problems.WrongMediaType(
            "body.media_type",
            _("The API takes JSON, and multipart/form-data where files are sent."),
            _("Send the header Content-Type: application/json with a JSON body."),
            field="Content-Type",
        )
    if request.body:
        _parser.parse_body(request)
