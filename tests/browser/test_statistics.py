"""The dashboards in the browser: both directions, both sizes, nothing for axe to find, nothing asked of other hosts."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from copes.insight.statistics.filters import read_filters
from copes.insight.statistics.queries import sums
from tests.browser.conftest import Site, fits
from tests.insight.statistics.ledgers import seize

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("COPES_TEST_PICTURES", "")
PERIOD = "from=2024-11&to=2025-12"
PAGES = {
    "overview": f"/statistics/?{PERIOD}",
    "filtered": f"/statistics/?{PERIOD}&unit=g&category=tobacco&place=FR:Toll+of+Vienne",
    "map": f"/statistics/map/?{PERIOD}",
    "behind": f"/statistics/seizures/?{PERIOD}",
}


@pytest.fixture
def seized(site: Site) -> None:
    """A dozen seizures to count."""
    cache.clear()
    number = random.Random(9)
    for _ in range(12):
        seize(site.officers, number)


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_fits_is_sound_and_stays_on_the_site(
    site: Site, seized: None, open_page: Callable[..., Any], axe: Callable[[Any], None], language: str, size: str
) -> None:
    page = open_page(language=language, size=size, officer="supervisor")
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    for name, path in PAGES.items():
        page.goto(path)
        if name == "map":
            page.wait_for_selector("#map[data-ready]")
        fits(page)
        axe(page)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"statistics-{name}-{language}-{size}.png", full_page=True)
    site_host = urlsplit(site.url).netloc
    assert {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))} == {site_host}
    assert any("natural-earth" in url for url in asked)


def test_numbers_lead_to_the_seizures_behind_them(site: Site, seized: None, open_page: Callable[..., Any]) -> None:
    page = open_page(officer="supervisor")
    page.goto(PAGES["overview"])
    total = sums(site.officers.supervisor, read_filters({"from": "2024-11", "to": "2025-12"})).total.seizures
    expect(page.locator(".figure__number").first).to_have_text(str(total))
    card = page.locator(".chart-card--place")
    card.locator("summary").click()
    row = card.locator("tbody tr").first
    number = int(row.locator("td").first.inner_text())
    row.locator("a").click()
    page.wait_for_url("**/statistics/seizures/?*")
    expect(page.locator("tbody tr")).to_have_count(min(number, 50))


def test_the_map_is_walked_by_keyboard(site: Site, seized: None, open_page: Callable[..., Any]) -> None:
    page = open_page(officer="supervisor")
    page.goto(PAGES["map"])
    page.wait_for_selector("#map[data-ready]")
    dot = page.locator(".map-dot").first
    dot.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup-content")).to_contain_text(dot.get_attribute("aria-label") or "nothing")


def test_without_scripts_the_map_is_a_drawing_with_tables(
    site: Site, seized: None, open_page: Callable[..., Any], chromium: Any
) -> None:
    page = open_page(officer="supervisor")
    cookies = page.context.cookies()
    window = chromium.new_context(base_url=site.url, java_script_enabled=False, ignore_https_errors=True)
    window.add_cookies(cookies)
    still = window.new_page()
    still.goto(PAGES["map"])
    expect(still.locator("svg.map-still .m-place").first).to_be_visible()
    expect(still.locator("#map-places tbody tr").first).to_be_visible()
    expect(still.locator(".map__live")).to_be_hidden()
    window.close()


def test_a_picture_is_saved(site: Site, seized: None, open_page: Callable[..., Any]) -> None:
    page = open_page(officer="supervisor")
    page.goto(PAGES["overview"])
    with page.expect_download() as waiting:
        page.locator(".chart-card--place .exports a", has_text="PNG").click()
    saved = Path(waiting.value.path())
    assert saved.read_bytes().startswith(b"\x89PNG")
    assert waiting.value.suggested_filename == "place-2024-11-2025-12.png"
