"""The screens of administrator, supervisor and auditor, and who may not see them."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client

from copes.foundation.people.models import Account, ApiToken, Officer, Reading, SealedKey
from tests import support


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


def page(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/people/me/",
        "/people/me/unlock/",
        "/people/me/tokens/new/",
        "/people/officers/",
        "/people/reads/",
        "/accounts/2fa/",
    ],
)
def test_pages_of_officers_ask_strangers_to_sign_in(node, address: str):
    answer = Client().get(address, secure=True)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize(
    "role", ["front_line", "investigator", "custodian", "examiner", "legal", "supervisor", "auditor"]
)
def test_only_administrators_change_people(officers, role: str):
    browser = support.signed_in(officers[role])
    target = officers.second.officer
    before = list(Officer.objects.order_by("id").values())
    assert browser.get("/people/officers/invite/").status_code == 403
    for act in ("code", "roles", "key", "close"):
        answer = browser.post(f"/people/officers/{target}/{act}/", {"roles": ["administrator"], "reason": "because"})
        assert answer.status_code == 403, act
    assert list(Officer.objects.order_by("id").values()) == before
    assert SealedKey.objects.filter(account__officer_id=target).exists()


@pytest.mark.parametrize(("role", "status"), [("front_line", 403), ("administrator", 403), ("auditor", 200)])
def test_the_reads_audit_is_the_auditors(officers, role: str, status: int):
    assert support.signed_in(officers[role]).get("/people/reads/").status_code == status


def test_every_page_shows_only_the_ways_of_its_officer(officers):
    def ways(role: str) -> list[str]:
        text = page(support.signed_in(officers[role]).get("/people/me/"))
        nav = re.search(r'<nav class="nav".*?</nav>', text, re.DOTALL)
        return re.findall(r'href="([^"]+)"', nav[0])

    assert "/people/reads/" in ways("auditor")
    assert "/people/officers/" in ways("administrator")
    assert not {"/people/reads/", "/people/officers/"} & set(ways("front_line"))


def test_the_auditor_sees_who_read_what_and_that_too_is_noted(officers):
    supervisor, auditor = support.signed_in(officers.supervisor), support.signed_in(officers.auditor)
    supervisor.get(f"/people/officers/{officers.front_line.officer}/")
    text = page(auditor.get("/people/reads/"))
    assert officers.supervisor.name in text
    assert officers.front_line.officer in text
    row = Reading.objects.order_by("-id").first()
    assert (row.officer, row.kind) == (officers.auditor.officer, "reads")
    only = page(auditor.get("/people/reads/", {"officer": officers.second.officer}))
    assert "No reads match." in only
    assert auditor.get("/people/reads/", {"after": "x"}).status_code == 200


def test_reads_are_paged_by_key(officers):
    reader = officers.front_line.officer
    from django.utils import timezone

    Reading.objects.bulk_create(
        Reading(at=timezone.now(), officer=reader, kind="case", thing=f"thing-{n:03}") for n in range(120)
    )
    auditor = support.signed_in(officers.auditor)
    seen, address = [], f"/people/reads/?officer={reader}"
    for _ in range(4):
        text = page(auditor.get(address))
        seen += re.findall(r"thing-\d\d\d", text)
        following = re.search(r'href="(\?[^"]*after=\d+)" rel="next"', text)
        if following is None:
            break
        address = "/people/reads/" + following[1].replace("&amp;", "&")
    assert seen == [f"thing-{n:03}" for n in reversed(range(120))]


def test_roles_are_changed_with_a_reason(officers):
    browser = support.signed_in(officers.administrator)
    target = officers.second.officer
    address = f"/people/officers/{target}/roles/"
    assert re.search(r'value="front_line"[^>]* checked', page(browser.get(address)))
    lacking = browser.post(address, {"roles": ["custodian"], "reason": ""})
    assert lacking.status_code == 400
    assert 'href="#id_reason"' in page(lacking)
    assert browser.post(address, {"roles": [], "reason": "no roles left"}).status_code == 400
    assert browser.post(address, {"roles": ["emperor"], "reason": "invented"}).status_code == 400
    done = browser.post(address, {"roles": ["custodian", "examiner"], "reason": "moved to the store"})
    assert done.status_code == 302
    assert sorted(Officer.objects.get(id=target).roles) == ["custodian", "examiner"]


def test_the_last_administrator_cannot_leave(officers):
    browser = support.signed_in(officers.administrator)
    me = officers.administrator.officer
    answer = browser.post(f"/people/officers/{me}/close/", {"reason": "going home"})
    assert answer.status_code == 400
    assert "last administrator" in page(answer)
    assert Officer.objects.get(id=me).active


def test_a_closed_account_is_out_at_once(officers):
    victim = support.signed_in(officers.second)
    browser = support.signed_in(officers.administrator)
    target = officers.second.officer
    assert victim.get("/people/me/").status_code == 200
    assert browser.post(f"/people/officers/{target}/close/", {"reason": "left the service"}).status_code == 302
    assert victim.get("/people/me/").status_code == 302
    answer = Client().post("/accounts/login/", {"login": "second", "password": support.PASSWORD}, secure=True)
    assert answer.status_code == 200
    assert "Closed" in page(browser.get(f"/people/officers/{target}/"))


def test_an_act_with_a_locked_key_asks_for_the_password_and_keeps_the_entry(officers):
    browser = support.signed_in(officers.administrator)
    browser.post("/people/me/lock/")
    target = officers.second.officer
    answer = browser.post(f"/people/officers/{target}/roles/", {"roles": ["legal"], "reason": "promoted"})
    assert answer.status_code == 423
    assert 'name="again.reason" value="promoted"' in page(answer)
    assert Officer.objects.get(id=target).roles == ["front_line"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "x"}, "name"),
        ({"name": ""}, "name"),
        ({"username": "with space"}, "username"),
        ({"username": "front_line"}, "username"),
        ({"username": "FRONT_LINE"}, "username"),
        ({"service_number": ""}, "service_number"),
        ({"roles": []}, "roles"),
        ({"agency": "00000000-0000-7000-8000-000000000000"}, "agency"),
    ],
)
def test_a_bad_invitation_names_the_place(officers, node, change: dict[str, object], field: str):
    browser = support.signed_in(officers.administrator)
    data = {
        "name": "New Officer",
        "service_number": "1",
        "username": "new",
        "agency": node.agency_id,
        "roles": ["legal"],
    }
    count = Account.objects.count()
    answer = browser.post("/people/officers/invite/", {**data, **change})
    assert answer.status_code == 400
    if field != "agency":
        assert re.search(rf'href="#id_{field}(_0)?"', page(answer))
    assert Account.objects.count() == count


def test_tokens_are_shown_once_and_can_be_revoked(officers):
    browser = support.signed_in(officers.custodian)
    bad = browser.post("/people/me/tokens/new/", {"name": "scales", "days": "0", "password": support.PASSWORD})
    assert bad.status_code == 400
    wrong = browser.post("/people/me/tokens/new/", {"name": "scales", "days": "9", "password": "not it at all"})
    assert wrong.status_code == 400
    made = browser.post("/people/me/tokens/new/", {"name": "scales", "days": "9", "password": support.PASSWORD})
    token = re.search(r'id="token" dir="ltr">([^<]+)<', page(made))[1]
    assert token.startswith("copes_")
    listed = page(browser.get("/people/me/"))
    assert "scales" in listed
    assert token not in listed
    row = ApiToken.objects.get()
    stranger = support.signed_in(officers.front_line)
    assert stranger.post(f"/people/me/tokens/{row.id}/revoke/").status_code == 404
    assert ApiToken.objects.exists()
    browser.post(f"/people/me/tokens/{row.id}/revoke/")
    assert not ApiToken.objects.exists()


def test_pages_ask_the_same_number_of_questions_however_many_officers(officers, django_assert_max_num_queries):
    browser = support.signed_in(officers.auditor)
    browser.get("/people/officers/")
    with django_assert_max_num_queries(10):
        assert browser.get("/people/officers/").status_code == 200
    with django_assert_max_num_queries(10):
        assert browser.get("/people/reads/").status_code == 200
