"""Need-to-know: asking, answering, breaking the glass, reviewing; and access that ends by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from copes.chain.cases import access_queries as queries
from copes.chain.cases import access_services as services
from copes.chain.cases.access_models import AccessRequest, TemporaryAccess
from copes.chain.cases.models import Case
from copes.chain.cases.policies import see_case
from copes.chain.cases.queries import recent_cases
from copes.chain.cases.services import grant_access, open_case
from copes.chain.custody.models import Exhibit
from copes.chain.custody.queries import exhibits_of_case
from copes.foundation.journal.checking import check_node
from copes.foundation.journal.models import Entry
from copes.foundation.refusals import BadInput, Forbidden, Refusal, Unseen
from copes.foundation.scheduling.models import Notice
from copes.trust.records.sdjwt import payload
from tests import support
from tests.chain.entering import send
from tests.chain.making import seized_case

WHY = "The same lorry stands at our post now"


@pytest.fixture
def case(officers):
    return Case.objects.get(id=open_case(officers.front_line, title="Cash at the toll").id)


def last(kind):
    return payload(Entry.objects.filter(kind=kind).order_by("-index").first().jwt)


def notices(officer):
    return set(Notice.objects.filter(officer=officer.officer).values_list("kind", flat=True))


def test_asking_answers_the_same_whether_the_case_exists_or_not(officers, case, client_for):
    client = client_for(officers.second)
    answers = []
    for number in (case.number, "FR-1999-000001"):
        answer = send(client, "/cases/access/ask/", {"number": number, "reason": WHY})
        assert answer.status_code == 200
        answers.append(answer)
        client.get("/cases/access/mine/")
    first, other = (answer.content.decode() for answer in answers)
    banner = first[first.index('class="banner') : first.index("</div>", first.index('class="banner'))]
    assert banner in other
    assert [answer.redirect_chain for answer in answers] == [[("/cases/access/mine/", 302)]] * 2
    assert case.number not in other
    assert sorted(AccessRequest.objects.values_list("case_id", flat=True), key=str) == [None, case.id] or sorted(
        AccessRequest.objects.values_list("case_id", flat=True), key=str
    ) == [case.id, None]


def test_a_request_is_told_to_those_who_decide_and_granted(officers, case):
    services.request_access(officers.second, number=case.number.lower(), reason=WHY)
    assert "access.requested" in notices(officers.front_line)
    assert "access.requested" in notices(officers.supervisor)
    assert "access.requested" not in notices(officers.legal)
    [waits] = queries.waiting_for(officers.front_line)
    assert (waits.kind, waits.number, waits.reason) == ("request", case.number, WHY)
    assert queries.waiting_for(officers.second) == []
    with pytest.raises(Unseen):
        services.grant_request(officers.second, request=waits.id, reason="I give it to myself")
    jti = services.grant_request(officers.front_line, request=waits.id, reason="Same lorry")
    assert see_case(officers.second, case.id).id == case.id
    assert last("access.granted/1")["rests_on"] == [last("access.requested/1")["jti"]]
    assert last("access.granted/1")["jti"] == jti
    assert queries.waiting_for(officers.supervisor) == []
    assert "access.answered" in notices(officers.second)
    assert "access.requested" not in notices(officers.supervisor)
    [asked] = queries.requests_of(officers.second)
    assert (asked.granted, asked.number) == (True, case.number)
    with pytest.raises(Refusal):
        services.decline_request(officers.supervisor, request=waits.id, reason="Too late")
    assert check_node() == []


def test_a_declined_request_tells_the_reason_and_not_the_case(officers, case, client_for):
    services.request_access(officers.second, number=case.number, reason=WHY)
    [waits] = queries.waiting_for(officers.supervisor)
    client = client_for(officers.supervisor)
    send(client, f"/cases/access/requests/{waits.id}/?decline=1", {"reason": "Another office works on it"})
    with pytest.raises(Unseen):
        see_case(officers.second, case.id)
    page = client_for(officers.second).get("/cases/access/mine/").content.decode()
    assert "Another office works on it" in page
    assert case.number not in page


def test_access_for_a_time_ends_by_itself_and_cannot_be_passed_on(officers, case):
    services.request_access(officers.second, number=case.number, reason=WHY)
    [waits] = queries.waiting_for(officers.supervisor)
    until = timezone.now() + timedelta(days=2)
    services.grant_request(officers.supervisor, request=waits.id, reason="For two days", until=until)
    assert [row.id for row in recent_cases(officers.second).rows] == [case.id]
    with pytest.raises(Forbidden):
        grant_access(officers.second, case=case.id, officer=officers.legal.officer, reason="Passing it on")
    with time_machine.travel(until + timedelta(seconds=1), tick=False):
        assert recent_cases(officers.second).rows == ()
        with pytest.raises(Unseen):
            see_case(officers.second, case.id)
    assert check_node() == []


def test_breaking_the_glass_opens_at_once_is_told_and_reviewed(officers, case, client_for):
    client = client_for(officers.second)
    typed = {"number": case.number, "reason": "Driver is fleeing with the exhibit", "hours": "2", "understood": "on"}
    answer = send(client, "/cases/access/glass/", typed)
    assert answer.redirect_chain == [(f"/cases/{case.id}/", 302)]
    assert case.number in answer.content.decode()
    assert {"access.broken_glass"} <= notices(officers.supervisor) & notices(officers.front_line)
    [glass] = queries.access_of(case.id)
    assert glass.open
    assert glass.broken_glass
    assert glass.justified is None
    body = last("access.broken_glass/1")
    assert body["actor"]["officer"] == officers.second.officer
    page = client_for(officers.supervisor).get(f"/cases/{case.id}/who/").content.decode()
    assert "glass broken" in page
    assert "Driver is fleeing" in page
    [waits] = queries.waiting_for(officers.supervisor)
    assert (waits.kind, waits.id) == ("review", glass.id)
    with pytest.raises(Unseen):
        services.review_glass(officers.front_line, access=glass.id, justified=True, reason="Fine by me")
    reviewer = client_for(officers.supervisor)
    send(reviewer, f"/cases/access/reviews/{glass.id}/", {"justified": "no", "reason": "There was time to ask"})
    assert TemporaryAccess.objects.get(id=glass.id).justified is False
    assert last("access.reviewed/1")["rests_on"] == [glass.id]
    with pytest.raises(Refusal):
        services.review_glass(officers.other_supervisor, access=glass.id, justified=True, reason="I disagree")
    assert "There was time to ask" in client.get("/cases/access/mine/").content.decode()
    with time_machine.travel(glass.until + timedelta(seconds=1), tick=False):
        assert recent_cases(officers.second).rows == ()
    assert check_node() == []


def test_an_exhibit_in_hand_opens_its_case(officers):
    case, _, [exhibit] = seized_case(officers.front_line)
    row = Exhibit.objects.get(id=exhibit)
    assert services.break_glass(officers.second, number=row.number, reason=WHY, hours=1) == case
    assert last("access.broken_glass/1")["body"]["exhibit"] == exhibit
    assert services.break_glass(officers.examiner, number=f"COPES:{exhibit}".upper(), reason=WHY, hours=1) == case
    from copes.chain.custody.queries import Filters, exhibits

    assert exhibits_of_case(case).rows
    assert [one.id for one in exhibits(officers.second, Filters()).rows] == [exhibit]


def test_the_glass_does_not_break_for_auditors_administrators_or_long(officers, case, client_for):
    for officer in (officers.auditor, officers.administrator):
        with pytest.raises(Forbidden):
            services.break_glass(officer, number=case.number, reason=WHY, hours=1)
        assert client_for(officer).get("/cases/access/glass/").status_code == 403
    both = support.new_officer("Karl Both", "administrator", "investigator")
    with pytest.raises(Forbidden):
        services.break_glass(both, number=case.number, reason=WHY, hours=1)
    with pytest.raises(BadInput):
        services.break_glass(officers.second, number=case.number, reason=WHY, hours=9)
    with pytest.raises(BadInput):
        services.break_glass(officers.second, number="FR-1999-000001", reason=WHY, hours=1)
    with pytest.raises(Refusal):
        services.break_glass(officers.front_line, number=case.number, reason=WHY, hours=1)
    assert not TemporaryAccess.objects.exists()


def test_a_supervisor_ends_emergency_access_and_reviews_not_their_own(officers, case, client_for):
    services.break_glass(officers.second, number=case.number, reason=WHY, hours=8)
    [glass] = queries.access_of(case.id)
    services.end_temporary(officers.supervisor, access=glass.id, reason="Over already")
    with pytest.raises(Unseen):
        see_case(officers.second, case.id)
    foreign = support.new_officer("Mia Elsewhere", "supervisor", agency=another_agency())
    services.break_glass(foreign, number=case.number, reason=WHY, hours=1)
    own = TemporaryAccess.objects.get(officer=foreign.officer)
    with pytest.raises(Unseen):
        services.review_glass(foreign, access=own.id, justified=True, reason="I was right")
    assert check_node() == []


def another_agency():
    from copes.foundation.journal.services import node_acting, writing
    from copes.foundation.people.records import AgencyRegistered
    from copes.trust.records.ids import uuid7

    agency = uuid7()
    with writing(node_acting()) as journal:
        journal.append(AgencyRegistered(agency=agency, name="Border Police", country="FR"), about=[agency])
    return agency


def test_asking_too_often_is_refused(officers):
    for number in range(20):
        services.request_access(officers.second, number=f"FR-1999-{number:06d}", reason=WHY)
    with pytest.raises(Refusal) as refused:
        services.request_access(officers.second, number="FR-1999-000099", reason=WHY)
    assert refused.value.code == "access.too_many"


def test_an_erased_reason_is_gone_from_the_screens(officers, case):
    from copes.foundation.journal.erasing import approve_erasure, request_erasure

    services.break_glass(officers.second, number=case.number, reason="Names a private person", hours=1)
    record = last("access.broken_glass/1")["jti"]
    request = request_erasure(
        officers.supervisor, record=record, paths=["body.reason"], ground="It names somebody who is not concerned"
    )
    approve_erasure(officers.other_supervisor, request=request)
    [glass] = queries.access_of(case.id)
    assert glass.reason is None
    assert glass.open
    assert check_node() == []


def test_what_one_may_not_decide_answers_404(officers, case, client_for):
    services.request_access(officers.second, number=case.number, reason=WHY)
    services.break_glass(officers.examiner, number=case.number, reason=WHY, hours=1)
    request = AccessRequest.objects.get().id
    glass = TemporaryAccess.objects.get().id
    for officer in (officers.second, officers.legal, officers.custodian):
        cache.clear()
        client = client_for(officer)
        assert client.get(f"/cases/access/requests/{request}/").status_code == 404
        assert client.get(f"/cases/access/lent/{glass}/end/").status_code == 404
        assert client.get(f"/cases/access/reviews/{glass}/").status_code == 403
