"""Finding in a real browser: search, lists, selections and exports, in English and Arabic, on desk and phone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import pytest

from copes.chain.cases.models import Case
from copes.chain.cases.services import record_control
from tests.browser.conftest import fits
from tests.chain.making import control_facts, item, seized_case

SHOTS = os.environ.get("COPES_SHOTS", "")


def shoot(page, name):
    """Keeps a picture when COPES_SHOTS names a folder."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.fixture
def case(site):
    front = site.officers.front_line
    case, _seizure, _exhibits = seized_case(
        front,
        item(description="Cocaine hydrochloride in bricks", category="drugs", quantity="12.5"),
        item(description="Кокаин в пакетах", category="drugs", seal=f"S-{secrets.token_hex(4)}/B"),
        *[item(description=f"Cigarettes without stamps, carton {number}") for number in range(30)],
    )
    persons = [{"role": "driver", "name": "أحمد القاهرة", "document": "A 12345678"}]
    record_control(front, case=case, facts=control_facts(front, persons=persons))
    return case


@pytest.mark.parametrize(("language", "size"), [("en", "desk"), ("ar", "phone")])
def test_the_search_finds_and_is_usable_by_all(site, case, open_page, axe, language, size):
    page = open_page(language=language, size=size, officer="front_line")
    page.goto("/search/")
    page.fill("#q", "кокаин")
    page.press("#q", "Enter")
    page.wait_for_url("**q=**")
    results = page.locator(".result")
    assert results.count() >= 1
    assert results.first.locator("mark").count() >= 1
    axe(page)
    fits(page)
    shoot(page, f"search-{language}-{size}")
    page.goto("/search/?q=احمد&kind=person")
    assert "أحمد القاهرة" in page.inner_text(".results")
    shoot(page, f"search-arabic-name-{language}-{size}")
    page.goto("/search/?q=zzqxv")
    assert page.locator(".result").count() == 0
    axe(page)
    fits(page)
    shoot(page, f"search-nothing-{language}-{size}")
    number = Case.objects.get(id=case).number
    page.goto("/search/")
    page.fill("#q", number.lower())
    page.press("#q", "Enter")
    page.wait_for_url(f"**/cases/{case}/")
    page.goto("/search/")
    assert "zzqxv" in page.inner_text("main")
    axe(page)


@pytest.mark.parametrize(("language", "size"), [("en", "desk"), ("ar", "desk"), ("en", "phone"), ("ar", "phone")])
def test_lists_are_sorted_filtered_and_selected(site, case, open_page, axe, language, size):
    page = open_page(language=language, size=size, officer="front_line")
    for address, name in (("/custody/exhibits/?size=25", "exhibits"), ("/cases/?state=open", "cases")):
        page.goto(address)
        page.locator("[data-pick]").first.wait_for()
        axe(page)
        fits(page)
        shoot(page, f"{name}-{language}-{size}")
    page.goto("/custody/exhibits/?size=25&category=tobacco")
    assert page.locator("[data-bulk]").is_hidden()
    page.locator("[data-pick]").nth(0).check()
    page.locator("[data-pick]").nth(4).click(modifiers=["Shift"])
    assert page.locator("tr.is-picked").count() == 5
    assert page.locator("[data-bulk]").is_visible()
    page.locator("[data-pick]").nth(4).press("ArrowDown")
    page.keyboard.press("Space")
    assert page.locator("tr.is-picked").count() == 6
    axe(page)
    fits(page)
    shoot(page, f"exhibits-selected-{language}-{size}")
    with page.expect_navigation():
        page.locator("[data-bulk] button").first.click()
    assert "/custody/release/" in page.url
    assert page.url.count("exhibit=") == 6


def test_a_column_head_turns_the_order_and_pages_go_there_and_back(site, case, open_page):
    page = open_page(officer="front_line")
    page.goto("/custody/exhibits/?size=25&category=tobacco")
    first = page.inner_text("tbody th")
    page.click("a[rel=next]")
    assert page.inner_text("tbody th") != first
    page.click("a[rel=prev]")
    assert page.inner_text("tbody th") == first
    page.locator("thead a.sort").first.click()
    assert page.get_attribute("th[aria-sort]", "aria-sort") == "ascending"
    assert page.inner_text("tbody th") != first


@pytest.mark.parametrize(("language", "size"), [("en", "desk"), ("ar", "phone")])
def test_an_export_asks_what_for_and_gives_the_file(site, case, open_page, axe, language, size):
    page = open_page(language=language, size=size, officer="front_line", complaints_allowed=("status of 400",))
    page.goto("/search/export/exhibits/?category=drugs")
    axe(page)
    fits(page)
    shoot(page, f"export-{language}-{size}")
    page.click("main form button")
    page.locator("[role=alert]").wait_for()
    axe(page)
    page.fill("#purpose", "Request of the prosecutor")
    with page.expect_download() as waited:
        page.click("main form button")
    assert waited.value.suggested_filename.endswith(".xlsx")
    assert Path(waited.value.path()).read_bytes()[:2] == b"PK"


def test_a_search_is_saved_and_deleted(site, case, open_page, axe):
    page = open_page(officer="front_line")
    page.goto("/custody/exhibits/?category=drugs")
    page.click("details.disclosure > summary")
    page.fill("#search-name", "Drugs of mine")
    page.click("details.disclosure button")
    page.wait_for_url("**/custody/exhibits/?category=drugs**")
    page.goto("/search/saved/")
    assert "Drugs of mine" in page.inner_text("main")
    axe(page)
    fits(page)
    shoot(page, "saved-en-desk")
    page.click("main ul.work button")
    page.wait_for_url("**/search/saved/")
    assert "Drugs of mine" not in page.inner_text("main ul.work, main .empty")


def test_without_scripts_the_selection_still_works(site, case, open_page):
    page = open_page(officer="front_line", java_script_enabled=False)
    page.goto("/custody/exhibits/?category=drugs")
    page.locator("[data-pick]").nth(0).check()
    page.locator("[data-bulk] button").first.click()
    assert page.url.count("exhibit=") == 1
