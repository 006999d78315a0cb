"""Public keys of those who sign records: Ed25519 (EdDSA) and P-256 (ES256) as JWKs (RFC 7517, 7518, 8037)."""

from collections.abc import Mapping
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from copes.trust.errors import KeyRefused, RecordError, SignatureError
from copes.trust.records.ed25519_order import check_prime_order
from copes.trust.records.jose import thumbprint, unb64u

ALGORITHMS = ("EdDSA", "ES256")
_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"})
_ES256 = ec.ECDSA(SHA256())


class PublicKey:
    """A key that records can be checked with; made by ``from_jwk`` only, which refuses unsafe ones."""

    __slots__ = ("_key", "alg", "jwk", "kid")

    def __init__(
        self, key: Ed25519PublicKey | ec.EllipticCurvePublicKey, alg: str, jwk: dict[str, str], kid: str
    ) -> None:
        self._key = key
        self.alg = alg
        self.jwk = jwk
        self.kid = kid

    @classmethod
    def from_jwk(cls, jwk: Mapping[str, object]) -> Self:
        """The key a JWK describes. Members beyond the required public ones are not kept.

        Raises KeyRefused for other types and curves, points off the curve or not in canonical form, Ed25519
        points of low or mixed order, an ``alg`` that contradicts the type, and JWKs with private members.
        """
        if not isinstance(jwk, Mapping) or _PRIVATE_MEMBERS & jwk.keys():
            raise KeyRefused("key.private", "a public key is asked for; this holds private members or is no key")
        kind = (jwk.get("kty"), jwk.get("crv"))
        key: Ed25519PublicKey | ec.EllipticCurvePublicKey
        if kind == ("OKP", "Ed25519"):
            alg, key = "EdDSA", _ed25519_key(jwk)
        elif kind == ("EC", "P-256"):
            alg, key = "ES256", _p256_key(jwk)
        else:
            raise KeyRefused("key.unknown-type", "keys are Ed25519 or P-256; this one is of another type")
        if jwk.get("alg", alg) not in {alg, "Ed25519" if alg == "EdDSA" else alg}:
            raise KeyRefused("key.alg", "the key's algorithm does not fit its type")
        kept = {
            name: str(jwk[name]) for name in ("crv", "kty", "x", "y") if name in jwk and (name != "y" or alg == "ES256")
        }
        return cls(key, alg, kept, thumbprint(kept))

    def verify(self, signature: bytes, data: bytes) -> None:
        """Return when ``signature`` over ``data`` is good (ES256: 64 bytes r||s, RFC 7518 §3.4).

        Raises SignatureError.
        """
        try:
            if isinstance(self._key, Ed25519PublicKey):
                self._key.verify(signature, data)
                return
            if len(signature) != 64:
                raise SignatureError("record.signature", "the signature does not hold under key {kid}", kid=self.kid)
            r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
            self._key.verify(encode_dss_signature(r, s), data, _ES256)
        except (InvalidSignature, ValueError) as error:
            raise SignatureError(
                "record.signature", "the signature does not hold under key {kid}", kid=self.kid
            ) from error


def _coordinate(jwk: Mapping[str, object], name: str) -> bytes:
    value = jwk.get(name)
    if not isinstance(value, str):
        raise KeyRefused("key.malformed", "the key lacks {name}", name=name)
    try:
        raw = unb64u(value)
    except RecordError as error:
        raise KeyRefused("key.malformed", "{name} of the key is not base64url", name=name) from error
    if len(raw) != 32:
        raise KeyRefused("key.malformed", "{name} of the key has not 32 bytes", name=name)
    return raw


def _ed25519_key(jwk: Mapping[str, object]) -> Ed25519PublicKey:
    raw = _coordinate(jwk, "x")
    check_prime_order(raw)
    return Ed25519PublicKey.from_public_bytes(raw)


def _p256_key(jwk: Mapping[str, object]) -> ec.EllipticCurvePublicKey:
    x, y = (int.from_bytes(_coordinate(jwk, name), "big") for name in ("x", "y"))
    try:
        return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    except ValueError as error:
        raise KeyRefused("key.off-curve", "the key is not a point of P-256") from error
