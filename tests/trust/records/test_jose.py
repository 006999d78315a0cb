"""Base64url, JSON and ids: one text for one value."""

from __future__ import annotations

import threading
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copes.trust.errors import RecordError
from copes.trust.records import ids
from copes.trust.records.ids import uuid7
from copes.trust.records.jose import b64u, dump_json, load_json, unb64u
from tests.trust.anything import read_or_refused


@given(st.binary())
def test_base64url_comes_back(data: bytes) -> None:
    assert unb64u(b64u(data)) == data


@given(st.text(alphabet="ABCab01-_+/= \n\xe9", max_size=12))
def test_one_text_only_for_any_bytes(text: str) -> None:
    try:
        data = unb64u(text)
    except RecordError:
        return
    assert b64u(data) == text


@pytest.mark.parametrize("text", ["A", "AA=", "AA==", "A A", "AB", "AAB", "+/", "é", "AAAA\n", "\x00"])
def test_other_base64_is_refused(text: str) -> None:
    with pytest.raises(RecordError):
        unb64u(text)


def test_json_is_written_compact_and_readable() -> None:
    assert dump_json({"b": "é", "a": [1, None, True]}) == '{"b":"é","a":[1,null,true]}'.encode()
    for bad in (float("nan"), float("inf"), b"x", {1, 2}, "\ud800", {(1,): 2}):
        with pytest.raises(RecordError):
            dump_json(bad)


@given(
    st.one_of(
        st.binary(max_size=60),
        st.text(alphabet='{}[]",:0123456789eE-+.ntfalsu\\d8 ', max_size=40).map(str.encode),
    )
)
def test_any_bytes_are_json_or_refused(data: bytes) -> None:
    value = read_or_refused(lambda: load_json(data))
    assert load_json(dump_json(value)) == value


def test_the_refusal_names_the_member() -> None:
    with pytest.raises(RecordError, match="'weight' twice"):
        load_json(b'{"weight": 1, "unit": "g", "weight": 2}')


def test_ids_are_version_7_and_ascend() -> None:
    made = [uuid7() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    first = uuid.UUID(made[0])
    assert (first.version, first.variant, str(first)) == (7, uuid.RFC_4122, made[0])


def test_ids_ascend_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = uuid7()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_000_000_000 * 1_000)
    during = [uuid7() for _ in range(10_000)]
    assert [before, *during] == sorted([before, *during])


def test_ids_from_many_threads_are_distinct() -> None:
    made: list[str] = []
    threads = [threading.Thread(target=lambda: made.extend([uuid7() for _ in range(2_000)])) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(set(made)) == 8_000
