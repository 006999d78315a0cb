"""The frame in use: palette, help, tour, appearance, the thumb's bar, and what survives going back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from copes.chain.cases.models import Case
from copes.foundation.web.models import TourTaken
from tests.browser.conftest import Site, fits
from tests.chain.making import item, seized_case

pytestmark = pytest.mark.browser


def answer_with(*titles: str) -> Callable[[Route], None]:
    """The search's answer as agreed with the search room, without waiting for its index."""
    results = [{"title": title, "detail": "detail", "url": f"/keys/?{place}", "kind": "case"}
               for place, title in enumerate(titles)]  # fmt: skip

    def fulfil(route: Route) -> None:
        groups = [{"label": "Cases", "results": results}] if results else []
        route.fulfill(json={"groups": groups, "more": "/search/"})

    return fulfil


def test_the_palette_goes_anywhere_by_keyboard(open_page: Callable[..., Page], axe):
    page = open_page("en", "desk", "investigator")
    page.keyboard.press("Control+k")
    palette = page.locator("#palette")
    expect(palette).to_be_visible()
    field = page.get_by_role("combobox")
    expect(field).to_be_focused()
    options = page.get_by_role("option")
    expect(options.first).to_have_text("New control")
    expect(options.first).to_have_attribute("aria-selected", "true")
    axe(page)
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "palette-option-1")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    page.keyboard.press("/")
    page.route("**/search/suggest/**", answer_with())
    page.keyboard.type("ledg")
    expect(options).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/integrity/")


def test_a_slash_in_a_field_stays_a_slash(open_page: Callable[..., Page]):
    page = open_page("en", "desk", "supervisor")
    page.goto("/people/me/tokens/new/")
    page.click("#id_name")
    page.keyboard.type("a/b")
    expect(page.locator("#id_name")).to_have_value("a/b")
    expect(page.locator("#palette")).to_be_hidden()


def test_the_palette_asks_the_search_and_tells_the_count(open_page: Callable[..., Page], axe):
    page = open_page("ar", "phone", "investigator")
    page.route("**/search/suggest/**", answer_with("FR-2026-000001", "FR-2026-000010"))
    page.locator(".quick [data-palette-open]").click()
    page.keyboard.type("000001")
    expect(page.get_by_role("option")).to_have_count(2)
    expect(page.locator("#palette-status")).to_contain_text("2")
    axe(page)
    fits(page)


def test_a_scanner_is_faster_than_the_line(open_page: Callable[..., Page]):
    page = open_page("en", "desk", "custodian")
    waiting: list[Route] = []

    def keep(route: Route) -> None:
        waiting.append(route)

    page.route("**/search/suggest/**", keep)
    page.keyboard.press("Control+k")
    page.keyboard.type("FR-2026-000001/1")
    page.keyboard.press("Enter")
    while not waiting:
        page.wait_for_timeout(20)
    assert page.url.endswith("/people/me/"), "nothing is opened before the answer"
    answer_with("FR-2026-000001/10", "FR-2026-000001/1")(waiting[-1])
    page.wait_for_url("**/keys/?1")


def test_a_scan_that_fits_several_opens_none(open_page: Callable[..., Page]):
    page = open_page("en", "desk", "custodian")
    page.route("**/search/suggest/**", answer_with("SEAL 1", "SEAL 12"))
    page.keyboard.press("Control+k")
    page.keyboard.type("SEAL")
    page.keyboard.press("Enter")
    expect(page.get_by_role("option")).to_have_count(2)
    assert page.url.endswith("/people/me/")


def test_when_the_search_does_not_answer_the_palette_says_so(open_page: Callable[..., Page]):
    page = open_page("en", "desk", "custodian", complaints_allowed=("status of 500",))
    page.route("**/search/suggest/**", lambda route: route.fulfill(status=500))
    page.keyboard.press("Control+k")
    page.keyboard.type("zzzz")
    expect(page.locator(".palette__none")).to_contain_text("does not answer")


def test_the_search_itself_answers_the_palette(open_page: Callable[..., Page], site: Site):
    case, _seizure, _exhibits = seized_case(site.officers.front_line, item())
    number = Case.objects.get(id=case).number
    page = open_page("en", "desk", "front_line")

    def found() -> bool:
        page.goto("/people/me/")
        page.keyboard.press("Control+k")
        page.keyboard.type(number)
        page.locator("#palette-status").filter(has_text=re.compile(r"\w")).wait_for(state="attached")
        return page.get_by_role("option").filter(has_text=number).count() > 0

    for _ in range(20):
        if found():
            break
        page.wait_for_timeout(500)
    page.get_by_role("option").filter(has_text=number).first.click()
    page.wait_for_load_state()
    assert number in page.content()


def test_the_search_works_without_scripts(open_page: Callable[..., Page]):
    page = open_page("en", "desk", "", java_script_enabled=False)
    page.goto("/accounts/login/?next=/people/me/")
    page.fill("#id_login", "custodian")
    page.fill("#id_password", "a long enough password")
    page.click("main form button:not([form])")
    page.fill("#finder", "seal")
    page.press("#finder", "Enter")
    page.wait_for_url("**/search/?q=seal")


@pytest.mark.parametrize("script", [True, False])
def test_help_stands_where_one_stands(open_page: Callable[..., Page], axe, script: bool):
    page = open_page("en", "phone", "", java_script_enabled=script)
    page.goto("/accounts/login/")
    panel = page.locator("#help")
    expect(panel).to_be_hidden()
    page.get_by_role("button", name="Help for this page").click()
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("Your password also opens your signing key")
    if script:
        fits(page)
        axe(page)
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name="Close the help").click()
    expect(panel).to_be_hidden()


def test_a_question_mark_opens_the_help(open_page: Callable[..., Page], axe):
    page = open_page("ar", "desk", "auditor")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    axe(page)


@pytest.mark.parametrize(("language", "size"), [("en", "desk"), ("ar", "phone")])
def test_the_tour_points_at_what_is_there(open_page: Callable[..., Page], axe, site: Site, language: str, size: str):
    TourTaken.objects.filter(pk=site.officers.custodian.officer).delete()
    page = open_page(language, size, "custodian")
    page.goto("/")
    page.locator("[data-tour-start]").click()
    box = page.locator("#tour")
    expect(box).to_be_visible()
    for _ in range(10):
        expect(page.locator(".tour-here")).to_have_count(1)
        expect(page.locator(".tour-here")).to_be_visible()
        expect(box).to_be_in_viewport(ratio=0.99)
        axe(page)
        fits(page)
        last = page.locator("#tour-next").get_attribute("data-last")
        if page.locator("#tour-next").inner_text() == last:
            break
        page.keyboard.press("ArrowLeft" if language == "ar" else "ArrowRight")
    page.locator("#tour-next").click()
    page.wait_for_load_state()
    expect(page.locator("[data-tour-offer]")).to_have_count(0)
    assert TourTaken.objects.filter(pk=site.officers.custodian.officer).exists()


def test_the_tour_is_put_aside_by_keyboard(open_page: Callable[..., Page], site: Site):
    TourTaken.objects.filter(pk=site.officers.legal.officer).delete()
    page = open_page("en", "desk", "legal")
    page.goto("/")
    page.get_by_role("button", name="Not now").press("Enter")
    expect(page.locator("[data-tour-offer]")).to_have_count(0)


@pytest.mark.parametrize("theme", ["Dark", "High contrast"])
def test_the_appearance_is_chosen_in_the_menu(open_page: Callable[..., Page], axe, theme: str):
    page = open_page("en", "desk", "auditor")
    before = page.evaluate("getComputedStyle(document.body).color")
    page.locator(".menu--officer summary").click()
    page.get_by_role("button", name=theme).click()
    page.wait_for_load_state()
    assert page.url.endswith("/people/me/")
    assert page.evaluate("getComputedStyle(document.body).color") != before
    for address in ("/style/", "/people/me/", "/"):
        page.goto(address)
        axe(page)


def test_a_chosen_light_stays_light_on_a_dark_device(open_page: Callable[..., Page]):
    page = open_page("en", "desk", "", color_scheme="dark")
    page.goto("/style/")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(paper)
    page.click("header details.menu summary")
    page.get_by_role("button", name="Light", exact=True).click()
    page.wait_for_load_state()
    assert page.evaluate(paper) != dark
    page.emulate_media(color_scheme="light")
    light = page.evaluate(paper)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(paper) == light


def test_the_thumb_reaches_the_ways(open_page: Callable[..., Page]):
    page = open_page("en", "phone", "front_line")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    for name in ("My day", "New control", "Search", "Menu"):
        way = page.locator(".quick").get_by_text(name, exact=True)
        expect(way).to_be_in_viewport()
        box = way.locator("..").bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["width"] >= 44


def test_colours_forced_by_the_system_keep_everything_readable(open_page: Callable[..., Page], axe):
    page = open_page("en", "desk", "", forced_colors="active", reduced_motion="reduce")
    page.goto("/style/")
    expect(page.locator(".ribbon li").first).to_be_visible()
    fits(page)


def test_a_printed_page_is_dark_on_white_even_in_the_dark(open_page: Callable[..., Page]):
    page = open_page("en", "desk", "auditor", color_scheme="dark")
    page.goto("/integrity/")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    expect(page.locator(".quick")).to_be_hidden()
    expect(page.locator(".finder")).to_be_hidden()
    expect(page.locator(".practice")).to_be_visible()


def test_a_refused_entry_keeps_what_was_typed(open_page: Callable[..., Page]):
    page = open_page("en", "phone", "administrator", complaints_allowed=("status of 400",))
    page.goto("/people/officers/invite/")
    page.fill("#id_name", "Åsa Žižić")
    page.click("main form button.button:not([form])")
    expect(page.locator(".errors")).to_be_visible()
    expect(page.locator("#id_name")).to_have_value("Åsa Žižić")
