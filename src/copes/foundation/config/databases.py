"""How the node speaks to its database: SQLite with full durability, or PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


def database_settings(url: str) -> dict[str, Any]:
    """Django's settings for a database address.

    ``sqlite:///absolute/path`` or ``postgresql://user:password@host:port/name``. SQLite runs WAL with
    ``synchronous=FULL`` (NORMAL loses acknowledged commits) and takes its write lock at the start of a
    transaction (``IMMEDIATE``). Raises ValueError on any other scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(str(sqlite_path(url)))
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "copes.foundation.config.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
        }
    raise ValueError(f"database address {url!r}: write sqlite:///path or postgresql://user@host/name")


def sqlite_path(url: str) -> Path:
    """The file that a ``sqlite:///`` address names, absolute."""
    return Path("/" + unquote(urlsplit(url).path).lstrip("/"))


def _sqlite(path: str) -> dict[str, Any]:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "copes.foundation.config.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 60,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                " PRAGMA cache_size=-65536; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY"
            ),
        },
        "TEST": {"NAME": f"{path}.test"},
    }
