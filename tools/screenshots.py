"""Takes the guide's pictures from a running practice node: `make screenshots`.

Makes the demonstration node anew, serves it, signs in as each role and writes PNG files. Without arguments the
pictures of docs/guide/images are made: as much as a screen shows, at most 60 KB each. With a folder every picture is
taken whole, in the languages and sizes named, to look at:

    python tools/screenshots.py /tmp/pictures en,ar,ru desk,phone
"""

from __future__ import annotations

import io
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from screens import PICTURES, Picture

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "guide" / "images"
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
COPES = [sys.executable, "-m", "copes"]
LARGEST = 60_000  # bytes of a picture of the guide
WIDTHS = {"desk": 1000, "phone": 390}  # pixels of a picture of the guide


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


def sign_in(browser: Browser, url: str, officer: str, password: str) -> object:
    """The cookies of an officer who has signed in and has seen the tour."""
    context = browser.new_context(base_url=url, ignore_https_errors=True)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", officer)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit], main form .button")
    page.wait_for_load_state("networkidle")
    leave = page.locator("form[action*='tour/done'] button")
    if leave.count():
        leave.first.click()
        page.wait_for_load_state("networkidle")
    state = context.storage_state()
    context.close()
    return state


def take(browser: Browser, url: str, passwords: dict[str, str], wanted: list[tuple[Picture, str, str]]) -> Iterator:
    """Each wanted (picture, language, size) with the page that shows it."""
    signed_in: dict[str, object] = {"": None}
    for officer, password in passwords.items():
        if any(picture.officer == officer for picture, _, _ in wanted):
            signed_in[officer] = sign_in(browser, url, officer, password)
    for picture, language, size in wanted:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": height},
            ignore_https_errors=True,
            storage_state=signed_in[picture.officer],
            reduced_motion="reduce",
        )
        context.add_cookies([{"name": "copes_language", "value": language, "url": url}])
        page = context.new_page()
        try:
            picture.go(page)
        except Exception as missed:
            print(f"{picture.name} {language} {size}: {str(missed).splitlines()[0]}", file=sys.stderr)
            raise
        page.wait_for_load_state("networkidle")
        yield picture, language, size, page
        context.close()


def small(png: bytes, width: int) -> bytes:
    """The picture with few colours and at most so many pixels wide, small enough for the repository."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    if image.width > width:
        image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    for colours in (64, 32, 16, 8):
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST:
            break
    else:
        return small(png, width * 4 // 5)
    return out.getvalue()


def file_name(picture: Picture, language: str, size: str) -> str:
    """What the picture is called."""
    return f"{picture.name}-{language}-phone.png" if size == "phone" else f"{picture.name}-{language}.png"


def of_guide() -> list[tuple[Picture, str, str]]:
    """The pictures of the guide."""
    return [(picture, *shown.split("/")) for picture in PICTURES for shown in picture.guide]


def main(out: Path | None, languages: list[str], sizes: list[str]) -> None:
    """Makes the node, takes the pictures."""
    folder = out or IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    everything = [(picture, language, size) for language in languages for size in sizes for picture in PICTURES]
    with (
        tempfile.TemporaryDirectory(prefix="copes-pictures-") as made,
        demonstration(Path(made)) as (url, passwords),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for picture, language, size, page in take(browser, url, passwords, everything if out else of_guide()):
            png = page.screenshot(full_page=out is not None)
            (folder / file_name(picture, language, size)).write_bytes(png if out else small(png, WIDTHS[size]))
        browser.close()
    if out is None:
        _tidy({file_name(*one) for one in of_guide()})


def _tidy(made: set[str]) -> None:
    for picture in IMAGES.glob("*.png"):
        if picture.name not in made:
            picture.unlink()


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(
        Path(arguments[0]) if arguments else None,
        arguments[1].split(",") if len(arguments) > 1 else ["en", "ar"],
        arguments[2].split(",") if len(arguments) > 2 else ["desk", "phone"],
    )
