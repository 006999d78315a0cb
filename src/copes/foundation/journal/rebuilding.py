"""Rebuilding projections from the ledger, whole or for one case, and comparing a rebuild with the live tables."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.models import F
from django.db.models.functions import Collate

from copes.foundation.config.databases import database_settings
from copes.foundation.journal.facts import Fact
from copes.foundation.journal.following import read_again, start_again
from copes.foundation.journal.models import Entry
from copes.foundation.journal.registry import project, projection_tables
from copes.foundation.journal.stored import StoredRecord, stored, whole_ledger

FRESH = "rebuild"
BATCH = 1_000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Difference:
    """One place where a live table says other than the ledger. ``column`` is None for a missing or extra row."""

    table: str
    row: str
    column: str | None
    live: object
    ledger: object

    def __str__(self) -> str:
        if self.column is None:
            what = "is not in the ledger" if self.ledger is None else "is missing"
            return f"{self.table} row {self.row} {what}"
        return (
            f"{self.table} row {self.row} column {self.column}: table says {self.live!r}, ledger says {self.ledger!r}"
        )


def _facts(records: Iterator[StoredRecord]) -> Iterator[list[Fact]]:
    batch: list[Fact] = []
    for record in records:
        batch.append(record.fact())
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def replay(records: Iterator[StoredRecord], db: str, progress: Progress | None = None) -> int:
    """Projects records in order into the tables of ``db``; returns how many."""
    done = 0
    for batch in _facts(records):
        project(batch, db)
        done += len(batch)
        if progress:
            progress(done)
    return done


def rebuild(progress: Progress | None = None) -> int:
    """Drops every projection and rebuilds it from the ledger, in one transaction; returns how many records."""
    with transaction.atomic():
        for table in reversed(projection_tables()):
            table._default_manager.all()._raw_delete(DEFAULT_DB_ALIAS)  # noqa: SLF001 - one statement, no signals
        start_again()
        return replay(whole_ledger(), DEFAULT_DB_ALIAS, progress)


def replay_scope(case: str | None, db: str) -> None:
    """Replays the records of one case, or those of no case, into the live tables.

    Used after an erasure: rows made from the erased values are made again without them. Must run inside a
    transaction.
    """
    for table in reversed(projection_tables()):
        table._default_manager.using(db).filter(case_id=case)._raw_delete(db)  # noqa: SLF001
    entries = Entry.objects.filter(case_id=case) if case else Entry.objects.filter(case_id=None)
    replay(stored(entries, db=db), db)
    read_again(case)


@contextmanager
def fresh_tables() -> Iterator[str]:
    """Empty projection tables in a temporary SQLite file; gives the alias of that database."""
    with tempfile.TemporaryDirectory(prefix="copes-rebuild-") as folder:
        settings = connections.configure_settings(
            {**connections.databases, FRESH: database_settings(f"sqlite:///{Path(folder) / 'fresh.sqlite3'}")}
        )[FRESH]
        settings["OPTIONS"]["init_command"] = "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY"
        connections.databases[FRESH] = settings
        try:
            with connections[FRESH].schema_editor() as editor:
                for table in projection_tables():
                    editor.create_model(table)
            yield FRESH
        finally:
            connections[FRESH].close()
            del connections[FRESH]
            del connections.databases[FRESH]


def differences(progress: Progress | None = None) -> list[Difference]:
    """Replays the ledger into fresh tables and names every row and column of the live ones that differs."""
    with fresh_tables() as fresh:
        with transaction.atomic(using=fresh):
            replay(whole_ledger(), fresh, progress)
        return [found for table in projection_tables() for found in _compare(table, fresh)]


def _rows(table: type[models.Model], db: str, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    rows = table._default_manager.using(db)  # noqa: SLF001 - Django's name for the public manager
    # byte order on both sides: PostgreSQL's own collation would order keys otherwise than Python compares them
    key = Collate(F("pk"), "C") if connections[db].vendor == "postgresql" else F("pk")
    return rows.order_by(key).values_list(*columns).iterator(chunk_size=BATCH)


def _compare(table: type[models.Model], fresh: str) -> Iterator[Difference]:
    columns = [field.attname for field in table._meta.concrete_fields]  # noqa: SLF001 - Django's public meta API
    key = columns.index(table._meta.pk.attname)  # noqa: SLF001
    name = table._meta.db_table  # noqa: SLF001
    live_rows, ledger_rows = _rows(table, DEFAULT_DB_ALIAS, columns), _rows(table, fresh, columns)
    live, ledger = next(live_rows, None), next(ledger_rows, None)
    while live is not None or ledger is not None:
        if ledger is None or (live is not None and str(live[key]) < str(ledger[key])):
            assert live is not None  # noqa: S101 - the loop's condition says so
            yield Difference(name, str(live[key]), None, "present", None)
            live = next(live_rows, None)
        elif live is None or str(ledger[key]) < str(live[key]):
            yield Difference(name, str(ledger[key]), None, None, "present")
            ledger = next(ledger_rows, None)
        else:
            for column, has, should in zip(columns, live, ledger, strict=True):
                if has != should:
                    yield Difference(name, str(live[key]), column, has, should)
            live, ledger = next(live_rows, None), next(ledger_rows, None)
