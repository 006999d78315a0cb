"""`copes doctor`: each claim is tried, not read from a setting."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from copes.chain.cases.zones import engine
from copes.foundation.config.current import current_node
from copes.foundation.journal import checking, freezing, triggers
from copes.foundation.journal.models import Checkpoint, Edge, Entry
from copes.foundation.journal.queries import ledger_size
from copes.foundation.scheduling import health
from copes.foundation.storage.services import BackupError, back_up, check_backup

FREE_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True)
class Result:
    """One thing that was tried."""

    name: str
    good: bool
    text: str


def examine(home: Path) -> Iterator[Result]:
    """Tries everything, one result each; never stops at the first that fails."""
    yield _triggers_refuse()
    yield _durability()
    yield _clock()
    yield _secrets(home)
    yield _space(home)
    yield _backup_restores()
    yield _heads()
    yield _documents()
    yield from (Result(one.name, good=one.good, text=one.text) for one in health.examine())


def _triggers_refuse() -> Result:
    name = "triggers"
    missing = triggers.missing(connection)
    if missing:
        return Result(name, good=False, text=f"missing or changed: {', '.join(missing)}")
    if not Entry.objects.exists():
        return Result(name, good=False, text="the ledger has not begun")
    for sql in (
        'UPDATE journal_entry SET kind = kind WHERE "index" = 0',
        'DELETE FROM journal_entry WHERE "index" = 0',
        "UPDATE journal_edge SET size = size - 1 WHERE id = 1",
    ):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(sql)
                transaction.set_rollback(True)
        except DatabaseError:
            continue
        return Result(name, good=False, text=f"the database accepted: {sql}")
    return Result(name, good=True, text="the database refuses to change or delete ledger rows (tried)")


def _durability() -> Result:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            mode = cursor.fetchone()[0]
            cursor.execute("PRAGMA synchronous")
            level = cursor.fetchone()[0]
            good = mode == "wal" and level == 2
            return Result("durability", good=good, text=f"SQLite journal_mode={mode}, synchronous={level} (2 is FULL)")
        settings = {}
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"SHOW {setting}")
            settings[setting] = cursor.fetchone()[0]
    good = settings["fsync"] == "on" and settings["synchronous_commit"] != "off"
    return Result("durability", good=good, text=", ".join(f"{key}={value}" for key, value in settings.items()))


def _clock() -> Result:
    now = time.time()
    last = Edge.objects.filter(id=1).values_list("last_iat", flat=True).first() or 0
    sealed = Checkpoint.objects.order_by("-size").values_list("sealed_at", flat=True).first()
    newest = max(last, sealed.timestamp() if sealed else 0)
    if now < newest - 120:
        return Result("clock", good=False, text=f"this machine is {newest - now:.0f} s behind its own last record")
    return Result("clock", good=True, text="not behind the last record or checkpoint")


def _secrets(home: Path) -> Result:
    loose = [path.name for path in (home / "secrets").iterdir() if path.stat().st_mode & 0o077]
    if loose:
        return Result("secrets", good=False, text=f"readable by others: {', '.join(loose)}")
    return Result("secrets", good=True, text="readable by the node's own user only")


def _space(home: Path) -> Result:
    free = shutil.disk_usage(home).free
    return Result("disk", good=free > FREE_BYTES, text=f"{free // (1024 * 1024):,} MB free")


def _backup_restores() -> Result:
    """Makes a backup aside, checks it, and reads the ledger out of it."""
    with tempfile.TemporaryDirectory(prefix="copes-doctor-") as folder:
        target = Path(folder) / "backup"
        size = ledger_size()
        try:
            back_up(current_node(), target)
            check_backup(target)
            if (target / "database.sqlite3").exists():
                with closing(sqlite3.connect(target / "database.sqlite3")) as copy:
                    found = copy.execute("SELECT COUNT(*) FROM journal_entry").fetchone()[0]
                    whole = copy.execute("PRAGMA integrity_check").fetchone()[0]
                if found < size or whole != "ok":
                    return Result("backup", good=False, text=f"{found} of {size} records, integrity: {whole}")
                return Result("backup", good=True, text=f"a backup made now holds all {found:,} records and restores")
        except (BackupError, OSError, sqlite3.DatabaseError) as wrong:
            return Result("backup", good=False, text=str(wrong))
    return Result("backup", good=True, text="a dump was made and is whole (restoring it needs an empty database)")


def _heads() -> Result:
    if reason := freezing.frozen_reason():
        return Result("ledger", good=False, text=f"frozen: {reason}")
    found = checking.compare_outside()
    if found:
        return Result("ledger", good=False, text="; ".join(str(finding) for finding in found))
    return Result("ledger", good=True, text="not behind its anchor or any cosigner that answered")


def _documents() -> Result:
    """Photographs of documents are read by a program that need not be there; when it is there, it must run."""
    name = "documents"
    if not engine.installed():
        return Result(name, good=True, text="zones are typed; to read photographs install tesseract-ocr (Debian)")
    try:
        return Result(name, good=True, text=f"photographs of zones are read by {engine.version()}")
    except engine.EngineFailedError as trouble:
        return Result(name, good=False, text=f"tesseract is installed but does not run: {trouble}")
