"""How heavy a first visit is: bytes over the wire, nothing cached, pictures left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site
from tests.chain.making import item, seized_case

pytestmark = pytest.mark.browser

MOST = 120 * 1024
LANGUAGES = ["en", "ru", "ar", "sr", "sr-latn", "fr"]


@pytest.fixture
def case(site: Site) -> str:
    return seized_case(site.officers.front_line, item(), item(description="Čokolada"))[0]


def weigh(page: Page, address: str) -> dict[str, int]:
    """Bytes received per address, headers and all, with an empty cache."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.clearBrowserCache")
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def named(event: dict[str, Any]) -> None:
        if not event["response"]["mimeType"].startswith("image/") or event["response"]["mimeType"] == "image/svg+xml":
            names[event["requestId"]] = event["response"]["url"]

    devtools.on("Network.responseReceived", named)
    devtools.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    devtools.detach()
    return {names[one]: int(size) for one, size in sizes.items() if one in names}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_page_is_light(open_page: Callable[..., Page], case: str, language: str):
    outside = open_page(language)
    weights = {"sign-in": weigh(outside, "/accounts/login/")}
    inside = open_page(language, "phone", "front_line")
    for address in ("/", f"/cases/{case}/"):
        weights[address] = weigh(inside, address)
    for where, parts in weights.items():
        heaviest = sorted(((size, name.split("?")[0]) for name, size in parts.items()), reverse=True)[:6]
        assert any("woff2" in name for name in parts), "the scales see the fonts"
        assert sum(parts.values()) <= MOST, f"{where} {sum(parts.values())}: {heaviest}"


def test_the_letters_of_each_language_come_with_the_house(open_page: Callable[..., Page]):
    """No page of the seven languages fetches the large files that only rare names need."""
    for language in LANGUAGES:
        page = open_page(language)
        parts = weigh(page, "/accounts/login/")
        rare = [name for name in parts if "latin-ext" in name or "cyrillic-ext" in name or "arabic-arabic" in name]
        assert rare == [], language
