"""The program `tesseract` (Debian: tesseract-ocr), which turns pictures of lines into letters.

An ordinary program of the operating system and optional: without it zones are typed. It gets only pictures that this
process drew itself, on its standard input; it runs without a shell, with one processor, and not for ever.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import threading
from dataclasses import dataclass

from PIL import Image

PROGRAM = "tesseract"
SECONDS = 15
AT_ONCE = 2
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"  # ICAO Doc 9303 part 3 section 4
# The dictionaries of English would make words of what are names and numbers.
_OPTIONS = ("-c", "load_system_dawg=0", "-c", "load_freq_dawg=0")
_places = threading.BoundedSemaphore(AT_ONCE)


class EngineMissingError(RuntimeError):
    """The program is not installed on this machine."""


class EngineFailedError(RuntimeError):
    """The program did not answer in time, or ended with an error; or too many read at once."""


@dataclass(frozen=True)
class Line:
    """A line of text that the program saw, and its box in pixels."""

    text: str
    box: tuple[int, int, int, int]


def installed() -> bool:
    """Whether photographs can be read on this machine."""
    return shutil.which(PROGRAM) is not None


def version() -> str:
    """The program's own first line. Raises EngineMissingError, EngineFailedError."""
    return _run(["--version"], b"").splitlines()[0]


def lines_in(picture: Image.Image) -> list[Line]:
    """The lines of one block of text, from top to bottom. Raises EngineMissingError, EngineFailedError."""
    told = _run(["-", "-", "--psm", "6", *_only(ALPHABET), *_OPTIONS, "tsv"], _png(picture))
    boxes: dict[tuple[str, ...], tuple[int, int, int, int]] = {}
    texts: dict[tuple[str, ...], str] = {}
    for row in csv.DictReader(io.StringIO(told), delimiter="\t", quoting=csv.QUOTE_NONE):
        key = (row["block_num"], row["par_num"], row["line_num"])
        if row["level"] == "4":
            left, top, wide, high = (int(row[name]) for name in ("left", "top", "width", "height"))
            boxes[key] = (left, top, left + wide, top + high)
        elif row["level"] == "5":
            texts[key] = texts.get(key, "") + (row["text"] or "").replace(" ", "")
    return [Line(texts.get(key, ""), box) for key, box in boxes.items()]


def rows_of(picture: Image.Image, alphabet: str) -> list[str]:
    """The rows of a picture that holds nothing else, without spaces. Raises EngineMissingError, EngineFailedError."""
    told = _run(["-", "-", "--psm", "6", *_only(alphabet), *_OPTIONS], _png(picture))
    return ["".join(row.split()) for row in told.splitlines() if row.strip()]


def _only(alphabet: str) -> list[str]:
    return ["-c", f"tessedit_char_whitelist={alphabet}"]


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(300, 300), compress_level=1)
    return out.getvalue()


def _run(options: list[str], given: bytes) -> str:
    path = shutil.which(PROGRAM)
    if path is None:
        raise EngineMissingError
    if not _places.acquire(timeout=SECONDS):
        raise EngineFailedError("too many photographs are being read")
    try:
        done = subprocess.run(
            [path, *options],
            input=given,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"PATH": "/usr/bin:/bin", "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"},
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise EngineFailedError(f"{type(error).__name__}") from error
    finally:
        _places.release()
    if done.returncode != 0:
        raise EngineFailedError(done.stderr.decode("utf-8", "replace")[-300:])
    return done.stdout.decode("utf-8", "replace")
