"""The small part of JOSE that records need: base64url, strict JSON, key thumbprints."""

import binascii
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from math import isfinite
from typing import Any, NoReturn

from copes.trust.errors import KeyRefused, RecordError

_FROM_URL = bytes.maketrans(b"-_+/=", b"+/\x00\x00\x00")
_THUMBPRINT_MEMBERS = {"OKP": ("crv", "kty", "x"), "EC": ("crv", "kty", "x", "y")}
_JSON_OUT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":"))
_MAX_NUMBER = 64


def b64u(data: bytes) -> str:
    """``data`` as base64url without padding (RFC 7515 §2)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64u(text: str) -> bytes:
    """The bytes behind base64url ``text``: ASCII, unpadded, canonical (no stray bits), nothing else.

    Raises RecordError.
    """
    try:
        raw = text.encode("ascii").translate(_FROM_URL)
        data = binascii.a2b_base64(raw + b"==="[: -len(raw) % 4], strict_mode=True)
    except ValueError as error:
        raise RecordError("record.base64url", "this is not base64url text") from error
    rest = len(data) % 3  # only the last, incomplete group can hold stray bits
    if rest and not binascii.b2a_base64(data[-rest:], newline=False).startswith(raw[-1 - rest :]):
        raise RecordError("record.base64url", "this is not canonical base64url")
    return data


def _no_constant(name: str) -> NoReturn:
    raise RecordError("record.json", "the JSON holds {name}, which is not a number", name=name)


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise RecordError("record.json", "the JSON holds a number too big to keep")
    return number


def _short_int(text: str) -> int:
    if len(text) > _MAX_NUMBER:
        raise RecordError("record.json", "the JSON holds a number too long to keep")
    return int(text)


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RecordError("record.json-duplicate", "the JSON names the member {name!r} twice", name=twice)
    return members


_JSON_IN = json.JSONDecoder(
    object_pairs_hook=_no_duplicates, parse_constant=_no_constant, parse_float=_finite, parse_int=_short_int
)


def load_json(data: bytes) -> Any:
    """The value of JSON ``data`` (RFC 8259, UTF-8).

    Stricter than usual: duplicate members, NaN and Infinity, numbers beyond a double, numbers over 64 digits,
    lone surrogates and nesting beyond the interpreter's limit are refused, so that no two readers can see two
    different facts. Raises RecordError.
    """
    try:
        text = data.decode("utf-8").strip(" \t\r\n")
        value, end = _JSON_IN.raw_decode(text)
        if end != len(text):
            raise RecordError("record.json", "there is more than one value of JSON")
        if "\\u" in text:
            _JSON_OUT.encode(value).encode("utf-8")  # a lone surrogate cannot be encoded
    except RecursionError as error:
        raise RecordError("record.json", "the JSON is nested too deeply") from error
    except ValueError as error:
        raise RecordError("record.json", "this is not JSON: {reason}", reason=str(error)) from error
    return value


def dump_json(value: object) -> bytes:
    """``value`` as compact UTF-8 JSON, members in the order given. Raises RecordError for what JSON cannot
    say.
    """
    try:
        return _JSON_OUT.encode(value).encode("utf-8")
    except (TypeError, ValueError, RecursionError) as error:
        raise RecordError("record.json", "this cannot be said in JSON: {reason}", reason=str(error)) from error


def thumbprint(jwk: Mapping[str, object]) -> str:
    """The RFC 7638 SHA-256 thumbprint of a public key, base64url. Raises KeyRefused for other key types."""
    members = _THUMBPRINT_MEMBERS.get(str(jwk.get("kty")))
    if members is None or any(not isinstance(jwk.get(name), str) for name in members):
        raise KeyRefused("key.malformed", "this is not a public key of a kind that is used here")
    return b64u(sha256(dump_json({name: jwk[name] for name in members})).digest())
