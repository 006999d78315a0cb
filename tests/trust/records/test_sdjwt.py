"""Records: what was salted comes back, what was withheld stays provable, and every bent form is refused."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copes.trust.errors import RecordError, SignatureError
from copes.trust.records.disclosures import decode_disclosure, disclosure_digest
from copes.trust.records.jose import b64u
from copes.trust.records.private import PrivateKey
from copes.trust.records.sdjwt import (
    TYP,
    Salted,
    check_signature,
    header,
    issue,
    leaf_data,
    parse,
    payload,
    resolve,
)
from tests.trust.anything import read_or_refused
from tests.trust.records.making import KEY, disclosure, signed_with

ES_KEY = PrivateKey.generate("ES256")
CLAIMS = {
    "jti": "019a0000-0000-7000-8000-000000000001",
    "kind": "seizure.recorded/1",
    "iss": "customs.example/ledger",
    "iat": 1_790_000_000,
    "body": {
        "place": "Fréjus",
        "driver": Salted("Ève Müller"),
        "persons": [
            {"role": "driver", "name": Salted("Ève Müller"), "born": Salted("1980-02-29")},
            {"role": "owner", "name": Salted("Иван"), "born": Salted(None)},
        ],
        "phones": [Salted("+33 6 00"), "none", Salted({"number": "+39", "holder": Salted("x")})],
        "hiding": Salted({"where": "wheel", "notes": [Salted("first"), Salted("second")], "deep": {"er": Salted(7)}}),
        "weights": [1, 2, [3, Salted(4)]],
    },
}


def plain(value):
    """The claims with nothing salted: what a reader who holds everything should see."""
    if isinstance(value, Salted):
        return plain(value.value)
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


# --- the way there and back


@pytest.mark.parametrize("key", [KEY, ES_KEY], ids=["EdDSA", "ES256"])
def test_all_disclosures_give_back_all_claims(key: PrivateKey) -> None:
    signed = issue(CLAIMS, key)
    jwt, encoded = parse(signed.compact())
    resolved = resolve(check_signature(jwt, key.public), encoded)
    assert resolved.claims == plain(CLAIMS)
    assert resolved.withheld == ()
    assert resolved.paths == {each.digest: each.path for each in signed.disclosures}
    assert header(jwt) == {"alg": key.alg, "kid": key.kid, "typ": "copes-record+sd-jwt"}
    assert payload(jwt)["_sd_alg"] == "sha-256"


def test_nothing_salted_can_be_read_in_what_is_signed() -> None:
    jwt = issue(CLAIMS, KEY).jwt
    open_part = urlsafe_b64decode(jwt.split(".")[1] + "==").decode()
    for secret in ("Müller", "Иван", "wheel", "+33", "name", 'driver":"', "born", "hiding", "holder"):
        assert secret not in open_part.replace('"role":"driver"', ""), secret
    assert "Fréjus" in open_part


def test_paths_say_where_each_salted_field_stands() -> None:
    assert sorted(each.path for each in issue(CLAIMS, KEY).disclosures) == [
        "body.driver",
        "body.hiding",
        "body.hiding.deep.er",
        "body.hiding.notes.0",
        "body.hiding.notes.1",
        "body.persons.0.born",
        "body.persons.0.name",
        "body.persons.1.born",
        "body.persons.1.name",
        "body.phones.0",
        "body.phones.2",
        "body.phones.2.holder",
        "body.weights.2.1",
    ]


def test_withheld_fields_leave_the_rest_readable() -> None:
    signed = issue(CLAIMS, KEY)
    kept = [each for each in signed.disclosures if each.path not in {"body.persons.0.name", "body.phones.0"}]
    resolved = resolve(payload(signed.jwt), [each.encoded for each in kept])
    assert "name" not in resolved.claims["body"]["persons"][0]
    assert resolved.claims["body"]["persons"][1]["name"] == "Иван"
    assert resolved.claims["body"]["phones"] == ["none", {"number": "+39", "holder": "x"}]
    gone = {each.digest for each in signed.disclosures} - {each.digest for each in kept}
    assert set(resolved.withheld) == gone
    assert {resolved.paths[each] for each in gone} == {"body.persons.0", "body.phones.0"}
    gaps = resolve(payload(signed.jwt), [each.encoded for each in kept], keep_places=True)
    assert gaps.claims["body"]["phones"][0] is None
    assert gaps.claims["body"]["phones"][2] == {"number": "+39", "holder": "x"}


def test_an_inner_field_is_nothing_without_what_holds_it() -> None:
    signed = issue(CLAIMS, KEY)
    inner = next(each for each in signed.disclosures if each.path == "body.hiding.notes.0")
    with pytest.raises(RecordError, match="belongs nowhere"):
        resolve(payload(signed.jwt), [inner.encoded])


def test_digests_are_sorted_and_salts_are_sixteen_fresh_bytes() -> None:
    first, second = issue(CLAIMS, KEY), issue(CLAIMS, KEY)
    for person in payload(first.jwt)["body"]["persons"]:
        assert person["_sd"] == sorted(person["_sd"])
    salts = [decode_disclosure(each.encoded)[0] for signed in (first, second) for each in signed.disclosures]
    assert len(set(salts)) == len(salts)
    assert {len(urlsafe_b64decode(each + "==")) for each in salts} == {16}
    assert {each.digest for each in first.disclosures}.isdisjoint(each.digest for each in second.disclosures)


def test_the_example_of_rfc_9901() -> None:
    """§4.2.1 and §4.2.3: the disclosure of family_name and its digest."""
    encoded = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    assert decode_disclosure(encoded) == ["_26bc4LT-ac6q2KI6cBW5es", "family_name", "Möbius"]
    assert disclosure_digest(encoded) == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"


def test_leaf_data_is_the_hash_of_the_jwt_alone() -> None:
    signed = issue(CLAIMS, KEY)
    assert leaf_data(signed.jwt) == sha256(signed.jwt.encode()).digest()
    with pytest.raises(RecordError):
        leaf_data("é")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=4).filter(
                lambda name: name and "." not in name and name not in {"_sd", "_sd_alg"}
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@st.composite
def salted_claims(draw: st.DrawFn) -> dict:
    def salt(value: object) -> object:
        if isinstance(value, dict):
            return {name: maybe(item) for name, item in value.items()}
        if isinstance(value, list):
            return [maybe(item) for item in value]
        return value

    def maybe(value: object) -> object:
        inner = salt(value)
        return Salted(inner) if draw(st.booleans()) else inner

    return {"body": salt(draw(st.dictionaries(st.sampled_from("abcdef"), JSON, max_size=4)))}


@given(salted_claims(), st.data())
def test_any_claims_come_back_and_any_part_can_be_withheld(claims: dict, data: st.DataObject) -> None:
    signed = issue(claims, KEY)
    jwt, encoded = parse(signed.compact())
    assert resolve(check_signature(jwt, KEY.public), encoded).claims == plain(claims)
    left_out = data.draw(st.sets(st.sampled_from(signed.disclosures)) if signed.disclosures else st.just(set()))
    outer = [each.path for each in left_out]
    kept = [each for each in signed.disclosures if not any((each.path + ".").startswith(path + ".") for path in outer)]
    resolved = resolve(payload(jwt), [each.encoded for each in kept])
    top = {each.digest for each in left_out if not any(each.path.startswith(path + ".") for path in outer)}
    assert set(resolved.withheld) == top


# --- what issuing refuses


@pytest.mark.parametrize(
    "claims",
    [
        {"_sd": []},
        {"body": {"...": 1}},
        {"body": {"x": Salted({"_sd": "x"})}},
        {"body": {"": "x"}},
        {"body": {"driver.name": Salted("x")}},
        {"body.driver": "x"},
        {"_sd_alg": "sha-256"},
        {"body": {"x": float("nan")}},
        {"body": {"x": float("inf")}},
        {"body": {"x": "\ud800"}},
        {"body": {"x": Salted("\ud800")}},
        {"body": {"\ud800": Salted("x")}},
        {"body": {"x": b"bytes"}},
        {"body": {"x": Salted(object())}},
        {"body": {"x": Salted(Salted("x"))}},
        {"body": {"x": "y" * 70_000}},
    ],
)
def test_claims_that_cannot_stand_in_a_record_are_refused(claims: dict) -> None:
    with pytest.raises(RecordError):
        issue(claims, KEY)


def test_a_loop_is_refused() -> None:
    loop: dict = {}
    loop["self"] = loop
    with pytest.raises(RecordError):
        issue({"body": loop}, KEY)


# --- signatures


@pytest.mark.parametrize("key", [KEY, ES_KEY], ids=["EdDSA", "ES256"])
def test_a_record_changed_anywhere_is_refused(key: PrivateKey) -> None:
    jwt = issue({"jti": "x", "body": {"a": 1}}, key).jwt
    other = issue({"jti": "x", "body": {"a": 2}}, key).jwt
    first, second, third = jwt.split(".")
    with pytest.raises(SignatureError):
        check_signature(f"{first}.{other.split('.')[1]}.{third}", key.public)
    raw = bytearray(urlsafe_b64decode(third + "=="))
    for place in (0, 31, 32, 63):
        bent = bytearray(raw)
        bent[place] ^= 1
        with pytest.raises(SignatureError):
            check_signature(f"{first}.{second}.{b64u(bytes(bent))}", key.public)
    for length in (0, 32, 63, 65):
        with pytest.raises(RecordError):
            check_signature(f"{first}.{second}.{b64u(bytes(raw[:length]).ljust(length, b'x'))}", key.public)


def test_a_record_counts_only_under_the_key_it_names() -> None:
    other = PrivateKey.generate()
    jwt = issue({"jti": "x"}, KEY).jwt
    for wrong in (other, ES_KEY):
        with pytest.raises(SignatureError, match="names key"):
            check_signature(jwt, wrong.public)
    claimed = signed_with({"jti": "x"}, other, {"alg": "EdDSA", "kid": KEY.kid, "typ": TYP})
    with pytest.raises(SignatureError, match="does not hold"):
        check_signature(claimed, KEY.public)
    confused = signed_with({"jti": "x"}, KEY, {"alg": "ES256", "kid": KEY.kid, "typ": TYP})
    with pytest.raises(SignatureError):
        check_signature(confused, KEY.public)


@pytest.mark.parametrize(
    "head",
    [
        {"alg": "none", "kid": KEY.kid, "typ": TYP},
        {"alg": "HS256", "kid": KEY.kid, "typ": TYP},
        {"alg": "EdDSA", "kid": KEY.kid, "typ": "JWT"},
        {"alg": "EdDSA", "kid": KEY.kid},
        {"alg": "EdDSA", "typ": TYP},
        {"alg": "EdDSA", "kid": 5, "typ": TYP},
        {"alg": ["EdDSA"], "kid": KEY.kid, "typ": TYP},
        {"alg": "EdDSA", "kid": KEY.kid, "typ": TYP, "crit": ["exp"]},
        {"alg": "EdDSA", "kid": KEY.kid, "typ": TYP, "jwk": KEY.jwk},
    ],
)
def test_headers_other_than_the_formats_are_refused(head: dict) -> None:
    jwt = signed_with({"jti": "x"}, KEY, head)
    with pytest.raises(RecordError):
        header(jwt)
    with pytest.raises(RecordError):
        check_signature(jwt, KEY.public)


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b'"text"',
        b"{",
        b'{"a":1,"a":2}',
        b'{"a":{"b":1,"b":1}}',
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":1e999}',
        b'{"a":' + b"9" * 70 + b"}",
        b'{"a":"\\ud800"}',
        b'{"a":"\xff"}',
        b"\xef\xbb\xbf{}",
        b"[" * 100_00 + b"]" * 100_00,
    ],
)
def test_payloads_two_readers_could_read_differently_are_refused(body: bytes) -> None:
    with pytest.raises(RecordError):
        check_signature(signed_with({}, body=body), KEY.public)


# --- the compact form


GOOD = issue({"body": {"a": Salted("x")}}, KEY).compact()


@pytest.mark.parametrize(
    "compact",
    [
        "",
        "~",
        GOOD.rstrip("~"),
        GOOD + "~",
        GOOD.replace("~", "~~"),
        GOOD + "eyJhbGciOiJub25lIn0.e30.c2ln",
        GOOD.replace(".", "", 1),
        GOOD.replace("~", ".x~", 1),
        "é" + GOOD,
        ".." + "~",
        "a.b." + "~",
    ],
)
def test_other_outer_forms_are_refused(compact: str) -> None:
    with pytest.raises(RecordError):
        parse(compact)


def test_padding_whitespace_and_stray_bits_are_refused() -> None:
    jwt, (encoded,) = parse(GOOD)
    first, second, third = jwt.split(".")
    assert len(third) == 86
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    stray = third[:-1] + alphabet[alphabet.index(third[-1]) ^ 1]
    for bent in (third + "==", third + "\n", " " + third, stray, third.replace(third[3], "+", 1)):
        with pytest.raises(RecordError):
            check_signature(f"{first}.{second}.{bent}", KEY.public)
    for bent in (encoded + "=", encoded + " ", "é" + encoded):
        with pytest.raises(RecordError):
            resolve(payload(jwt), [bent])


# --- whatever comes


@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from([*GOOD.split("."), ".", "~", GOOD, disclosure("s", "n", "v")[0], "e30", "=", "W10"])
        ).map("".join),
    )
)
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (
        lambda: header(text),
        lambda: check_signature(text, KEY.public),
        lambda: resolve(payload(parse(text)[0]), parse(text)[1]),
    ):
        read_or_refused(read)
