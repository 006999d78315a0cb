"""A custodian's scanner at the desk: codes typed as fast as a scanner types, none lost, refusals beside their code."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from copes.chain.custody import services as custody
from copes.chain.custody.models import Exhibit, Handover
from tests.browser.conftest import Site, fits
from tests.chain.making import item, seized_case

pytestmark = pytest.mark.browser
VIEWS = [("en", "desk"), ("en", "phone"), ("ar", "desk"), ("ar", "phone")]
SHOTS = os.environ.get("COPES_SHOTS", "")


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def type_like_a_scanner(page: Page, codes: list[str]) -> None:
    page.focus("#scan")
    for code in codes:
        page.keyboard.type(code)
        page.keyboard.press("Enter")


def test_ten_labels_in_a_row_become_ten_lines(site: Site, open_page: Callable[..., Page], axe):
    keeper, front = site.officers.custodian, site.officers.front_line
    _, _, mine = seized_case(front, *[item(seal=f"B{n:03}") for n in range(10)])
    page = open_page("en", "desk", "front_line")
    page.goto("/custody/release/")
    numbers = list(Exhibit.objects.filter(id__in=mine).order_by("ordinal").values_list("number", flat=True))
    type_like_a_scanner(page, [*numbers, "nonsense", f"COPES:{mine[0]}"])
    expect(page.locator(".batch__lines tbody tr")).to_have_count(10)
    expect(page.locator(".scan__log li").first).to_contain_text("It is on the list already.")
    expect(page.locator(".scan__log li").nth(1)).to_contain_text("No single exhibit you may see has this number.")
    axe(page)
    fits(page)
    shoot(page, "release-lines")
    page.select_option("#id_released_to", keeper.officer)
    page.select_option("#id_reason", "storage")
    page.fill("#id_condition", "Closed")
    page.select_option("#id_seals", "intact")
    page.fill(f"#id_note_{mine[3]}", "A corner is torn")
    page.get_by_role("button", name="Release", exact=True).click()
    expect(page.locator(".banner--success")).to_contain_text("10 exhibits are released")
    assert Handover.objects.filter(exhibit_id__in=mine, state="open", seal_state="intact").count() == 10
    assert Handover.objects.get(exhibit_id=mine[3]).condition == "A corner is torn"


def test_a_release_is_ticked_by_scanning_and_its_differences_are_noted(site: Site, open_page: Callable[..., Page], axe):
    keeper, front = site.officers.custodian, site.officers.front_line
    _, _, things = seized_case(front, *[item(seal=f"C{n:03}") for n in range(4)])
    (jti,) = custody.release(front, exhibits=things, to=keeper.officer, reason="storage", condition="Closed")
    page = open_page("en", "phone", "custodian")
    page.goto(f"/custody/releases/{jti}/receive/")
    type_like_a_scanner(page, ["C000", f"COPES:{things[1]}", "C000"])
    expect(page.locator("[data-count]")).to_have_text("2")
    expect(page.locator(".scan__log li")).to_have_count(1)
    type_like_a_scanner(page, ["strange"])
    expect(page.locator("#scan_error")).to_contain_text("No single exhibit")
    expect(page.locator("[data-count]")).to_have_text("2")
    page.select_option(f"#id_seal_{things[2]}", "missing")
    page.fill(f"#id_note_{things[1]}", "Weighs less")
    axe(page)
    fits(page)
    shoot(page, "receive-lines-phone")
    page.fill("#id_condition", "As released")
    page.select_option("#id_seals", "intact")
    page.get_by_role("button", name="Receive what is ticked").click()
    expect(page.locator(".banner--success")).to_contain_text("recorded with 2 differences")
    states = dict(Handover.objects.filter(record_id=jti).values_list("exhibit_id", "state"))
    assert [states[one] for one in things] == ["received", "received", "declined", "open"]


@pytest.mark.parametrize(("language", "size"), VIEWS)
def test_the_pages_fit_and_are_accessible(site: Site, open_page: Callable[..., Page], axe, language: str, size: str):
    front = site.officers.front_line
    _, _, (one, two, three) = seized_case(front, item(seal=f"D1-{language}-{size}"), item(), item())
    keeper = site.officers.custodian.officer
    (jti,) = custody.release(front, exhibits=[two, three], to=keeper, reason="storage", condition="Closed")
    page = open_page(language, size, "front_line")
    page.goto(f"/custody/release/?exhibit={one}")
    axe(page)
    fits(page)
    shoot(page, f"release-{language}-{size}")
    page = open_page(language, size, "custodian")
    page.goto(f"/custody/releases/{jti}/receive/")
    axe(page)
    fits(page)
    shoot(page, f"receive-{language}-{size}")
