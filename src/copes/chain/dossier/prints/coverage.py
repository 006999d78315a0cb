"""Which characters the bundled fonts can draw.

PDF/A forbids a character without a glyph, so what the fonts lack is shown as a replacement character;
the record keeps the text as it was written. Reads the ``cmap`` tables (OpenType 1.9, formats 4 and 12).
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parents[3] / "data" / "fonts"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def _tables(data: bytes) -> dict[bytes, int]:
    count = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4sIII", data, 12 + 16 * n) for n in range(count))
    return {tag: offset for tag, _, offset, _ in entries}


def _format4(data: bytes, at: int) -> Iterator[int]:
    segments = struct.unpack_from(">H", data, at + 6)[0] // 2
    words = struct.unpack_from(f">{segments * 4 + 1}H", data, at + 14)
    ends, starts = words[:segments], words[segments + 1 : 2 * segments + 1]
    for start, end in zip(starts, ends, strict=True):
        if end != 0xFFFF:
            yield from range(start, end + 1)


def _format12(data: bytes, at: int) -> Iterator[int]:
    groups = struct.unpack_from(">I", data, at + 12)[0]
    for n in range(groups):
        start, end, _ = struct.unpack_from(">III", data, at + 16 + 12 * n)
        yield from range(start, end + 1)


def _characters(path: Path) -> Iterator[int]:
    data = path.read_bytes()
    cmap = _tables(data)[b"cmap"]
    for n in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        at = cmap + struct.unpack_from(">I", data, cmap + 4 + 8 * n + 4)[0]
        form = struct.unpack_from(">H", data, at)[0]
        if form == 4:
            yield from _format4(data, at)
        elif form == 12:
            yield from _format12(data, at)


@cache
def drawable() -> frozenset[int]:
    """The code points that the regular text fonts have."""
    fonts = ("NotoSans-Regular.ttf", "NotoNaskhArabic-Regular.ttf")
    return frozenset(point for name in fonts for point in _characters(FONTS / name))


def fit(text: str) -> str:
    """``text`` as it can be drawn: no control or direction characters, replacements for what no font has."""
    if text.isascii() and text.isprintable():
        return text
    known = drawable()
    kept = []
    for character in unicodedata.normalize("NFC", text):
        if character in "\n\t":
            kept.append(" ")
        elif unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
            kept.append(character if ord(character) in known else REPLACEMENT)
    return "".join(kept)
