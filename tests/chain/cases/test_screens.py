"""Cases as officers use them: in the browser."""

from __future__ import annotations

import pytest

from copes.chain.cases.models import Case, Control, Member
from copes.chain.cases.services import grant_access, open_case, record_control
from copes.foundation.journal.rebuilding import differences
from copes.foundation.people.models import Reading
from tests.chain.entering import send, shown
from tests.chain.making import control_facts, seized_case

CONTROL = {
    "started_at": "2018-02-09T01:35",
    "grounds": "Nervous answers at the toll",
    "legal_power__text": "Right to search",
    "legal_power__jurisdiction": "FR",
    "place__name": "Vienne",
    "place__country": "FR",
    "place__latitude": "45,525",
    "place__longitude": "4.874",
    "means_of_transport-0-transport": "car",
    "means_of_transport-0-registration": "AB-123-CD",
    "containers-0-typed": "CSQU 305438 3",
    "persons-0-role": "driver",
    "persons-0-name": "Jean Invented",
    "found": "Banknotes",
}


def test_a_case_is_opened_with_a_control(officers, client_for):
    client = client_for(officers.front_line)
    answer = send(client, "/cases/new/", {"title": "Cash at the toll"})
    case = Case.objects.get()
    assert answer.redirect_chain == [(f"/cases/{case.id}/", 302)]
    assert "FR-" in answer.content.decode()
    answer = send(client, f"/cases/{case.id}/control/", CONTROL)
    control = Control.objects.get()
    assert answer.redirect_chain, answer.content.decode()
    assert control.body["place"]["latitude"] == "45.525"
    assert control.body["containers"] == [{"typed": "CSQU 305438 3", "number": "CSQU3054383"}]
    assert control.body["persons"][0]["role"] == "driver"
    assert control.body["started_at"] == "2018-02-09T01:35:00+01:00"
    page = client.get(f"/cases/{case.id}/controls/{control.id}/").content.decode()
    assert "Jean Invented" in page
    assert Reading.objects.filter(kind="control", thing=control.id, officer=officers.front_line.officer).exists()
    assert differences() == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("containers-0-typed", "CSQU 305438 4", "check digit"),
        ("containers-0-typed", "truck", "not a container number"),
        ("ended_at", "2018-02-09T01:00", "end lies before"),
        ("started_at", "2999-01-01T00:00", "future"),
        ("started_at", "yesterday", "valid date"),
        ("place__latitude", "91", "at most 90"),
        ("place__latitude", "north", "Enter a number"),
        ("place__longitude", "", "both latitude and longitude"),
        ("persons-0-role", "", "required"),
        ("grounds", "", "required"),
        ("grounds", "a\x01b", "control character"),
    ],
)
def test_a_wrong_entry_comes_back_with_everything_typed(officers, client_for, name, value, said):
    client = client_for(officers.front_line)
    case = open_case(officers.front_line, title="X").id
    answer = send(client, f"/cases/{case}/control/", CONTROL | {name: value})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert said in text
    assert "Jean Invented" in text
    assert "AB-123-CD" in text
    assert 'aria-invalid="true"' in text
    assert not Control.objects.exists()


def test_another_person_is_added_without_scripts_and_nothing_is_lost(officers, client_for):
    client = client_for(officers.front_line)
    case = open_case(officers.front_line, title="X").id
    page = send(client, f"/cases/{case}/control/", CONTROL | {"add": "persons", "started_at": ""})
    assert page.status_code == 200
    fields = shown(page)
    assert (fields["persons-count"], fields["persons-0-name"]) == ("2", "Jean Invented")
    assert "There is a problem" not in page.content.decode()
    typed = {"started_at": CONTROL["started_at"], "persons-1-role": "passenger", "persons-1-name": "Second"}
    send(client, f"/cases/{case}/control/", typed, page=page)
    assert [one["role"] for one in Control.objects.get().body["persons"]] == ["driver", "passenger"]


def test_the_same_form_sent_twice_acts_once(officers, client_for):
    client = client_for(officers.front_line)
    page = client.get("/cases/new/")
    first = send(client, "/cases/new/", {"title": "Once"}, page=page, follow=False)
    second = send(client, "/cases/new/", {"title": "Once"}, page=page, follow=False)
    assert first.url == second.url
    assert Case.objects.count() == 1


def test_a_control_ends_once_and_is_corrected(officers, client_for):
    acting = officers.front_line
    client = client_for(acting)
    case = open_case(acting, title="X").id
    control = record_control(acting, case=case, facts=control_facts(acting)).id
    url = f"/cases/{case}/controls/{control}/"
    send(client, url + "end/", {"ended_at": "2018-02-09T10:45"})
    assert Control.objects.get().body["ended_at"] == "2018-02-09T10:45:00+01:00"
    again = send(client, url + "end/", {"ended_at": "2018-02-09T11:45"})
    assert "has ended already" in again.content.decode()
    answer = send(client, url + "correct/", {"place__name": "Toll of Reventin", "reason-0-reason": "Wrong toll"})
    text = answer.content.decode()
    assert "Toll of Reventin" in text
    assert "corrected" in text
    row = Control.objects.get()
    assert list(row.sources) == ["body.ended_at", "body.place.name"]
    nothing = send(client, url + "correct/", {"reason-0-reason": "No reason"})
    assert "Nothing differs" in nothing.content.decode()
    assert differences() == []


def test_a_corrected_name_stays_salted(officers, client_for):
    from copes.foundation.journal.queries import records_of_case

    acting = officers.front_line
    case = open_case(acting, title="X").id
    control = record_control(acting, case=case, facts=control_facts(acting)).id
    client = client_for(acting)
    url = f"/cases/{case}/controls/{control}/correct/"
    send(client, url, {"persons-0-name": "Ivana Druga", "reason-0-reason": "Misheard name"})
    assert Control.objects.get().body["persons"][0]["name"] == "Ivana Druga"
    record = list(records_of_case(case))[-1]
    assert record.kind == "correction.recorded/1"
    import base64

    payload = record.jwt.split(".")[1]
    assert b"Ivana" not in base64.urlsafe_b64decode(payload + "==")
    assert any(path == "body.fields.0.salted_value" for _, _, path in record.disclosures)


def _told(page, path):
    return page.content.decode().replace(path, "").split("<main")[1].split("</main>")[0]


def test_need_to_know(officers, client_for):
    case, seizure, exhibits = seized_case(officers.front_line)
    number = Case.objects.get().number
    stranger = client_for(officers.second)
    absent = "01890000-0000-7000-8000-000000000000"
    for url, other in (
        (f"/cases/{case}/", f"/cases/{absent}/"),
        (f"/cases/{case}/timeline/", f"/cases/{absent}/timeline/"),
        (f"/seizures/{seizure}/", f"/seizures/{absent}/"),
        (f"/custody/exhibits/{exhibits[0]}/", f"/custody/exhibits/{absent}/"),
    ):
        one, two = stranger.get(url), stranger.get(other)
        assert (one.status_code, two.status_code) == (404, 404)
        assert _told(one, url) == _told(two, other)
    for url in ("/cases/", f"/cases/?number={number}", "/custody/exhibits/", f"/custody/find/?text={number}/1", "/"):
        text = stranger.get(url, follow=True).content.decode()
        assert "Cash at the toll" not in text
        assert case not in text
        assert exhibits[0] not in text
    for name in ("auditor", "administrator", "legal", "custodian"):
        assert client_for(officers[name]).get(f"/cases/{case}/").status_code == 404
    assert client_for(officers.supervisor).get(f"/cases/{case}/").status_code == 200


def test_access_is_given_and_taken_away(officers, client_for):
    case = open_case(officers.front_line, title="Shared").id
    client = client_for(officers.front_line)
    send(client, f"/cases/{case}/access/", {"officer": officers.legal.officer, "reason": "Advises on the seizure"})
    legal = client_for(officers.legal)
    assert legal.get(f"/cases/{case}/").status_code == 200
    assert "Shared" in legal.get("/cases/").content.decode()
    twice = send(client, f"/cases/{case}/access/", {"officer": officers.legal.officer, "reason": "Once more"})
    assert "has access to the case already" in twice.content.decode()
    send(client, f"/cases/{case}/access/{officers.legal.officer}/revoke/", {"reason": "No longer needed"})
    assert legal.get(f"/cases/{case}/").status_code == 404
    last = send(client, f"/cases/{case}/access/{officers.front_line.officer}/revoke/", {"reason": "Leaving it"})
    assert "last one with access" in last.content.decode()
    assert Member.objects.filter(active=True).count() == 1
    assert differences() == []


def test_an_auditor_sees_no_case_even_when_given_access(officers):
    from copes.chain.cases.policies import visible_cases

    case = open_case(officers.front_line, title="X").id
    grant_access(officers.front_line, case=case, officer=officers.auditor.officer, reason="By mistake")
    assert not visible_cases(officers.auditor).exists()


def test_lists_go_on_by_key(officers, client_for):
    made = [open_case(officers.front_line, title=f"Case {n}").id for n in range(7)]
    from copes.chain.cases.queries import recent_cases

    first = recent_cases(officers.front_line, page=3)
    second = recent_cases(officers.front_line, after=first.after, page=3)
    third = recent_cases(officers.front_line, after=second.after, page=3)
    assert [row.id for page in (first, second, third) for row in page.rows] == made[::-1]
    assert third.after is None
    grant_access(officers.front_line, case=made[0], officer=officers.supervisor.officer, reason="Both ways")
    seen = recent_cases(officers.supervisor, page=10)
    assert [row.id for row in seen.rows] == made[::-1]


def test_pages_have_a_fixed_number_of_queries(officers, client_for, django_assert_max_num_queries):
    case, _, _ = seized_case(officers.front_line)
    client = client_for(officers.front_line)
    client.get(f"/cases/{case}/")
    with django_assert_max_num_queries(15):
        client.get(f"/cases/{case}/")


def test_a_note_and_the_timeline(officers, client_for):
    case, _, _ = seized_case(officers.front_line)
    client = client_for(officers.front_line)
    answer = send(client, f"/cases/{case}/note/", {"text": "The second officer <b>counted</b> again"})
    assert "&lt;b&gt;counted" in answer.content.decode()
    text = client.get(f"/cases/{case}/timeline/").content.decode()
    for word in ("Case opened", "Control recorded", "Seizure recorded", "Exhibit created", "Note added"):
        assert word in text


def test_what_was_erased_is_shown_as_erased_even_when_it_was_a_correction(officers, client_for):
    from copes.chain.cases.services import correct_control
    from copes.foundation.journal.services import approve_erasure, request_erasure

    acting = officers.front_line
    case = open_case(acting, title="X").id
    made = record_control(acting, case=case, facts=control_facts(acting))
    row = Control.objects.get()
    facts = {name: value for name, value in row.body.items() if name != "control"}
    facts["persons"] = [{**facts["persons"][0], "name": "Ivana Druga"}]
    correction = correct_control(acting, case=case, control=made.id, facts=facts, reason="Misheard name")
    url = f"/cases/{case}/controls/{made.id}/"
    client = client_for(officers.supervisor)
    assert "Ivana Druga" in client.get(url).content.decode()
    for record, path in ((made.jti, "body.persons.0.born"), (correction, "body.fields.0.salted_value")):
        asked = request_erasure(
            officers.supervisor, record=record, paths=[path], ground="Art. 17: the person is not concerned"
        )
        approve_erasure(officers.other_supervisor, request=asked)
    text = client.get(url).content.decode()
    assert "Ivana Druga" not in text
    assert "Jean Invented" not in text
    assert text.count("withheld--erased") == 2
    assert "Jana Šef" in text
    assert differences() == []
