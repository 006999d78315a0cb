"""Recording with one thumb: how many taps and fields it takes, and that nothing typed is ever lost.

Times are those of the keystroke-level model (S. K. Card, T. P. Moran, A. Newell, "The keystroke-level model for user
performance time with interactive systems", Communications of the ACM 23 (7), 1980, pp. 396-410): K = 0.28 s a key or
button for the average non-secretary typist, P = 1.10 s to point, M = 1.35 s to make up one's mind. A tap is P + K; a
field is a tap, M and K for every sign; every part of the form costs one M to look at. The model was measured at a desk:
beside it stands the simpler rule for a thumb, 1.5 s a tap and 3 s a short field, and both must hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache

from copes.chain.cases.models import Case, Control, Draft
from copes.chain.custody.models import Exhibit, Photograph
from copes.chain.seizures.models import Seizure
from tests.browser.conftest import Site, fits, sign_in
from tests.browser.recording import NEW, OFFLINE, PHONE, Thumb, first_control, picture, ready

pytestmark = pytest.mark.browser


WORDS = {
    "en": {"plate": "BG123XY", "name": "Ana Invented", "found": "Cigarettes in the roof", "count": "50"},
    "ar": {"plate": "BG123XY", "name": "سامر مثال", "found": "سجائر في السقف", "count": "٥٠"},
}


@pytest.mark.xfail(strict=False, reason="typing into the count of a repeat was lost once in four runs; to be found")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_control_takes_less_than_a_minute_and_a_seizure_of_twenty_less_than_five(
    open_page: Callable[..., Any], site: Site, axe: Any, language: str
) -> None:
    cache.clear()
    said = WORDS[language]
    page = open_page(language=language, size="phone", officer="front_line", **PHONE)
    first_control(page)
    before = set(Case.objects.values_list("id", flat=True))

    thumb = control(page, said, axe)
    page.wait_for_url(re.compile(r"/seizures/case/[0-9a-f-]{36}/new/"))
    made = Case.objects.exclude(id__in=before).get()
    stated = Control.objects.get(case=made).body
    assert stated["place"] == {"name": "Batrovci", "country": "RS"}
    assert stated["persons"][0]["name"] == said["name"]
    assert made.title == f"Batrovci – {said['found']}"
    assert (thumb.taps, len(thumb.fields)) <= (12, 3)
    assert thumb.simple < 60
    assert thumb.modelled < 60

    thumb = seizure(page, said, axe)
    page.wait_for_url(re.compile(r"/seizures/[0-9a-f-]{36}/$"), timeout=60_000)
    report = Seizure.objects.get(case=made)
    assert report.body["control"] == stated["control"]
    exhibits = list(Exhibit.objects.filter(case=made).order_by("ordinal"))
    assert [one.body["category"] for one in exhibits] == ["tobacco"] * 12 + ["digital_device"] * 8
    assert [one.body.get("quantity") for one in exhibits] == ["50"] * 8 + ["500", "250.5", "1000", "750"] + ["1"] * 8
    assert Photograph.objects.filter(exhibit=exhibits[0]).count() == 2
    assert thumb.taps <= 60
    assert len(thumb.fields) <= 14
    assert thumb.simple < 300
    assert thumb.modelled < 300


def control(page: Any, said: dict[str, str], axe: Any) -> Thumb:
    page.goto(NEW)
    ready(page)
    thumb = Thumb(page, taps=1)  # the tap on "New control" of My day
    fits(page)
    axe(page)
    thumb.next()
    thumb.choose("[name=means_of_transport-0-transport]", "car")
    thumb.write("[name=means_of_transport-0-registration]", said["plate"])
    assert page.locator("[name=persons-0-role]").input_value() == "", "nobody has a role by default"
    thumb.choose("[name=persons-0-role]", "driver")
    thumb.write("[name=persons-0-name]", said["name"])
    fits(page)
    axe(page)
    thumb.next()
    thumb.tap("[data-add-to=grounds]")
    thumb.tap("[data-fill*=legal_power__text]")
    fits(page)
    axe(page)
    thumb.next()
    thumb.write("[name=found]", said["found"])
    fits(page)
    axe(page)
    thumb.tap("button[value=seizure]")
    return thumb


def seizure(page: Any, said: dict[str, str], axe: Any) -> Thumb:
    ready(page)
    thumb = Thumb(page)
    goods(thumb, "cigarettes", said["count"])
    shots = "[data-rows=items] input[type=file]"
    thumb.shoot(shots, picture(20), "one.jpg")
    thumb.shoot(shots, picture(90), "two.jpg")
    page.wait_for_selector(".photos__thumbs li:nth-child(2) img")
    repeat(thumb, "8")
    goods(thumb, "hand_rolling_tobacco", "500")
    for amount in ("250,5", "1000", "750"):
        thumb.tap("[value='items:last']")
        thumb.write_on(amount)
    goods(thumb, "mobile_phones", "1")
    repeat(thumb, "8")
    fits(page)
    axe(page)
    thumb.next()
    thumb.write("[name=cause]", "Undeclared goods")
    thumb.tap("[data-fill*=legal_basis__text]")
    fits(page)
    thumb.next()
    thumb.choose("[name=presence]", "present")
    fits(page)
    thumb.next()
    thumb.tap("[data-fill*=drafted_at__name]")
    thumb.tap("[name=read_to_person][value=true]")
    thumb.choose("[name=signature]", "signed")
    thumb.choose("[name=copy_given]", "given")
    fits(page)
    axe(page)
    thumb.tap("button[value=record]")
    return thumb


def goods(thumb: Thumb, code: str, amount: str) -> None:
    thumb.tap("[data-goods-list] > summary")
    thumb.tap(f"[data-goods={code}]")
    thumb.write_on(amount)


def repeat(thumb: Thumb, number: str) -> None:
    thumb.write("#items-same", number)
    thumb.tap("[value='items:same']")


def test_a_broken_line_loses_nothing(open_page: Callable[..., Any], site: Site) -> None:
    cache.clear()
    page = open_page(size="phone", officer="front_line", complaints_allowed=OFFLINE, **PHONE)
    first_control(page)
    number = Case.objects.count()
    page.goto(NEW)
    ready(page)
    page.context.set_offline(True)
    thumb = Thumb(page)
    thumb.write("[name=place__name]", "Horgos")
    page.wait_for_selector("form[data-record][data-saved=no]")
    assert "Not saved" in page.inner_text("[data-status]")
    thumb.next()
    thumb.next()
    thumb.tap("[data-add-to=grounds]")
    thumb.tap("[data-fill*=legal_power__text]")
    thumb.next()
    thumb.write("[name=found]", "Gold in the tyre")
    thumb.tap("button[value=record]")
    page.locator("[data-status]", has_text="No connection").wait_for()
    assert page.input_value("[name=found]") == "Gold in the tyre"
    assert Case.objects.count() == number
    page.context.set_offline(False)
    page.wait_for_selector("form[data-record][data-saved=yes]", timeout=60_000)
    thumb.tap("button[value=record]")
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}/$"))
    assert Case.objects.count() == number + 1
    assert Case.objects.latest("opened_at").title.startswith("Horgos")
    assert not Draft.objects.filter(officer=site.officers.front_line.officer).exists(), "sent: no draft is left"


@pytest.mark.xfail(strict=False, reason="typing into the count of a repeat was lost once in four runs; to be found")
def test_a_draft_waits_for_its_officer_and_for_nobody_else(open_page: Callable[..., Any], site: Site) -> None:
    cache.clear()
    page = open_page(size="phone", officer="investigator", **PHONE)
    page.goto(NEW)
    ready(page)
    Thumb(page).write("[name=place__name]", "Secret Bridge 77")
    page.locator("[data-next]").tap()
    page.locator("[value=persons]").tap()
    page.locator("[name=persons-1-name]").fill("Second Person")
    page.wait_for_selector("form[data-record][data-saved=yes]")
    page.context.close()

    row = Draft.objects.get(officer=site.officers.investigator.officer)
    assert "Secret" not in row.data
    assert "Bridge" not in row.data

    other = open_page(size="phone", officer="front_line", **PHONE)
    other.goto(NEW)
    assert "Secret Bridge" not in other.content()
    assert other.locator("[data-continue]").count() == 0

    again = open_page(size="phone", officer="investigator", **PHONE)
    again.goto(NEW)
    assert "unsent" in again.inner_text("main")
    again.click("[data-continue]")
    ready(again)
    assert again.input_value("[name=place__name]") == "Secret Bridge 77"
    assert again.input_value("[name=persons-1-name]") == "Second Person"
    again.goto(NEW)
    again.click("button[value=discard]")
    ready(again)
    assert again.input_value("[name=place__name]") == ""
    assert not Draft.objects.filter(officer=site.officers.investigator.officer).exists()


def test_going_back_keeps_what_was_typed(open_page: Callable[..., Any], site: Site) -> None:
    cache.clear()
    page = open_page(size="phone", officer="second", **PHONE)
    page.goto(NEW)
    ready(page)
    Thumb(page).write("[name=place__name]", "Kelebija")
    page.locator("[data-next]").tap()
    page.wait_for_selector("[name=persons-0-name] >> visible=true")
    page.go_back()
    page.wait_for_selector("[name=place__name] >> visible=true")
    assert page.input_value("[name=place__name]") == "Kelebija"
    page.goto("/cases/")
    page.go_back()
    page.click("[data-continue]")
    ready(page)
    assert page.input_value("[name=place__name]") == "Kelebija"


def test_a_mistake_brings_everything_back_and_shows_where(open_page: Callable[..., Any], site: Site) -> None:
    cache.clear()
    page = open_page(size="phone", officer="second", complaints_allowed=("status of 400",), **PHONE)
    page.goto(NEW)
    if page.locator("button[value=discard]").count():
        page.click("button[value=discard]")
    ready(page)
    thumb = Thumb(page)
    thumb.write("[name=place__name]", "Kelebija")
    thumb.next()
    thumb.write("[name=containers-0-typed]", "CSQU 305438 4")
    page.keyboard.press("Enter")  # as a scanner ends: the form is not sent
    thumb.next()
    thumb.tap("[data-add-to=grounds]")
    thumb.write("[name=legal_power__text]", "Right to search")
    thumb.next()
    thumb.tap("button[value=record]")
    page.wait_for_selector(".errors")
    assert "check digit" in page.inner_text(".errors")
    page.wait_for_selector("[name=containers-0-typed] >> visible=true")
    assert page.input_value("[name=legal_power__text]") == "Right to search"
    page.fill("[name=containers-0-typed]", "CSQU 305438 3")
    thumb.next()
    thumb.next()
    thumb.tap("button[value=record]")
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}/$"))


def test_signing_in_again_elsewhere_does_not_stop_the_form(open_page: Callable[..., Any], site: Site) -> None:
    cache.clear()
    page = open_page(size="phone", officer="supervisor", complaints_allowed=("status of 401",), **PHONE)
    page.goto(NEW)
    if page.locator("button[value=discard]").count():
        page.click("button[value=discard]")
    ready(page)
    thumb = Thumb(page)
    thumb.write("[name=place__name]", "Presevo")
    page.context.clear_cookies(name="sessionid")
    thumb.next()
    thumb.next()
    thumb.tap("[data-add-to=grounds]")
    thumb.write("[name=legal_power__text]", "Right to search")
    thumb.next()
    thumb.tap("button[value=record]")
    page.wait_for_selector("[data-status] a")
    other = page.context.new_page()
    sign_in(other, "supervisor")
    thumb.tap("button[value=record]")
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}/$"))
