"""Notifications as officers meet them: inbox, bell, preferences, calendar; in both directions, on both sizes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from copes.foundation.scheduling.models import Notice
from copes.foundation.scheduling.services import notify
from copes.trust.records.ids import uuid7
from tests.browser.conftest import Site, fits

pytestmark = pytest.mark.browser

VIEWS = [("en", "desk"), ("en", "phone"), ("ar", "desk"), ("ar", "phone")]
PAGES = ["", "preferences/", "calendar/", "calendar/?span=day", "calendar/feed/"]
SHOTS = os.environ.get("COPES_SHOTS", "")


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def tell(officer: str, number: str, *, key: str = "") -> None:
    notify([officer], kind="custody.received", url="/custody/desk/", facts={"case": number, "count": "2"}, key=key)


@pytest.fixture
def told(site: Site):
    officer = site.officers.custodian.officer
    Notice.objects.filter(officer=officer).delete()
    tell(officer, "FR-2026-00012")
    Notice.objects.filter(officer=officer).update(read_at=timezone.now())
    tell(officer, "FR-2026-00013")
    tell(officer, "FR-2026-00014")
    return officer


@pytest.mark.parametrize(("language", "size"), VIEWS)
def test_every_page(open_page: Callable[..., Page], told: str, axe, language: str, size: str):
    page = open_page(language, size, "custodian")
    for address in PAGES:
        page.goto(f"/notifications/{address}")
        assert page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
        axe(page)
        fits(page)
        shoot(page, f"{address.split('?')[0].strip('/').replace('/', '-') or 'inbox'}-{language}-{size}")


def test_reading_marking_and_taking_it_back(open_page: Callable[..., Page], told: str, axe):
    page = open_page("en", "phone", "custodian")
    page.goto("/notifications/")
    expect(page.locator(".is-unread")).to_have_count(2)
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator(".is-unread")).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="Marked as read.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".is-unread")).to_have_count(2)
    page.locator(".is-unread").first.get_by_role("button", name="Mark as read").click()
    expect(page.locator(".is-unread")).to_have_count(1)
    page.locator(".is-unread a").click()
    page.wait_for_url("**/custody/desk/")
    assert not Notice.objects.filter(officer=told, read_at=None).exists()


def test_the_bell_counts_and_speaks_without_loading_the_page(open_page: Callable[..., Page], told: str):
    page = open_page("en", "desk", "custodian")
    page.goto("/notifications/")
    bell = page.locator("[data-notifications]")
    expect(bell.locator(".bell__count")).to_have_text("2")
    with page.expect_response("**/notifications/state/"):
        page.evaluate("document.dispatchEvent(new Event('copes:notifications'))")
    expect(page.locator("[data-fresh]")).to_be_hidden()
    tell(told, "FR-2026-00015")
    with page.expect_response("**/notifications/state/"):
        page.evaluate("document.dispatchEvent(new Event('copes:notifications'))")
    expect(bell.locator(".bell__count")).to_have_text("3")
    expect(page.locator(".bell + [role=status]")).to_have_text("3 new notifications")
    expect(page.locator("[data-fresh]")).to_be_visible()
    page.get_by_role("link", name="Show what is new").click()
    expect(page.locator(".is-unread")).to_have_count(3)


def test_choices_are_kept_and_a_wrong_one_is_shown_at_its_field(open_page: Callable[..., Page], told: str, axe):
    page = open_page("en", "phone", "custodian", complaints_allowed=("status of 400",))
    page.goto("/notifications/preferences/")
    page.fill("#id_quiet_from", "22:00")
    page.get_by_role("button", name="Keep these choices").click()
    expect(page.locator(".errors a").first).to_contain_text("Fill in both times")
    axe(page)
    page.fill("#id_quiet_to", "06:30")
    page.select_option("#id_digest_hour", "8")
    page.select_option("#id_mail_custody_received", "never")
    page.get_by_role("button", name="Keep these choices").click()
    expect(page.locator(".banner--success")).to_contain_text("Your choices are kept.")
    assert page.input_value("#id_quiet_to") == "06:30"
    assert page.input_value("#id_mail_custody_received") == "never"


def test_a_calendar_address_works_until_it_is_ended(open_page: Callable[..., Page], told: str, axe):
    page = open_page("en", "desk", "custodian", complaints_allowed=("status of 404",))
    page.goto("/notifications/calendar/feed/")
    page.get_by_role("button", name="Make a calendar address").click()
    address = page.locator("#feed-address").inner_text()
    axe(page)
    assert page.request.get(address).text().startswith("BEGIN:VCALENDAR")
    page.goto("/notifications/calendar/feed/")
    assert page.locator("#feed-address").count() == 0
    page.get_by_role("button", name="End this address").click()
    assert page.request.get(address).status == 404


def test_an_unread_notice_of_another_officer_is_not_there(open_page: Callable[..., Page], told: str):
    page = open_page("en", "desk", "examiner", complaints_allowed=("status of 404",))
    one = Notice.objects.filter(officer=told).first()
    assert one is not None
    for notice in (one.id, uuid7()):
        answer = page.goto(f"/notifications/{notice}/")
        assert answer is not None
        assert answer.status == 404
