"""A record's salted fields put back: what RFC 9901 §7.1 asks of whoever reads disclosures."""

from binascii import b2a_base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from copes.trust.errors import RecordError
from copes.trust.records.jose import load_json, unb64u

_RESERVED_NAMES = frozenset({"_sd", "...", "_sd_alg"})
_MAX_DEPTH = 64
_TO_URL = bytes.maketrans(b"+/", b"-_")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a record says to someone who holds some of its disclosures.

    ``claims``: the payload with the disclosed fields put back, without ``_sd``. ``withheld``: digests
    without a disclosure. ``paths``: for a disclosed digest the path of its field, for a withheld one the
    path of what holds it (an object member's name is not knowable) or of the array element. Array positions
    are those of the signed array, counted before withheld elements are taken out.
    """

    claims: dict[str, Any]
    withheld: tuple[str, ...]
    paths: dict[str, str]


def unusable_name(name: str) -> RecordError:
    """Why a member may not be called so: reserved by RFC 9901, or not writable in a path."""
    if name in _RESERVED_NAMES:
        return RecordError("record.reserved-name", "the name {name!r} is reserved", name=name)
    return RecordError("record.name", "a member may not be called {name!r}: it is empty or has a dot", name=name)


def digest_of(encoded: bytes) -> str:
    """The base64url SHA-256 of an encoded disclosure's ASCII."""
    return b2a_base64(sha256(encoded).digest(), newline=False)[:43].translate(_TO_URL).decode("ascii")


def decode_disclosure(encoded: str) -> list[Any]:
    """``[salt, name, value]`` or ``[salt, value]`` behind an encoded disclosure. Raises RecordError."""
    found = load_json(unb64u(encoded))
    if type(found) is not list or not 2 <= len(found) <= 3 or not all(type(each) is str for each in found[:-1]):
        raise RecordError("record.disclosure", "a disclosure is not [salt, name, value] or [salt, value]")
    return found


def disclosure_digest(encoded: str) -> str:
    """The digest that stands in the JWT for this encoded disclosure. Raises RecordError."""
    try:
        return digest_of(encoded.encode("ascii"))
    except UnicodeEncodeError as error:
        raise RecordError("record.base64url", "this is not base64url text") from error


class _Resolver:
    """Puts disclosures back into a payload, following RFC 9901 §7.1 step 3."""

    def __init__(self, encoded: Iterable[str], keep_places: bool) -> None:
        self.keep_places = keep_places
        self.seen: dict[str, str] = {}
        self.withheld: list[str] = []
        given = list(encoded)
        self.unused = {disclosure_digest(text): text for text in given}
        if len(self.unused) != len(given):
            raise RecordError("record.disclosure-twice", "a disclosure is given twice")

    def take(self, digest: Any, path: str, arity: int) -> list[Any] | None:
        """The decoded disclosure of an embedded digest, or None when it is withheld."""
        if type(digest) is not str or len(digest) != 43:
            raise RecordError("record.digest", "what stands for a salted field at {path!r} is no digest", path=path)
        if digest in self.seen:
            raise RecordError("record.digest-twice", "a digest stands in the record twice: {digest}", digest=digest)
        self.seen[digest] = path
        text = self.unused.pop(digest, None)
        if text is None:
            self.withheld.append(digest)
            return None
        found = decode_disclosure(text)
        if len(found) != arity:
            raise RecordError("record.disclosure-arity", "a disclosure is of the wrong form for {path!r}", path=path)
        return found

    def value(self, value: Any, path: str, depth: int) -> Any:
        kind = type(value)
        if kind is dict:
            return self.members(value, path, depth + 1)
        if kind is list:
            return self.elements(value, path, depth + 1)
        return value

    def members(self, found: Mapping[str, Any], path: str, depth: int) -> dict[str, Any]:
        if depth > _MAX_DEPTH:
            raise RecordError("record.depth", "the record is nested more than {limit} deep", limit=_MAX_DEPTH)
        digests = found.get("_sd", [])
        if type(digests) is not list:
            raise RecordError("record.digest", "what stands for salted fields at {path!r} is no list", path=path)
        if "" in found or "." in "".join(found):
            raise unusable_name(next(name for name in found if not name or "." in name))
        claims = {}
        for name, value in found.items():
            kind = type(value)
            if kind is not dict and kind is not list:
                claims[name] = value
            elif name != "_sd":
                claims[name] = self.value(value, f"{path}.{name}" if path else name, depth)
        for digest in digests:
            disclosed = self.take(digest, path, 3)
            if disclosed is not None:
                self.insert(claims, disclosed, digest, path, depth)
        return claims

    def insert(self, claims: dict[str, Any], disclosed: list[Any], digest: str, path: str, depth: int) -> None:
        name = disclosed[1]
        if name == "_sd" or "." in name or not name or (name == "_sd_alg" and not path):
            raise unusable_name(name)
        if name in claims:
            raise RecordError(
                "record.name-clash",
                "a disclosure repeats the claim {name!r} at {path!r}",
                name=name,
                path=path,
            )
        place = f"{path}.{name}" if path else name
        self.seen[digest] = place
        value = disclosed[2]
        claims[name] = value if type(value) is str else self.value(value, place, depth)

    def elements(self, found: list[Any], path: str, depth: int) -> list[Any]:
        if depth > _MAX_DEPTH:
            raise RecordError("record.depth", "the record is nested more than {limit} deep", limit=_MAX_DEPTH)
        items = []
        for number, item in enumerate(found):
            kind = type(item)
            place = f"{path}.{number}" if kind is dict or kind is list else path
            if kind is not dict or "..." not in item:
                items.append(self.value(item, place, depth))
                continue
            if len(item) != 1:
                raise RecordError(
                    "record.digest",
                    "a salted array element at {path!r} holds more than its digest",
                    path=place,
                )
            disclosed = self.take(item["..."], place, 2)
            if disclosed is not None:
                items.append(self.value(disclosed[1], place, depth))
            elif self.keep_places:
                items.append(None)
        return items


def resolve(payload: Mapping[str, Any], encoded: Iterable[str], *, keep_places: bool = False) -> Resolved:
    """The record's claims with the given disclosures put back (RFC 9901 §7.1 step 3).

    Withheld array elements are left out, or stand as None with ``keep_places`` (so that positions are those
    of ``paths``). Raises RecordError for a disclosure that is not referenced, is given twice or has the
    wrong form, a digest that occurs twice, a claim name that clashes or is reserved, and a hash algorithm
    other than sha-256.
    """
    resolver = _Resolver(encoded, keep_places)
    if payload.get("_sd_alg", "sha-256") != "sha-256":
        raise RecordError("record.sd-alg", "the record's digests are not SHA-256")
    claims = resolver.members(payload, "", 0)
    claims.pop("_sd_alg", None)
    if resolver.unused:
        digest = next(iter(resolver.unused))
        raise RecordError(
            "record.disclosure-unreferenced",
            "a disclosure belongs nowhere in the record: {digest}",
            digest=digest,
        )
    return Resolved(claims, tuple(resolver.withheld), resolver.seen)
