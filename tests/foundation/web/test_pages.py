"""What every page owes its reader: language, direction, policy, and an honest answer when something fails."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from copes.foundation.config import urls as real
from copes.foundation.refusals import BadInput, Forbidden, Frozen, KeyLocked, Refusal, Unseen
from copes.foundation.web import views
from copes.foundation.web.context import LANGUAGES_OWN
from tests import support

REFUSALS = {
    "conflict": Refusal("test.conflict", "It lies <elsewhere>.", "Fetch it first."),
    "bad": BadInput("test.bad", "That is no number.", "Write digits."),
    "forbidden": Forbidden("test.forbidden", "You may not.", "Ask."),
    "unseen": Unseen("test.unseen", "There is none.", "Look again."),
    "frozen": Frozen("test.frozen", "The ledger is frozen.", "Call the administrator."),
}


def refuse(request, what: str):
    raise REFUSALS[what]


def locked(request):
    raise KeyLocked("key.locked", "Your key is locked.", "Unlock it.")


def broken(request):
    raise ZeroDivisionError


urlpatterns = [
    path("refuse/<str:what>/", refuse),
    path("locked/", locked),
    path("broken/", broken),
    *real.urlpatterns,
]
handler400, handler403, handler404, handler500 = (
    real.handler400,
    real.handler403,
    real.handler404,
    real.handler500,
)


@pytest.fixture
def browser(node) -> Client:
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


def page(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("address", ["/style/", "/accounts/login/", "/people/activate/", "/nowhere/", "/broken/"])
def test_every_page_carries_the_content_security_policy(browser: Client, address: str):
    policy = browser.get(address, secure=True)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(("code", "own"), LANGUAGES_OWN)
def test_a_reader_switches_the_language_and_stays_on_the_page(browser: Client, code: str, own: str):
    before = page(browser.get("/accounts/login/", secure=True))
    assert own in before, "the language is named in its own words"
    answer = browser.post("/language/", {"language": code, "next": "/accounts/login/"}, secure=True)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    after = page(browser.get("/accounts/login/", secure=True))
    direction = "rtl" if code == "ar" else "ltr"
    assert f'<html lang="{code}" dir="{direction}">' in after
    assert re.search(rf'value="{code}"[^>]*aria-current="true"', after)


def test_the_language_switch_leads_nowhere_else(browser: Client):
    answer = browser.post("/language/", {"language": "fr", "next": "https://evil.example/"}, secure=True)
    assert answer["Location"] == "/"


@pytest.mark.parametrize("what", REFUSALS)
def test_a_refusal_is_a_page_with_its_reason_and_its_mend(browser: Client, what: str):
    refusal = REFUSALS[what]
    answer = browser.get(f"/refuse/{what}/", secure=True)
    assert answer.status_code == refusal.status
    text = page(answer)
    assert refusal.reason.replace("<", "&lt;").replace(">", "&gt;") in text
    assert refusal.mend in text
    assert refusal.code in text
    assert "Nothing was recorded" not in text, "nothing was sent"
    assert "Nothing was recorded" in page(browser.post(f"/refuse/{what}/", secure=True))


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [("/nowhere/", 404, "There is no such page"), ("/broken/", 500, "The program made a mistake")],
)
def test_error_pages_are_plain_and_leak_nothing(browser: Client, address: str, status: int, title: str):
    answer = browser.get(address, secure=True)
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in page(answer)
    assert "Traceback" not in page(answer)
    assert "ZeroDivision" not in page(answer)


def test_other_error_pages(node):
    request = RequestFactory().get("/")
    assert views.bad_request(request).status_code == 400
    assert views.permission_denied(request).status_code == 403


def test_a_form_without_its_token_is_refused(node):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/language/", {"language": "fr"}, secure=True)
    assert answer.status_code == 403
    assert "This page was open for too long" in page(answer)


def test_a_locked_key_leads_to_the_unlock_page_and_back(browser: Client, officers):
    signed_in = support.signed_in(officers.front_line)
    answer = signed_in.get("/locked/?a=b", secure=True)
    assert answer.status_code == 302
    assert answer["Location"] == "/people/me/unlock/?next=%2Flocked%2F%3Fa%3Db"


def test_an_entry_sent_with_a_locked_key_is_not_lost(browser: Client, officers):
    signed_in = support.signed_in(officers.front_line)
    entry = {"found": 'He said "no" & left', "place": ["A", "B"], "password": "secret"}
    answer = signed_in.post("/locked/", entry, secure=True)
    assert answer.status_code == 423
    assert "secret" not in page(answer)
    hidden = re.findall(r'name="(again\.\w+)" value="([^"]*)"', page(answer))
    assert hidden == [
        ("again.found", "He said &quot;no&quot; &amp; left"),
        ("again.place", "A"),
        ("again.place", "B"),
    ]
    sent = {
        "next": "/locked/",
        "password": support.PASSWORD,
        "again.found": entry["found"],
        "again.place": ["A", "B"],
    }
    wrong = signed_in.post("/people/me/unlock/", {**sent, "password": "not this one"}, secure=True)
    assert "again.found" in page(wrong)
    right = page(signed_in.post("/people/me/unlock/", sent, secure=True))
    assert '<form method="post" action="/locked/">' in right
    assert re.findall(r'name="place" value="(\w)"', right) == ["A", "B"]


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_the_unlock_page_never_leads_away(officers, address: str):
    signed_in = support.signed_in(officers.front_line)
    answer = signed_in.post("/people/me/unlock/", {"next": address, "password": support.PASSWORD}, secure=True)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_practice_is_said_on_every_page(tmp_path: Path, templates, django_db_blocker):
    with django_db_blocker.unblock():
        address = templates.copy(tmp_path / "db")
        made = support.new_home(
            tmp_path / "home", database=address, practice=True, origin="test.example/PRACTICE/pages"
        )
        with support.serving(made):
            support.begin()
            browser = Client(raise_request_exception=False)
            with override_settings(ROOT_URLCONF=__name__):
                for where in ("/style/", "/accounts/login/", "/nowhere/", "/broken/", "/refuse/conflict/"):
                    assert '<aside class="practice"' in page(browser.get(where, secure=True)), where
        templates.drop(address)


def test_a_real_node_does_not_say_practice(browser: Client):
    assert "PRACTICE" not in page(browser.get("/accounts/login/", secure=True))
