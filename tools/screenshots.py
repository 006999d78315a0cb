"""Takes the guide's pictures from a running practice node: `make screenshots` (or name a folder to look at them).

Makes the demonstration node anew, serves it, signs in as each role, and writes PNG files.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "guide" / "images"
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
COPES = [sys.executable, "-m", "copes"]


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demonstration(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Address and passwords (by sign-in name) of a served demonstration node."""
    home, port = folder / "demo", _port()
    subprocess.run([*COPES, "--home", str(home), "demo", "--no-serve", "--port", str(_port())], check=True)
    lines = (home / "sign-ins.txt").read_text(encoding="utf-8").splitlines()
    passwords = {line.split()[-2]: line.split()[-1] for line in lines if line.strip()}
    with (folder / "up.log").open("wb") as log:
        server = subprocess.Popen([*COPES, "--home", str(home), "up", "--port", str(port)], stdout=log, stderr=log)
        try:
            _wait(port)
            yield f"https://localhost:{port}", passwords
        finally:
            server.terminate()
            server.wait(timeout=15)


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(1)
                return
        time.sleep(0.1)
    raise TimeoutError("the site did not come up")


def _open(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")


def _case(page: Page) -> None:
    _open(page, "/cases/")
    page.locator("main a", has_text="FR-2018").first.click()
    page.wait_for_load_state("networkidle")


def _exhibit(page: Page) -> None:
    _case(page)
    page.locator("main a", has_text="FR-2018-000001/3").first.click()
    page.wait_for_load_state("networkidle")


def _dossier(page: Page) -> None:
    _open(page, "/dossiers/")
    page.locator("main table a, main .work a, main .card a").first.click()
    page.wait_for_load_state("networkidle")


def at(path: str) -> Callable[[Page], None]:
    """Opens one address."""
    return lambda page: _open(page, path)


# name, officer, how to get there
PICTURES: list[tuple[str, str, Callable[[Page], None]]] = [
    ("sign-in", "", at("/accounts/login/")),
    ("desk", "custodian", at("/")),
    ("cases", "investigator", at("/cases/")),
    ("case", "investigator", _case),
    ("exhibit", "investigator", _exhibit),
    ("exhibits", "custodian", at("/custody/exhibits/")),
    ("custody", "custodian", at("/custody/desk/")),
    ("release", "custodian", at("/custody/release/")),
    ("dossier", "investigator", _dossier),
    ("ledger", "supervisor", at("/integrity/")),
    ("officers", "administrator", at("/people/officers/")),
    ("reads", "auditor", at("/people/reads/")),
]


def take(
    browser: Browser, url: str, passwords: dict[str, str], out: Path, languages: list[str], sizes: list[str]
) -> None:
    """Every picture in every language and size asked for."""
    for language in languages:
        for size in sizes:
            for officer in dict.fromkeys(name for _, name, _ in PICTURES):
                _take_as(browser, url, passwords, out, language, size, officer)


def _take_as(
    browser: Browser, url: str, passwords: dict[str, str], out: Path, language: str, size: str, officer: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(base_url=url, viewport={"width": width, "height": height}, ignore_https_errors=True)
    context.add_cookies([{"name": "copes_language", "value": language, "url": url}])
    page = context.new_page()
    if officer:
        _open(page, "/accounts/login/")
        page.fill("input[name=login]", officer)
        page.fill("input[name=password]", passwords[officer])
        page.click("main button[type=submit], main form .button")
        page.wait_for_load_state("networkidle")
    for name, who, go in PICTURES:
        if who == officer:
            suffix = f"{language}-phone" if size == "phone" else language
            try:
                go(page)
            except Exception as missed:
                print(f"{name}-{suffix}: {str(missed).splitlines()[0]}", file=sys.stderr)
                raise
            page.screenshot(path=out / f"{name}-{suffix}.png", full_page=size == "phone" or name != "cases")
    context.close()


def main(out: Path, languages: list[str], sizes: list[str]) -> None:
    """Makes the node, takes the pictures."""
    out.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium")
    with (
        tempfile.TemporaryDirectory(prefix="copes-pictures-") as folder,
        demonstration(Path(folder)) as (url, passwords),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        take(browser, url, passwords, out, languages, sizes)
        browser.close()


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(
        Path(arguments[0]) if arguments else IMAGES,
        arguments[1].split(",") if len(arguments) > 1 else ["en", "ar"],
        arguments[2].split(",") if len(arguments) > 2 else ["desk", "phone"],
    )
