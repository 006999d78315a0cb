"""The published description is what the program answers by, and says what programs need to know."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from copes.foundation.api.root import PREFIX, api

ROOT = Path(__file__).resolve().parents[3]
PUBLISHED = ROOT / "docs" / "api" / "openapi.json"


@pytest.fixture(scope="module")
def schema() -> dict:
    return json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX)))


def operations(schema: dict):
    for address, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield address, method, operation


def test_the_published_description_is_current(schema):
    """When this fails: `python tools/openapi.py`, and look at the difference: others depend on it."""
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == schema


def test_every_operation_explains_itself_once(schema):
    ids = [operation["operationId"] for _, _, operation in operations(schema)]
    assert len(ids) == len(set(ids))
    for address, method, operation in operations(schema):
        assert operation.get("description"), f"{method} {address}"
        assert operation["responses"]["default"]["content"].keys() == {"application/problem+json"}


def test_no_operation_is_open(schema):
    for address, method, operation in operations(schema):
        assert operation.get("security"), f"{method} {address} is open to everybody"


def test_writes_name_the_idempotency_key_and_take_no_unknown_members(schema):
    for address, method, operation in operations(schema):
        names = {one["name"] for one in operation["parameters"]}
        assert ("Idempotency-Key" in names) == (method != "get"), f"{method} {address}"
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if body:
            shape = schema["components"]["schemas"][body["$ref"].rsplit("/", 1)[1]]
            assert shape["additionalProperties"] is False, f"{method} {address}"


def test_the_guide_names_only_addresses_that_exist(schema):
    text = (ROOT / "docs" / "api" / "README.md").read_text(encoding="utf-8")
    known = {re.sub(r"\{\w+\}", "*", address) for address in schema["paths"]}
    named = set(re.findall(r"call (?:GET|POST|DELETE) (/\S*)", text)) | set(re.findall(r"\$API(/[^\s\"']+)", text))
    assert len(named) > 10
    for address in named:
        assert "/api" + re.sub(r"\$[A-Z]+", "*", address) in known, address
