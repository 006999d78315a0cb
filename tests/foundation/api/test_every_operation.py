"""Every operation of the description, called wrongly in many ways: always a problem answer, never a record."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copes.foundation.api import limits
from copes.foundation.api.parsing import parse_json
from copes.foundation.api.root import PREFIX, api
from copes.foundation.journal.queries import ledger_size
from copes.foundation.refusals import BadInput
from tests.foundation.api.conftest import calls_as
from tests.foundation.api.test_case import UNKNOWN

STRANGE = [UNKNOWN, "x", "%00", "%F0%9F%94%92", "..%2f..", "'--", "a" * 300, "-1", "%D9%A1"]
BODIES = [
    None,
    {},
    [],
    "text",
    {"reason": 1, "title": [], "exhibits": {}, "items": "x", "ended_at": "now", "officer": None, "seal": {}},
    {"reason": "x" * 100_000, "title": "x" * 100_000, "text": "x" * 100_000, "seal": "x" * 1000},
    {"exhibits": [UNKNOWN] * 2000, "condition": "\u202e", "reason": "storage", "released_to": UNKNOWN},
]


def operations() -> list[tuple[str, str]]:
    schema = api.get_openapi_schema(path_prefix=PREFIX)
    return [(method, address) for address, methods in schema["paths"].items() for method in methods]


def addresses(template: str) -> list[str]:
    if "{" not in template:
        return [template]
    return [re.sub(r"\{\w+\}", strange, template) for strange in STRANGE]


def is_problem(answer) -> bool:
    content = json.loads(answer.content)
    said = content["code"] and content["reason"] and content["mend"]
    return bool(said) and answer["Content-Type"] == "application/problem+json"


def test_nobody_gets_anything(node):
    client = Client(raise_request_exception=False)
    for method, address in operations():
        answer = client.generic(method.upper(), addresses(address)[0], b"{}", content_type="application/json")
        assert answer.status_code == 401, f"{method} {address}"
        assert is_problem(answer)


def test_strange_ids_and_bodies_are_refused_and_record_nothing(officers):
    """As administrator and supervisor, so that roles do not stop the request before it is looked at."""
    callers = [calls_as(officers.administrator), calls_as(officers.supervisor), calls_as(officers.auditor)]
    size = ledger_size()
    for method, template in operations():
        for number, address in enumerate(addresses(template)):
            if method == "get" and "{" not in template:
                continue
            for body in BODIES if number == 0 else [{}]:
                caller = callers[number % len(callers)]
                limits.requests.forget()
                data = b"" if body is None else json.dumps(body).encode()
                headers = caller.headers(**{"Idempotency-Key": str(uuid.uuid4())})
                answer = caller.client.generic(
                    method.upper(), address, data, content_type="application/json", headers=headers
                )
                assert 400 <= answer.status_code < 500, f"{method} {address} {body!r:.80}: {answer.status_code}"
                assert is_problem(answer), f"{method} {address}"
    assert ledger_size() == size


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_json_is_read_as_it_is(value):
    read = parse_json(json.dumps(value).encode())
    assert json.loads(json.dumps(read, default=float)) == value


@given(st.binary(max_size=200))
def test_bytes_that_are_read_are_json_and_all_others_are_refused(data):
    try:
        read = parse_json(data)
    except BadInput:
        return
    assert json.loads(data) == json.loads(json.dumps(read, default=float))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(st.sampled_from(["name", "roles", "username", "service_number", "agency"]), JSON))
def test_no_invitation_breaks_the_program(officers, body):
    limits.requests.forget()
    answer = calls_as(officers.administrator).post("/officers", body)
    assert answer.status_code in {201, 400, 422}, answer.content


@pytest.mark.parametrize("method", ["put", "patch", "delete", "post"])
def test_methods_without_an_operation(officers, method):
    caller = calls_as(officers.front_line)
    headers = caller.headers(**{"Idempotency-Key": str(uuid.uuid4())})
    answer = caller.client.generic(method.upper(), "/api/ledger", b"{}", "application/json", headers=headers)
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
