"""What is wrong with a field, in plain words: pydantic's error types, each with a reason and a mend.

The value that was sent is never repeated: it may be personal data, and answers are logged by others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = tuple[Promise | str, Promise | str]

_AS_DESCRIBED = _("See this field in the API description at /api/openapi.json.")
_NUMBER = (_("This is not a number of the kind asked for."), _('Write a number, for example 12 or "12.5".'))
_DATE = (_("This is not a date."), _("Write it as year-month-day, for example 2026-03-01."))
_TIME = (
    _("This is not a point in time."),
    _("Write date, time and offset from UTC, for example 2026-03-01T14:05:00+01:00."),
)
_ID = (_("This is not an id."), _("Copy the id as the API gave it: 36 characters, five groups with hyphens."))
_OBJECT = (_("An object is expected here."), _("Send the fields of this part in curly brackets."))
_LIST = (_("A list is expected here."), _("Send the elements in square brackets."))
_CHOICE = (_("This is none of the values that are allowed here."), _("Use one of: %(expected)s."))

_WORDS: dict[str, Words] = {
    "missing": (_("This field is missing."), _("Add it.")),
    "extra_forbidden": (_("There is no field of this name here."), _("Remove it, or correct its spelling.")),
    "string_type": (_("Text is expected here."), _("Put the value in quotation marks.")),
    "string_too_short": (
        _("The text is too short."),
        _("Enter at least this many characters: %(min_length)s."),
    ),
    "string_too_long": (_("The text is too long."), _("Enter at most this many characters: %(max_length)s.")),
    "string_pattern_mismatch": (
        _("The text does not have the form that is asked for."),
        _("Use this pattern: %(pattern)s"),
    ),
    "too_short": (_("There are too few elements."), _("Give at least %(min_length)s.")),
    "too_long": (_("There are too many elements."), _("Give at most %(max_length)s.")),
    "greater_than": (_("The number is too small."), _("Give a number greater than %(gt)s.")),
    "greater_than_equal": (_("The number is too small."), _("Give %(ge)s or more.")),
    "less_than": (_("The number is too large."), _("Give a number less than %(lt)s.")),
    "less_than_equal": (_("The number is too large."), _("Give %(le)s or less.")),
    "decimal_max_digits": (_("The number has too many digits."), _("Use at most this many: %(max_digits)s.")),
    "decimal_max_places": (
        _("The number has too many digits after the point."),
        _("Use at most this many: %(decimal_places)s."),
    ),
    "decimal_whole_digits": (
        _("The number has too many digits before the point."),
        _("Use at most this many: %(whole_digits)s."),
    ),
    "timezone_aware": (
        _("The time does not say its offset from UTC."),
        _("Add it, for example +01:00, or Z for UTC."),
    ),
    "literal_error": _CHOICE,
    "enum": _CHOICE,
    "union_tag_invalid": (_("There is no kind of that name here."), _("Use one of: %(expected_tags)s.")),
    "union_tag_not_found": (_("The field that names the kind is missing."), _("Add %(discriminator)s.")),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "bool_type": (_("true or false is expected here."), _("Send true or false, without quotation marks.")),
    "bool_parsing": (_("true or false is expected here."), _("Send true or false, without quotation marks.")),
}
_FAMILIES: tuple[tuple[str, Words], ...] = (
    ("datetime_", _TIME),
    ("timezone_", _TIME),
    ("date_", _DATE),
    ("time_", _TIME),
    ("decimal_", _NUMBER),
    ("int_", _NUMBER),
    ("float_", _NUMBER),
    ("finite_", _NUMBER),
    ("uuid_", _ID),
)
_OTHER: Words = (_("This value cannot be accepted."), _AS_DESCRIBED)
_SEND_AGAIN = _("Correct it, then send the request again.")
_taught: dict[str, Promise] = {}
_places: dict[str, str] = {}


def teach(messages: Mapping[str, Promise], belongs: Mapping[str, str]) -> None:
    """Adds what a room's own error types mean, and the member of the object where each is mended."""
    _taught.update(messages)
    _places.update(belongs)


def plain_words(error: Mapping[str, Any]) -> dict[str, str]:
    """One of pydantic's errors as ``field``, ``code``, ``reason`` and ``mend`` in the active language."""
    kind = error["type"]
    reason, mend = _words(kind)
    values = {name: str(value) for name, value in error.get("ctx", {}).items()}
    below = values.get("at") or _places.get(kind)
    return {
        "field": _place(error["loc"], below),
        "code": f"field.{kind}",
        "reason": _filled(reason, values),
        "mend": _filled(mend, values),
    }


def _words(kind: str) -> Words:
    if kind in _WORDS:
        return _WORDS[kind]
    known = next((words for prefix, words in _FAMILIES if kind.startswith(prefix)), None)
    if known is None and kind in _taught:
        return _taught[kind], _SEND_AGAIN
    return known or _OTHER


def _filled(text: Promise | str, values: Mapping[str, str]) -> str:
    said = str(text)
    for name, value in values.items():
        said = said.replace(f"%({name})s", value)
    return said


def _place(loc: tuple[str | int, ...], below: str | None) -> str:
    """``body.items.0.quantity``: the name of the operation's parameter is no part of the caller's JSON."""
    parts = list(loc)
    if parts and parts[0] == "body" and len(parts) > 1:
        del parts[1]
    if below and parts[-1] != below:
        parts.append(below)
    return ".".join(str(part) for part in parts)
