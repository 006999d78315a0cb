"""Coming in: the right officer does, others do not, and the key opens with the password only."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from copes.foundation.people.models import Account, UnlockedKey
from tests import support

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


def page(answer) -> str:
    return answer.content.decode()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def sign_in(browser: Client, username: str, password: str = support.PASSWORD):
    return browser.post(LOGIN, {"login": username, "password": password}, secure=True)


def test_the_password_signs_in_and_opens_the_key_for_this_browser_only(officers):
    browser = Client()
    answer = sign_in(browser, "front_line")
    assert answer.status_code == 302
    cookie = browser.cookies["copes_key"]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Strict"
    assert "Open" in page(browser.get("/people/me/", secure=True))
    # the session alone, without the cookie, is signed in but cannot sign
    thief = Client()
    thief.cookies["sessionid"] = browser.cookies["sessionid"].value
    text = page(thief.get("/people/me/", secure=True))
    assert "Key locked" in text


@pytest.mark.parametrize(("username", "password"), [("front_line", "wrong password!"), ("nobody", support.PASSWORD)])
def test_a_wrong_pair_says_so_without_saying_which(officers, username: str, password: str):
    answer = sign_in(Client(), username, password)
    assert "The username and/or password you specified are not correct." in page(answer)
    assert "errors-title" in page(answer)


def test_guessing_is_slowed_down(officers):
    browser = Client()
    for _ in range(5):
        sign_in(browser, "front_line", "wrong password!")
    answer = sign_in(browser, "front_line")
    assert answer.status_code == 200
    assert "Too many failed login attempts" in page(answer)


def test_nobody_signs_up(officers):
    browser = Client()
    assert "Accounts are made by the administrator" in page(browser.get("/accounts/signup/", secure=True))
    data = {"username": "mallory", "password1": support.PASSWORD, "password2": support.PASSWORD}
    browser.post("/accounts/signup/", data, secure=True)
    assert not Account.objects.filter(username="mallory").exists()


@pytest.mark.parametrize("address", ["/accounts/password/reset/", "/accounts/email/", "/accounts/password/set/"])
def test_ways_around_the_administrator_do_not_exist(officers, address: str):
    assert Client().get(address, secure=True).status_code == 404


def test_an_authenticator_app_is_asked_for_once_it_is_set_up(officers):
    browser = support.signed_in(officers.front_line)
    setup = browser.get("/accounts/2fa/totp/activate/", secure=True, follow=True)
    assert "Confirm that it is you" in page(setup), "a fresh proof is needed to change the protection"
    browser.post(
        "/accounts/reauthenticate/",
        {"password": support.PASSWORD, "next": "/accounts/2fa/totp/activate/"},
        secure=True,
    )
    text = page(browser.get("/accounts/2fa/totp/activate/", secure=True))
    assert "data:image" not in text, "the policy allows no data addresses"
    secret = re.search(r'<code class="secret" dir="ltr">(\w+)</code>', text)
    assert secret
    wrong = browser.post("/accounts/2fa/totp/activate/", {"code": "000000"}, secure=True)
    assert "There is a problem" in page(wrong)
    right = browser.post("/accounts/2fa/totp/activate/", {"code": code_of(secret[1])}, secure=True, follow=True)
    codes = re.findall(r"<li>([0-9a-f]{8})</li>", page(right))
    assert len(codes) == 10

    again = Client()
    asked = again.post(LOGIN, {"login": "front_line", "password": support.PASSWORD}, secure=True, follow=True)
    assert "Second factor" in page(asked)
    assert again.get("/people/me/", secure=True).status_code == 302, "not signed in yet"
    refused = again.post("/accounts/2fa/authenticate/", {"code": "12345678"}, secure=True)
    assert "Incorrect code." in page(refused)
    assert again.post("/accounts/2fa/authenticate/", {"code": codes[0]}, secure=True).status_code == 302
    assert "Open" in page(again.get("/people/me/", secure=True))
    third = Client()
    third.post(LOGIN, {"login": "front_line", "password": support.PASSWORD}, secure=True)
    used = third.post("/accounts/2fa/authenticate/", {"code": codes[0]}, secure=True)
    assert "Incorrect code." in page(used), "a recovery code works once"


def test_activation_with_a_code(officers, client_for):
    admin = client_for(officers.administrator)
    data = {
        "name": "Ксенија Нова",
        "service_number": "77",
        "username": "ksenija",
        "agency": re.search(r'name="agency" value="([^"]+)"', page(admin.get("/people/officers/invite/")))[1],
        "roles": ["custodian"],
    }
    invited = admin.post("/people/officers/invite/", data)
    assert invited.status_code == 200
    code = re.search(r'<code class="secret" dir="ltr">([^<]+)</code>', page(invited))[1]
    assert invited["Cache-Control"] == "no-store, private"

    browser = Client()
    entry = {"code": code, "password": "four words not together", "again": "four words not together"}
    weak = browser.post(
        "/people/activate/", {**entry, "password": "password1234", "again": "password1234"}, secure=True
    )
    assert weak.status_code == 400
    assert "too common" in page(weak)
    differ = browser.post("/people/activate/", {**entry, "again": "another"}, secure=True)
    assert "The two passwords differ." in page(differ)
    wrong = browser.post("/people/activate/", {**entry, "code": "x" + code}, secure=True)
    assert "wrong, used, or older" in page(wrong)
    done = browser.post("/people/activate/", entry, secure=True)
    assert "Your account is active" in page(done)
    twice = browser.post("/people/activate/", entry, secure=True)
    assert "wrong, used, or older" in page(twice)
    assert sign_in(browser, "ksenija", entry["password"]).status_code == 302
    assert "Ксенија Нова" in page(browser.get("/people/me/", secure=True))


def test_changing_the_password_keeps_the_key_and_ends_other_sessions(officers):
    here, elsewhere = support.signed_in(officers.front_line), support.signed_in(officers.front_line)
    new = "entirely other words here"
    wrong = here.post("/accounts/password/change/", {"old": "not it at all", "password": new, "again": new})
    assert wrong.status_code == 400
    assert 'id="id_old_error"' in page(wrong)
    done = here.post("/accounts/password/change/", {"old": support.PASSWORD, "password": new, "again": new})
    assert (done.status_code, done["Location"]) == (302, "/people/me/")
    assert "Open" in page(here.get("/people/me/"))
    assert elsewhere.get("/people/me/").status_code == 302
    account = Account.objects.get(username="front_line")
    assert UnlockedKey.objects.filter(account=account).count() == 1
    assert sign_in(Client(), "front_line").status_code == 200
    assert sign_in(Client(), "front_line", new).status_code == 302


def test_locking_and_unlocking_the_key(officers):
    browser = support.signed_in(officers.front_line)
    browser.post("/people/me/lock/")
    assert "Key locked" in page(browser.get("/people/me/"))
    wrong = browser.post("/people/me/unlock/", {"password": "not it at all", "next": "/people/me/"})
    assert wrong.status_code == 400
    assert "does not open your signing key" in page(wrong)
    right = browser.post("/people/me/unlock/", {"password": support.PASSWORD, "next": "/people/me/"})
    assert right["Location"] == "/people/me/"
    assert "Key locked" not in page(browser.get("/people/me/"))


def test_guessing_the_password_from_a_stolen_session_is_slowed_down(officers):
    browser = support.signed_in(officers.front_line)
    answers = [browser.post("/people/me/unlock/", {"password": f"guess number {n}"}).status_code for n in range(12)]
    assert 429 in answers
    assert answers[:5] == [400] * 5


def test_signing_out_ends_the_session_and_forgets_the_key(officers):
    browser = support.signed_in(officers.front_line)
    assert browser.get("/accounts/logout/").status_code == 200, "a link alone signs nobody out"
    assert browser.get("/people/me/").status_code == 200
    browser.post("/accounts/logout/")
    assert browser.get("/people/me/").status_code == 302
    assert not UnlockedKey.objects.filter(account__username="front_line").exists()


def test_sessions_are_listed_and_others_can_be_ended(officers):
    here, elsewhere = support.signed_in(officers.front_line), support.signed_in(officers.front_line)
    stranger = support.signed_in(officers.custodian)
    assert "End the other sessions" in page(here.get("/people/me/", headers={"user-agent": "x"}))
    here.post("/people/me/sessions/end/")
    assert elsewhere.get("/people/me/").status_code == 302
    assert stranger.get("/people/me/").status_code == 200
    assert "End the other sessions" not in page(here.get("/people/me/"))
    assert "Key locked" not in page(here.get("/people/me/"))
