"""Many callers at once: they share the wait for the disk, and nobody is told before it is over."""

from __future__ import annotations

import os
import threading
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, connections, transaction

from copes.foundation.config.sqlite.logs import log_of
from copes.foundation.journal import queries
from copes.foundation.journal.models import Edge, Entry
from copes.foundation.journal.rebuilding import differences
from copes.foundation.journal.statements import run
from copes.trust.records.ids import uuid7
from tests import support
from tests.foundation.journal.test_faults import act

ONLY_SQLITE = pytest.mark.skipif(bool(support.POSTGRESQL), reason="this is about SQLite's log")
ONLY_POSTGRESQL = pytest.mark.skipif(not support.POSTGRESQL, reason="this is about PostgreSQL's log")
THREADS, EACH = 12, 6
EDGE = "UPDATE journal_edge SET size = %s WHERE id = 1"


def test_callers_at_once_lose_nothing(officers):
    before, wrong = queries.ledger_size(), []

    def caller() -> None:
        try:
            for _ in range(EACH):
                act(officers)
        except DatabaseError as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=caller) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert queries.ledger_size() == before + THREADS * EACH == Edge.objects.get().size
    assert differences() == []


@ONLY_SQLITE
def test_an_act_is_told_after_the_log_is_on_disk(officers, monkeypatch):
    log, synced, honest = log_of(connection.settings_dict["NAME"]), [], os.fdatasync
    monkeypatch.setattr(os, "fdatasync", lambda handle: (synced.append(queries.ledger_size()), honest(handle)))
    act(officers)
    assert synced == [queries.ledger_size()]
    assert os.fstat(log._handle).st_ino == os.stat(f"{connection.settings_dict['NAME']}-wal").st_ino


@ONLY_SQLITE
def test_an_act_whose_log_is_not_on_disk_is_not_told_as_recorded(officers, monkeypatch):
    def broken(handle):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fdatasync", broken)
    with pytest.raises(DatabaseError, match="not synced"):
        act(officers)
    monkeypatch.undo()
    act(officers)


@ONLY_SQLITE
def test_everything_outside_a_transaction_is_written_in_full(officers):
    act(officers)
    with suppress(RuntimeError), transaction.atomic():
        raise RuntimeError
    assert connection.cursor().execute("PRAGMA synchronous").fetchone() == (2,)


@ONLY_SQLITE
def test_a_turn_ends_with_the_connection(officers):
    transaction.set_autocommit(False)
    with suppress(DatabaseError), transaction.atomic():
        connection.close()
    connection.connect()
    act(officers)


@ONLY_POSTGRESQL
def test_what_waits_for_the_commit_is_refused_with_it(officers):
    size = Edge.objects.get().size
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        run(EDGE, [[size + 5]], "default")
        run(EDGE, [[size - 1]], "default")
    assert Edge.objects.get().size == size
    act(officers)


@ONLY_POSTGRESQL
def test_what_waits_is_seen_by_the_next_statement_and_undone_with_its_savepoint(officers):
    size = Edge.objects.get().size
    with suppress(RuntimeError), transaction.atomic():
        with suppress(RuntimeError), transaction.atomic():
            run(EDGE, [[size + 7]], "default")
            assert Edge.objects.get().size == size + 7
            run(EDGE, [[size + 9]], "default")
            raise RuntimeError
        assert Edge.objects.get().size == size
        raise RuntimeError
    assert Edge.objects.get().size == size
    jti = uuid7()
    assert not Entry.objects.filter(jti=jti).exists()


@ONLY_POSTGRESQL
def test_an_act_is_told_after_its_commit_is_on_disk(officers):
    with transaction.atomic():
        act(officers)
        before_commit = _end_of_log()
    with connection.cursor() as cursor:
        # the commit's record lies beyond this place, whatever other databases of the server write
        cursor.execute("SELECT pg_current_wal_flush_lsn() > %s::pg_lsn", [before_commit])
        assert cursor.fetchone() == (True,)
        cursor.execute("SELECT current_setting('synchronous_commit')")
        assert cursor.fetchone() == ("on",)


def _end_of_log() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
        place: str = cursor.fetchone()[0]
        return place
