"""The same key and request: one act, one answer. The same key and another request: refused."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import RequestFactory
from django.utils import timezone

from copes.foundation.api import idempotency, limits
from copes.foundation.api.idempotency import fingerprint
from copes.foundation.api.models import KeptAnswer
from copes.foundation.journal.queries import ledger_size
from copes.foundation.people import services
from copes.foundation.people.models import Account
from copes.foundation.refusals import Frozen
from tests import support
from tests.foundation.api.conftest import calls_as


def invitation(username: str = "k.nova", **changes) -> dict:
    body = {"name": "Karla Nova", "service_number": "N-1", "username": username, "roles": ["front_line"]}
    return {**body, **changes}


def test_the_same_request_again_gets_the_same_answer_and_records_nothing(officers):
    caller, key = calls_as(officers.administrator), str(uuid.uuid4())
    first = caller.post("/officers", invitation(), key=key)
    size = ledger_size()
    again = caller.post("/officers", invitation(), key=key)
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert ledger_size() == size
    assert Account.objects.filter(username="k.nova").count() == 1


def test_the_same_key_in_quotation_marks_is_the_same_key(officers):
    caller, key = calls_as(officers.administrator), str(uuid.uuid4())
    first = caller.post("/officers", invitation(), key=key)
    assert caller.post("/officers", invitation(), key=f'"{key}"').content == first.content


@pytest.mark.parametrize("body", [invitation("other"), {}, None])
def test_the_same_key_for_another_body_is_refused(officers, body):
    caller, key = calls_as(officers.administrator), str(uuid.uuid4())
    caller.post("/officers", invitation(), key=key)
    size = ledger_size()
    answer = caller.post("/officers", body, key=key)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency.other_body")
    assert ledger_size() == size


def test_the_same_key_at_another_address_is_refused(officers):
    caller, key = calls_as(officers.administrator), str(uuid.uuid4())
    address = f"/officers/{officers.second.officer}"
    assert caller.post(f"{address}/key/revoke", {"reason": "lost"}, key=key).status_code == 200
    answer = caller.post(f"{address}/deactivate", {"reason": "lost"}, key=key)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency.other_body")


def test_the_key_of_one_officer_means_nothing_for_another(officers):
    key = str(uuid.uuid4())
    body = {"password": support.PASSWORD, "name": "one", "days": 2}
    first = calls_as(officers.front_line).post("/me/tokens", body, key=key)
    second = calls_as(officers.second).post("/me/tokens", body, key=key)
    assert first.status_code == second.status_code == 201
    assert first.json() != second.json()


def test_a_token_needs_a_key_for_every_write(officers):
    caller = calls_as(officers.administrator)
    answer = caller.client.post(
        "/api/officers", invitation(), content_type="application/json", headers=caller.headers()
    )
    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["field"]) == ("idempotency.key_missing", "Idempotency-Key")
    for key in ("short", "x" * 256, "with space in the key", "ключ-ключ-ключ-ключ"):
        assert caller.post("/officers", invitation(), key=key).json()["code"] == "idempotency.key_form"
    assert not Account.objects.filter(username="k.nova").exists()


def test_a_session_may_write_without_a_key_and_with_one(officers):
    browser, key = support.signed_in(officers.administrator), str(uuid.uuid4())
    one = browser.post("/api/officers", invitation("one"), content_type="application/json")
    assert one.status_code == 201
    assert not KeptAnswer.objects.exists()
    answers = [
        browser.post(
            "/api/officers",
            invitation("two"),
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )
        for _ in range(2)
    ]
    assert answers[0].content == answers[1].content


def test_a_refusal_is_kept_too_so_that_a_stray_repetition_cannot_record_later(officers):
    """Told "refused", an officer goes on; a copy of the request that a network delivers late must stay refused."""
    caller, key = calls_as(officers.front_line), str(uuid.uuid4())
    assert caller.post("/officers", invitation(), key=key).json()["code"] == "role.administrator"
    services.change_roles(
        officers.administrator,
        officer=officers.front_line.officer,
        officer_roles=["front_line", "administrator"],
        reason="deputy",
    )
    late = caller.post("/officers", invitation(), key=key)
    assert (late.status_code, late.json()["code"]) == (403, "role.administrator")
    assert caller.post("/officers", invitation()).status_code == 201


def test_a_body_that_cannot_be_read_does_not_use_the_key_up(officers):
    caller, key = calls_as(officers.administrator), str(uuid.uuid4())
    assert caller.post("/officers", b"{", key=key).status_code == 400
    assert caller.post("/officers", invitation(roles=[]), key=key).status_code == 422
    assert caller.post("/officers", invitation(), key=key).status_code == 201


def test_failures_of_the_node_are_not_kept(officers, monkeypatch):
    caller, key = calls_as(officers.administrator), str(uuid.uuid4())

    def frozen(*_args, **_kwargs):
        raise Frozen("ledger.frozen", "frozen", "wait")

    def broken(*_args, **_kwargs):
        raise ZeroDivisionError("secret detail")

    for fault, status in ((frozen, 503), (broken, 500)):
        with monkeypatch.context() as patched:
            patched.setattr(services, "invite_officer", fault)
            answer = caller.post("/officers", invitation(), key=key)
        assert answer.status_code == status
        assert "secret detail" not in answer.content.decode()
        assert not KeptAnswer.objects.exists()
    assert caller.post("/officers", invitation(), key=key).status_code == 201


def test_an_act_that_fails_half_way_leaves_neither_act_nor_answer(officers, monkeypatch):
    """The kept answer and the act are one transaction: a fault while keeping takes the act back."""
    caller, key = calls_as(officers.administrator), str(uuid.uuid4())
    size = ledger_size()

    def full(*_args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(idempotency.Keeper, "_keep", full)
        answer = caller.post("/officers", invitation(), key=key)
    assert (answer.status_code, answer.json()["code"]) == (503, "node.unavailable")
    assert ledger_size() == size
    assert not Account.objects.filter(username="k.nova").exists()
    assert not KeptAnswer.objects.exists()
    assert caller.post("/officers", invitation(), key=key).status_code == 201


def test_kept_answers_expire_after_thirty_days(officers):
    caller, key = calls_as(officers.administrator, days=60), str(uuid.uuid4())
    caller.post("/officers", invitation(), key=key)
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=29), tick=False):
        assert caller.post("/officers", invitation(), key=key)["Idempotency-Replayed"] == "true"
    with time_machine.travel(now + timedelta(days=31), tick=False):
        late = caller.post("/officers", invitation(), key=key)
    assert (late.status_code, late.json()["code"]) == (400, "username.taken")
    assert KeptAnswer.objects.count() == 1


def test_two_at_once_record_one_act_and_get_one_answer(officers):
    caller, key = calls_as(officers.administrator), str(uuid.uuid4())
    size, gate, answers = ledger_size(), threading.Barrier(4), []

    def work() -> None:
        try:
            gate.wait(timeout=30)
            answers.append(caller.post("/officers", invitation(), key=key))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert [one.status_code for one in answers] == [201] * 4
    assert len({one.content for one in answers}) == 1
    assert sum("Idempotency-Replayed" not in one for one in answers) == 1
    assert ledger_size() == size + 1


def test_many_at_once_with_keys_of_their_own_are_all_recorded(officers):
    caller, gate, codes = calls_as(officers.administrator), threading.Barrier(6), []

    def work(number: int) -> None:
        try:
            gate.wait(timeout=30)
            codes.append(caller.post("/officers", invitation(f"user{number}")).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert codes == [201] * 6


def test_a_copy_of_the_database_shows_no_answer(officers):
    """Activation codes and tokens are kept as hashes only; the kept answers must not give them away."""
    caller, key = calls_as(officers.administrator), str(uuid.uuid4())
    code = caller.post("/officers", invitation(), key=key).json()["code"]
    row = KeptAnswer.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM api_kept_answer")
        everything = repr(cursor.fetchall())
    assert code not in everything
    assert key not in everything
    assert code.encode() not in bytes(row.sealed)


def test_an_answer_changed_in_the_database_is_not_given_out(officers):
    caller, key = calls_as(officers.administrator), str(uuid.uuid4())
    caller.post("/officers", invitation(), key=key)
    row = KeptAnswer.objects.get()
    sealed = bytearray(row.sealed)
    sealed[-1] ^= 1
    KeptAnswer.objects.update(sealed=bytes(sealed))
    answer = caller.post("/officers", invitation(), key=key)
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency.unknown")


def test_an_act_under_way_elsewhere_is_waited_for_or_refused(officers):
    """Acts that seal the ledger cannot share one transaction with their answer: the key is claimed first."""
    request = RequestFactory().post("/api/dossiers", b"{}", content_type="application/json")
    keeper = idempotency.Keeper(officers.legal.officer, "a" * 20, request)
    seen = []

    def meanwhile():
        try:
            idempotency.Keeper(officers.legal.officer, "a" * 20, request).answer_once(meanwhile, whole=False)
        except idempotency.InProgress as refusal:
            seen.append(refusal.code)
        from django.http import JsonResponse

        return JsonResponse({"done": True}, status=201)

    answer = keeper.answer_once(meanwhile, whole=False)
    assert seen == ["idempotency.in_progress"]
    assert keeper.answer_once(meanwhile, whole=False).content == answer.content
    assert seen == ["idempotency.in_progress"]


def test_an_act_whose_outcome_was_lost_is_said_to_be_so(officers):
    request = RequestFactory().post("/api/dossiers", b"{}", content_type="application/json")
    keeper = idempotency.Keeper(officers.legal.officer, "a" * 20, request)

    def killed():
        raise SystemExit

    with pytest.raises(SystemExit):
        keeper.answer_once(killed, whole=False)
    KeptAnswer.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    with pytest.raises(idempotency.Refusal) as refused:
        keeper.answer_once(killed, whole=False)
    assert refused.value.code == "idempotency.unknown"


def test_files_are_compared_by_content_and_not_by_boundary(officers):
    def upload(content: bytes, name: str = "a.png", **fields: str):
        files = {"photograph": SimpleUploadedFile(name, content, "image/png"), **fields}
        return fingerprint(RequestFactory().post("/api/x", files))

    def bounded(boundary: str) -> str:
        body = f'--{boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--{boundary}--\r\n'
        kind = f"multipart/form-data; boundary={boundary}"
        return fingerprint(RequestFactory().generic("POST", "/api/x", body, content_type=kind))

    assert bounded("one") == bounded("two")
    one = upload(b"abc")
    assert one == upload(b"abc")
    assert len({one, upload(b"abd"), upload(b"abc", "b.png"), upload(b"abc", note="x")}) == 4


def test_limits_hold_for_repetitions_too(officers, monkeypatch):
    monkeypatch.setattr(limits.requests, "rate", 2)
    caller, key = calls_as(officers.administrator), str(uuid.uuid4())
    codes = [caller.post("/officers", invitation(), key=key).status_code for _ in range(3)]
    assert codes == [201, 201, 429]
