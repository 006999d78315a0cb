"""Records read by SD-JWT libraries others wrote: Python's sd-jwt and npm's @sd-jwt/core.

Each library also gets tampered copies. What one cannot see is asserted here too, with the reason, so that nobody
relies on it for that.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from jwcrypto.common import JWException
from jwcrypto.jwk import JWK
from sd_jwt.verifier import SDJWTVerifier

from copes.trust.errors import RecordError, SignatureError
from copes.trust.records.disclosures import disclosure_digest
from copes.trust.records.jose import b64u, dump_json
from copes.trust.records.private import PrivateKey
from copes.trust.records.sdjwt import Salted, Signed, check_signature, issue, parse, resolve
from tests.interop import tools

pytestmark = pytest.mark.interop

Reader = Callable[[str, PrivateKey], dict[str, Any]]


class Refused(Exception):  # noqa: N818 - what the other program says is a refusal
    """The other program did not accept the record."""


def read_with_python(compact: str, key: PrivateKey) -> dict[str, Any]:
    try:
        return SDJWTVerifier(compact, lambda _issuer, _header: JWK(**key.jwk)).get_verified_payload()
    except (JWException, ValueError, KeyError, TypeError) as error:
        raise Refused(str(error)) from error


def read_with_node(compact: str, key: PrivateKey) -> dict[str, Any]:
    answer = tools.node("record.mjs", {"sdjwt": compact, "jwk": key.jwk})
    if answer.returncode != 0:
        raise Refused(answer.stderr)
    return json.loads(answer.stdout)


def read_here(compact: str, key: PrivateKey) -> dict[str, Any]:
    jwt, encoded = parse(compact)
    return resolve(check_signature(jwt, key.public), encoded).claims


READERS = {"sd-jwt (Python)": read_with_python, "@sd-jwt/core (npm)": read_with_node}
CLAIMS = {
    "jti": "019a0000-0000-7000-8000-000000000001",
    "kind": "seizure.recorded/1",
    "iss": "customs.example/ledger",
    "iat": int(time.time()) - 60,
    "occurred_at": "2018-02-09T01:35:00+01:00",
    "body": {
        "place": "Fréjus",
        "driver": Salted("Ève Мюллер"),
        "persons": [
            {"role": "driver", "name": Salted("Ève"), "born": Salted("1980-02-29")},
            {"role": "owner", "name": Salted("علي")},
        ],
        "phones": [Salted("+33 6 00"), "none", Salted({"number": "+39", "holder": Salted("x")})],
        "hiding": Salted({"where": "wheel", "notes": [Salted("first"), Salted("second")]}),
        "amount": "215080.00",
    },
}


@pytest.fixture(params=READERS.values(), ids=READERS.keys())
def read(request: pytest.FixtureRequest) -> Reader:
    return request.param


@pytest.fixture(params=["EdDSA", "ES256"])
def key(request: pytest.FixtureRequest) -> PrivateKey:
    return PrivateKey.generate(request.param)


def compact(signed: Signed, *without: str) -> str:
    kept = [each.encoded for each in signed.disclosures if not each.path.startswith(without or ("-",))]
    return "~".join((signed.jwt, *kept, ""))


def test_all_fields_are_read_as_they_were_written(read: Reader, key: PrivateKey) -> None:
    signed = issue(CLAIMS, key)
    assert read(signed.compact(), key) == read_here(signed.compact(), key)


def test_a_redacted_record_reads_the_same_everywhere(read: Reader, key: PrivateKey) -> None:
    signed = issue(CLAIMS, key)
    shown = compact(signed, "body.driver", "body.persons.0.name", "body.phones.0", "body.hiding.notes.1")
    found = read(shown, key)
    assert found == read_here(shown, key)
    assert found["body"]["hiding"]["notes"] == ["first"]
    assert found["body"]["phones"] == ["none", {"number": "+39", "holder": "x"}]
    assert "driver" not in found["body"]
    assert read(signed.jwt + "~", key) == read_here(signed.jwt + "~", key)


def test_an_edited_record_is_refused(read: Reader, key: PrivateKey) -> None:
    signed = issue(CLAIMS, key)
    first, _, third = signed.jwt.split(".")
    forged = issue({**CLAIMS, "occurred_at": "2018-02-09T11:35:00+01:00"}, key).jwt.split(".")[1]
    with pytest.raises(Refused):
        read(f"{first}.{forged}.{third}~", key)
    with pytest.raises(SignatureError):
        read_here(f"{first}.{forged}.{third}~", key)


def test_a_record_under_another_key_is_refused(read: Reader, key: PrivateKey) -> None:
    with pytest.raises(Refused):
        read(issue(CLAIMS, PrivateKey.generate(key.alg)).compact(), key)


def test_an_unsigned_record_is_refused(read: Reader, key: PrivateKey) -> None:
    _, body, _ = issue(CLAIMS, key).jwt.split(".")
    head = b64u(dump_json({"alg": "none", "kid": key.kid, "typ": "copes-record+sd-jwt"}))
    with pytest.raises(Refused):
        read(f"{head}.{body}.~", key)


def edited(signed: Signed, path: str) -> str:
    """The record with one disclosure's value replaced, everything else untouched."""
    target = next(each for each in signed.disclosures if each.path == path)
    swapped = [
        b64u(dump_json(["c2FsdHNhbHRzYWx0c2FsdA", path.rsplit(".", 1)[1], "Bob"])) if each is target else each.encoded
        for each in signed.disclosures
    ]
    return "~".join((signed.jwt, *swapped, ""))


def test_an_edited_disclosure_never_shows_its_false_value(read: Reader, key: PrivateKey) -> None:
    """Neither library refuses a disclosure that belongs nowhere, as RFC 9901 §7.1 step 4 asks: they leave it out.

    So an edited field looks like a withheld one to them; only ours says that the copy was tampered with.
    """
    tampered = edited(issue(CLAIMS, key), "body.driver")
    found = read(tampered, key)
    assert "driver" not in found["body"]
    assert "Bob" not in json.dumps(found)
    with pytest.raises(RecordError, match="belongs nowhere"):
        read_here(tampered, key)


def test_a_name_salted_once_for_two_persons(key: PrivateKey) -> None:
    """A dishonest signer puts one digest under two persons. Python's library refuses it, as RFC 9901 §7.1 asks;
    npm's shows the name twice and does not notice; ours refuses.
    """
    encoded = b64u(dump_json(["c2FsdHNhbHRzYWx0c2FsdA", "name", "Bob"]))
    digest = disclosure_digest(encoded)
    head = b64u(dump_json({"alg": key.alg, "kid": key.kid, "typ": "copes-record+sd-jwt"}))
    body = b64u(dump_json({"a": {"_sd": [digest]}, "b": {"_sd": [digest]}, "_sd_alg": "sha-256"}))
    signature = b64u(key.sign(f"{head}.{body}".encode()))
    tampered = f"{head}.{body}.{signature}~{encoded}~"
    with pytest.raises(Refused, match="Duplicate"):
        read_with_python(tampered, key)
    assert read_with_node(tampered, key) == {"a": {"name": "Bob"}, "b": {"name": "Bob"}}
    with pytest.raises(RecordError, match="twice"):
        read_here(tampered, key)
