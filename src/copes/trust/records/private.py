"""Private keys: made, used, and kept closed under a password or a secret.

Nothing here prints or logs a key; ``repr`` shows the key id only.
"""

import os
import unicodedata
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from copes.trust.errors import KeyRefused, RecordError
from copes.trust.records.jose import b64u, unb64u
from copes.trust.records.keys import PublicKey

_HEAD = b"copes-private-key/1 "
_SEALED = "copes-sealed-key/1"  # scrypt n=2**15 r=8 p=1, ChaCha20-Poly1305
_WRAPPED = "copes-wrapped-key/1"  # HKDF-SHA256, ChaCha20-Poly1305
_ES256 = ec.ECDSA(SHA256())


class PrivateKey:
    """A key that signs records: Ed25519 (``EdDSA``) or P-256 (``ES256``)."""

    __slots__ = ("_key", "alg", "kid", "public")

    def __init__(self, key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> None:
        self._key = key
        self.public = PublicKey.from_jwk(_public_jwk(key))
        self.alg = self.public.alg
        self.kid = self.public.kid

    def __repr__(self) -> str:
        return f"PrivateKey({self.alg}, kid={self.kid})"

    @classmethod
    def generate(cls, alg: str = "EdDSA") -> Self:
        """A new key from the operating system's randomness. Raises KeyRefused for another algorithm."""
        if alg == "EdDSA":
            return cls(Ed25519PrivateKey.generate())
        if alg == "ES256":
            return cls(ec.generate_private_key(ec.SECP256R1()))
        raise KeyRefused("key.unknown-type", "keys are EdDSA or ES256, not {alg}", alg=alg)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The key that ``to_bytes`` wrote. Raises KeyRefused."""
        alg, _, raw = data.removeprefix(_HEAD).partition(b" ")
        if not data.startswith(_HEAD) or len(raw) != 32:
            raise KeyRefused("key.malformed", "this is not a private key that was kept here")
        if alg == b"EdDSA":
            return cls(Ed25519PrivateKey.from_private_bytes(raw))
        if alg == b"ES256":
            try:
                return cls(ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1()))
            except ValueError as error:
                raise KeyRefused("key.malformed", "this is not a P-256 private key") from error
        raise KeyRefused("key.unknown-type", "this private key is of an unknown type")

    def to_bytes(self) -> bytes:
        """The key, readable: ``copes-private-key/1 <alg> <32 bytes>``. Keep it closed (see
        ``seal_with_password``).
        """
        if isinstance(self._key, Ed25519PrivateKey):
            raw = self._key.private_bytes_raw()
        else:
            raw = self._key.private_numbers().private_value.to_bytes(32, "big")
        return _HEAD + self.alg.encode("ascii") + b" " + raw

    @property
    def jwk(self) -> dict[str, str]:
        """The public key as a JWK; never the private one."""
        return self.public.jwk

    def sign(self, data: bytes) -> bytes:
        """64 bytes: an Ed25519 signature, or ES256's r||s (RFC 7518 §3.4)."""
        if isinstance(self._key, Ed25519PrivateKey):
            return self._key.sign(data)
        r, s = decode_dss_signature(self._key.sign(data, _ES256))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def _public_jwk(key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> dict[str, str]:
    if isinstance(key, Ed25519PrivateKey):
        return {"crv": "Ed25519", "kty": "OKP", "x": b64u(key.public_key().public_bytes_raw())}
    numbers = key.public_key().public_numbers()
    x, y = (b64u(number.to_bytes(32, "big")) for number in (numbers.x, numbers.y))
    return {"crv": "P-256", "kty": "EC", "x": x, "y": y}


def seal_with_password(key: PrivateKey, password: str) -> str:
    """The key closed under a password: scrypt (n=2**15, r=8, p=1) and ChaCha20-Poly1305; printable text.

    The password is taken in Unicode form NFKC, so that two keyboards give the same one. About 0.1 s.
    """
    salt = os.urandom(16)
    return _close(_SEALED, salt, _password_key(password, salt), key, b"")


def unseal_with_password(sealed: str, password: str) -> PrivateKey:
    """The key behind ``seal_with_password``. Raises KeyRefused for a wrong password or altered text."""
    salt, nonce, closed = _split(_SEALED, sealed)
    return _open(_SEALED, nonce, closed, _password_key(password, salt), b"")


def wrap_with_secret(key: PrivateKey, secret: bytes, context: bytes) -> str:
    """The key closed under a 32-byte random secret, bound to ``context`` (for example a session id).

    HKDF-SHA256 and ChaCha20-Poly1305. Raises KeyRefused when the secret has not 32 bytes.
    """
    salt = os.urandom(16)
    return _close(_WRAPPED, salt, _secret_key(secret, salt, context), key, context)


def unwrap_with_secret(wrapped: str, secret: bytes, context: bytes) -> PrivateKey:
    """The key behind ``wrap_with_secret``. Raises KeyRefused for another secret, another context, altered
    text.
    """
    salt, nonce, closed = _split(_WRAPPED, wrapped)
    return _open(_WRAPPED, nonce, closed, _secret_key(secret, salt, context), context)


def _password_key(password: str, salt: bytes) -> bytes:
    text = unicodedata.normalize("NFKC", password)
    try:
        return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise KeyRefused("key.password", "the password holds a character that cannot be written") from error


def _secret_key(secret: bytes, salt: bytes, context: bytes) -> bytes:
    if len(secret) != 32:
        raise KeyRefused("key.secret", "a wrapping secret has 32 bytes")
    info = _WRAPPED.encode("ascii") + b"\x00" + context
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(secret)


def _close(version: str, salt: bytes, closing: bytes, key: PrivateKey, context: bytes) -> str:
    nonce = os.urandom(12)
    closed = ChaCha20Poly1305(closing).encrypt(nonce, key.to_bytes(), version.encode("ascii") + b"\x00" + context)
    return ".".join((version, b64u(salt), b64u(nonce), b64u(closed)))


def _split(version: str, text: str) -> tuple[bytes, bytes, bytes]:
    parts = text.split(".")
    if len(parts) != 4 or parts[0] != version:
        raise KeyRefused("key.sealed-form", "this is not a key closed as {version}", version=version)
    try:
        salt, nonce, closed = (unb64u(part) for part in parts[1:])
    except RecordError as error:
        raise KeyRefused("key.sealed-form", "this is not a key closed as {version}", version=version) from error
    if len(salt) != 16 or len(nonce) != 12:
        raise KeyRefused("key.sealed-form", "this is not a key closed as {version}", version=version)
    return salt, nonce, closed


def _open(version: str, nonce: bytes, closed: bytes, opening: bytes, context: bytes) -> PrivateKey:
    try:
        raw = ChaCha20Poly1305(opening).decrypt(nonce, closed, version.encode("ascii") + b"\x00" + context)
    except InvalidTag as error:
        raise KeyRefused("key.wrong-secret", "the key does not open with this password or secret") from error
    return PrivateKey.from_bytes(raw)
