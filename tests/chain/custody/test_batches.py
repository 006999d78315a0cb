"""A custodian with a scanner: many lines in a row, each refused for its own reason, received with differences."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from copes.chain.custody import services as custody
from copes.chain.custody.models import Exhibit, Handover
from copes.foundation.scheduling import chores
from copes.foundation.scheduling.models import Notice, Reminder
from tests.chain.entering import send, shown
from tests.chain.making import item, seized_case

SCAN = "/custody/release/scan/"


def kinds(acting) -> list[str]:
    return sorted(Notice.objects.filter(officer=acting.officer).values_list("kind", flat=True))


def released(officers, *items) -> tuple[list[str], str]:
    front, custodian = officers.front_line, officers.custodian
    _, _, exhibits = seized_case(front, *items)
    (jti,) = custody.release(front, exhibits=exhibits, to=custodian.officer, reason="storage", condition="Closed")
    return list(exhibits), jti


def test_each_scan_is_a_line_or_is_refused_for_its_reason(officers, client_for):
    front = officers.front_line
    _, _, (one, two, three) = seized_case(front, item(seal="S1"), item(), item())
    custody.release(front, exhibits=[three], to=officers.custodian.officer, reason="storage", condition="Closed")
    client = client_for(front)
    found = client.get(SCAN, {"code": "S1"}).json()
    assert (found["problem"], one in found["line"]) == ("", True)
    again = client.get(SCAN, {"code": f"COPES:{one}", "exhibit": [one]}).json()
    assert (again["twice"], again["line"]) == (True, "")
    assert "No single exhibit you may see" in client.get(SCAN, {"code": "nonsense"}).json()["problem"]
    assert "released already" in client.get(SCAN, {"code": f"COPES:{three}"}).json()["problem"]
    # who sees the exhibit but does not hold it is told so; who may not see it learns nothing
    member = client_for(officers.supervisor).get(SCAN, {"code": f"COPES:{two}"}).json()
    assert "You do not hold exhibit" in member["problem"]
    stranger = client_for(officers.second).get(SCAN, {"code": f"COPES:{two}"}).json()
    assert (stranger["problem"], stranger["number"]) == (
        "No single exhibit you may see has this number.",
        "",
    )
    assert client_for(officers.auditor).get(SCAN, {"code": "S1"}).status_code == 403


def test_a_batch_goes_to_one_officer_and_lines_that_look_different_make_records_of_their_own(officers, client_for):
    front, custodian = officers.front_line, officers.custodian
    _, _, (one, two, three) = seized_case(front, item(seal="S1"), item(seal="S2"), item())
    client = client_for(front)
    page = client.get("/custody/release/", {"exhibit": [one, two, three]})
    typed = {
        "released_to": custodian.officer,
        "reason": "storage",
        "condition": "Closed",
        "seals": "intact",
        f"seal_{two}": "broken",
        f"note_{two}": "A corner is torn",
    }
    send(client, "/custody/release/", typed, page=page)
    rows = {row.exhibit_id: row for row in Handover.objects.all()}
    assert {rows[n].condition for n in (one, three)} == {"Closed"}
    assert (rows[two].condition, rows[two].seal_state) == ("A corner is torn", "broken")
    assert (rows[one].seal_state, rows[three].seal_state) == ("intact", "none")
    assert len({row.record_id for row in rows.values()}) == 2
    assert kinds(custodian) == ["custody.to_receive"] * 2


def test_a_batch_with_one_bad_line_records_nothing(officers, client_for):
    front, custodian = officers.front_line, officers.custodian
    _, _, (one, two) = seized_case(front, item(), item())
    custody.release(front, exhibits=[two], to=custodian.officer, reason="storage", condition="Closed")
    client = client_for(front)
    page = client.get("/custody/release/", {"exhibit": [one, two]})
    typed = {"released_to": custodian.officer, "reason": "court", "condition": "Closed", "seals": "none"}
    typed |= {f"note_{one}": "Dented"}
    answer = send(client, "/custody/release/", typed, page=page)
    assert answer.status_code == 400
    assert "released already" in answer.content.decode()
    assert Exhibit.objects.get(id=one).state == "held"
    assert not Handover.objects.filter(reason="court").exists()


def test_a_receipt_line_by_line_with_its_differences(officers, client_for):
    front, custodian = officers.front_line, officers.custodian
    (one, two, three, four), jti = released(officers, item(seal="S1"), item(), item(), item())
    client, url = client_for(custodian), f"/custody/releases/{jti}/receive/"
    page = client.get(url)
    page = send(client, url, {"scan": "S1", "add": "scan"}, page=page)
    assert shown(page)["exhibits"] == one
    number = Exhibit.objects.get(id=two).number
    page = send(client, url, {"scan": number, "add": "scan"}, page=page)
    assert shown(page)["exhibits"] == [one, two]
    page = send(client, url, {"scan": number, "add": "scan"}, page=page)
    assert "on the list already" in page.content.decode()
    page = send(client, url, {"scan": "strange", "add": "scan"}, page=page)
    assert "No single exhibit" in page.content.decode()
    assert shown(page)["exhibits"] == [one, two]
    typed = {
        "scan": "",
        "do": "receive",
        "condition": "As released",
        "seals": "intact",
        f"note_{two}": "3968 kg instead of 3969 kg",
        f"seal_{three}": "missing",
    }
    page = send(client, url, typed, page=page)
    assert "recorded with 2 differences" in page.content.decode()
    rows = {row.exhibit_id: row for row in Handover.objects.all()}
    assert (rows[one].state, rows[one].answer_condition, rows[one].answer_seal_state) == (
        "received",
        "As released",
        "intact",
    )
    assert (rows[two].state, rows[two].answer_condition) == ("received", "3968 kg instead of 3969 kg")
    assert (rows[three].state, rows[four].state) == ("declined", "open")
    assert Exhibit.objects.get(id=three).holder == front.officer
    assert kinds(front) == ["custody.declined", "custody.differences", "custody.received"]
    # one line is still open: the receiver is still told, and both will be reminded
    assert kinds(custodian) == ["custody.to_receive"]
    assert Reminder.objects.count() == 2


def test_a_line_cannot_be_here_and_missing(officers, client_for):
    (one,), jti = released(officers, item())
    client, url = client_for(officers.custodian), f"/custody/releases/{jti}/receive/"
    typed = {"exhibits": [one], f"seal_{one}": "missing", "condition": "Closed", "seals": "none", "do": "receive"}
    page = send(client, url, typed, page=client.get(url))
    assert page.status_code == 400
    assert "ticked and said to be missing" in page.content.decode()
    assert Handover.objects.get().state == "open"


def test_who_waits_is_told_until_it_is_done(officers):
    front, custodian = officers.front_line, officers.custodian
    (one,), jti = released(officers, item())
    assert kinds(custodian) == ["custody.to_receive"]
    assert {row.tell_at - Handover.objects.get().released_at for row in Reminder.objects.all()} == {timedelta(hours=24)}
    custody.receive(custodian, release=jti, exhibits=[one], condition="Closed")
    assert kinds(custodian) == []
    assert kinds(front) == ["custody.received"]
    assert not Reminder.objects.exists()


def test_a_release_open_for_a_day_reminds_both(officers):
    released(officers, item())
    Reminder.objects.update(tell_at=timezone.now())
    chores.give_reminders()
    assert kinds(officers.front_line) == ["custody.still_open"]
    assert kinds(officers.custodian) == ["custody.still_open", "custody.to_receive"]


def test_a_release_taken_back_or_declined_is_said(officers):
    front, custodian = officers.front_line, officers.custodian
    (one,), jti = released(officers, item())
    custody.cancel(front, release=jti, exhibits=[one], reason="Not yet weighed")
    assert kinds(custodian) == ["custody.cancelled"]
    (jti,) = custody.release(front, exhibits=[one], to=custodian.officer, reason="storage", condition="Closed")
    custody.decline(custodian, release=jti, exhibits=[one], reason="Wrong label")
    assert kinds(front) == ["custody.declined"]
    assert kinds(custodian) == ["custody.cancelled"]
