"""What every scenario of a whole shift does on the way: look at each page in both widths, and go on by hand."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import SIZES, fits
from tests.support import PASSWORD

PICTURES = os.environ.get("COPES_SHOTS", "")
ONE = "[0-9a-f-]{36}"
SLOW = 60_000
"""Milliseconds to wait for what a busy machine may take long over."""


@dataclass
class Shift:
    """An officer at work in one window; every page is looked over by axe and fits a telephone and a desk."""

    page: Page
    axe: Callable[[Page], None]
    name: str
    language: str
    visited: list[str] = field(default_factory=list)
    secret: str = ""

    def sign_in(self, username: str) -> None:
        """Through the front door to My day."""
        self.page.set_default_timeout(SLOW)
        self.go("/accounts/login/", "sign-in")
        self.page.fill("#id_login", username)
        self.page.fill("#id_password", PASSWORD)
        self.press("main form button:not([form])")
        self.arrive("/$", "my-day")

    def go(self, address: str, name: str) -> None:
        """Opens an address, which must answer 200, and looks at it."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        self.see(name)

    def press(self, selector: str) -> None:
        """The first of the selected things that is in sight."""
        self.page.locator(selector).locator("visible=true").first.click()

    def follow(self, selector: str, pattern: str, name: str) -> None:
        """Follows a link or presses a button, and looks at the page it leads to."""
        self.press(selector)
        self.arrive(pattern, name)

    def arrive(self, pattern: str, name: str) -> None:
        """Waits until the address ends as the pattern says, and looks at the page."""
        self.page.wait_for_url(re.compile(pattern), timeout=SLOW)
        self.page.wait_for_load_state()
        self.see(name)

    def see(self, name: str) -> None:
        """Looks over the page: its direction, axe-core, its fit in both widths; keeps pictures if asked for."""
        self.visited.append(name)
        wanted = "rtl" if self.language == "ar" else "ltr"
        assert self.page.get_attribute("html", "dir") == wanted, self.page.url
        self.axe(self.page)
        own = self.page.viewport_size
        assert own is not None
        for size, (width, height) in sorted(SIZES.items(), key=lambda one: one[1][0] == own["width"]):
            self.page.set_viewport_size({"width": width, "height": height})
            fits(self.page)
            if PICTURES:
                to = Path(PICTURES) / f"{self.name}-{len(self.visited):02}-{name}-{self.language}-{size}.png"
                self.page.screenshot(path=to, full_page=True)

    def done(self) -> str:
        """What the page says was done."""
        banner = self.page.locator(".banner--success").first
        banner.wait_for()
        return banner.inner_text()

    def scan(self, codes: Iterable[str]) -> None:
        """As a scanner types: fast, with Enter after each code."""
        self.page.focus("#scan")
        for code in codes:
            self.page.keyboard.type(code)
            self.page.keyboard.press("Enter")

    def fetch(self, selector: str) -> tuple[str, bytes]:
        """Presses what gives a file; its name and bytes."""
        with self.page.expect_download(timeout=SLOW) as waiting:
            self.press(selector)
        file: Any = waiting.value
        return str(file.suggested_filename), Path(file.path()).read_bytes()


def choose_officer(page: Page, selector: str, officer: str) -> None:
    """Chooses an officer by id."""
    page.locator(selector).locator("visible=true").first.select_option(officer)
