"""The pages of a case, tasks, its state, and My day, as officers use them over HTTP."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from copes.chain.cases import services, task_services
from copes.chain.cases.models import Case, Member, Task
from copes.chain.custody import services as custody
from copes.foundation.journal.rebuilding import differences
from copes.foundation.people.models import Reading
from copes.foundation.refusals import Forbidden, Refusal, Unseen
from tests.chain.entering import send
from tests.chain.making import item, seized_case

PARTS = ("", "timeline/", "exhibits/", "documents/", "tasks/", "notes/", "procedure/", "who/")
ABSENT = "01890000-0000-7000-8000-000000000000"


def _main(answer):
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def _task(officers, case, to="front_line", **more):
    return task_services.assign_task(
        officers.front_line, case=case, assignee=officers[to].officer, title="Weigh it again", **more
    ).id


def test_every_part_shows_its_things_and_says_how_many(officers, client_for):
    case, _seizure, exhibits = seized_case(officers.front_line, item(), item(description="A lorry", category="vehicle"))
    services.add_note(officers.front_line, case=case, text="Called the prosecutor")
    task = _task(officers, case, things=exhibits[:1])
    client = client_for(officers.front_line)
    shown = {part: _main(client.get(f"/cases/{case}/{part}")) for part in PARTS}
    assert "Jean Invented" in shown[""]
    assert "AB-123-CD" in shown[""]
    assert "Weigh it again" in shown[""]
    assert f"/custody/exhibits/{exhibits[1]}/" in shown[""]
    assert "A lorry" in shown["exhibits/"]
    assert "Called the prosecutor" in shown["notes/"]
    assert f"/cases/{case}/tasks/{task}/" in shown["tasks/"]
    assert "Copy given at once" in shown["procedure/"]
    assert "Anna Frontier" in shown["who/"]
    counts = dict(re.findall(r'/cases/[^"]*/(\w+)/"[^>]*>[^<]*<span class="count">(\d+)', shown[""]))
    assert counts == {
        "timeline": str(5 + 2),
        "exhibits": "2",
        "documents": "0",
        "tasks": "1",
        "notes": "1",
        "who": "1",
    }
    assert Reading.objects.filter(case_id=case, kind="case.notes").count() == 1


def test_the_ribbon_says_what_records_say(officers, client_for):
    case = services.open_case(officers.front_line, title="Empty").id
    client = client_for(officers.front_line)

    def states():
        pattern = r'way__step--(\w+)".*?way__name"[^>]*>([^<]+)<'
        found = re.findall(pattern, _main(client.get(f"/cases/{case}/")))
        return {name: state for state, name in found}

    assert set(states().values()) == {"not_begun"}
    case, _, _ = seized_case(officers.front_line)
    assert states() == {
        "Alert": "not_applicable",
        "Control": "current",
        "Seizure": "done",
        "Custody": "current",
        **dict.fromkeys(("Laboratory", "Procedure", "Dossier", "Hand-over", "Court", "Disposal"), "not_begun"),
    }


def test_strangers_find_none_of_the_addresses(officers, client_for):
    case, _seizure, exhibits = seized_case(officers.front_line)
    task = _task(officers, case)
    addresses = [
        *(f"/cases/{case}/{part}" for part in PARTS),
        *(f"/cases/{case}/tasks/{end}" for end in ("new/", f"{task}/", f"{task}/done/", f"{task}/withdraw/")),
        f"/api/cases/{case}/tasks",
        f"/api/cases/{case}/tasks/{task}",
        f"/api/cases/{case}/state",
    ]
    stranger = client_for(officers.second)
    for address in addresses:
        one, other = stranger.get(address), stranger.get(address.replace(case, ABSENT))
        assert (one.status_code, other.status_code) == (404, 404), address
    outside = client_for(officers.investigator)
    for act in ("close", "reopen"):
        assert outside.get(f"/cases/{case}/{act}/").status_code == 404
        assert outside.post(f"/cases/{case}/{act}/", {"reason": "Done here"}).status_code == 404
    for officer in ("auditor", "administrator", "custodian", "legal"):
        assert client_for(officers[officer]).get(f"/cases/{case}/who/").status_code == 404
    for act in (
        lambda: task_services.complete_task(officers.second, case=case, task=task),
        lambda: task_services.withdraw_task(officers.second, case=case, task=task, reason="Not needed"),
        lambda: task_services.assign_task(officers.second, case=case, assignee=officers.second.officer, title="Mine"),
    ):
        with pytest.raises(Unseen):
            act()
    text = stranger.get("/").content.decode() + stranger.get("/cases/tasks/").content.decode()
    assert case not in text
    assert exhibits[0] not in text
    assert Task.objects.get().state == "open"


def test_a_task_is_given_with_access_and_done(officers, client_for):
    case, _, exhibits = seized_case(officers.front_line)
    client = client_for(officers.front_line)
    typed = {"title": "Weigh exhibit 1", "assignee": officers.investigator.officer, "things": exhibits[0]}
    refused = send(client, f"/cases/{case}/tasks/new/", typed)
    assert refused.status_code == 400
    assert "may not see the case yet" in refused.content.decode()
    assert not Task.objects.exists()
    given = send(client, f"/cases/{case}/tasks/new/", typed | {"access_reason": "Weighs exhibits"}, page=refused)
    task = Task.objects.get()
    assert given.redirect_chain == [(f"/cases/{case}/tasks/{task.id}/", 302)]
    assert Member.objects.filter(case_id=case, officer=officers.investigator.officer, active=True).exists()
    doer = client_for(officers.investigator)
    assert "Weigh exhibit 1" in _main(doer.get("/"))
    assert "Weigh exhibit 1" in _main(doer.get("/cases/tasks/"))
    send(doer, f"/cases/{case}/tasks/{task.id}/done/", {"note": "3,969 kg"})
    task.refresh_from_db()
    assert (task.state, task.note, task.ended_by) == ("done", "3,969 kg", officers.investigator.officer)
    assert "Weigh exhibit 1" not in _main(doer.get("/"))
    assert "Weigh exhibit 1" in _main(client.get("/cases/tasks/?show=given&state=ended"))
    again = send(doer, f"/cases/{case}/tasks/{task.id}/done/", {"note": "Twice"})
    assert "done or withdrawn already" in again.content.decode()
    assert differences() == []


def test_tasks_of_others_and_things_of_other_cases_are_refused(officers):
    case, _, _ = seized_case(officers.front_line)
    _, _, elsewhere = seized_case(officers.front_line)
    services.grant_access(officers.front_line, case=case, officer=officers.second.officer, reason="Works on it")
    with pytest.raises(Unseen):
        _task(officers, case, things=elsewhere)
    with pytest.raises(Refusal, match=r"task\.no_case_role"):
        _task(officers, case, to="auditor", access_reason="To look")
    with pytest.raises(Refusal, match=r"task\.due_past"):
        _task(officers, case, due_at=timezone.now() - timedelta(minutes=1))
    task = _task(officers, case)
    with pytest.raises(Forbidden):
        task_services.complete_task(officers.second, case=case, task=task)
    with pytest.raises(Forbidden):
        task_services.withdraw_task(officers.second, case=case, task=task, reason="Not mine")
    task_services.withdraw_task(officers.supervisor, case=case, task=task, reason="Not needed")
    assert Task.objects.get().state == "withdrawn"


def test_a_task_of_a_case_seen_no_more_is_not_shown(officers, client_for):
    case, _, _ = seized_case(officers.front_line)
    task = _task(officers, case, to="second", access_reason="Helps", due_at=timezone.now() + timedelta(hours=3))
    client = client_for(officers.second)
    page = _main(client.get("/"))
    assert "Weigh it again" in page
    assert "due in 2 h" in page
    services.revoke_access(officers.front_line, case=case, officer=officers.second.officer, reason="Moved away")
    assert client.get(f"/cases/{case}/tasks/{task}/").status_code == 404
    for address in ("/", "/cases/my-day/", "/cases/tasks/"):
        text = client.get(address).content.decode()
        assert "Weigh it again" not in text
        assert case not in text


def test_a_title_of_a_task_is_salted_and_can_be_erased(officers, client_for):
    from copes.foundation.journal.services import approve_erasure, request_erasure

    case, _, _ = seized_case(officers.front_line)
    _task(officers, case)
    record = Task.objects.get().record_id
    asked = request_erasure(officers.supervisor, record=record, paths=["body.title"], ground="Asked by the person")
    assert "Decide a request to erase" in _main(client_for(officers.other_supervisor).get("/"))
    approve_erasure(officers.other_supervisor, request=asked)
    assert Task.objects.get().title is None
    client = client_for(officers.front_line)
    for part in ("tasks/", "", f"tasks/{Task.objects.get().id}/"):
        assert "Weigh it again" not in client.get(f"/cases/{case}/{part}").content.decode()
    assert "values erased" in _main(client.get(f"/cases/{case}/timeline/"))
    assert differences() == []


def test_a_case_is_closed_and_opened_again(officers, client_for):
    case, _, _ = seized_case(officers.front_line)
    services.grant_access(officers.front_line, case=case, officer=officers.investigator.officer, reason="Leads it")
    client = client_for(officers.investigator)
    lasting = send(client, f"/cases/{case}/close/", {"reason": "All is done"})
    assert "has no end yet" in lasting.content.decode()
    from copes.chain.cases.models import Control

    services.end_control(officers.front_line, case=case, control=Control.objects.get().id, ended_at=timezone.now())
    task = _task(officers, case)
    assert "still to do" in send(client, f"/cases/{case}/close/", {"reason": "All is done"}).content.decode()
    task_services.complete_task(officers.front_line, case=case, task=task)
    page = send(client, f"/cases/{case}/close/", {"reason": "All is done"})
    assert "This case is closed." in page.content.decode()
    assert Case.objects.get().state == "closed"
    assert "not applicable" in _main(client.get(f"/cases/{case}/"))
    with pytest.raises(Refusal, match=r"task\.case_closed"):
        _task(officers, case)
    assert client_for(officers.front_line).get(f"/cases/{case}/close/").status_code == 403
    send(client, f"/cases/{case}/reopen/", {"reason": "New finding"})
    assert Case.objects.get().state == "open"
    assert differences() == []


def test_the_timeline_is_narrowed_by_what_stands_in_the_address(officers, client_for):
    case, _seizure, (one, two) = seized_case(officers.front_line, item(), item())
    (jti,) = custody.release(
        officers.front_line, exhibits=[one], to=officers.custodian.officer, reason="storage", condition="Closed"
    )
    custody.receive(officers.custodian, release=jti, exhibits=[one], condition="Closed")
    client = client_for(officers.front_line)

    def labels(query):
        page = _main(client.get(f"/cases/{case}/timeline/?{query}"))
        return [text.strip() for text in re.findall(r'<th scope="row">([^<]+)', page)]

    assert labels(f"thing={one}") == ["Received", "Released", "Exhibit created", "Seizure recorded"]
    assert labels(f"thing={two}") == ["Exhibit created", "Seizure recorded"]
    assert labels(f"officer={officers.custodian.officer}") == ["Received"]
    assert labels("kind=control.recorded/1") == ["Control recorded"]
    assert labels("until=2018-02-09") == ["Exhibit created", "Exhibit created", "Seizure recorded", "Control recorded"]
    assert labels("since=2999-01-01") == []
    page = _main(client.get(f"/cases/{case}/timeline/"))
    assert f'href="/custody/exhibits/{one}/"' in page


def test_my_day_lists_what_waits_by_urgency(officers, client_for):
    case, _, (one, two) = seized_case(officers.front_line, item(seal="S-1"), item())
    (jti,) = custody.release(
        officers.front_line, exhibits=[one], to=officers.custodian.officer, reason="storage", condition="Closed",
        seals="intact",
    )  # fmt: skip
    keeper, front = client_for(officers.custodian), client_for(officers.front_line)
    page = _main(keeper.get("/"))
    assert "Receive 1 exhibit" in page
    assert case not in page
    assert f"/custody/releases/{jti}/receive/" in page
    page = _main(front.get("/"))
    assert "not yet received" in page
    assert "A control has no end yet" in page
    custody.receive(officers.custodian, release=jti, exhibits=[one], condition="Torn", seals="broken")
    page = _main(front.get("/"))
    assert "The seal was not intact at receipt" in page
    assert page.index("not intact") < page.index("A control has no end yet")
    assert "Nothing waits for you" in _main(keeper.get("/"))
    assert "Tobacco" in _main(keeper.get("/"))
    assert two not in _main(keeper.get("/"))
    fresh = front.get("/cases/my-day/")
    mark = re.search(r'data-mark="(\w+)"', fresh.content.decode())[1]
    assert front.get(f"/cases/my-day/?seen={mark}").status_code == 204
    assert Reading.objects.filter(kind="day", officer=officers.front_line.officer).exists()


@pytest.mark.parametrize("who", ["front_line", "supervisor"])
def test_pages_ask_the_database_as_often_with_much_as_with_little(officers, client_for, who):
    few, _, _ = seized_case(officers.front_line)
    _task(officers, few)
    services.add_note(officers.front_line, case=few, text="One note")
    many, _, exhibits = seized_case(officers.front_line, *(item() for _ in range(30)))
    for number in range(12):
        _task(officers, many, things=exhibits[number : number + 2])
        services.add_note(officers.front_line, case=many, text=f"Note {number}")
    client = client_for(officers[who])

    def counted(address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    for part in PARTS:
        numbers = counted(f"/cases/{few}/{part}"), counted(f"/cases/{many}/{part}")
        assert numbers[0] == numbers[1], part
        assert numbers[0] <= 15, (part, numbers)
    assert counted("/") <= (18 if who == "supervisor" else 15)
