"""Who may call: tokens, sessions, and everything that is neither."""

from __future__ import annotations

import uuid
from datetime import timedelta

import time_machine
from django.test import Client
from django.utils import timezone

from copes.foundation.api import limits
from copes.foundation.people.models import Account, ApiToken, Reading
from copes.foundation.people.services import deactivate_officer, revoke_key
from tests import support
from tests.foundation.api.conftest import Caller, calls_as

REVOKE = {"reason": "the device was lost"}


def test_a_token_acts_as_its_officer_and_signs(officers):
    answer = calls_as(officers.front_line).get("/me")
    assert answer.status_code == 200
    assert answer.json() == {
        "id": officers.front_line.officer,
        "name": "Anna Frontier",
        "agency": officers.front_line.agency,
        "roles": ["front_line"],
        "signing": True,
    }
    assert "no-store" in answer["Cache-Control"]


def test_nobody_gets_in_without_a_token(node):
    client = Client()
    for address in ("/api/me", "/api/officers", "/api/ledger", "/api/reads", "/api/erasures"):
        answer = client.get(address)
        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer.json()["code"] == "authentication.needed"
    posted = client.post("/api/officers", {}, content_type="application/json")
    assert posted.status_code in {401, 403}


def test_tokens_that_open_nothing(officers):
    good = calls_as(officers.front_line)
    for token in (
        "",
        "copes_",
        "copes_AAAA",
        good.token[:-1],
        good.token.removeprefix("copes_"),
        "é" * 40,
        "x" * 5000,
    ):
        assert Caller(token).get("/me").status_code == 401, token
    for header in ("Basic YTpi", good.token, f"Token {good.token}"):
        assert Client().get("/api/me", headers={"Authorization": header}).status_code == 401
    assert good.get("/me").status_code == 200


def test_a_bad_token_is_not_helped_by_a_good_session(officers, client_for):
    browser = client_for(officers.front_line)
    assert browser.get("/api/me").status_code == 200
    assert browser.get("/api/me", headers={"Authorization": "Bearer copes_wrong"}).status_code == 401


def test_an_expired_token_opens_nothing(officers):
    caller = calls_as(officers.front_line, days=2)
    with time_machine.travel(timezone.now() + timedelta(days=2, seconds=1), tick=False):
        assert caller.get("/me").status_code == 401


def test_revoking_the_key_ends_the_token(officers):
    caller = calls_as(officers.front_line)
    revoke_key(officers.administrator, officer=officers.front_line.officer, reason="the device was lost")
    assert caller.get("/me").status_code == 401


def test_a_closed_account_ends_the_token(officers):
    caller = calls_as(officers.front_line)
    deactivate_officer(officers.administrator, officer=officers.front_line.officer, reason="left the service")
    assert caller.get("/me").status_code == 401


def test_a_token_whose_account_was_closed_in_the_database_opens_nothing(officers):
    caller = calls_as(officers.front_line)
    Account.objects.filter(officer_id=officers.front_line.officer).update(is_active=False)
    assert caller.get("/me").status_code == 401


def test_a_token_row_moved_to_another_officer_opens_nothing(officers):
    caller = calls_as(officers.front_line)
    other = Account.objects.get(officer_id=officers.administrator.officer)
    ApiToken.objects.update(account=other)
    assert caller.get("/me").status_code == 401


def test_make_list_use_and_end_a_token(officers):
    caller = calls_as(officers.front_line)
    made = caller.post("/me/tokens", {"password": support.PASSWORD, "name": "scanner", "days": 3})
    assert made.status_code == 201
    second = Caller(made.json()["token"])
    assert second.get("/me").status_code == 200
    rows = caller.get("/me/tokens").json()
    assert [row["name"] for row in rows] == ["scanner", "test"]
    assert made.json()["token"] not in caller.get("/me/tokens").content.decode()
    assert caller.delete(f"/me/tokens/{rows[0]['id']}").status_code == 204
    assert second.get("/me").status_code == 401
    assert caller.delete(f"/me/tokens/{rows[0]['id']}").status_code == 404


def test_nobody_ends_the_token_of_another(officers):
    caller, other = calls_as(officers.front_line), calls_as(officers.second)
    token = other.get("/me/tokens").json()[0]["id"]
    assert caller.delete(f"/me/tokens/{token}").status_code == 404
    assert other.get("/me").status_code == 200


def test_guessing_the_password_is_slowed_down(officers):
    caller = calls_as(officers.front_line)
    body = {"password": "not the password", "name": "x", "days": 3}
    codes = [caller.post("/me/tokens", body).status_code for _ in range(limits.FAILED_PASSWORDS_A_MINUTE + 1)]
    assert codes == [400] * limits.FAILED_PASSWORDS_A_MINUTE + [429]


def test_a_session_needs_the_csrf_token_for_writes(officers):
    browser = support.signed_in(officers.administrator)
    browser.handler.enforce_csrf_checks = True
    address = f"/api/officers/{officers.front_line.officer}/key/revoke"
    browser.get("/people/me/")
    refused = browser.post(address, REVOKE, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf.failed")
    token = browser.cookies["csrftoken"].value
    done = browser.post(address, REVOKE, content_type="application/json", headers={"X-CSRFToken": token})
    assert done.status_code == 200, done.content


def test_a_session_whose_key_is_locked_records_nothing(officers):
    browser = support.signed_in(officers.administrator)
    del browser.cookies["copes_key"]
    address = f"/api/officers/{officers.front_line.officer}/key/revoke"
    answer = browser.post(address, REVOKE, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (423, "key.locked")


def test_too_many_requests(officers, monkeypatch):
    monkeypatch.setattr(limits.requests, "rate", 3)
    caller, other = calls_as(officers.front_line), calls_as(officers.second)
    codes = [caller.get("/me").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    answer = caller.get("/me")
    assert int(answer["Retry-After"]) >= 1
    assert answer.json()["code"] == "rate.limit"
    assert other.get("/me").status_code == 200


def test_too_many_wrong_tokens_from_one_address_leave_good_ones_alone(officers):
    good = calls_as(officers.front_line)
    codes = {Caller(f"copes_{n}").get("/me").status_code for n in range(limits.FAILED_SIGN_INS_A_MINUTE)}
    assert codes == {401}
    assert Caller("copes_more").get("/me").status_code == 429
    assert good.get("/me").status_code == 200


def test_reads_are_noted_with_their_purpose(officers):
    caller = calls_as(officers.front_line)
    caller.get("/officers", **{"X-Purpose": "Übergabe an das Lager"})
    row = Reading.objects.latest("id")
    assert (row.officer, row.kind, row.purpose) == (
        officers.front_line.officer,
        "officers",
        "Übergabe an das Lager",
    )
    answer = caller.get("/officers", **{"X-Purpose": "x" * 301})
    assert (answer.status_code, answer.json()["field"]) == (400, "X-Purpose")
    assert Reading.objects.latest("id").id == row.id


def test_only_the_auditor_sees_who_read_what(officers):
    calls_as(officers.second).get("/officers", **{"X-Purpose": "training"})
    refused = calls_as(officers.administrator).get("/reads")
    assert (refused.status_code, refused.json()["code"]) == (403, "role.missing")
    seen = calls_as(officers.auditor).get(f"/reads?officer={officers.second.officer}").json()
    assert [(row["kind"], row["purpose"]) for row in seen["items"]] == [("officers", "training")]
    assert seen["next"] is None


def test_the_csrf_exemption_of_tokens_is_no_way_in_for_sessions(officers):
    browser = support.signed_in(officers.front_line)
    browser.handler.enforce_csrf_checks = True
    headers = {"Authorization": "Bearer copes_wrong", "Idempotency-Key": str(uuid.uuid4())}
    body = {"password": support.PASSWORD, "name": "x", "days": 1}
    answer = browser.post("/api/me/tokens", body, content_type="application/json", headers=headers)
    assert answer.status_code == 401
