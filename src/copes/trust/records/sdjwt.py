"""Records as SD-JWT (RFC 9901): a signed JWT whose salted fields are kept beside it as disclosures.

Issuing turns each ``Salted`` value into a digest in the JWT and a disclosure outside it. Reading checks the
signature over the JWT, then puts back the disclosures one has; what is left out stays provably *withheld*.
"""

import os
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any, Protocol

from copes.trust.errors import RecordError, SignatureError
from copes.trust.records.disclosures import Resolved, digest_of, resolve, unusable_name
from copes.trust.records.jose import b64u, dump_json, load_json, unb64u
from copes.trust.records.keys import ALGORITHMS, PublicKey

TYP = "copes-record+sd-jwt"
MAX_JWT_BYTES = 65_535
_SALT_BYTES = 16

__all__ = [
    "MAX_JWT_BYTES",
    "TYP",
    "Disclosure",
    "Resolved",
    "Salted",
    "Signed",
    "Signer",
    "check_signature",
    "header",
    "issue",
    "leaf_data",
    "parse",
    "payload",
    "resolve",
]


class Signer(Protocol):
    """What signs a record: a private key here, or one in a device."""

    @property
    def kid(self) -> str:
        """The key's RFC 7638 thumbprint."""

    @property
    def alg(self) -> str:
        """``EdDSA`` or ``ES256``."""

    def sign(self, data: bytes, /) -> bytes:
        """The 64-byte JWS signature over ``data``."""


@dataclass(frozen=True, slots=True)
class Salted:
    """Marks a claim's value as a salted field; values may hold further salted fields."""

    value: Any


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One salted field's content: its digest in the JWT, its encoding, and where it stands
    (``body.name``).
    """

    digest: str
    encoded: str
    path: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed record and all its disclosures."""

    jwt: str
    disclosures: tuple[Disclosure, ...]

    def compact(self) -> str:
        """``<jwt>~<disclosure>~…~`` (RFC 9901 §4)."""
        return "~".join((self.jwt, *(disclosure.encoded for disclosure in self.disclosures), ""))


# --- issuing


class _Salter:
    """Walks claims, replacing salted fields by digests and collecting their disclosures, inner ones first."""

    __slots__ = ("disclosures", "salt")

    def __init__(self, salt: Callable[[int], bytes]) -> None:
        self.salt = salt
        self.disclosures: list[Disclosure] = []

    def value(self, value: Any, path: str) -> Any:
        kind = type(value)
        if kind is str or kind is int:
            return value
        if isinstance(value, Mapping):
            return self.members(value, path)
        if isinstance(value, list | tuple):
            return [self.element(item, f"{path}.{place}") for place, item in enumerate(value)]
        if kind is Salted:
            raise RecordError(
                "record.salted-place",
                "a salted field stands in an object or an array, not at {path}",
                path=path,
            )
        return value

    def members(self, claims: Mapping[str, Any], path: str) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        digests: list[str] = []
        for name, value in claims.items():
            if "." in name or not name or name == "_sd":
                raise unusable_name(name)
            kind = type(value)
            if kind is Salted:
                digests.append(self.disclose(value.value, f"{path}.{name}" if path else name, name))
            elif kind is str or kind is int:
                plain[name] = value
            else:
                plain[name] = self.value(value, f"{path}.{name}" if path else name)
        if digests:
            digests.sort()
            plain["_sd"] = digests
        return plain

    def element(self, item: Any, path: str) -> Any:
        if type(item) is Salted:
            return {"...": self.disclose(item.value, path, None)}
        return self.value(item, path)

    def disclose(self, value: Any, path: str, name: str | None) -> str:
        if type(value) is not str:
            value = self.value(value, path)
        salt = urlsafe_b64encode(self.salt(_SALT_BYTES)).rstrip(b"=").decode("ascii")
        label = "" if name is None else f"{encode_basestring(name)},"
        content = encode_basestring(value).encode() if type(value) is str else dump_json(value)
        array = f'["{salt}",{label}'.encode() + content + b"]"
        encoded = urlsafe_b64encode(array).rstrip(b"=")
        digest = digest_of(encoded)
        self.disclosures.append(Disclosure(digest, encoded.decode("ascii"), path))
        return digest


@lru_cache(maxsize=4096)
def _header_segment(alg: str, kid: str) -> str:
    return b64u(dump_json({"alg": alg, "kid": kid, "typ": TYP}))


def issue(claims: Mapping[str, Any], key: Signer, *, salt: Callable[[int], bytes] = os.urandom) -> Signed:
    """Sign ``claims`` as a record; ``Salted`` values become disclosures (RFC 9901 §4.2, recursive).

    ``_sd_alg`` is added; salts are 16 bytes of ``salt``. Raises RecordError for claims JSON cannot say, for
    reserved names, and for a JWT over 65,535 bytes.
    """
    salter = _Salter(salt)
    try:
        payload = salter.members(claims, "")
        if "_sd_alg" in payload:
            raise unusable_name("_sd_alg")
        payload["_sd_alg"] = "sha-256"
        body = urlsafe_b64encode(dump_json(payload)).rstrip(b"=")
    except (UnicodeEncodeError, RecursionError) as error:
        raise RecordError("record.json", "this cannot be said in JSON: {reason}", reason=str(error)) from error
    signing_input = _header_segment(key.alg, key.kid).encode("ascii") + b"." + body
    signature = urlsafe_b64encode(key.sign(signing_input)).rstrip(b"=")
    jwt = (signing_input + b"." + signature).decode("ascii")
    if len(jwt) > MAX_JWT_BYTES:
        raise RecordError("record.too-big", "the record has {size} bytes; 65,535 are allowed", size=len(jwt))
    return Signed(jwt, tuple(salter.disclosures))


# --- reading


def parse(compact: str) -> tuple[str, list[str]]:
    """The JWT and the encoded disclosures of a compact SD-JWT without key binding. Raises RecordError.

    Checks the outer form only: no signature, no digest.
    """
    jwt, *encoded = compact.split("~")
    if not encoded or encoded.pop() != "":
        raise RecordError("record.compact", "a record ends in '~' and carries no key binding")
    if "" in encoded:
        raise RecordError("record.compact", "a record holds an empty disclosure")
    _segments(jwt)
    return jwt, encoded


def _segments(jwt: str) -> tuple[str, str, str]:
    parts = jwt.split(".")
    if len(parts) != 3 or not jwt.isascii() or not all(parts):
        raise RecordError("record.compact", "a record's JWT has three parts of base64url")
    if len(jwt) > MAX_JWT_BYTES:
        raise RecordError("record.too-big", "the record has {size} bytes; 65,535 are allowed", size=len(jwt))
    return parts[0], parts[1], parts[2]


@lru_cache(maxsize=4096)
def _read_header(segment: str) -> tuple[str, str]:
    found = load_json(unb64u(segment))
    if not isinstance(found, dict) or found.keys() != {"alg", "kid", "typ"}:
        raise RecordError("record.header", "the record's header does not hold exactly alg, kid and typ")
    alg, kid, typ = found["alg"], found["kid"], found["typ"]
    if typ != TYP:
        raise RecordError("record.typ", "this is not a record: its type is {typ!r}", typ=typ)
    if not isinstance(alg, str) or alg not in ALGORITHMS or not isinstance(kid, str):
        raise RecordError("record.alg", "the record's algorithm {alg!r} is not EdDSA or ES256", alg=alg)
    return alg, kid


def header(jwt: str) -> dict[str, str]:
    """The JOSE header, *unverified*: exactly alg, kid and typ, each checked. Raises RecordError."""
    alg, kid = _read_header(_segments(jwt)[0])
    return {"alg": alg, "kid": kid, "typ": TYP}


def payload(jwt: str) -> dict[str, Any]:
    """The payload, *unverified*, with digests in place of salted fields. Raises RecordError."""
    segments = _segments(jwt)
    _read_header(segments[0])
    return _read_payload(segments[1])


def _read_payload(segment: str) -> dict[str, Any]:
    found = load_json(unb64u(segment))
    if not isinstance(found, dict):
        raise RecordError("record.payload", "the record's payload is not an object")
    return found


def check_signature(jwt: str, key: PublicKey) -> dict[str, Any]:
    """The payload, once the signature holds under ``key`` and the header names it.

    Raises SignatureError when it does not, RecordError when the JWT is malformed.
    """
    first, second, third = _segments(jwt)
    alg, kid = _read_header(first)
    if kid != key.kid or alg != key.alg:
        raise SignatureError("record.other-key", "the record names key {named}, not {kid}", named=kid, kid=key.kid)
    key.verify(unb64u(third), jwt[: len(first) + 1 + len(second)].encode("ascii"))
    return _read_payload(second)


def leaf_data(jwt: str) -> bytes:
    """The 32 bytes that enter the ledger for this record: SHA-256 of the JWT's ASCII. Raises RecordError."""
    try:
        return sha256(jwt.encode("ascii")).digest()
    except UnicodeEncodeError as error:
        raise RecordError("record.compact", "a record's JWT is ASCII") from error
