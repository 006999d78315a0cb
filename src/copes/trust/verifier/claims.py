"""Reading values out of claims whose shape nobody has vouched for yet."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, NoReturn

from copes.trust.errors import TrustError
from copes.trust.records.jose import load_json
from copes.trust.verifier.findings import Unproven, clean

UUID_FORM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z").match
UUID7_FORM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z").match
TIME_FORM = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)\Z",
    re.ASCII,
).match
SHA256_FORM = re.compile(r"[0-9a-f]{64}\Z").match
LAST_SECOND = 253_402_300_799  # 9999-12-31T23:59:59Z


def wrong(field: str) -> NoReturn:
    """Raise: this field is absent or not of the form the format demands."""
    raise Unproven("record_field", field=field)


def strict_json(data: bytes) -> Any:
    """The JSON value in these bytes; raises Unproven for anything a second reader might read otherwise.

    Refused are duplicate members, NaN, nesting deeper than the interpreter's stack, numbers beyond its
    limit, and text that is not UTF-8.
    """
    try:
        return load_json(data)
    except TrustError as error:
        raise Unproven("json_invalid", detail=clean(error)) from error
    except RecursionError as error:
        raise Unproven("json_invalid", detail="nested too deeply") from error
    except ValueError as error:
        raise Unproven("json_invalid", detail=clean(error)) from error


def canonical_json(value: object) -> str:
    """One text per JSON value: sorted members, no spaces; two values are equal if their texts are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def take_text(source: Mapping[str, Any], field: str) -> str:
    """The text in this field."""
    value = source.get(field)
    if not isinstance(value, str) or not value:
        wrong(field)
    return value


def take_uuid(source: Mapping[str, Any], field: str) -> str:
    """The UUID in this field, lower case with hyphens."""
    value = source.get(field)
    if not isinstance(value, str) or not UUID_FORM(value):
        wrong(field)
    return value


def take_sha256(source: Mapping[str, Any], field: str) -> str:
    """The SHA-256 in this field, 64 lower-case hexadecimal digits."""
    value = source.get(field)
    if not isinstance(value, str) or not SHA256_FORM(value):
        wrong(field)
    return value


def take_whole(source: Mapping[str, Any], field: str) -> int:
    """The whole number in this field, zero or more, at most 2^53 - 1 (what every JSON reader keeps exact)."""
    value = source.get(field)
    if type(value) is not int or not 0 <= value < 1 << 53:
        wrong(field)
    return value


def take_object(source: Mapping[str, Any], field: str) -> dict[str, Any]:
    """The object in this field."""
    value = source.get(field)
    if not isinstance(value, dict):
        wrong(field)
    return value


def take_texts(source: Mapping[str, Any], field: str) -> list[str]:
    """The list of texts in this field, without repetition."""
    value = source.get(field)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        wrong(field)
    if len(set(value)) != len(value):
        wrong(field)
    return value


def take_uuids(source: Mapping[str, Any], field: str) -> list[str]:
    """The list of UUIDs in this field, at least one and none twice."""
    value = source.get(field)
    if not isinstance(value, list) or not value:
        wrong(field)
    for item in value:
        if type(item) is not str or UUID_FORM(item) is None:
            wrong(field)
    if len(value) > 1 and len(set(value)) != len(value):
        wrong(field)
    return value


def read_time(text: object, field: str) -> datetime:
    """The moment an RFC 3339 text with offset names; raises Unproven for any other form."""
    moment = moment_of(text)[0] if type(text) is str else None
    if moment is None:
        wrong(field)
    return moment


@lru_cache(maxsize=64)
def moment_of(text: str) -> tuple[datetime | None, float]:
    """The moment in an RFC 3339 text with offset, also in seconds since 1970; None for any other form."""
    found = TIME_FORM(text)
    if found is None:
        return None, 0
    day, fraction, offset = found.groups()
    spelled = f"{day}.{fraction.ljust(6, '0')[:6]}" if fraction else day
    try:
        moment = datetime.fromisoformat(spelled + ("+00:00" if offset == "Z" else offset))
        return moment, moment.timestamp()
    except (ValueError, OverflowError):
        return None, 0
