"""Several agencies and offices in one node: who administers whom, and what ending an officer takes away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copes.foundation.config.current import current_node
from copes.foundation.journal.checking import check_node
from copes.foundation.journal.models import Entry
from copes.foundation.people import offices, proposing, services
from copes.foundation.people.models import Account, Officer, SignIn, UnlockedKey
from copes.foundation.people.role_changes import ROLE_CHANGE
from copes.foundation.refusals import BadInput, Forbidden, Refusal, Unseen
from copes.foundation.scheduling.models import Notice
from copes.trust.records.sdjwt import payload
from tests import support
from tests.chain.entering import send


@pytest.fixture
def police(officers):
    return offices.register_agency(officers.administrator, name="Border Police", country="FR")


def test_an_administrator_of_another_agency_administers_only_that(officers, police):
    theirs = support.new_officer("Petra Police", "administrator", agency=police)
    mine = support.new_officer("Paul Police", "front_line", agency=police)
    with pytest.raises(Forbidden):
        offices.register_agency(theirs, name="Coast Guard", country="FR")
    with pytest.raises(Unseen):
        offices.register_office(theirs, agency=current_node().agency_id, name="Harbour")
    with pytest.raises(Unseen):
        services.change_roles(
            theirs, officer=officers.front_line.officer, officer_roles=["custodian"], reason="Not hers"
        )
    with pytest.raises(Unseen):
        services.renew_invitation(theirs, officer=officers.supervisor.officer)
    with pytest.raises(Unseen):
        services.deactivate_officer(theirs, officer=officers.second.officer, reason="Not hers")
    with pytest.raises(Unseen):
        services.invite_officer(
            theirs, name="A B", service_number="1", username="ab", officer_roles=["legal"],
            agency=current_node().agency_id,
        )  # fmt: skip
    invited = services.invite_officer(theirs, name="A B", service_number="1", username="ab", officer_roles=["legal"])
    assert Officer.objects.get(id=invited.officer).agency_id == police
    office = offices.register_office(theirs, agency=police, name="Station North", place="Lille")
    offices.place_officer(theirs, officer=mine.officer, office=office)
    assert Officer.objects.get(id=mine.officer).office_id == office
    with pytest.raises(BadInput):
        offices.place_officer(officers.administrator, officer=officers.second.officer, office=office)
    assert check_node() == []


def test_offices_on_the_screens(officers, police, client_for):
    client = client_for(officers.administrator)
    send(client, "/people/offices/new/", {"agency": police, "name": "Station North", "place": "Lille"})
    office = offices.all_offices(police)[0].id
    someone = support.new_officer("Paul Police", "front_line", agency=police)
    send(client, f"/people/officers/{someone.officer}/office/", {"office": office})
    listed = client.get(f"/people/officers/?office={office}").content.decode()
    assert "Paul Police" in listed
    assert "Anna Frontier" not in listed
    assert "Station North" in client.get("/people/agencies/").content.decode()
    assert client_for(officers.front_line).get("/people/agencies/").status_code == 403


def test_ending_an_officer_ends_everything_and_opening_gives_a_new_key(officers, client_for):
    client = client_for(officers.second)
    assert client.get("/people/me/").status_code == 200
    account = Account.objects.get(officer_id=officers.second.officer)
    assert SignIn.objects.filter(account=account).exists()
    services.deactivate_officer(officers.administrator, officer=officers.second.officer, reason="Left the service")
    assert client.get("/people/me/").status_code == 302
    assert not SignIn.objects.filter(account=account).exists()
    assert not UnlockedKey.objects.filter(account=account).exists()
    with pytest.raises(Unseen):
        services.activate("nothing", password=support.PASSWORD)
    code = offices.reactivate_officer(
        officers.administrator, officer=officers.second.officer, officer_roles=["custodian"], reason="Came back"
    )
    services.activate(code, password=support.PASSWORD)
    back = client_for(officers.second)
    assert "Custodian" in back.get("/people/me/").content.decode()
    assert check_node() == []


def test_a_role_that_needs_two_officers(officers, settings):
    settings.COPES_NODE = replace(settings.COPES_NODE, four_eyes=frozenset({"role_change"}))
    second = support.new_officer("Nora Second", "front_line")
    with pytest.raises(Refusal) as refused:
        services.change_roles(officers.administrator, officer=second.officer, officer_roles=["auditor"], reason="Alone")
    assert refused.value.code == "roles.four_eyes"
    with pytest.raises(Refusal):
        services.invite_officer(
            officers.administrator, name="A B", service_number="1", username="ab", officer_roles=["administrator"]
        )
    services.change_roles(
        officers.administrator, officer=second.officer, officer_roles=["custodian"], reason="No second needed"
    )
    proposal = proposing.propose(
        officers.supervisor, act=ROLE_CHANGE, subject=second.officer, values={"roles": ["auditor"]}, reason="Needed"
    )
    assert Notice.objects.filter(officer=officers.administrator.officer, kind="proposal.waiting").exists()
    with pytest.raises(Forbidden):
        proposing.approve(officers.supervisor, proposal=proposal)
    with pytest.raises(Unseen):
        proposing.approve(officers.other_supervisor, proposal=proposal)
    assert Officer.objects.get(id=second.officer).roles == ["custodian"]
    proposing.approve(officers.administrator, proposal=proposal)
    assert Officer.objects.get(id=second.officer).roles == ["auditor"]
    act = payload(Entry.objects.filter(kind="officer.roles_changed/1").order_by("-index")[0].jwt)
    made = payload(Entry.objects.get(kind="proposal.made/1").jwt)
    assert act["rests_on"] == [made["jti"]]
    assert act["actor"]["officer"] == officers.administrator.officer
    with pytest.raises(Refusal):
        proposing.decline(officers.administrator, proposal=proposal, reason="Too late")
    assert check_node() == []


def test_a_proposal_is_declined_or_withdrawn_on_the_screen(officers, client_for):
    client = client_for(officers.supervisor)
    send(
        client,
        f"/people/officers/{officers.second.officer}/roles/propose/",
        {"roles": ["administrator"], "reason": "We need one more"},
    )
    [row] = proposing.proposals_for(officers.administrator)
    admin = client_for(officers.administrator)
    assert "We need one more" in admin.get(f"/people/proposals/{row.id}/").content.decode()
    answer = admin.post(f"/people/proposals/{row.id}/", {"decline": "1", "reason": "We have enough"}, follow=True)
    assert "declined" in answer.content.decode()
    assert "We have enough" in client.get(f"/people/proposals/{row.id}/").content.decode()
    assert "administrator" not in Officer.objects.get(id=officers.second.officer).roles
    assert client_for(officers.legal).get(f"/people/proposals/{row.id}/").status_code == 403


def test_an_invitation_is_shown_as_a_code_to_scan(officers, client_for):
    answer = send(
        client_for(officers.administrator),
        "/people/officers/invite/",
        {"name": "Olga Nova", "service_number": "77", "username": "olga", "roles": ["legal"], "email": ""},
    )
    page = answer.content.decode()
    assert "<svg" in page
    code = page.split('class="secret" dir="ltr">')[1].split("<")[0]
    account = services.activate(code, password=support.PASSWORD)
    assert account.username == "olga"
