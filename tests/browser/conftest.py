"""The node as its users meet it: served over HTTPS by `copes up`, seen by Chromium, looked over by axe-core.

`site` is a practice node that stays up for the whole run, with the officers of `tests.support.STAFF`. Inside a
test this process serves the same node, so services may be called to prepare what the browser then looks at.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from copes.foundation.config.node import Node
from tests import support
from tests.running import Served, served

# Playwright keeps an event loop in this thread; Django is called between its turns, never inside one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

VENDOR = Path(__file__).parent / "vendor"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
PATIENCE = 60_000  # ms until a state must have come; how fast it comes is not what these tests are about
expect.set_options(timeout=PATIENCE)


@dataclass
class Site:
    """A served practice node and its officers."""

    url: str
    node: Node
    officers: support.Officers


@pytest.fixture(scope="session")
def _served_site(
    tmp_path_factory: pytest.TempPathFactory, templates: support.Templates, django_db_blocker: Any
) -> Iterator[tuple[Node, Served, support.Officers]]:
    folder = tmp_path_factory.mktemp("site")
    with django_db_blocker.unblock():
        address = templates.copy(folder / "db")
        node = support.new_home(folder / "home", database=address, practice=True, origin="test.example/PRACTICE/site")
        with support.serving(node):
            support.begin()
            officers = support.enrol_staff()
        with served(node.home) as running:
            yield node, running, officers
        templates.drop(address)


@pytest.fixture
def site(_served_site: tuple[Node, Served, support.Officers], django_db_blocker: Any) -> Iterator[Site]:
    """The served node; this process serves it too while the test runs."""
    node, running, officers = _served_site
    with django_db_blocker.unblock(), support.serving(node):
        yield Site(running.url, node, officers)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the run."""
    if CHROMIUM is None:
        pytest.fail("Chromium is missing. Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def _window(chromium: Browser, base: str, language: str, size: str, **options: Any) -> Iterator[BrowserContext]:
    width, height = SIZES[size]
    context = chromium.new_context(
        base_url=base, viewport={"width": width, "height": height}, ignore_https_errors=True, **options
    )
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "copes_language", "value": language, "url": base}])
    yield context
    context.close()


@pytest.fixture
def open_page(site: Site, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a window: ``open_page(language="ar", size="phone", officer="custodian")``.

    Fails the test afterwards when the console complained or a file did not load (`complaints_allowed` lists
    parts of complaints that a test expects).
    """
    windows: list[Any] = []
    complaints: list[str] = []
    allowed: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def opened(
        language: str = "en",
        size: str = "desk",
        officer: str = "",
        complaints_allowed: tuple[str, ...] = (),
        **options: Any,
    ) -> Page:
        allowed.extend(complaints_allowed)
        window = _window(chromium, site.url, language, size, **options)
        context = window.__enter__()
        windows.append(window)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(f"exception: {error}"))
        if officer:
            sign_in(page, officer)
        return page

    yield opened
    for window in windows:
        window.__exit__(None, None, None)
    assert [text for text in complaints if not any(part in text for part in allowed)] == []


def sign_in(page: Page, username: str, password: str = support.PASSWORD) -> None:
    """Through the form, as an officer does."""
    page.goto("/accounts/login/?next=/people/me/")
    page.fill("#id_login", username)
    page.fill("#id_password", password)
    page.click("main form button:not([form])")
    page.wait_for_url("**/people/me/")


def axe_source() -> str:
    """axe-core, after its hash was compared with the vendor lock."""
    package = tomllib.loads((VENDOR / "VENDOR.toml").read_text())["package"][0]
    source = (VENDOR / "axe.min.js").read_bytes()
    assert hashlib.sha256(source).hexdigest() == package["file"][0]["sha256"]
    return source.decode("utf-8")


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """``axe(page)``: fails with every rule of WCAG 2.2 AA and of good practice that the page breaks, and where."""
    source = axe_source()

    def look(page: Page) -> None:
        page.evaluate(source)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        broken = [
            f"{rule['id']}: {rule['help']}: " + "; ".join(node["html"][:160] for node in rule["nodes"][:5])
            for rule in found["violations"]
        ]
        assert broken == [], f"{page.url}\n" + "\n".join(broken)
        assert found["testEngine"]["version"] == "4.14.1"

    return look


def fits(page: Page) -> None:
    """No sideways scrolling."""
    wide = page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= room) return [];
            return [...document.querySelectorAll("body *")]
                .filter((e) => { const b = e.getBoundingClientRect(); return b.right > room + 1 || b.left < -1; })
                .map((e) => e.outerHTML.slice(0, 120)).slice(0, 5);
        }"""
    )
    assert wide == [], page.url
