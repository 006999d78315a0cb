"""Faults: the process killed at any point, the log truncated, bits flipped, the disk full, an old backup restored.

Promise: nothing acknowledged is lost without being reported, nothing appears that nobody asked for, and no
checkpoint is ever signed that contradicts an earlier one.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections

from copes.foundation.journal import queries
from copes.foundation.journal.checking import check_node
from copes.foundation.journal.hashes import consistency
from copes.foundation.journal.models import Checkpoint, Entry
from copes.foundation.journal.services import seal_now, start
from copes.foundation.people.services import change_roles
from copes.trust.ledger.checkpoints import open_checkpoint
from copes.trust.ledger.merkle import verify_consistency
from copes.trust.ledger.notes import Verifier
from tests import support

KILLS = 200
ONLY_SQLITE = pytest.mark.skipif(bool(support.POSTGRESQL), reason="works on SQLite's files")


def act(officers, reason="again"):
    change_roles(officers.administrator, officer=officers.legal.officer, officer_roles=["legal"], reason=reason)


def _child(officers, pipe: int, number: int) -> None:
    """Acts and seals until killed, telling on the pipe what it will do and what was acknowledged."""
    connections.close_all()
    for step in range(10_000):
        reason = f"kill {number} step {step}"
        os.write(pipe, f"ask {reason}\n".encode())
        act(officers, reason)
        os.write(pipe, f"ack {reason}\n".encode())
        if step % 3 == 2:
            sealed = seal_now()
            os.write(pipe, f"sealed {sealed.size}\n".encode())


def _kill_once(officers, number: int, delay: float) -> list[str]:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read)
            _child(officers, write, number)
        finally:
            os._exit(1)
    os.close(write)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(read, "rb") as said:
        return said.read().decode().splitlines()


def test_killed_at_200_random_points_nothing_acknowledged_is_lost(officers):
    chance = random.Random(20261121)
    began = time.monotonic()
    for _ in range(5):
        act(officers, "pace")
    longest = 0.03 + 8 * (time.monotonic() - began) / 5  # a slow machine needs longer to get anywhere
    connections.close_all()
    asked, acknowledged, sealed = {"pace"}, {"pace"}, 0
    for number in range(KILLS):
        for line in _kill_once(officers, number, chance.uniform(0.002, longest)):
            word, _, rest = line.partition(" ")
            if word == "ask":
                asked.add(rest)
            elif word == "ack":
                acknowledged.add(rest)
            elif word == "sealed":
                sealed = max(sealed, int(rest))
    assert start() is None
    seal_now()
    recorded = {record.fact().body["reason"] for record in queries.records_of_kinds(["officer.roles_changed/1"])}
    assert acknowledged <= recorded, "an acknowledged act was lost"
    assert recorded <= asked, "an act appeared that nobody asked for"
    assert len(acknowledged) > KILLS / 10
    assert queries.latest_checkpoint().size >= sealed
    assert check_node() == []
    _all_heads_consistent()


def _all_heads_consistent() -> None:
    verifier = Verifier.from_vkey(queries.ledger_vkey())
    heads = [
        open_checkpoint(note, verifier)[0]
        for note in Checkpoint.objects.order_by("size").values_list("note", flat=True)
    ]
    for old, new in zip(heads, heads[1:], strict=False):
        verify_consistency(old.size, new.size, consistency(old.size, new.size), old.root, new.root)


@ONLY_SQLITE
def test_a_truncated_log_loses_nothing_unnoticed(officers, node, tmp_path):
    """However much of the write-ahead log is gone: what is left is whole, and what was signed is missed."""
    path = Path(connection.settings_dict["NAME"])
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.cursor().execute("PRAGMA wal_autocheckpoint=0")
    before = path.read_bytes()
    for _ in range(6):
        act(officers)
    seal_now()
    signed = queries.latest_checkpoint().size
    log = path.with_name(path.name + "-wal").read_bytes()
    chance, reported = random.Random(7), 0
    for number in range(12):
        copy = tmp_path / f"cut{number}"
        copy.mkdir()
        (copy / "copes.sqlite3").write_bytes(before)
        (copy / "copes.sqlite3-wal").write_bytes(log[: chance.randrange(len(log))])
        with support.serving(replace(node, database=f"sqlite:///{copy / 'copes.sqlite3'}")):
            size = queries.ledger_size()
            reason = start()
            assert (reason is None) == (size >= signed), (size, signed, reason)
            reported += reason is not None
    assert reported > 6
    with support.serving(node):
        assert start() is None


@ONLY_SQLITE
def test_a_bit_flipped_in_the_database_file_is_found(officers, node, tmp_path):
    for _ in range(30):
        act(officers)
    seal_now()
    path = Path(connection.settings_dict["NAME"])
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    original = path.read_bytes()
    with closing(sqlite3.connect(path)) as source:
        wanted = _ledger_rows(source)
    connections.close_all()
    chance, changed = random.Random(11), 0
    for number in range(60):
        flipped = bytearray(original)
        place = chance.randrange(4096, len(flipped))
        flipped[place] ^= 1 << chance.randrange(8)
        copy = tmp_path / f"bit{number}.sqlite3"
        copy.write_bytes(flipped)
        try:
            with closing(sqlite3.connect(copy)) as damaged:
                same = _ledger_rows(damaged) == wanted
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            same = False
        if same:
            continue
        changed += 1
        with support.serving(replace(node, database=f"sqlite:///{copy}")):
            try:
                found = check_node()
            except (DatabaseError, UnicodeDecodeError):
                continue
            assert found, f"bit flipped at {place} was not found"
        (node.anchor / "frozen.json").unlink(missing_ok=True)
    assert changed > 5


def _ledger_rows(database: sqlite3.Connection) -> list[object]:
    """Everything that must be right; not the row numbers of salted fields, nor when a head was stored."""
    return [
        database.execute(sql).fetchall()
        for sql in (
            'SELECT * FROM journal_entry ORDER BY "index"',
            "SELECT entry, digest, path, encoded FROM journal_disclosure ORDER BY id",
            "SELECT size, root, note FROM journal_checkpoint ORDER BY size",
            "SELECT * FROM people_officer ORDER BY id",
        )
    ]


@ONLY_SQLITE
def test_a_full_disk_refuses_the_act_and_keeps_everything_before(officers):
    act(officers)
    size = queries.ledger_size()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count={cursor.fetchone()[0]}")
    with pytest.raises(DatabaseError, match="full"):
        for _ in range(500):
            act(officers)
            size += 1
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count=1000000000")
    assert queries.ledger_size() == size
    act(officers)
    seal_now()
    assert check_node() == []


@ONLY_SQLITE
def test_a_locked_database_refuses_in_the_end_and_records_nothing(officers):
    size = queries.ledger_size()
    path = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=200")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match="locked"):
            act(officers)
        other.execute("ROLLBACK")
    assert queries.ledger_size() == size
    act(officers)


def test_a_blob_on_a_full_disk_is_never_half_written(node):
    from copes.foundation.storage.services import all_blobs, put_blob

    child = os.fork()
    if child == 0:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            put_blob(b"x" * 100_000)
        except OSError:
            os._exit(7)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert list(all_blobs()) == []
    assert [path.name for path in node.blobs.iterdir()] == []


@ONLY_SQLITE
def test_an_old_backup_restored_freezes_the_ledger_and_says_how_much_is_missing(officers, node, tmp_path):
    seal_now()
    assert support.run_copes(node.home, "backup", str(tmp_path / "backup")).returncode == 0
    act(officers)
    act(officers)
    seal_now()
    connections.close_all()
    size = queries.ledger_size()
    connections.close_all()
    done = support.run_copes(node.home, "restore", str(tmp_path / "backup"))
    assert done.returncode == 3, done.stdout + done.stderr
    assert str(size) in done.stderr
    assert "frozen" in done.stderr
    refused = support.run_copes(node.home, "seal")
    assert refused.returncode == 3
    check = support.run_copes(node.home, "check")
    assert check.returncode == 1
    assert "anchor" in check.stdout
    assert Entry.objects.count() == size - 2
