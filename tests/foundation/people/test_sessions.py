"""Sessions, the second factor, and standing in for an absent officer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.utils import timezone

from copes.chain.cases import access_queries, access_services
from copes.chain.cases.policies import see_case
from copes.chain.cases.services import open_case
from copes.foundation.journal.checking import check_node
from copes.foundation.people import delegating
from copes.foundation.people.models import Account, Delegation, SignIn
from copes.foundation.people.queries import absent_for, also_tell
from copes.foundation.refusals import BadInput, Refusal, Unseen
from copes.foundation.scheduling.models import Notice
from tests import support
from tests.chain.entering import send

DAY = timedelta(days=1)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def test_an_officer_sees_and_ends_single_sessions(officers, client_for):
    here, there = client_for(officers.second), client_for(officers.second)
    there.get("/people/me/", headers={"User-Agent": FIREFOX})
    page = here.get("/people/me/").content.decode()
    account = Account.objects.get(officer_id=officers.second.officer)
    assert SignIn.objects.filter(account=account).count() == 2
    assert page.count(">this session<") == 1
    [other] = [one for one in page.split("/people/me/sessions/") if one[:64].isalnum()]
    assert here.post(f"/people/me/sessions/{other[:64]}/end/", follow=True).status_code == 200
    assert there.get("/people/me/").status_code == 302
    assert here.get("/people/me/").status_code == 200
    stranger = client_for(officers.legal)
    assert "/people/me/sessions/" not in stranger.get("/people/me/").content.decode()
    mine = SignIn.objects.get(account=account)
    from copes.foundation.people.keys import hashed

    stranger.post(f"/people/me/sessions/{hashed(mine.id)}/end/")
    assert here.get("/people/me/").status_code == 200


def test_browsers_are_described_in_words():
    from copes.foundation.people.sessions import described

    assert described(FIREFOX) == "Firefox 140, Windows"
    assert described("curl/8.1") == "curl/8.1"


def test_an_administrator_ends_an_officers_sessions(officers, client_for):
    client = client_for(officers.second)
    admin = client_for(officers.administrator)
    assert admin.post(f"/people/officers/{officers.second.officer}/sessions/end/").status_code == 302
    assert client.get("/people/me/").status_code == 302
    assert client_for(officers.supervisor).post(
        f"/people/officers/{officers.administrator.officer}/sessions/end/"
    ).status_code == 403  # fmt: skip


def test_where_a_second_factor_is_demanded_nothing_works_before(officers, client_for, settings):
    settings.COPES_NODE = replace(settings.COPES_NODE, second_factor="required")
    client = client_for(officers.front_line)
    for address in ("/", "/cases/", "/people/me/"):
        assert client.get(address).headers["Location"] == "/people/me/second-factor/"
    answer = client.get("/api/cases")
    assert answer.status_code == 403
    assert answer.json()["code"] == "second_factor.missing"
    assert client.post("/cases/new/", {"title": "x"}).headers["Location"] == "/people/me/second-factor/"
    page = client.get("/people/me/second-factor/").content.decode()
    assert "/accounts/2fa/webauthn/add/" in page
    assert client.get("/accounts/2fa/").status_code == 200
    TOTP.activate(Account.objects.get(officer_id=officers.front_line.officer), generate_totp_secret())
    assert client.get("/cases/").status_code == 200
    Authenticator.objects.all().delete()
    assert client.get("/cases/").status_code == 302


def test_copes_init_demands_a_second_factor_of_a_real_node_only(tmp_path):
    from copes.foundation.config.node import load_node
    from tests.running import init_node

    init_node(tmp_path / "real", "real.example/ledger")
    init_node(tmp_path / "practice", "real.example/PRACTICE/x", "--practice")
    real, practice = load_node(tmp_path / "real"), load_node(tmp_path / "practice")
    assert (real.second_factor, real.four_eyes) == ("required", frozenset({"role_change"}))
    assert (practice.second_factor, practice.four_eyes) == ("offered", frozenset())


def test_a_colleague_stands_in_and_is_told(officers):
    now = timezone.now()
    with pytest.raises(BadInput):
        delegating.delegate(
            officers.front_line, delegate=officers.custodian.officer, begins=now, until=now + DAY, reason="Leave"
        )
    with pytest.raises(BadInput):
        delegating.delegate(
            officers.front_line, delegate=officers.second.officer, begins=now, until=now - DAY, reason="Leave"
        )
    one = delegating.delegate(
        officers.front_line, delegate=officers.second.officer, begins=now, until=now + 3 * DAY, reason="Leave"
    )
    with pytest.raises(Refusal):
        delegating.delegate(
            officers.front_line, delegate=officers.second.officer, begins=now, until=now + DAY, reason="Twice"
        )
    assert also_tell([officers.front_line.officer]) == {officers.front_line.officer, officers.second.officer}
    assert absent_for(officers.second.officer) == [officers.front_line.officer]
    assert Notice.objects.filter(officer=officers.second.officer, kind="delegation.given").exists()
    with time_machine.travel(now + 4 * DAY, tick=False):
        assert also_tell([officers.front_line.officer]) == {officers.front_line.officer}
    with pytest.raises(Unseen):
        delegating.end_delegation(officers.legal, delegation=one)
    delegating.end_delegation(officers.supervisor, delegation=one)
    assert absent_for(officers.second.officer) == []
    assert check_node() == []


def test_standing_in_opens_no_case_until_a_supervisor_lends_it(officers, client_for):
    case = open_case(officers.front_line, title="Cash at the toll").id
    other = open_case(officers.front_line, title="Not to be lent").id
    now = timezone.now()
    one = delegating.delegate(
        officers.front_line, delegate=officers.second.officer, begins=now, until=now + 3 * DAY, reason="Leave"
    )
    with pytest.raises(Unseen):
        see_case(officers.second, case)
    with pytest.raises(Unseen):
        access_services.lend_access(
            officers.front_line, case=case, officer=officers.second.officer, until=now + DAY, reason="For me",
            instead_of=officers.front_line.officer,
        )  # fmt: skip
    send(client_for(officers.supervisor), f"/cases/access/standing-in/{one}/", {"cases": [case], "reason": "Urgent"})
    assert see_case(officers.second, case).id == case
    with pytest.raises(Unseen):
        see_case(officers.second, other)
    from copes.chain.cases.models import Case

    access_services.request_access(officers.examiner, number=Case.objects.get(id=case).number, reason="Samples came")
    [waits] = access_queries.waiting_for(officers.second)
    access_services.grant_request(officers.second, request=waits.id, reason="In the place of Anna")
    assert see_case(officers.examiner, case).id == case
    with time_machine.travel(now + 4 * DAY, tick=False), pytest.raises(Unseen):
        see_case(officers.second, case)
    assert Delegation.objects.get().id == one
    assert check_node() == []


def test_the_auditor_finds_readings(officers, client_for):
    case = open_case(officers.front_line, title="Cash at the toll").id
    from copes.chain.cases.models import Case

    number = Case.objects.get(id=case).number
    client_for(officers.front_line).get(f"/cases/{case}/")
    auditor = client_for(officers.auditor)
    today = timezone.localdate().isoformat()
    page = auditor.get(f"/people/reads/?number={number}&since={today}&until={today}").content.decode()
    assert "Anna Frontier" in page
    assert number in page
    assert "No reads match" in auditor.get("/people/reads/?number=FR-1999-000001").content.decode()
    assert "Anna Frontier" in auditor.get(f"/people/reads/cases/{case}/").content.decode()
    assert auditor.get("/people/reads/?purpose=x").status_code == 200
    assert "at most 31 days" in auditor.get("/people/reads/?purpose=x").content.decode()
    assert client_for(officers.supervisor).get(f"/people/reads/cases/{case}/").status_code == 403


def test_the_api_of_access(officers, client_for):
    case = open_case(officers.front_line, title="Cash at the toll").id
    from copes.chain.cases.models import Case

    number = Case.objects.get(id=case).number
    token = support_token(officers.second)
    answers = [
        token.post("/api/access/requests", {"number": one, "reason": "It is at our post"})
        for one in (number, "FR-1999-000001")
    ]
    assert [(one.status_code, one.json()) for one in answers] == [(202, {"recorded": True})] * 2
    boss = support_token(officers.supervisor)
    [waits] = boss.get("/api/access/waiting").json()
    assert waits["number"] == number
    assert boss.post(f"/api/access/requests/{waits['id']}/grant", {"reason": "Same lorry"}).status_code == 200
    assert token.get(f"/api/cases/{case}").status_code == 200
    glass = support_token(officers.examiner).post(
        "/api/access/broken-glass", {"number": number, "reason": "Leaking drum", "hours": 1}
    )
    assert (glass.status_code, glass.json()["id"]) == (201, case)
    [one] = boss.get(f"/api/cases/{case}/access/temporary").json()
    assert one["broken_glass"]
    assert one["open"]
    done = boss.post(f"/api/access/broken-glass/{one['id']}/review", {"justified": True, "reason": "It leaked"})
    assert done.status_code == 200
    assert support_token(officers.auditor).post(
        "/api/access/broken-glass", {"number": number, "reason": "Curious", "hours": 1}
    ).status_code == 403  # fmt: skip


class Caller:
    """A program that calls with a token."""

    def __init__(self, token):
        from django.test import Client

        self.client, self.token, self.count = Client(), token, 0

    def get(self, path):
        return self.client.get(path, headers={"Authorization": f"Bearer {self.token}"}, secure=True)

    def post(self, path, body):
        self.count += 1
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": f"key-{path[-30:]}-{self.count}"}
        return self.client.post(path, body, content_type="application/json", headers=headers, secure=True)


def support_token(officer):
    from copes.foundation.people.services import create_token

    return Caller(create_token(officer, password=support.PASSWORD, name="tests", days=1))
