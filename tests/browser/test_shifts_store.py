"""A custodian's day at the desk of the store, with a scanner that types."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from copes.chain.custody import services as custody
from copes.chain.custody.models import Exhibit, Handover
from copes.foundation.journal.following import catch_up_all
from tests.browser.conftest import Site
from tests.browser.shift import ONE, SLOW, Shift
from tests.chain.making import item, seized_case
from tests.support import new_officer

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_custodians_day(site: Site, open_page: Callable[..., Any], axe: Any, language: str) -> None:
    cache.clear()
    mark = secrets.token_hex(3)
    keeper = new_officer(f"Kim Keeper {mark}", "custodian", username=f"keeper.{mark}")
    front = site.officers.front_line
    seals = [f"K{number}{mark}" for number in range(4)]
    _case, _seizure, things = seized_case(front, *[item(seal=seal) for seal in seals])
    (given,) = custody.release(
        front, exhibits=things, to=keeper.officer, reason="storage", condition="Closed", seals="intact"
    )
    page = open_page(language=language, size="desk")
    shift = Shift(page, axe, "custodian", language)
    shift.sign_in(f"keeper.{mark}")

    receive(shift, given, things, seals)
    hand_on(shift, things, seals, site.officers.examiner.officer)
    labels(shift, things[3])
    held(shift)
    find(shift, things[2], seals[2])


def receive(shift: Shift, given: str, things: list[str], seals: list[str]) -> None:
    """Every label scanned, in the ways a scanner may read them; one seal is not as released."""
    page = shift.page
    numbers = dict(Exhibit.objects.filter(id__in=things).values_list("id", "number"))
    shift.follow(f"main a[href='/custody/releases/{given}/receive/']", "/receive/$", "receive")
    shift.scan([f"COPES:{things[0]}", numbers[things[1]], seals[2], f"COPES:{things[3]}"])
    expect(page.locator(".batch__lines input:checked")).to_have_count(4, timeout=SLOW)
    page.select_option(f"#id_seal_{things[1]}", "broken")
    page.fill(f"#id_note_{things[1]}", "OK?")
    page.fill("#id_condition", "OK")
    page.select_option("#id_seals", "intact")
    shift.see("receive-ticked")
    shift.press("button[name=do][value=receive]")
    assert shift.done()
    shift.see("received")
    received = dict(Handover.objects.filter(record_id=given).values_list("exhibit_id", "state"))
    assert set(received.values()) == {"received"}
    shift.go(f"/custody/exhibits/{things[1]}/", "exhibit-broken")
    assert numbers[things[1]] in page.inner_text("h1")


def hand_on(shift: Shift, things: list[str], seals: list[str], examiner: str) -> None:
    """Two of them go to the laboratory, scanned at the desk."""
    page = shift.page
    shift.go("/custody/desk/", "desk")
    shift.follow("main .title-row a[href='/custody/release/']", "/custody/release/$", "release")
    shift.scan([f"COPES:{things[0]}", seals[2]])
    expect(page.locator(".batch__lines tbody tr")).to_have_count(2, timeout=SLOW)
    page.select_option("#id_released_to", examiner)
    page.select_option("#id_reason", "laboratory")
    page.fill("#id_condition", "OK")
    page.select_option("#id_seals", "intact")
    shift.see("release-filled")
    shift.press("main form > .actions button.button")
    assert shift.done()
    shift.see("released")
    waiting = Exhibit.objects.filter(released_to=examiner, id__in=things)
    assert {one.id for one in waiting} == {things[0], things[2]}


def labels(shift: Shift, thing: str) -> None:
    """From the list of exhibits: the selected one gets a new label."""
    page = shift.page
    shift.go("/custody/exhibits/?mine=yes", "exhibits")
    page.check(f"[data-pick][value='{thing}']")
    shift.follow("[data-bulk] button[formaction*='labels']", "/dossiers/labels/", "labels")
    page.select_option("[name=paper]", "l7160")
    shift.press("button[value=look]")
    page.wait_for_selector("figure.preview img", timeout=SLOW)
    shift.see("labels-look")
    _name, pdf = shift.fetch("button[value=make]")
    assert pdf.startswith(b"%PDF-")


def held(shift: Shift) -> None:
    """What I hold, on paper, before the change of shift; found from the desk."""
    shift.go("/custody/desk/", "desk-again")
    shift.follow("main a[href='/dossiers/print/mine/']", "/print/mine/$", "print-mine")
    shift.follow("main a[href='/dossiers/print/held/']", "/print/held/$", "print-held")
    _name, pdf = shift.fetch("button[value=make]")
    assert pdf.startswith(b"%PDF-")


def find(shift: Shift, thing: str, seal: str) -> None:
    """The palette finds the seal, and goes straight there."""
    page = shift.page
    catch_up_all()
    shift.go("/", "my-day-again")
    page.keyboard.press("Control+k")
    page.locator("#palette-input").wait_for()
    page.keyboard.type(seal)
    page.locator("[role=option]", has_text=seal).first.wait_for(timeout=SLOW)
    page.keyboard.press("Enter")
    shift.arrive(f"/custody/exhibits/{ONE}/$", "found")
    assert page.url.endswith(f"/{thing}/")
