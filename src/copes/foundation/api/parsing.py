"""JSON bodies, read strictly: UTF-8, no member twice, no NaN, no characters a database cannot keep."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser

from copes.foundation.refusals import BadInput

DEEPEST = 32
_READ = "_copes_json"


class StrictParser(Parser):
    """Reads request bodies. Numbers with a fraction stay exact decimals (RFC 8259; never binary floats)."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The JSON value of the body, read once a request. Raises BadInput that says what is wrong with it."""
        if not hasattr(request, _READ):
            setattr(request, _READ, parse_json(request.body))
        return getattr(request, _READ)


def parse_json(data: bytes) -> Any:
    """The JSON value in ``data``. Raises BadInput."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise BadInput(
            "body.not_utf8",
            _("The body is not UTF-8 text (byte %(place)d).") % {"place": wrong.start},
            _("Send JSON encoded as UTF-8."),
        ) from None
    try:
        value = json.loads(text, object_pairs_hook=_members, parse_constant=_no_constant, parse_float=Decimal)
    except json.JSONDecodeError as wrong:
        raise BadInput(
            "body.not_json",
            _("The body is not JSON (line %(line)d, column %(column)d).")
            % {"line": wrong.lineno, "column": wrong.colno},
            _("Correct the body at that place; see RFC 8259."),
        ) from None
    except (RecursionError, ValueError):
        raise _unreadable() from None
    _check(value, DEEPEST)
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise BadInput(
            "body.twice",
            _("An object in the body states one member twice."),
            _("State every member once."),
        )
    return members


def _no_constant(_name: str) -> NoReturn:
    raise BadInput(
        "body.number",
        _("NaN and Infinity are not JSON numbers."),
        _("Leave the field out, or give a number."),
    )


def _unreadable() -> BadInput:
    return BadInput(
        "body.unreadable",
        _("The body is nested too deeply, or holds a number too long to read."),
        _("Send the fields named in the API description only."),
    )


def _check(value: Any, depth: int) -> None:
    if depth == 0:
        raise _unreadable()
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth - 1)
    elif isinstance(value, dict):
        for name, item in value.items():
            check_text(name)
            _check(item, depth - 1)


def check_text(text: str) -> None:
    """Raises BadInput for text that cannot be stored: a NUL, or half of a surrogate pair."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise BadInput(
            "text.character",
            _("A text holds a character that cannot be kept (NUL or half of a surrogate pair)."),
            _("Remove that character."),
        )
