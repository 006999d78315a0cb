"""The facts of a print as data inside the PDF (docs/trust/format.md §4.2).

A reader, or the verifier, takes them from the XMP packet and compares each with the record it names.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Sequence
from typing import Any

PREFIX = "copes-facts/1 "
MAX_INFLATED = 64 * 1024 * 1024

FactRow = tuple[str, str, Any]


def pack(rows: Sequence[FactRow]) -> str:
    """The text for ``dc:description``: prefix, then base64 of the packed JSON list of [jti, path, value]."""
    data = json.dumps([list(row) for row in rows], ensure_ascii=False, separators=(",", ":"))
    return PREFIX + base64.b64encode(zlib.compress(data.encode("utf-8"), 9)).decode("ascii")


def unpack(description: str) -> list[FactRow]:
    """The rows in a description made by ``pack``. Raises ValueError when it is anything else."""
    if not description.startswith(PREFIX):
        raise ValueError("the description does not hold facts")
    try:
        packed = base64.b64decode(description.removeprefix(PREFIX), validate=True)
        inflater = zlib.decompressobj()
        data = inflater.decompress(packed, MAX_INFLATED)
    except (binascii.Error, zlib.error) as error:
        raise ValueError(f"the facts are damaged: {error}") from error
    if not inflater.eof:
        raise ValueError("the facts are cut off or too large")
    return [(str(jti), str(path), value) for jti, path, value in json.loads(data)]
