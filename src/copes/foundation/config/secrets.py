"""Secrets are generated once, written with mode 0600, and never defaulted."""

from __future__ import annotations

import os
from pathlib import Path


def write_secret(path: Path, value: str) -> None:
    """Write a new secret durably, readable by the owner only. Raises FileExistsError rather than overwrite."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, value.encode("utf-8"))
        os.fsync(handle)
    finally:
        os.close(handle)


def read_secret(path: Path) -> str:
    """The secret in ``path``. Raises FileNotFoundError when it is missing."""
    return path.read_text(encoding="utf-8").strip()
