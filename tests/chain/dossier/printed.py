"""Looking at prints from outside: their text, their pages as pictures, what other programs say of them."""

from __future__ import annotations

import subprocess
from io import BytesIO

from PIL import Image


def text_of(pdf: bytes, *options: str) -> str:
    """The visible text, by poppler."""
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def pages_of(pdf: bytes, dpi: int = 300) -> list[Image.Image]:
    """Every page as a grey picture."""
    done = subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-"], input=pdf, capture_output=True, check=True)
    found: list[Image.Image] = []
    at = 0
    while at < len(done.stdout):
        page = Image.open(BytesIO(done.stdout[at:]))
        page.load()
        found.append(page)
        at += len(f"P5\n{page.width} {page.height}\n255\n") + page.width * page.height
    return found


def sound(pdf: bytes, folder) -> str:
    """Writes the PDF, lets qpdf, pdffonts and pdfinfo look at it, and returns what pdfinfo says."""
    path = folder / "print.pdf"
    path.write_bytes(pdf)
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, check=False, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    fonts = subprocess.run(["pdffonts", path], capture_output=True, check=True, text=True).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts), fonts  # embedded, subset, unicode
    return subprocess.run(["pdfinfo", path], capture_output=True, check=True, text=True).stdout
