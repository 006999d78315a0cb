"""Keys: unsafe ones are refused, closed ones open only with what closed them."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st

from copes.trust.errors import KeyRefused, SignatureError
from copes.trust.records import ed25519_order as order
from copes.trust.records.jose import b64u, thumbprint, unb64u
from copes.trust.records.keys import PublicKey
from copes.trust.records.private import (
    PrivateKey,
    seal_with_password,
    unseal_with_password,
    unwrap_with_secret,
    wrap_with_secret,
)
from tests.trust.anything import read_or_refused

P = 2**255 - 19
# The eight points of small order in canonical form: y = 1, -1, 0 (two signs), and the two of order 8 (two signs).
Y8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
LOW_ORDER = [1, P - 1, 0, 1 << 255, Y8, Y8 | 1 << 255, P - Y8, (P - Y8) | 1 << 255]


def jwk(raw: bytes) -> dict[str, str]:
    return {"kty": "OKP", "crv": "Ed25519", "x": b64u(raw)}


def compress(point: tuple[int, int, int, int]) -> bytes:
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def test_thumbprints_are_those_of_the_rfcs() -> None:
    """RFC 8037 appendix A.3 for Ed25519; the members are those RFC 7638 §3.2 asks for."""
    key = PublicKey.from_jwk(
        {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "use": "sig"}
    )
    assert key.kid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    assert key.jwk == {"crv": "Ed25519", "kty": "OKP", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    with pytest.raises(KeyRefused):
        thumbprint({"kty": "RSA", "n": "x", "e": "AQAB"})


def test_the_rfc_8037_signature_verifies() -> None:
    key = PublicKey.from_jwk(jwk(unb64u("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")))
    signature = unb64u("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")
    data = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
    key.verify(signature, data)
    with pytest.raises(SignatureError):
        key.verify(signature, data + b"x")


@pytest.mark.parametrize("number", LOW_ORDER)
def test_low_order_keys_are_refused(number: int) -> None:
    raw = number.to_bytes(32, "little")
    with pytest.raises(KeyRefused) as refused:
        PublicKey.from_jwk(jwk(raw))
    assert refused.value.code == "key.low-order"


def test_why_low_order_keys_are_refused_anyone_signs_for_them() -> None:
    """Under the neutral element one signature holds for every message: the library alone accepts it."""
    signature = (1).to_bytes(32, "little") + bytes(32)
    library = Ed25519PublicKey.from_public_bytes((1).to_bytes(32, "little"))
    for message in (b"I released exhibit 3", b"I did not"):
        library.verify(signature, message)


def test_mixed_order_keys_are_refused() -> None:
    """An honest key plus a point of order 2, 4 or 8: programs disagree about signatures under it."""
    honest = order._decompress(Ed25519PrivateKey.generate().public_key().public_bytes_raw())
    torsion = order._decompress(Y8.to_bytes(32, "little"))
    for times in range(1, 8):
        mixed = order._add(honest, order._multiply(times, torsion))
        with pytest.raises(KeyRefused) as refused:
            PublicKey.from_jwk(jwk(compress(mixed)))
        assert refused.value.code == "key.mixed-order"
    PublicKey.from_jwk(jwk(compress(order._add(honest, order._multiply(8, torsion)))))


@pytest.mark.parametrize("number", [P, P + 1, 2**255 - 1, (P + 1) | 1 << 255, 1 | 1 << 255, 2])
def test_encodings_that_are_not_canonical_or_off_the_curve_are_refused(number: int) -> None:
    with pytest.raises(KeyRefused) as refused:
        order.check_prime_order(number.to_bytes(32, "little"))
    assert refused.value.code == "key.ed25519-encoding"


def test_libsodium_agrees_about_every_key_refused() -> None:
    """The strict check of another library's authors, over the same keys and honest ones."""
    bindings = pytest.importorskip("nacl.bindings")
    honest = [Ed25519PrivateKey.generate().public_key().public_bytes_raw() for _ in range(20)]
    torsion = order._decompress(Y8.to_bytes(32, "little"))
    mixed = [compress(order._add(order._decompress(raw), torsion)) for raw in honest[:3]]
    low = [number.to_bytes(32, "little") for number in LOW_ORDER]
    for raw in [*honest, *mixed, *low]:
        try:
            order.check_prime_order(raw)
            ours = True
        except KeyRefused:
            ours = False
        assert ours is bindings.crypto_core_ed25519_is_valid_point(raw)


EC = PrivateKey.generate("ES256").jwk


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"kty": "OKP"},
        {"kty": "OKP", "crv": "Ed25519"},
        {"kty": "OKP", "crv": "Ed25519", "x": 5},
        {"kty": "OKP", "crv": "Ed25519", "x": "AAAA"},
        {"kty": "OKP", "crv": "Ed25519", "x": "%%%"},
        {"kty": "OKP", "crv": "X25519", "x": EC["x"]},
        {"kty": "OKP", "crv": "Ed448", "x": EC["x"]},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
        {"kty": "oct", "k": "AAAA"},
        {**EC, "crv": "P-384"},
        {**EC, "crv": "secp256k1"},
        {**EC, "y": EC["x"]},
        {**EC, "x": b64u(bytes(32)), "y": b64u(bytes(32))},
        {**EC, "x": b64u(b"\xff" * 32)},
        {**EC, "x": EC["x"] + "="},
        {**EC, "x": b64u(b"\x00" + unb64u(EC["x"]))},
        {**EC, "d": EC["x"]},
        {**EC, "alg": "EdDSA"},
        {**PrivateKey.generate().jwk, "d": "AAAA"},
        {**PrivateKey.generate().jwk, "alg": "HS256"},
        {"kty": ["OKP"], "crv": "Ed25519"},
    ],
)
def test_other_keys_are_refused(bad: dict) -> None:
    with pytest.raises(KeyRefused):
        PublicKey.from_jwk(bad)


def test_es256_signatures_are_r_and_s_not_der() -> None:
    key = PrivateKey.generate("ES256")
    signature = key.sign(b"data")
    assert len(signature) == 64
    key.public.verify(signature, b"data")
    der = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    for bad in (der, b"", signature[:63], signature + b"\x00", bytes(64), signature[32:] + signature[:32]):
        with pytest.raises(SignatureError):
            key.public.verify(bad, b"data")


@pytest.mark.parametrize("alg", ["EdDSA", "ES256"])
def test_keys_are_kept_and_found_again(alg: str) -> None:
    key = PrivateKey.generate(alg)
    again = PrivateKey.from_bytes(key.to_bytes())
    assert (again.kid, again.alg) == (key.kid, alg)
    key.public.verify(again.sign(b"x"), b"x")
    assert "d" not in again.jwk
    assert key.to_bytes()[-32:].hex() not in repr(key)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x" * 32,
        b"copes-private-key/2 EdDSA " + b"x" * 32,
        b"copes-private-key/1 EdDSA " + b"x" * 31,
        b"copes-private-key/1 RS256 " + b"x" * 32,
        b"copes-private-key/1 ES256 " + bytes(32),
        b"copes-private-key/1 ES256 " + b"\xff" * 32,
    ],
)
def test_kept_keys_of_another_form_are_refused(data: bytes) -> None:
    with pytest.raises(KeyRefused):
        PrivateKey.from_bytes(data)


def test_other_algorithms_are_not_made() -> None:
    with pytest.raises(KeyRefused):
        PrivateKey.generate("RS256")


def test_a_key_opens_only_with_its_password() -> None:
    key = PrivateKey.generate()
    sealed = seal_with_password(key, "Zoë's garden 47")
    assert sealed.isascii()
    assert unseal_with_password(sealed, "Zoë's garden 47").kid == key.kid
    assert unseal_with_password(sealed, "Zoe\u0308's garden 47").kid == key.kid, "another keyboard, the same word"
    for wrong in ("", "zoë's garden 47", "Zoë's garden 47 "):
        with pytest.raises(KeyRefused) as refused:
            unseal_with_password(sealed, wrong)
        assert refused.value.code == "key.wrong-secret"
    assert seal_with_password(key, "x") != seal_with_password(key, "x")


def test_altered_or_foreign_sealed_text_is_refused() -> None:
    key = PrivateKey.generate()
    sealed = seal_with_password(key, "x")
    wrapped = wrap_with_secret(key, b"s" * 32, b"")
    version, salt, nonce, closed = sealed.split(".")
    flipped = b64u(bytes([unb64u(closed)[0] ^ 1]) + unb64u(closed)[1:])
    for bad in (
        "",
        "x",
        wrapped,
        sealed + ".x",
        f"{version}.{salt}.{nonce}.{flipped}",
        f"{version}.{nonce}.{salt}.{closed}",
        f"{version}.{salt}.{nonce}.",
        f"copes-sealed-key/2.{salt}.{nonce}.{closed}",
        f"{version}.{salt}.{nonce}.{closed}=",
        f"{version}.{b64u(b'other salt 16 by')}.{nonce}.{closed}",
    ):
        with pytest.raises(KeyRefused):
            unseal_with_password(bad, "x")


def test_a_wrapped_key_opens_only_with_its_secret_in_its_context() -> None:
    key = PrivateKey.generate("ES256")
    wrapped = wrap_with_secret(key, b"s" * 32, b"session 1")
    assert unwrap_with_secret(wrapped, b"s" * 32, b"session 1").kid == key.kid
    for secret, context in ((b"t" * 32, b"session 1"), (b"s" * 32, b"session 2"), (b"s" * 31, b"session 1")):
        with pytest.raises(KeyRefused):
            unwrap_with_secret(wrapped, secret, context)
    with pytest.raises(KeyRefused):
        wrap_with_secret(key, b"short", b"")


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(["kty", "crv", "x", "y", "alg"]),
        st.sampled_from(["OKP", "EC", "Ed25519", "P-256", EC["x"], EC["y"], "", 5, None]),
    )
)
def test_any_jwk_is_read_or_refused(found: dict) -> None:
    read_or_refused(lambda: PublicKey.from_jwk(found))


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=60)
def test_any_32_bytes_are_a_safe_key_or_refused(raw: bytes) -> None:
    try:
        order.check_prime_order(raw)
    except KeyRefused:
        return
    point = order._decompress(raw)
    assert compress(point) == raw
    assert order._is_identity(order._multiply(order._L, point))
