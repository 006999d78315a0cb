"""Names of files inside a dossier: the same on every system, and never a way out of the bag."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_UNSAFE = re.compile(r'[\\/:*?"<>|%~\s]+')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?\Z")
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
LONGEST = 80  # characters; at most four bytes each, so any file system takes the name


def safe_part(text: str, instead: str) -> str:
    """One part of a path made from ``text``: NFC, without separators, blanks and characters that mislead.

    ``instead`` is used when nothing is left.
    """
    kept = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in _REFUSED)
    kept = _UNSAFE.sub("-", kept).strip("-.")
    if len(kept) > LONGEST:
        stem, dot, suffix = kept.rpartition(".")
        short = f"{stem[: LONGEST - 1 - len(suffix)]}{dot}{suffix}" if dot and len(suffix) <= 8 else kept[:LONGEST]
        kept = short.strip("-.")
    if _DEVICE.match(kept):
        kept = f"file-{kept}"
    return kept or instead


def distinct(name: str, taken: Collection[str], mark: str) -> str:
    """``name``, or the name with ``mark`` before it when it is taken already (whatever its case)."""
    return f"{mark}-{name}" if folded(name) in taken else name


def folded(name: str) -> str:
    """The form in which two names are one name to some system."""
    return unicodedata.normalize("NFKC", name.casefold())
