"""Every refusal RFC 9901 §7.1 asks for, on records an enrolled signer made to deceive."""

from __future__ import annotations

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copes.trust.errors import RecordError
from copes.trust.records.disclosures import disclosure_digest
from copes.trust.records.sdjwt import check_signature, payload, resolve
from tests.trust.anything import read_or_refused
from tests.trust.records.making import KEY, disclosure, signed_with


def refuse(claims: dict, *encoded: str, match: str) -> None:
    jwt = signed_with(claims)
    with pytest.raises(RecordError, match=match):
        resolve(check_signature(jwt, KEY.public), encoded)


NAME, NAME_DIGEST = disclosure("salt", "name", "Ève")
ITEM, ITEM_DIGEST = disclosure("salt", "Ève")


def test_a_disclosure_that_is_not_referenced_is_refused() -> None:
    refuse({"_sd": [], "body": {}}, NAME, match="belongs nowhere")
    refuse({"body": {"_sd": [NAME_DIGEST]}}, NAME, ITEM, match="belongs nowhere")


def test_a_disclosure_given_twice_is_refused() -> None:
    refuse({"body": {"_sd": [NAME_DIGEST]}}, NAME, NAME, match="given twice")


def test_an_edited_disclosure_is_refused() -> None:
    edited, _ = disclosure("salt", "name", "Eve")
    refuse({"body": {"_sd": [NAME_DIGEST]}}, edited, match="belongs nowhere")


def test_a_digest_that_occurs_twice_is_refused_even_when_withheld() -> None:
    refuse({"body": {"_sd": [NAME_DIGEST, NAME_DIGEST]}}, match="twice")
    refuse({"_sd": [NAME_DIGEST], "body": {"_sd": [NAME_DIGEST]}}, NAME, match="twice")
    refuse({"a": [{"...": ITEM_DIGEST}, {"...": ITEM_DIGEST}]}, ITEM, match="twice")
    refuse({"a": [{"...": NAME_DIGEST}], "_sd": [NAME_DIGEST]}, match="twice")


def test_a_digest_repeated_inside_another_disclosure_is_refused() -> None:
    outer, outer_digest = disclosure("salt", "outer", {"_sd": [NAME_DIGEST]})
    refuse({"_sd": [outer_digest, NAME_DIGEST]}, outer, NAME, match="twice")


def test_a_name_that_is_already_there_is_refused() -> None:
    refuse({"body": {"name": "Bob", "_sd": [NAME_DIGEST]}}, NAME, match="repeats the claim")
    again, again_digest = disclosure("other salt", "name", "Bob")
    refuse({"body": {"_sd": [NAME_DIGEST, again_digest]}}, NAME, again, match="repeats the claim")


@pytest.mark.parametrize("name", ["_sd", "...", "_sd_alg"])
def test_a_reserved_name_is_refused(name: str) -> None:
    encoded, digest = disclosure("salt", name, ["x"])
    refuse({"_sd": [digest]}, encoded, match="reserved")


@pytest.mark.parametrize("name", ["", "persons.0.name", "."])
def test_a_name_that_could_pass_for_another_path_is_refused(name: str) -> None:
    """What is redacted, erased or printed is named by its path: two members never share one."""
    encoded, digest = disclosure("salt", name, "x")
    refuse({"body": {"_sd": [digest]}}, encoded, match="may not be called")
    refuse({"body": {name: "x"}}, match="may not be called")


def test_dots_as_a_member_outside_arrays_are_refused() -> None:
    refuse({"body": {"...": ITEM_DIGEST}}, match="reserved")


def test_disclosures_of_the_wrong_arity_are_refused() -> None:
    refuse({"body": {"_sd": [ITEM_DIGEST]}}, ITEM, match="wrong form")
    refuse({"body": [{"...": NAME_DIGEST}]}, NAME, match="wrong form")


@pytest.mark.parametrize(
    "content",
    [[], ["salt"], ["salt", "a", "b", "c"], [5, "name", "x"], ["salt", 5, "x"], ["salt", None, "x"]],
)
def test_disclosures_of_another_form_are_refused(content: list) -> None:
    encoded, digest = disclosure(*content)
    refuse({"_sd": [digest]}, encoded, match="disclosure")


@pytest.mark.parametrize("raw", [b"{}", b'"x"', b"[", b'["s","n",{"a":1,"a":2}]', b'["s","n",NaN]', b"\xff"])
def test_disclosures_that_are_not_json_arrays_are_refused(raw: bytes) -> None:
    encoded = urlsafe_b64encode(raw).rstrip(b"=").decode()
    refuse({"_sd": [disclosure_digest(encoded)]}, encoded, match=r"\w")


@pytest.mark.parametrize("digests", ["x", NAME_DIGEST, {}, None, 5, [5], [None], [[]], ["short"], [NAME_DIGEST + "="]])
def test_digests_of_another_form_are_refused(digests: object) -> None:
    refuse({"body": {"_sd": digests}}, match="no digest|no list")


@pytest.mark.parametrize("element", [{"...": 5}, {"...": "short"}, {"...": ITEM_DIGEST, "more": 1}, {"...": None}])
def test_array_elements_of_another_form_are_refused(element: dict) -> None:
    refuse({"body": [element]}, match="digest")


def test_other_hash_algorithms_are_refused() -> None:
    for algorithm in ("sha-512", "SHA-256", "md5", None, 5):
        refuse({"_sd_alg": algorithm}, match="not SHA-256")


def test_a_record_nested_without_end_is_refused() -> None:
    deep: object = "x"
    for _ in range(80):
        deep = {"a": [deep]}
    refuse({"body": deep}, match="deep")


def test_recursive_disclosures_resolve() -> None:
    inner, inner_digest = disclosure("s1", "b")
    middle, middle_digest = disclosure("s2", "list", ["a", {"...": inner_digest}])
    outer, outer_digest = disclosure("s3", "outer", {"_sd": [middle_digest]})
    found = resolve(payload(signed_with({"_sd": [outer_digest]})), [inner, middle, outer])
    assert found.claims == {"outer": {"list": ["a", "b"]}}
    assert found.paths == {outer_digest: "outer", middle_digest: "outer.list", inner_digest: "outer.list.1"}


@given(
    st.dictionaries(
        st.sampled_from(["_sd", "...", "_sd_alg", "a", "b"]),
        st.recursive(
            st.sampled_from([NAME_DIGEST, ITEM_DIGEST, "x", 1, None]),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["_sd", "...", "a"]), inner, max_size=3)
            ),
            max_leaves=8,
        ),
    )
)
def test_any_payload_is_resolved_or_refused(claims: dict) -> None:
    resolved = read_or_refused(lambda: resolve(claims, [NAME, ITEM]))
    assert resolved is None or set(resolved.paths) >= {NAME_DIGEST, ITEM_DIGEST}
