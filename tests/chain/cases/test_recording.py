"""Controls from nothing, drafts, positions and documents: over HTTP, as the pages and an intruder speak to them."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from copes.chain.cases.documents import document_facts
from copes.chain.cases.drafts import KEPT, draft_of, drafts_of, save_draft
from copes.chain.cases.entries import exact
from copes.chain.cases.models import Case, Control, Draft
from copes.chain.cases.mrz import MrzUnreadableError, check_digit, country_of, read_mrz
from copes.chain.cases.places import near
from copes.foundation.journal.models import Entry
from copes.foundation.journal.rebuilding import differences
from copes.foundation.people.models import Account
from tests.chain.entering import send, shown
from tests.chain.making import seized_case

NEW = "/cases/control/new/"
TYPED = {
    "started_at": "2018-02-09T01:35",
    "grounds": "Nervous answers at the toll",
    "legal_power__text": "Right to search",
    "place__name": "Vienne",
    "found": "Banknotes\nin bundles",
}
TODAY = date(2026, 11, 21)


def put_draft(client, form, fields):
    return client.post(f"/cases/drafts/{form}/", json.dumps({"fields": fields}), content_type="application/json")


def test_a_control_opens_its_case_in_one_act(officers, client_for):
    client = client_for(officers.front_line)
    before = Entry.objects.count()
    answer = send(client, NEW, TYPED)
    case = Case.objects.get()
    assert answer.redirect_chain == [(f"/cases/{case.id}/", 302)]
    assert case.title == "Vienne – Banknotes"
    assert Control.objects.get().case_id == case.id
    assert Entry.objects.count() == before + 2
    assert differences() == []


def test_a_wrong_control_opens_no_case(officers, client_for):
    client = client_for(officers.front_line)
    before = Entry.objects.count()
    answer = send(client, NEW, TYPED | {"containers-0-typed": "CSQU 305438 4"})
    assert answer.status_code == 400
    assert "check digit" in answer.content.decode()
    assert Case.objects.count() == 0
    assert Entry.objects.count() == before


def test_sent_twice_it_opens_one_case(officers, client_for):
    client = client_for(officers.front_line)
    fields = shown(client.get(NEW)) | TYPED
    first, second = client.post(NEW, fields), client.post(NEW, fields)
    assert first.url == second.url
    assert Case.objects.count() == 1


def test_a_script_is_told_where_to_go(officers, client_for):
    client = client_for(officers.front_line)
    fields = shown(client.get(NEW)) | TYPED | {"do": "seizure"}
    answer = client.post(NEW, fields, headers={"x-copes-recording": "1"})
    case, control = Case.objects.get(), Control.objects.get()
    assert answer.json() == {"location": f"/seizures/case/{case.id}/new/?control={control.id}"}
    assert "no-store" in answer["Cache-Control"]


def test_what_an_officer_used_last_is_offered_and_no_role_is(officers, client_for):
    client = client_for(officers.front_line)
    send(client, NEW, TYPED | {"place__country": "FR"})
    fields = shown(client.get(NEW))
    assert fields["place__name"] == "Vienne"
    assert fields["place__country"] == "FR"
    assert fields["officers"] == officers.front_line.officer
    assert fields["persons-0-role"] == ""
    assert fields["grounds"] == ""
    assert fields["legal_power__text"] == "", "a legal power is offered, never presumed"
    assert shown(client_for(officers.second).get(NEW))["place__name"] == ""


@pytest.mark.parametrize("name", ["custodian", "auditor", "legal", "administrator", "examiner"])
def test_only_those_who_record_reach_the_form(officers, client_for, name):
    assert client_for(getattr(officers, name)).get(NEW).status_code == 403


def test_only_recording_pages_may_run_webassembly(officers, client_for):
    client = client_for(officers.front_line)
    policy = client.get(NEW)["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" in policy
    assert "'unsafe-eval'" not in policy
    assert "'unsafe-inline'" not in policy
    assert "wasm" not in client.get("/cases/")["Content-Security-Policy"]


def test_a_draft_is_for_its_officer_alone(officers, client_for):
    client = client_for(officers.front_line)
    assert (
        put_draft(client, "control", [["place__name", "Hidden Bridge"], ["csrfmiddlewaretoken", "x"]]).status_code
        == 200
    )
    row = Draft.objects.get()
    assert "Hidden" not in row.data
    other = client_for(officers.second).get(NEW).content.decode()
    assert "Hidden Bridge" not in other
    assert "unsent" not in other
    assert drafts_of(officers.second) == []
    [mine] = drafts_of(officers.front_line)
    assert (mine.form, mine.url, mine.case) == ("control", NEW, None)
    # Even with the row in their hands, and under their own name, another officer opens nothing.
    Draft.objects.update(officer=officers.second.officer)
    assert draft_of(officers.second, "control") is None


def test_a_draft_comes_back_and_ends_when_it_is_sent(officers, client_for):
    client = client_for(officers.front_line)
    fields = shown(client.get(NEW)) | TYPED
    put_draft(client, "control", [[name, str(value)] for name, value in fields.items()])
    asked = client.get(NEW).content.decode()
    assert "unsent" in asked
    assert "Nervous answers" not in asked
    page = client.get(f"{NEW}?draft=continue")
    again = shown(page)
    assert again["grounds"] == "Nervous answers at the toll"
    assert again["form_token"] == fields["form_token"]
    client.post(NEW, again)
    assert Case.objects.count() == 1
    assert Draft.objects.count() == 0
    assert client.post(NEW, again).status_code == 302
    assert Case.objects.count() == 1, "the draft of a form that had been sent acts once"


def test_a_discarded_draft_is_gone(officers, client_for):
    client = client_for(officers.front_line)
    put_draft(client, "control", [["place__name", "Horgos"]])
    client.post(NEW, {"do": "discard"})
    assert Draft.objects.count() == 0
    assert "unsent" not in client.get(NEW).content.decode()


def test_old_drafts_expire(officers):
    save_draft(officers.front_line, "control", [("place__name", "Horgos")])
    Draft.objects.update(updated_at=timezone.now() - KEPT - timedelta(minutes=1))
    assert drafts_of(officers.front_line) == []
    assert draft_of(officers.front_line, "control") is None
    save_draft(officers.second, "control", [("place__name", "Röszke")])
    assert Draft.objects.filter(officer=officers.front_line.officer).count() == 0


def test_a_draft_of_a_case_no_longer_seen_is_not_listed(officers, client_for):
    case, _, _ = seized_case(officers.front_line)
    save_draft(officers.second, f"control/{case}", [("place__name", "Horgos")])
    assert drafts_of(officers.second) == []
    assert put_draft(client_for(officers.second), f"control/{case}", [["found", "x"]]).status_code == 200
    assert client_for(officers.second).get(f"/cases/{case}/control/").status_code == 404


def test_without_the_signing_key_a_draft_stays_closed(officers, client_for):
    client = client_for(officers.front_line)
    put_draft(client, "control", [["place__name", "Horgos"]])
    client.cookies["copes_key"] = "nothing"
    page = client.get(f"{NEW}?draft=continue").content.decode()
    assert "Horgos" not in page
    assert "Unlock the key" in page


@pytest.mark.parametrize("form", ["people", "control/../x", "control/1", "seizure", "CONTROL"])
def test_only_known_forms_have_drafts(officers, client_for, form):
    assert put_draft(client_for(officers.front_line), form, [["a", "b"]]).status_code in {400, 404}
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("body", ["", "[]", '{"fields": 1}', '{"fields": [["a"]]}', '{"fields": [1]}'])
def test_a_malformed_draft_is_refused(officers, client_for, body):
    answer = client_for(officers.front_line).post("/cases/drafts/control/", body, content_type="application/json")
    assert answer.status_code == 400
    assert Draft.objects.count() == 0


def test_a_draft_is_not_larger_than_a_form(officers, client_for):
    assert put_draft(client_for(officers.front_line), "control", [["found", "x" * 600_000]]).status_code == 400


def test_drafts_never_enter_the_ledger(officers):
    before = Entry.objects.count()
    save_draft(officers.front_line, "control", [("place__name", "Horgos")])
    assert Entry.objects.count() == before
    assert Account.objects.filter(officer_id=officers.front_line.officer).exists()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12.5", "12.5"), ("12,5", "12.5"), ("١٢٫٥", "12.5"), ("۱۲٫۵", "12.5"), ("٥٠", "50"), ("1 234,5", "1234.5"),
        ("1.234,50", "1234.50"), ("1,234.50", "1234.50"), ("1,234,567", "1234567"), ("١٬٢٣٤٫٥", "1234.5"),
        ("1.2.3", "1.2.3"), ("-3", "-3"), ("twelve", "twelve"), ("", ""),
    ],
)  # fmt: skip
def test_numbers_are_taken_as_they_are_typed(typed, meant):
    assert exact(typed) == meant


def test_places_near_by_are_offered(officers, client_for):
    client = client_for(officers.front_line)
    found = client.get("/cases/places/near/?latitude=51.95&longitude=4.14").json()["places"]
    assert found
    assert all(one["country"] == "NL" and one["km"] <= 30 for one in found)
    assert client.get("/cases/places/near/?latitude=0&longitude=-150").json() == {"places": []}
    for wrong in ("latitude=x&longitude=1", "latitude=91&longitude=0", "latitude=nan&longitude=0", ""):
        assert client.get(f"/cases/places/near/?{wrong}").status_code == 400
    assert client_for(officers.auditor).get("/cases/places/near/?latitude=51&longitude=4").status_code == 403


def test_distances_are_right():
    [first, *_rest] = near(51.95, 4.14)
    assert first.km < 10
    assert near(51.95, 4.14) == sorted(near(51.95, 4.14), key=lambda one: one.km)


# Specimens of ICAO Doc 9303: part 4 appendix B, part 5 appendix B, part 6 appendix B, part 7 appendix.
TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
TD1 = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
TD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"
MRVA = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<"
MRVB = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<"


@pytest.mark.parametrize(
    ("text", "layout", "number", "born"),
    [
        (TD3, "TD3", "L898902C3", date(1974, 8, 12)),
        (TD1, "TD1", "D23145890", date(1974, 8, 12)),
        (TD2, "TD2", "D23145890", date(1974, 8, 12)),
        (MRVA, "MRV-A", "L8988901C", date(1940, 9, 7)),
        (MRVB, "MRV-B", "L8988901C", date(1940, 9, 7)),
    ],
)
def test_the_specimens_are_read(text, layout, number, born):
    zone = read_mrz(text, TODAY)
    assert (zone.format, zone.number, zone.born, zone.wrong) == (layout, number, born, ())
    assert (zone.surname, zone.given, zone.sex) == ("ERIKSSON", "ANNA MARIA", "F")
    assert read_mrz(text.replace("\n", "").lower(), TODAY) == zone, "a reader that sends no line breaks"
    assert read_mrz(f"some words above\n{text}\n", TODAY) == zone


@pytest.mark.parametrize("text", [TD3, TD1, TD2])
def test_every_single_changed_digit_is_noticed(text):
    for place, sign in enumerate(text):
        if not sign.isdigit():
            continue
        changed = text[:place] + str((int(sign) + 1) % 10) + text[place + 1 :]
        assert read_mrz(changed, TODAY).wrong, place


def test_a_long_number_goes_on_in_the_optional_field():
    number = "D23145890734"
    digit = check_digit(number)
    one = f"I<UTO{number[:9]}<{number[9:]}{digit}".ljust(30, "<")
    two = "7408122F1204159UTO<<<<<<<<<<<"
    two += check_digit(one[5:30] + two[0:7] + two[8:15] + two[18:29])
    zone = read_mrz(f"{one}\n{two}\nERIKSSON<<ANNA<MARIA<<<<<<<<<<", TODAY)
    assert (zone.number, zone.wrong) == (number, ())


@pytest.mark.parametrize("text", ["", "hello", TD3.split("\n", maxsplit=1)[0], TD3.replace("<", "")])
def test_what_is_no_zone_is_refused(text):
    with pytest.raises(MrzUnreadableError):
        read_mrz(text, TODAY)


@pytest.mark.parametrize(("code", "country"), [("D", "DE"), ("FRA", "FR"), ("GBD", "GB"), ("UTO", ""), ("XXA", "")])
def test_codes_of_countries(code, country):
    assert country_of(code) == country


def test_a_document_is_read_over_http(officers, client_for):
    client = client_for(officers.front_line)
    told = client.post("/cases/document/", {"text": TD3}).json()
    assert told["facts"]["name"] == "ERIKSSON, ANNA MARIA"
    assert told["facts"] == document_facts(read_mrz(TD3, TODAY))
    assert "nationality" not in told["facts"], "Utopia is no country of ISO 3166"
    wrong = client.post("/cases/document/", {"text": TD3.replace("7408122F", "7408123F")}).json()
    assert "date of birth" in next(one["wrong"] for one in wrong["values"] if one["field"] == "born")
    assert client.post("/cases/document/", {"text": "no zone"}).status_code == 400
    assert client_for(officers.auditor).post("/cases/document/", {"text": TD3}).status_code == 403


def test_the_api_opens_a_case_with_its_control(officers, client_for):
    client = client_for(officers.front_line)
    body = {
        "started_at": "2018-02-09T01:35:00+01:00",
        "grounds": "Routine check",
        "legal_power": {"text": "Right to search"},
        "place": {"name": "Vienne"},
        "officers": [officers.front_line.officer],
    }
    answer = client.post("/api/controls", json.dumps(body), content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert answer.json()["case"]["id"] == Case.objects.get().id
    assert Case.objects.get().title == "Vienne – Control"
    read = client.post("/api/documents/zone", json.dumps({"text": TD3}), content_type="application/json").json()
    assert read["values"]["born"] == "1974-08-12"
    assert client.post("/api/documents/zone", '{"text": "x"}', content_type="application/json").status_code == 400
