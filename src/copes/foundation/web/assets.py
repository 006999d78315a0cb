"""Static files: where they are, what they hash to, how they are sent.

The node serves its own files; no web server stands in front of it. A file is read once and kept in memory
while its modification time and size stay the same. ``asset_url`` adds the first digits of the SHA-256, so
that browsers may keep what they fetched for a year.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".toml": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
PACKED = frozenset({".css", ".js", ".mjs", ".json", ".svg", ".txt", ".wasm"})


@dataclass(frozen=True)
class Asset:
    """A static file in memory. ``etag`` is quoted, as HTTP wants it (RFC 9110 §8.8.3)."""

    data: bytes
    packed: bytes | None
    content_type: str
    etag: str
    version: str


_kept: dict[Path, tuple[tuple[int, int], Asset]] = {}


def find_asset(name: str) -> Asset | None:
    """The file ``name`` under ``/static/``, or None when there is none of a known type."""
    path = _locate(name[:])  # a slice is plain text; templates hand over SafeString, which paths refuse
    if path is None:
        return None
    status = path.stat()
    mark = (status.st_mtime_ns, status.st_size)
    kept = _kept.get(path)
    if kept is None or kept[0] != mark:
        kept = (mark, _read(path))
        _kept[path] = kept
    return kept[1]


def asset_url(name: str) -> str:
    """The address of a static file with its version. Raises FileNotFoundError when it is missing."""
    asset = find_asset(name)
    if asset is None:
        raise FileNotFoundError(f"static file {name} is missing")
    return f"{settings.STATIC_URL}{name}?v={asset.version}"


def _locate(name: str) -> Path | None:
    if "\\" in name or "\0" in name or any(part in {"", ".", ".."} for part in name.split("/")):
        return None
    if Path(name).suffix not in TYPES:
        return None
    root = Path(settings.STATIC_ROOT).resolve()
    candidate = (root / name).resolve()
    if candidate.is_relative_to(root) and candidate.is_file():
        return candidate
    try:
        found = finders.find(name)
    except SuspiciousFileOperation:
        return None
    return Path(str(found)) if found else None


def _read(path: Path) -> Asset:
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    packed = gzip.compress(data, mtime=0) if path.suffix in PACKED else None
    return Asset(data, packed, TYPES[path.suffix], f'"{digest[:32]}"', digest[:12])
