"""A travel document by camera, as an officer at the road does it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from tests.browser.conftest import Site, fits
from tests.browser.recording import NEW, PHONE, Thumb, ready
from tests.chain.cases.papers import jpeg, paper, readers
from tests.chain.cases.test_recording import TD3

pytestmark = [pytest.mark.browser, pytest.mark.interop]
PATIENCE = 120_000


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_photographed_zone_fills_the_form_after_it_was_confirmed(
    open_page: Callable[..., Any], site: Site, axe: Any, language: str
) -> None:
    readers()
    cache.clear()
    page = open_page(language=language, size="phone", officer="front_line", **PHONE)
    page.goto(NEW)
    if page.locator("button[value=discard]").count():
        page.click("button[value=discard]")
    ready(page)
    Thumb(page).next()
    page.locator("[data-document-place] button").first.tap()
    camera = page.locator("dialog input[type=file]")
    assert camera.get_attribute("capture") == "environment"
    shot = jpeg(paper("TD3", TD3.split("\n")).resize((1700, 1100)))
    camera.set_input_files([{"name": "document.jpg", "mimeType": "image/jpeg", "buffer": shot}])
    page.locator(".document__values li").first.wait_for(timeout=PATIENCE)
    assert page.input_value("#document-text") == TD3
    assert page.locator(".document__notes li").count() >= 2, "what to compare is said"
    assert page.input_value("[name=persons-0-name]") == "", "nothing is taken over unasked"
    fits(page)
    axe(page)
    if folder := os.environ.get("COPES_SHOTS"):
        page.screenshot(path=str(Path(folder) / f"camera-{language}.png"))
    page.locator("dialog .actions button").first.tap()
    assert page.input_value("[name=persons-0-name]") == "ERIKSSON, ANNA MARIA"
    assert page.input_value("[name=persons-0-role]") == "", "nobody has a role by default"
