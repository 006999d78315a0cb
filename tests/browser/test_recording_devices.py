"""What a device adds: its position, the zone of a passport, codes before the camera. Never taken over unasked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import segno
from django.core.cache import cache

from tests.browser.conftest import Site
from tests.browser.recording import NEW, PHONE, ready

pytestmark = pytest.mark.browser


def test_the_place_comes_from_the_device_and_names_are_only_offered(open_page: Callable[..., Any], site: Site) -> None:
    cache.clear()
    here = {"latitude": 51.95, "longitude": 4.14, "accuracy": 12}
    page = open_page(size="phone", officer="front_line", geolocation=here, permissions=["geolocation"], **PHONE)
    page.goto(NEW)
    ready(page)
    before = page.input_value("[name=place__name]")
    page.tap("[data-locate]")
    page.wait_for_selector("[data-near-places] button")
    assert page.input_value("[name=place__latitude]") == "51.950000"
    assert "12 m" in page.inner_text("[data-position]")
    assert page.input_value("[name=place__name]") == before
    page.locator("[data-near-places] button", has_text="Rotterdam").or_(
        page.locator("[data-near-places] button").first
    ).first.tap()
    assert page.input_value("[name=place__country]") == "NL"
    page.evaluate("fetch(document.querySelector('[data-words]').dataset.draft, {method: 'DELETE', headers: "
                  "{'X-CSRFToken': document.querySelector('[name=csrfmiddlewaretoken]').value}})")  # fmt: skip


ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


def test_the_zone_of_a_passport_is_proposed_value_by_value(open_page: Callable[..., Any], site: Site, axe: Any) -> None:
    cache.clear()
    page = open_page(size="phone", officer="supervisor", **PHONE)
    page.goto(NEW)
    ready(page)
    page.tap("[data-next]")
    page.tap("[data-document-place] button")
    wrong = ZONE.replace("7408122F", "7408123F")
    page.fill("#document-text", wrong)
    page.wait_for_selector(".document__values input")
    assert "check digit of the date of birth" in page.inner_text(".document__values")
    assert not page.is_checked(".document__values [value=born]"), "nothing wrong is taken over unasked"
    assert page.input_value("[name=persons-0-name]") == ""
    axe(page)
    page.fill("#document-text", ZONE)
    page.wait_for_selector(".document__values [value=born]:checked")
    page.locator("dialog .actions button").first.tap()
    assert page.input_value("[name=persons-0-name]") == "ERIKSSON, ANNA MARIA"
    assert page.input_value("[name=persons-0-born]") == "1974-08-12"
    assert "L898902C3" in page.input_value("[name=persons-0-document]")
    assert page.input_value("[name=persons-0-role]") == ""


CAMERA = """(rows) => {
    const canvas = document.createElement("canvas");
    const size = 8;
    canvas.width = canvas.height = (rows.length + 8) * size;
    const pen = canvas.getContext("2d");
    const draw = () => {
        pen.fillStyle = "white";
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.fillStyle = "black";
        rows.forEach((row, y) => row.forEach((on, x) => on && pen.fillRect((x + 4) * size, (y + 4) * size, size, size)));
    };
    setInterval(draw, 50);
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20);
}"""


def seen_by_camera(page: Any, text: str) -> None:
    """What the device's camera looks at from now on: a QR code."""
    rows = [[int(one) for one in row] for row in segno.make(text, micro=False).matrix]
    page.evaluate(CAMERA, rows)


def test_the_camera_reads_codes_and_checks_containers(open_page: Callable[..., Any], site: Site, axe: Any) -> None:
    cache.clear()
    page = open_page(size="phone", officer="investigator", **PHONE)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(NEW)
    if page.locator("button[value=discard]").count():
        page.click("button[value=discard]")
    ready(page)
    assert not [url for url in loaded if "zxing" in url], "the reader is loaded when it is needed"
    page.tap("[data-next]")
    seen_by_camera(page, "CSQU3054384")
    page.tap("[name=containers-0-typed] + button")
    page.locator(".record-sheet", has_text="check digit").wait_for(timeout=60_000)
    axe(page)
    assert page.input_value("[name=containers-0-typed]") == ""
    page.locator(".record-sheet button").tap()
    seen_by_camera(page, "CSQU3054383")
    page.tap("[name=containers-0-typed] + button")
    page.locator(".record-sheet").wait_for(state="hidden", timeout=60_000)
    assert page.input_value("[name=containers-0-typed]") == "CSQU3054383"
