"""A case by program: control, seizure, exhibits, custody, records with proofs, corrections, erasure, need-to-know."""

from __future__ import annotations

import base64
import io
import json
import uuid
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from copes.foundation.journal.queries import ledger_size, ledger_vkey
from copes.foundation.journal.services import seal_now
from copes.foundation.people.models import Reading
from copes.trust.ledger.checkpoints import open_checkpoint
from copes.trust.ledger.merkle import leaf_hash, verify_inclusion
from copes.trust.ledger.notes import Verifier
from copes.trust.records.sdjwt import leaf_data
from tests.chain import making
from tests.foundation.api.conftest import Caller, calls_as

UNKNOWN = "00000000-0000-7000-8000-000000000000"


def plain(value):
    """Python values as a program would send them."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def control_body(acting, **changes):
    return plain(making.control_facts(acting, **changes))


def seizure_body(acting, control, *items, **changes):
    body = making.seizure_facts(acting, control, **changes)
    return plain({**body, "occurred_at": making.SEIZED_AT, "items": list(items) or [making.item()]})


def made(answer, status: int = 201):
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def anna(officers) -> Caller:
    return calls_as(officers.front_line)


@pytest.fixture
def seized(officers, anna):
    """Case, seizure and exhibit ids, recorded by the front-line officer over HTTP."""
    case = made(anna.post("/cases", {"title": "Cash at the toll"}))["id"]
    control = made(anna.post(f"/cases/{case}/controls", control_body(officers.front_line)))["id"]
    items = [making.cash(officers.front_line, officers.second), making.item(seal="S-1")]
    body = seizure_body(officers.front_line, control, *items)
    seizure = made(anna.post(f"/cases/{case}/seizures", body))["id"]
    exhibits = [one["id"] for one in made(anna.get(f"/seizures/{seizure}"), 200)["exhibits"]]
    return case, control, seizure, exhibits


def test_from_control_to_receipt(officers, anna, seized):
    case, control, seizure, exhibits = seized
    shown = made(anna.get(f"/cases/{case}"), 200)
    assert shown["title"] == "Cash at the toll"
    assert shown["controls"][0]["facts"]["persons"][0]["name"] == "Jean Invented"
    report = made(anna.get(f"/seizures/{seizure}"), 200)
    assert report["control"] == control
    assert report["facts"]["items"][0]["total"] == "215080"
    released = anna.post(
        "/custody/releases",
        {
            "exhibits": exhibits,
            "released_to": officers.custodian.officer,
            "reason": "storage",
            "condition": "sealed bags, dry",
            "seals": {exhibits[1]: "intact"},
        },
    )
    release = made(released)[0]["id"]
    custodian = calls_as(officers.custodian)
    desk = made(custodian.get("/custody/desk"), 200)
    assert [one["id"] for one in desk["to_receive"]] == [release]
    assert made(anna.get("/custody/desk"), 200)["released"][0]["id"] == release
    answer = custodian.post(f"/custody/releases/{release}/receive", {"exhibits": exhibits, "condition": "as released"})
    assert made(answer, 200)["records"][0]["state"] == "durable"
    page = made(custodian.get(f"/exhibits/{exhibits[0]}"), 200)
    assert page["holder"]["id"] == officers.custodian.officer
    assert [step["act"] for step in page["steps"]] == ["created", "released", "received"]
    assert [span["holder"]["id"] for span in page["spans"]] == [
        officers.front_line.officer,
        officers.custodian.officer,
    ]


def test_declined_and_cancelled_releases_change_no_holder(officers, anna, seized):
    exhibits = seized[3]
    body = {
        "exhibits": exhibits[:1],
        "released_to": officers.custodian.officer,
        "reason": "storage",
        "condition": "sealed",
    }
    first = made(anna.post("/custody/releases", body))[0]["id"]
    no = {"exhibits": exhibits[:1], "reason": "the label is wrong"}
    made(calls_as(officers.custodian).post(f"/custody/releases/{first}/decline", no), 200)
    second = made(anna.post("/custody/releases", body))[0]["id"]
    made(anna.post(f"/custody/releases/{second}/cancel", no), 200)
    assert made(anna.get(f"/exhibits/{exhibits[0]}"), 200)["holder"]["id"] == officers.front_line.officer


def test_seals_and_photographs(officers, anna, seized):
    exhibit = seized[3][0]
    made(anna.post(f"/exhibits/{exhibit}/seals", {"seal": "A-77"}))
    made(anna.post(f"/exhibits/{exhibit}/seals/check", {"seal": "A-77", "intact": True}))
    opened = {"seal": "A-77", "reason": "counting again", "replaced_by": "A-78"}
    made(anna.post(f"/exhibits/{exhibit}/seals/break", opened))
    data, key = picture(), str(uuid.uuid4())
    answers = [
        anna.client.post(
            f"/api/exhibits/{exhibit}/photographs",
            {"picture": SimpleUploadedFile("front.png", data, "image/png"), "taken_at": "2020-01-01T10:00:00Z"},
            headers=anna.headers(**{"Idempotency-Key": key}),
        )
        for _ in range(2)
    ]
    assert made(answers[0]) == made(answers[1])
    page = made(anna.get(f"/exhibits/{exhibit}"), 200)
    assert page["seal"] == "A-78"
    assert len(page["photographs"]) == 1
    got = anna.get(f"/exhibits/{exhibit}/photographs/{page['photographs'][0]['id']}")
    assert got.content == data
    assert got["Content-Type"] == "image/png"
    assert got["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got["Content-Security-Policy"]
    assert anna.get(f"/exhibits/{exhibit}/photographs/{UNKNOWN}").status_code == 404


def test_a_file_that_is_no_picture(anna, seized):
    address = f"/api/exhibits/{seized[3][0]}/photographs"

    def send(**fields):
        return anna.client.post(address, fields, headers=anna.headers(**{"Idempotency-Key": str(uuid.uuid4())}))

    svg = send(picture=SimpleUploadedFile("x.png", b"<svg onload=alert(1)>", "image/png"))
    assert (svg.status_code, svg.json()["code"]) == (400, "photograph.unreadable")
    cut = send(picture=SimpleUploadedFile("x.png", picture()[:50], "image/png"))
    assert (cut.status_code, cut.json()["code"]) == (400, "photograph.unreadable")
    none = send()
    assert (none.status_code, none.json()["errors"][0]["field"]) == (422, "file.picture")
    early = send(picture=SimpleUploadedFile("x.png", picture(), "image/png"), taken_at="yesterday")
    assert (early.status_code, early.json()["errors"][0]["field"]) == (422, "form.taken_at")


def test_a_record_can_be_checked_with_what_the_api_answers(anna, seized):
    case = seized[0]
    lines = made(anna.get(f"/cases/{case}/records"), 200)["items"]
    assert {one["kind"] for one in lines} == {
        "case.opened/1",
        "control.recorded/1",
        "seizure.recorded/1",
        "exhibit.created/1",
    }
    one = lines[-1]
    before = made(anna.get(f"/records/{one['record']}"), 200)
    assert before["inclusion"] is None
    assert before["place"]["state"] == "durable"
    seal_now()
    record = made(anna.get(f"/records/{one['record']}"), 200)
    assert record["place"]["state"] == "sealed"
    state = made(anna.get("/ledger"), 200)
    assert state["vkey"] == ledger_vkey()
    head, _cosigned = open_checkpoint(state["checkpoint"]["note"], Verifier.from_vkey(state["vkey"]))
    jwt = record["sd_jwt"].split("~")[0]
    assert leaf_data(jwt).hex() == record["place"]["leaf"]
    proof = [base64.b64decode(one) for one in record["inclusion"]["hashes"]]
    verify_inclusion(record["place"]["index"], head.size, leaf_hash(leaf_data(jwt)), proof, head.root)


def test_lists_are_paged_and_searched(officers, anna):
    cases = [made(anna.post("/cases", {"title": f"Case {n}"}))["id"] for n in range(3)]
    seen = made(anna.get("/cases"), 200)
    assert [one["id"] for one in seen["items"]] == cases[::-1]
    assert seen["next"] is None
    rest = made(anna.get(f"/cases?after={cases[1]}"), 200)
    assert [one["id"] for one in rest["items"]] == [cases[0]]
    number = seen["items"][0]["number"]
    assert [one["id"] for one in made(anna.get(f"/cases?number={number}"), 200)["items"]] == [cases[2]]


def test_the_exhibit_behind_a_scanned_label(anna, seized):
    exhibit = seized[3][0]
    number = made(anna.get(f"/exhibits/{exhibit}"), 200)["number"]
    for text in (f"COPES:{exhibit}", exhibit, number, "S-1"):
        assert made(anna.get(f"/exhibits/find?text={text}"), 200)["id"] in seized[3]
    assert anna.get("/exhibits/find?text=nothing").status_code == 404
    rows = made(anna.get("/exhibits?category=cash"), 200)["items"]
    assert [row["id"] for row in rows] == [exhibit]
    assert rows[0]["total"] == "215080.0000"


def test_corrections_stand_beside_what_they_correct(officers, anna, seized):
    case, control, seizure, exhibits = seized
    body = control_body(officers.front_line, found="Banknotes in vacuum bags")
    address = f"/cases/{case}/controls/{control}"
    made(anna.post(f"{address}/corrections", {**body, "reason": "wrong word"}))
    shown = made(anna.get(address), 200)
    assert shown["facts"]["found"] == "Banknotes in vacuum bags"
    assert "body.found" in shown["corrections"][0]["paths"]
    report = plain(making.seizure_facts(officers.front_line, control, statements="He said nothing."))
    made(anna.post(f"/cases/{case}/seizures/{seizure}/corrections", {**report, "reason": "left out"}))
    assert made(anna.get(f"/seizures/{seizure}"), 200)["facts"]["statements"] == "He said nothing."
    item = {"description": "Gutka in pouches", "category": "tobacco", "quantity": "3969", "unit": "kg"}
    made(anna.post(f"/exhibits/{exhibits[1]}/corrections", {**item, "reason": "kind of goods"}))
    assert made(anna.get(f"/exhibits/{exhibits[1]}"), 200)["facts"]["description"] == "Gutka in pouches"


def test_ending_a_control_and_adding_a_note(anna, seized):
    case, control = seized[:2]
    end = {"ended_at": "2018-02-09T10:45:00+01:00"}
    made(anna.post(f"/cases/{case}/controls/{control}/end", end), 200)
    made(anna.post(f"/cases/{case}/notes", {"text": "The owner was called."}))
    shown = made(anna.get(f"/cases/{case}"), 200)
    assert shown["controls"][0]["ended_at"].startswith("2018-02-09T09:45:00")
    assert shown["notes"][0]["text"] == "The owner was called."


def test_who_does_not_need_to_know_learns_nothing(officers, anna, seized):
    case, control, seizure, exhibits = seized
    record = made(anna.get(f"/cases/{case}/records"), 200)["items"][0]["record"]
    stranger = calls_as(officers.second)
    for known, unknown in (
        (f"/cases/{case}", f"/cases/{UNKNOWN}"),
        (f"/cases/{case}/records", f"/cases/{UNKNOWN}/records"),
        (f"/cases/{case}/seizures", f"/cases/{UNKNOWN}/seizures"),
        (f"/cases/{case}/prints", f"/cases/{UNKNOWN}/prints"),
        (f"/cases/{case}/erasures", f"/cases/{UNKNOWN}/erasures"),
        (f"/cases/{case}/controls/{control}", f"/cases/{UNKNOWN}/controls/{UNKNOWN}"),
        (f"/seizures/{seizure}", f"/seizures/{UNKNOWN}"),
        (f"/exhibits/{exhibits[0]}", f"/exhibits/{UNKNOWN}"),
        (f"/exhibits/find?text={exhibits[0]}", f"/exhibits/find?text={UNKNOWN}"),
        (f"/records/{record}", f"/records/{UNKNOWN}"),
    ):
        hidden, missing = stranger.get(known), stranger.get(unknown)
        assert hidden.status_code == missing.status_code == 404, known
        assert hidden.content == missing.content, known
        assert set(hidden.headers) == set(missing.headers)
    for auditor in (calls_as(officers.auditor), calls_as(officers.administrator)):
        assert auditor.get(f"/cases/{case}").status_code == 404
        assert auditor.get(f"/records/{record}").status_code == 404
    assert made(stranger.get("/cases"), 200)["items"] == []
    assert made(stranger.get("/exhibits"), 200)["items"] == []


def test_acts_on_what_one_may_not_see_are_refused_like_acts_on_nothing(officers, seized):
    case, control, _seizure, exhibits = seized
    stranger, size = calls_as(officers.second), ledger_size()
    end = {"ended_at": "2018-02-09T10:45:00+01:00"}
    seal = {"seal": "X-1"}
    for known, unknown, body in (
        (f"/cases/{case}/controls/{control}/end", f"/cases/{UNKNOWN}/controls/{UNKNOWN}/end", end),
        (f"/cases/{case}/notes", f"/cases/{UNKNOWN}/notes", {"text": "hello"}),
        (f"/exhibits/{exhibits[0]}/seals", f"/exhibits/{UNKNOWN}/seals", seal),
        (f"/cases/{case}/controls", f"/cases/{UNKNOWN}/controls", control_body(officers.second)),
    ):
        hidden, missing = stranger.post(known, body), stranger.post(unknown, body)
        assert hidden.status_code == missing.status_code == 404, known
        assert hidden.content == missing.content
    assert ledger_size() == size


def test_access_is_given_and_taken_away(officers, anna, seized):
    case = seized[0]
    chloe = calls_as(officers.investigator)
    assert chloe.get(f"/cases/{case}").status_code == 404
    body = {"officer": officers.investigator.officer, "reason": "takes over the inquiry"}
    made(anna.post(f"/cases/{case}/access", body), 200)
    assert chloe.get(f"/cases/{case}").status_code == 200
    twice = anna.post(f"/cases/{case}/access", body)
    assert twice.status_code == 409
    leave = {"reason": "another unit leads now"}
    made(anna.post(f"/cases/{case}/access/{officers.investigator.officer}/revoke", leave), 200)
    assert chloe.get(f"/cases/{case}").status_code == 404


def test_what_is_wrong_with_a_report_is_named_item_by_item(officers, anna, seized):
    case, control = seized[:2]
    size = ledger_size()
    bad = [making.item(unit="stones"), making.item(quantity="0"), making.item(quantity=None)]
    body = seizure_body(officers.front_line, control, *bad, presence="absent")
    first = anna.post(f"/cases/{case}/seizures", body)
    assert first.status_code == 422
    assert {one["field"] for one in first.json()["errors"]} == {"body.items.0.unit", "body.items.1.quantity"}
    body = seizure_body(officers.front_line, control, bad[2], presence="absent")
    second = anna.post(f"/cases/{case}/seizures", body)
    assert second.status_code == 400
    assert "body.items.0.unit" in {one["field"] for one in second.json()["errors"]}
    cash = making.cash(officers.front_line, officers.front_line)
    third = anna.post(f"/cases/{case}/seizures", seizure_body(officers.front_line, control, cash))
    assert third.status_code == 400
    assert {one["field"] for one in third.json()["errors"]} == {"body.items.0.cash.counters"}
    naive = seizure_body(officers.front_line, control) | {"occurred_at": "2018-02-09T02:10:00"}
    fourth = anna.post(f"/cases/{case}/seizures", naive)
    assert [one["field"] for one in fourth.json()["errors"]] == ["body.occurred_at"]
    assert ledger_size() == size


def test_ids_that_the_node_makes_cannot_be_chosen(officers, anna, seized):
    case, control = seized[:2]
    for body in (
        {**control_body(officers.front_line), "control": control},
        {**control_body(officers.front_line), "case": case},
    ):
        assert anna.post(f"/cases/{case}/controls", body).status_code == 422
    assert anna.post("/cases", {"title": "x", "case": case}).status_code == 422
    assert anna.post("/cases", {"title": "x", "number": "FR-1"}).status_code == 422


def test_two_officers_erase_a_value_and_the_record_still_verifies(officers, anna, seized):
    case, control = seized[:2]
    legal, supervisor = calls_as(officers.legal), calls_as(officers.supervisor)
    lines = made(anna.get(f"/cases/{case}/records"), 200)["items"]
    record = next(one["record"] for one in lines if one["kind"] == "control.recorded/1")
    body = {"paths": ["body.persons.0.name"], "ground": "Order of the court of 1 March, no. 77"}
    assert legal.post(f"/records/{record}/erasures", body).status_code == 404
    grant = {"officer": officers.legal.officer, "reason": "reviews the file"}
    made(anna.post(f"/cases/{case}/access", grant), 200)
    asked = made(legal.post(f"/records/{record}/erasures", body))["id"]
    assert legal.post(f"/erasures/{asked}/approve").status_code == 403
    assert asked in {one["id"] for one in made(supervisor.get("/erasures"), 200)}
    assert anna.get("/erasures").status_code == 403
    jwt = made(anna.get(f"/records/{record}"), 200)["sd_jwt"].split("~")[0]
    made(supervisor.post(f"/erasures/{asked}/approve"), 200)
    after = made(anna.get(f"/records/{record}"), 200)
    assert after["sd_jwt"].split("~")[0] == jwt
    assert "body.persons.0.name" not in after["erasable"]
    assert "Jean Invented" not in json.dumps(made(anna.get(f"/cases/{case}/controls/{control}"), 200))
    erased = made(anna.get(f"/cases/{case}/erasures"), 200)
    assert [one["path"] for one in erased] == ["body.persons.0.name"]


def test_every_read_of_the_case_is_noted(officers, anna, seized):
    case, control, seizure, exhibits = seized
    before = Reading.objects.count()
    for address, kind, thing in (
        (f"/cases/{case}", "case", case),
        (f"/cases/{case}/controls/{control}", "control", control),
        (f"/seizures/{seizure}", "seizure", seizure),
        (f"/exhibits/{exhibits[0]}", "exhibit", exhibits[0]),
    ):
        made(anna.get(address, **{"X-Purpose": "review"}), 200)
        row = Reading.objects.latest("id")
        assert (row.officer, row.case_id, row.kind, row.thing, row.purpose) == (
            officers.front_line.officer,
            case,
            kind,
            thing,
            "review",
        )
    assert Reading.objects.count() == before + 4
    calls_as(officers.second).get(f"/cases/{case}")
    assert Reading.objects.count() == before + 4
