"""Answers that say no: RFC 9457 problem details with ``code``, ``reason``, ``mend`` and ``field``."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja.errors import AuthenticationError, HttpError, ValidationError

from copes.foundation.api.wording import plain_words
from copes.foundation.journal.services import SealingRefusedError
from copes.foundation.refusals import BadInput, Refusal

MEDIA_TYPE = "application/problem+json"
_MEMBER = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
logger = logging.getLogger("copes.api")


class TooMany(Refusal):
    """Too many requests; ``wait`` is the number of seconds after which the next one is answered."""

    status = 429

    def __init__(self, wait: int) -> None:
        super().__init__(
            "rate.limit",
            _("Too many requests came from you in the last minute."),
            _("Wait for as many seconds as the Retry-After header says, then send the request again."),
        )
        self.wait = wait


class TooLarge(BadInput):
    """The body is larger than this address takes."""

    status = 413


class WrongMediaType(BadInput):
    """The body is of a type this address does not take."""

    status = 415


class InProgress(Refusal):
    """An act with the same idempotency key is under way."""


def problem(
    status: int,
    code: str,
    reason: object,
    mend: object,
    *,
    field: str | None = None,
    errors: Iterable[Mapping[str, Any]] | None = None,
) -> HttpResponse:
    """A problem answer in the active language."""
    content: dict[str, Any] = {
        "status": status,
        "code": code,
        "reason": str(reason),
        "mend": str(mend),
        "field": field,
    }
    if errors is not None:
        content["errors"] = list(errors)
    return HttpResponse(json.dumps(content, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer to a refusal, with the refusal's own status; every problem is listed when it names several."""
    listed: list[tuple[str, str]] = getattr(refusal, "errors", [])
    errors = [
        {"field": _in_body(request, path), "code": refusal.code, "reason": text, "mend": str(refusal.mend)}
        for path, text in listed
    ]
    response = problem(
        refusal.status,
        refusal.code,
        refusal.reason,
        refusal.mend,
        field=_in_body(request, refusal.field),
        errors=errors or None,
    )
    if isinstance(refusal, TooMany):
        response["Retry-After"] = str(refusal.wait)
    if isinstance(refusal, InProgress):
        response["Retry-After"] = "5"
    return response


def _in_body(request: HttpRequest, field: str | None) -> str | None:
    """A field as callers write it: members of the body start with ``body.``; headers keep their name."""
    if not field or request.method in {"GET", "HEAD"} or not _MEMBER.fullmatch(field):
        return field
    return f"body.{field}"


def invalid(_request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """422: the body is JSON, but some fields cannot be taken; each is named, with reason and mend."""
    return problem(
        422,
        "request.invalid",
        _("Some fields cannot be accepted; nothing was recorded."),
        _("Correct the fields listed under errors, then send the request again."),
        errors=[plain_words(error) for error in wrong.errors],
    )


def unauthenticated(_request: HttpRequest, _wrong: AuthenticationError | None = None) -> HttpResponse:
    """401: no token, or one that opens nothing (any more)."""
    response = problem(
        401,
        "authentication.needed",
        _("This address needs a valid token. The one sent, if any, is unknown, expired or revoked."),
        _("Send the header Authorization: Bearer followed by a token made on your account page."),
    )
    response["WWW-Authenticate"] = 'Bearer realm="OpenCOPES"'
    return response


def http_error(request: HttpRequest, wrong: HttpError) -> HttpResponse:
    """What the framework refuses by itself; a body that could not be read carries the parser's own refusal."""
    if isinstance(wrong.__cause__, Refusal):
        return refused(request, wrong.__cause__)
    return problem(
        wrong.status_code,
        f"http.{wrong.status_code}",
        _("The request cannot be answered as it is."),
        _("Compare the request with the API description."),
    )


def not_found(_request: HttpRequest, _wrong: Exception | None = None) -> HttpResponse:
    """404 for an address that the API does not have."""
    return problem(
        404,
        "address.unknown",
        _("The API has no such address."),
        _("Compare the address with the API description at /api/openapi.json."),
    )


def method_not_allowed(_request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """405 with the methods that the address takes."""
    methods = ", ".join(sorted(allowed))
    response = problem(
        405,
        "method.not_allowed",
        _("This address does not take that method."),
        _("Use one of: %(methods)s.") % {"methods": methods},
    )
    response["Allow"] = methods
    return response


def too_large(most: int) -> TooLarge:
    """The refusal of a body larger than ``most`` bytes."""
    return TooLarge(
        "body.too_large",
        _("The body is larger than %(most)d bytes.") % {"most": most},
        _("Send less at a time; files go to the addresses that take files."),
    )


def failed(_request: HttpRequest, wrong: Exception) -> HttpResponse:
    """5xx: an error of the program or the machine. Logged with its cause; the caller sees none of it."""
    logger.error("API request failed", exc_info=wrong)
    if isinstance(wrong, DatabaseError | OSError):
        response = problem(
            503,
            "node.unavailable",
            _("The node's database or disk did not answer. Nothing was recorded."),
            _("Send the same request with the same Idempotency-Key again in a minute."),
        )
        response["Retry-After"] = "60"
        return response
    return problem(
        500,
        "node.error",
        _("The program failed on this request. Nothing was recorded."),
        _("Send it once more with the same Idempotency-Key; if it fails again, tell your administrator the time."),
    )


def unsealed(_request: HttpRequest, wrong: SealingRefusedError) -> HttpResponse:
    """503: the ledger contradicts what was signed before; it was frozen instead of sealed."""
    logger.error("sealing refused", exc_info=wrong)
    return problem(
        503,
        "ledger.frozen",
        _("The ledger cannot be sealed: it contradicts what was signed before."),
        _("Call the administrator: `copes check` says where. Nothing more is recorded until then."),
    )


def suspicious(request: HttpRequest, wrong: Exception) -> HttpResponse:
    """400 or 413: a request that Django refuses to read."""
    if isinstance(wrong, RequestDataTooBig):
        from django.conf import settings

        return refused(request, too_large(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0))
    return problem(
        400,
        "request.unreadable",
        _("The request cannot be read."),
        _("Compare the request with the API description."),
    )
