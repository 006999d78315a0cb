"""Bad input of every kind gets a problem answer that names the place and the mend, and records nothing."""

from __future__ import annotations

import json
import uuid

import pytest
from django.test import Client

from copes.foundation.api.guard import LARGEST_JSON
from copes.foundation.journal.queries import ledger_size
from tests.foundation.api.conftest import calls_as
from tests.foundation.api.test_idempotency import invitation


@pytest.fixture
def caller(officers):
    return calls_as(officers.administrator)


def errors_of(answer) -> dict[str, dict[str, str]]:
    assert answer.status_code == 422, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    found = {one["field"]: one for one in answer.json()["errors"]}
    assert all(one["reason"] and one["mend"] for one in found.values())
    return found


def test_wrong_fields_are_named_with_a_mend(caller):
    size = ledger_size()
    body = {
        "name": "K",
        "service_number": 7,
        "roles": ["front_line", "emperor"],
        "rank": "major",
        "agency": "x",
    }
    found = errors_of(caller.post("/officers", body))
    assert set(found) == {
        "body.name",
        "body.service_number",
        "body.username",
        "body.roles.1",
        "body.rank",
        "body.agency",
    }
    assert found["body.username"]["code"] == "field.missing"
    assert "2" in found["body.name"]["mend"]
    assert "front_line" in found["body.roles.1"]["mend"]
    assert "emperor" not in json.dumps(found)
    assert ledger_size() == size


@pytest.mark.parametrize("body", [[], "text", 7, True, [invitation()]])
def test_a_body_that_is_no_object(caller, body):
    assert "body" in errors_of(caller.post("/officers", body))


def test_an_empty_body(caller):
    assert "body" in next(iter(errors_of(caller.post("/officers"))))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "body.not_json"),
        (b"not json", "body.not_json"),
        (b'{"name": "\xff\xfe"}', "body.not_utf8"),
        (b"\xef\xbb\xbf{}", "body.not_json"),
        (b'{"name": "a", "name": "b"}', "body.twice"),
        (b'{"name": NaN}', "body.number"),
        (b'{"name": -Infinity}', "body.number"),
        (b'{"name": "a\\u0000b"}', "text.character"),
        (b'{"name": "\\ud800"}', "text.character"),
        (b'{"a\\u0000": 1}', "text.character"),
        (b"[" * 100_000, "body.unreadable"),
        (b"[" * 40 + b"]" * 40, "body.unreadable"),
        (b'{"days": ' + b"9" * 5000 + b"}", "body.unreadable"),
    ],
)
def test_bodies_that_cannot_be_read(caller, body, code):
    size = ledger_size()
    answer = caller.post("/officers", body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert answer.json()["mend"]
    assert ledger_size() == size


def test_a_huge_body(caller):
    answer = caller.post("/officers", b'{"name": "' + b"x" * LARGEST_JSON + b'"}')
    assert (answer.status_code, answer.json()["code"]) == (413, "body.too_large")


def test_a_huge_file(caller, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    fields = {"note": "x" * 2000}
    headers = caller.headers(**{"Idempotency-Key": str(uuid.uuid4())})
    answer = caller.client.post("/api/officers", fields, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "body.too_large")


def test_multipart_that_is_broken(caller):
    headers = caller.headers(**{"Idempotency-Key": str(uuid.uuid4())})
    answer = caller.client.generic(
        "POST",
        "/api/officers",
        b"--x",
        content_type="multipart/form-data; boundary=" + "é" * 3,
        headers=headers,
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "request.unreadable")


def test_another_media_type(caller):
    headers = caller.headers(**{"Idempotency-Key": str(uuid.uuid4())})
    for kind in ("application/x-www-form-urlencoded", "text/plain", "application/xml"):
        answer = caller.client.post("/api/officers", b"name=x", content_type=kind, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (415, "body.media_type")
        assert "application/json" in answer.json()["mend"]


def test_refusals_speak_the_callers_language(caller):
    french = caller.post("/officers", {}, **{"Accept-Language": "fr"})
    english = caller.post("/officers", {}, **{"Accept-Language": "en"})
    assert french.json()["code"] == english.json()["code"]
    assert french["Content-Language"] == "fr"


def test_unknown_things_and_unknown_addresses(caller):
    assert caller.get("/officers/00000000-0000-7000-8000-000000000000").json()["code"] == "officer.unknown"
    for address in ("/nothing", "/officers/x/y/z", "/me/", "//"):
        answer = caller.get(address)
        assert (answer.status_code, answer.json()["code"]) == (404, "address.unknown"), address
    for address in ("/officers/%00", "/officers?agency=%00", "/reads?kind=a%00b"):
        assert caller.get(address).status_code in {404, 422}, address
    for address in (
        "/officers/" + "x" * 3000,
        "/officers/' OR 1=1 --",
        "/officers/../../me",
        "/officers/%F0%9F",
    ):
        assert caller.get(address).status_code == 404


def test_methods_that_an_address_does_not_take(caller):
    answer = caller.delete("/me")
    assert (answer.status_code, answer.json()["code"], answer["Allow"]) == (405, "method.not_allowed", "GET")
    assert caller.client.generic("BREW", "/api/officers", headers=caller.headers()).status_code == 405


@pytest.mark.parametrize(
    "query", ["officer=x", "before=abc", "before=999999999999999999999", "case=", "kind=" + "x" * 41]
)
def test_bad_query_parameters_are_named(officers, query):
    answer = calls_as(officers.auditor).get(f"/reads?{query}")
    found = errors_of(answer)
    assert list(found) == [f"query.{query.split('=')[0]}"]


def test_a_fault_of_the_program_shows_no_inside(caller, monkeypatch):
    def broken(*_args):
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr("copes.foundation.people.queries.active_officers", broken)
    answer = caller.get("/officers")
    assert (answer.status_code, answer.json()["code"]) == (500, "node.error")
    assert "hunter2" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


def test_a_database_that_does_not_answer(caller, monkeypatch):
    from django.db import OperationalError

    def locked(*_args):
        raise OperationalError("database is locked")

    monkeypatch.setattr("copes.foundation.people.queries.active_officers", locked)
    answer = caller.get("/officers")
    assert (answer.status_code, answer.json()["code"]) == (503, "node.unavailable")
    assert answer["Retry-After"]


def test_the_description_and_the_listing_are_open_and_bring_no_scripts(node):
    client = Client()
    described = client.get("/api/openapi.json")
    assert described.status_code == 200
    assert described.json()["info"]["title"] == "OpenCOPES"
    page = client.get("/api/docs").content.decode()
    assert "/api/me/tokens" in page
    assert "cdn" not in page.lower()
    assert client.get("/api/")["Location"] == "/api/docs"
