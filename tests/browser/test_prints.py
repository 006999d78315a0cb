"""Printing in a browser: from the case to the PDF, on a desk and on a phone, in English and Arabic."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser.conftest import fits
from tests.chain.dossier.making import handed_over_case


@pytest.fixture
def made(site):
    return handed_over_case(site.officers)


@pytest.mark.parametrize(("language", "size"), [("en", "desk"), ("ar", "phone")])
def test_from_the_print_centre_to_the_pdf(site, open_page, axe, made, language, size):
    page = open_page(language=language, size=size, officer="front_line")
    for address in (
        f"/dossiers/print/case/{made.case}/all/",
        f"/dossiers/print/seizure/{made.seizure}/all/",
        f"/dossiers/print/notice/{made.seizure}/",
        f"/dossiers/labels/{made.case}/",
    ):
        page.goto(site.url + address)
        axe(page)
        fits(page)
        _keep(page, f"{address.split('/')[3]}-{language}-{size}")
    page.select_option("select[name=paper]", "l7160")
    page.click("button[value=look]")
    page.wait_for_selector("figure.preview img")
    page.eval_on_selector("figure.preview img", "picture => picture.decode()")
    axe(page)
    fits(page)
    _keep(page, f"look-{language}-{size}")
    with page.expect_download() as download:
        page.click("button[value=make]")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def test_the_administrators_page(site, open_page, axe):
    page = open_page(language="en", size="desk", officer="administrator")
    page.goto(f"{site.url}/dossiers/prints/")
    axe(page)
    fits(page)
    _keep(page, "house")


def _keep(page, name):
    folder = os.environ.get("COPES_SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
