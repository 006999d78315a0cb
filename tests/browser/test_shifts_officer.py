"""The night shift of an officer at the border, with a telephone in one hand."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from PIL import Image

from copes.chain.cases.models import Case, Control
from copes.chain.custody.models import Exhibit, Handover, Photograph
from tests.browser.conftest import Site
from tests.browser.shift import ONE, SLOW, Shift
from tests.support import new_officer

pytestmark = pytest.mark.browser
PHONE = {"has_touch": True, "is_mobile": True}
READY = "form[data-record][data-ready]"
SAVED = "form[data-record][data-saved=yes]"
WORDS = {
    "en": {"place": "Batrovci", "person": "Ana Invented", "found": "Money in the roof", "cause": "Not declared",
           "note": "Banknotes in bundles", "count": "12", "thing": "Torch with a false bottom"},
    "ar": {"place": "معبر المثال", "person": "سامر مثال", "found": "نقود في السقف", "cause": "لم يُصرَّح بها",
           "note": "أوراق نقدية في رزم", "count": "١٢", "thing": "مصباح بقاع مزدوج"},
}  # fmt: skip


def photograph() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((640, 480), 80).convert("RGB").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_officers_night_shift(site: Site, open_page: Callable[..., Any], axe: Any, language: str) -> None:
    cache.clear()
    mark = secrets.token_hex(3)
    officer = new_officer(f"Nadia Night {mark}", "front_line", username=f"night.{mark}")
    said = WORDS[language] | {"seal": f"N1{mark}", "seal2": f"N2{mark}"}
    page = open_page(language=language, size="phone", **PHONE)
    shift = Shift(page, axe, "officer", language)
    shift.sign_in(f"night.{mark}")

    control(shift, said)
    seizure(shift, said, officer.officer, site.officers.second.officer)
    case = Case.objects.get(opened_by=officer.officer)
    things = list(Exhibit.objects.filter(case=case).order_by("ordinal"))
    assert [one.body["category"] for one in things] == ["tobacco", "digital_device", "other", "cash"]
    assert things[-1].total == 2 * 500 + 4 * 20
    assert things[-1].body["cash"]["counters"] == [officer.officer, site.officers.second.officer]
    assert Photograph.objects.filter(exhibit=things[0]).count() == 1

    exhibits(shift, said, things)
    receipt(shift)
    release(shift, things, site.officers.custodian.officer)
    draft(shift, said)
    end_of_control(shift, case)


def control(shift: Shift, said: dict[str, str]) -> None:
    page = shift.page
    shift.follow("main a[href='/cases/control/new/']", "/cases/control/new/$", "control-place")
    page.wait_for_selector(READY)
    page.fill("[name=place__name]", said["place"])
    page.select_option("[name=place__country]", "RS")
    shift.press("[data-next]")
    page.select_option("[name=means_of_transport-0-transport]", "car")
    page.fill("[name=means_of_transport-0-registration]", "BG 123-XY")
    page.select_option("[name=persons-0-role]", "driver")
    page.fill("[name=persons-0-name]", said["person"])
    shift.see("control-whom")
    shift.press("[data-next]")
    shift.press("[data-add-to=grounds]")
    page.fill("[name=legal_power__text]", "Code 12")
    shift.see("control-why")
    shift.press("[data-next]")
    page.fill("[name=found]", said["found"])
    shift.see("control-result")
    shift.press("button[value=seizure]")


def seizure(shift: Shift, said: dict[str, str], first: str, second: str) -> None:
    page = shift.page
    shift.arrive(f"/seizures/case/{ONE}/new/", "seizure-things")
    page.wait_for_selector(READY)
    goods(page, shift, "cigarettes", said["count"])
    shots = page.locator("[data-rows=items] input[type=file]").locator("visible=true").last
    shots.set_input_files([{"name": "one.jpg", "mimeType": "image/jpeg", "buffer": photograph()}])
    page.wait_for_selector(".photos__thumbs li img")
    page.locator("details", has=page.locator("[name=items-0-seal]")).locator("summary").first.click()
    page.fill("[name=items-0-seal]", said["seal"])
    goods(page, shift, "mobile_phones", "1")
    shift.press("button[name=add][value=items]")
    page.fill("[name=items-2-description]", said["thing"])
    page.select_option("[name=items-2-category]", "other")
    shift.press("button[name=add][value=cash]")
    page.fill("[name=cash-0-description]", said["note"])
    page.fill("[name=cash-0-currency]", "EUR")
    page.select_option("[name=cash-0-first_counter]", first)
    page.select_option("[name=cash-0-second_counter]", second)
    page.fill("[name=cash-0-n_EUR_note_500]", "2")
    page.fill("[name=cash-0-n_EUR_note_20]", "4")
    page.locator("[data-cash-total]", has_text="080").or_(page.locator("[data-cash-total]", has_text="٠٨٠")).wait_for()
    shift.see("seizure-cash")
    shift.press("[data-next]")
    page.fill("[name=cause]", said["cause"])
    shift.press("[data-fill*=legal_basis__text]")
    shift.see("seizure-why")
    shift.press("[data-next]")
    page.select_option("[name=presence]", "present")
    shift.see("seizure-persons")
    shift.press("[data-next]")
    shift.press("[data-fill*=drafted_at__name]")
    page.check("[name=read_to_person][value=true]")
    page.select_option("[name=signature]", "signed")
    page.select_option("[name=copy_given]", "given")
    shift.see("seizure-report")
    shift.press("button[value=record]")
    shift.arrive(f"/seizures/{ONE}/$", "seizure")


def goods(page: Any, shift: Shift, code: str, amount: str) -> None:
    shift.press("[data-goods-list] > summary")
    shift.press(f"[data-goods={code}]")
    page.keyboard.type(amount)


def exhibits(shift: Shift, said: dict[str, str], things: list[Exhibit]) -> None:
    """Each is opened from the seizure; the cash is sealed now."""
    page = shift.page
    here = page.url
    for place, one in enumerate(things):
        shift.follow(f"main a[href='/custody/exhibits/{one.id}/']", f"/exhibits/{one.id}/$", f"exhibit-{place + 1}")
        if place == 0:
            assert said["seal"] in page.inner_text("main")
            page.locator(".pictures img").first.scroll_into_view_if_needed()
            page.eval_on_selector(".pictures img", "picture => picture.decode()")
        if one.category == "cash":
            shift.follow("main a[href$='/seal/']", "/seal/$", "seal")
            page.fill("[name=seal]", said["seal2"])
            shift.follow("main form button.button", f"/exhibits/{one.id}/$", "sealed")
            assert said["seal2"] in page.inner_text("main")
        page.goto(here)


def receipt(shift: Shift) -> None:
    page = shift.page
    shift.follow("main a[href*='/print/receipt/']", "/print/receipt/", "receipt")
    other = "sr" if shift.language == "en" else "ru"
    page.select_option("[name=person]", other)
    page.select_option("[name=agency]", shift.language)
    shift.press("button[value=look]")
    page.wait_for_selector("figure.preview img", timeout=SLOW)
    page.eval_on_selector("figure.preview img", "picture => picture.decode()")
    shift.see("receipt-look")
    _name, pdf = shift.fetch("button[value=make]")
    assert pdf.startswith(b"%PDF-")
    assert page.input_value("[name=person]") == other, "the page keeps what was chosen"


def release(shift: Shift, things: list[Exhibit], keeper: str) -> None:
    page = shift.page
    shift.go("/custody/desk/", "desk")
    for one in things:
        page.check(f"main input[name=exhibit][value='{one.id}']")
    shift.follow("main form .actions button", "/custody/release/", "release")
    assert page.locator(".batch__lines tbody tr").count() == len(things)
    page.select_option("#id_released_to", keeper)
    page.select_option("#id_reason", "storage")
    page.fill("#id_condition", "OK")
    page.select_option("#id_seals", "intact")
    for one in things[1:3]:
        assert page.locator(f"#id_seal_{one.id}").count() == 0, "without a seal there is nothing to say of it"
    shift.press("main form .actions button.button")
    assert shift.done()
    shift.see("released")
    given = Handover.objects.filter(exhibit__in=things, state="open")
    assert {one.exhibit_id for one in given} == {one.id for one in things}
    seals = dict(given.values_list("exhibit_id", "seal_state"))
    assert [seals[one.id] for one in things] == ["intact", "none", "none", "intact"]
    shift.go("/", "my-day-released")
    shift.follow(f"main a[href='/custody/releases/{given[0].record_id}/']", f"/releases/{ONE}/$", "open-release")


def draft(shift: Shift, said: dict[str, str]) -> None:
    """Called away in the middle of the next control; it is found again."""
    page = shift.page
    shift.follow("nav.quick a[href='/cases/control/new/']", "/cases/control/new/$", "control-again")
    page.wait_for_selector(READY)
    page.fill("[name=place__name]", said["place"] + " 2")
    page.wait_for_selector(SAVED, timeout=SLOW)
    shift.go("/", "my-day-draft")
    shift.follow(".day__line a[href='/cases/control/new/']", "/cases/control/new/$", "draft")
    shift.press("[data-continue]")
    page.wait_for_selector(READY)
    assert page.input_value("[name=place__name]") == said["place"] + " 2"
    page.goto("/cases/control/new/")
    shift.press("button[value=discard]")
    page.wait_for_selector(READY)
    assert page.input_value("[name=place__name]") == said["place"], "a new form begins where the last control was"


def end_of_control(shift: Shift, case: Case) -> None:
    row = Control.objects.get(case=case)
    shift.go("/", "my-day-end")
    shift.follow(f"main a[href='/cases/{case.id}/']", f"/cases/{case.id}/$", "case")
    shift.follow(f"main a[href$='/controls/{row.id}/']", f"/controls/{row.id}/$", "control")
    shift.follow("main a[href$='/end/']", "/end/$", "control-end")
    shift.press("main form .actions button.button")
    shift.page.wait_for_url(lambda url: not url.endswith("/end/"), timeout=SLOW)
    shift.see("control-ended")
    row.refresh_from_db()
    assert row.ended_at is not None
