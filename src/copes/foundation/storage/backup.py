"""Backup and restore of a node.

A backup holds the database, the blobs and the node's configuration and secrets. It never holds the anchor: the
anchor is what tells, after a restore, that the backup is older than what was signed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from copes.foundation.config.databases import sqlite_path
from copes.foundation.config.node import Node

DATABASE = "database.sqlite3"
DUMP = "database.pgdump"
MANIFEST = "backup.json"


class BackupError(Exception):
    """A backup could not be made, or is not whole."""


@dataclass(frozen=True)
class BackupMade:
    """What a backup holds."""

    folder: Path
    files: int
    bytes: int


def back_up(node: Node, target: Path) -> BackupMade:
    """Backs the node up into the new folder ``target``, while it runs. Raises BackupError."""
    if target.exists() and any(target.iterdir()):
        raise BackupError(f"{target} is not empty: name a new folder")
    if target.resolve().is_relative_to(node.anchor.resolve()):
        raise BackupError("a backup must not lie with the anchor")
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    _database_out(node.database, target)
    for name in ("secrets", "tls", "blobs", "dossiers"):
        if (node.home / name).exists():
            shutil.copytree(node.home / name, target / name)
    shutil.copy2(node.home / "node.toml", target / "node.toml")
    files = _digests(target)
    manifest = {
        "format": "copes-backup/1",
        "origin": node.origin,
        "made_at": datetime.now(tz=UTC).isoformat(),
        "files": files,
    }
    (target / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    total = sum((target / name).stat().st_size for name in files)
    return BackupMade(target, len(files), total)


def check_backup(source: Path) -> dict[str, str]:
    """Reads a backup's manifest and compares every file with it. Raises BackupError naming the file that differs."""
    try:
        manifest = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
        files: dict[str, str] = manifest["files"]
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise BackupError(f"{source} is not a backup: {wrong}") from wrong
    found = _digests(source)
    for name in sorted(found.keys() | files.keys()):
        if found.get(name) != files.get(name):
            raise BackupError(f"{source / name} is missing, added or changed since the backup was made")
    return files


def restore(source: Path, home: Path) -> None:
    """Restores a backup into ``home``, keeping what lay there aside as ``<home>.before-restore``.

    The anchor in ``home`` stays: if the backup is older than what was signed, the next start freezes the ledger
    and says how many records are missing. Raises BackupError.
    """
    check_backup(source)
    aside = home.with_name(home.name + ".before-restore")
    if aside.exists():
        raise BackupError(f"{aside} exists from an earlier restore: look at it and move it away first")
    anchor = home / "anchor"
    if home.exists():
        home.replace(aside)
    home.mkdir(parents=True, mode=0o700)
    for name in ("secrets", "tls", "blobs", "dossiers"):
        if (source / name).exists():
            shutil.copytree(source / name, home / name)
    shutil.copy2(source / "node.toml", home / "node.toml")
    if (aside / "anchor").exists():
        shutil.copytree(aside / "anchor", anchor)
    _database_in(source, home)


def _digests(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            with path.open("rb") as handle:
                found[str(path.relative_to(folder))] = hashlib.file_digest(handle, "sha256").hexdigest()
    return found


def _database_out(address: str, target: Path) -> None:
    if urlsplit(address).scheme == "sqlite":
        with (
            closing(sqlite3.connect(f"{sqlite_path(address).as_uri()}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(target / DATABASE)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return
    _run(["pg_dump", "--format=custom", f"--file={target / DUMP}", f"--dbname={address}"])


def _database_in(source: Path, home: Path) -> None:
    import tomllib

    address = tomllib.loads((home / "node.toml").read_text(encoding="utf-8")).get("database", "")
    if (source / DUMP).exists():
        _run(["pg_restore", "--clean", "--if-exists", f"--dbname={address}", str(source / DUMP)])
        return
    path = sqlite_path(address) if address else home / "db" / "copes.sqlite3"
    path.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copy2(source / DATABASE, path)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{command[0]} failed: {done.stderr.strip()}")
