"""Entrance and own account, in a browser: accessible, operable by keyboard, fitting a phone, in both directions."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, fits, sign_in
from tests.support import PASSWORD, new_officer

pytestmark = pytest.mark.browser

PUBLIC = ["/style/", "/accounts/login/", "/people/activate/", "/accounts/signup/"]
OWN = ["/people/me/", "/people/me/unlock/", "/people/me/tokens/new/", "/accounts/2fa/", "/accounts/password/change/",
       "/accounts/reauthenticate/", "/integrity/"]  # fmt: skip
ADMINISTRATOR = ["/people/officers/", "/people/officers/invite/"]
VIEWS = [("en", "desk"), ("en", "phone"), ("ar", "desk"), ("ar", "phone")]


@pytest.mark.parametrize(("language", "size"), VIEWS)
def test_public_pages(open_page: Callable[..., Page], axe, language: str, size: str):
    page = open_page(language, size)
    for address in PUBLIC:
        page.goto(address)
        assert page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
        axe(page)
        fits(page)


@pytest.mark.parametrize(("language", "size"), VIEWS)
def test_pages_of_the_own_account(open_page: Callable[..., Page], axe, language: str, size: str):
    page = open_page(language, size, "administrator")
    for address in [*OWN, *ADMINISTRATOR]:
        page.goto(address)
        assert page.url.endswith(address), page.url
        axe(page)
        fits(page)


@pytest.mark.parametrize(("language", "size"), VIEWS)
def test_the_auditors_page(open_page: Callable[..., Page], axe, language: str, size: str):
    page = open_page(language, size, "auditor")
    page.goto("/people/reads/")
    axe(page)
    fits(page)


def test_in_the_dark(open_page: Callable[..., Page], axe):
    page = open_page("en", "desk", "auditor", color_scheme="dark")
    for address in ("/style/", "/people/me/", "/people/reads/"):
        page.goto(address)
        axe(page)


def test_errors_take_the_reader_to_the_field(open_page: Callable[..., Page], axe):
    page = open_page("en", "phone", complaints_allowed=("status of 400",))
    page.goto("/people/activate/")
    page.click("main form button")
    expect(page.locator(".errors")).to_be_focused()
    assert page.title().startswith("Error:")
    axe(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_code")).to_be_focused()


def test_signing_in_by_keyboard_alone(open_page: Callable[..., Page]):
    page = open_page()
    page.goto("/accounts/login/?next=/people/me/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#id_login")).to_be_focused()
    page.keyboard.type("custodian")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/me/")


def test_the_menus_open_and_close_by_keyboard(open_page: Callable[..., Page], axe):
    page = open_page("en", "phone", "auditor")
    menu = page.locator("header details.menu").last
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Your account")).to_be_visible()
    axe(page)
    fits(page)
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Your account")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
    ways = page.locator("#ways")
    expect(ways).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).press("Enter")
    expect(ways).to_be_visible()
    axe(page)
    fits(page)
    ways.get_by_role("link", name="Reads audit").press("Enter")
    page.wait_for_url("**/people/reads/")


def test_the_language_is_switched_without_scripts(open_page: Callable[..., Page]):
    page = open_page("en", "desk", java_script_enabled=False)
    page.goto("/accounts/login/")
    page.click("header details.menu summary")
    page.get_by_role("button", name="العربية").click()
    assert page.get_attribute("html", "dir") == "rtl"
    assert page.url.endswith("/accounts/login/")


def test_the_practice_band_stays_in_sight(open_page: Callable[..., Page]):
    page = open_page("en", "phone")
    page.goto("/style/")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(page.locator(".practice")).to_be_in_viewport()


def test_a_passkey_is_added_and_signs_in(open_page: Callable[..., Page], site: Site):
    new_officer("Karim Passkey", "legal", username="karim")  # whoever has a passkey signs in otherwise from then on
    page = open_page("en", "desk")
    sign_in(page, "karim")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill("#id_password", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/accounts/2fa/webauthn/add/")
    page.fill("#id_name", "Key of the tests")
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_text("Key of the tests").first).to_be_visible()
    page.goto("/accounts/logout/")
    page.click("main form button")
    page.goto("/accounts/login/?next=/people/me/")
    page.click("#passkey_login")
    page.wait_for_url("**/people/me/")
    expect(page.get_by_role("link", name=re.compile("Key locked"))).to_be_visible()
    page.get_by_role("link", name=re.compile("Key locked")).click()
    page.fill("#id_password", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/people/me/")
    expect(page.get_by_role("link", name=re.compile("Key locked"))).to_have_count(0)


def test_an_act_is_not_sent_twice(open_page: Callable[..., Page]):
    page = open_page("en", "desk", "supervisor")
    page.goto("/people/me/tokens/new/")
    page.fill("#id_name", "twice")
    page.fill("#id_password", PASSWORD)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.dblclick("main form button.button:not([form])")
    expect(page.locator("#token")).to_be_visible()
    assert sent == ["POST"]


def test_the_scan_of_accessibility_sees_faults(open_page: Callable[..., Page], axe):
    page = open_page()
    page.goto("/accounts/login/")
    page.evaluate("document.querySelector('label[for=id_login]').remove()")
    with pytest.raises(AssertionError, match="label"):
        axe(page)
