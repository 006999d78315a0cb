"""Sealing: from *durable* to *sealed*. One checkpoint covers everything committed since the last.

Order (docs/architecture.md): re-read the committed records on another connection; recompute leaf hashes with a
second SHA-256 implementation (CPython's own, where records were hashed with OpenSSL's); extend the tree of the
anchor, never that of the database; compare with the database's edge; move the anchor by compare-and-swap; only
then sign. So a flipped bit, a lost log tail or a restored backup never gets a signature.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from copes.foundation.config.current import current_node
from copes.foundation.journal import anchor, freezing
from copes.foundation.journal.keys import ledger_signer
from copes.trust.ledger.checkpoints import Checkpoint, sign_checkpoint
from copes.trust.ledger.merkle import CompactRange

BATCH = 5_000


def _second_sha256() -> Callable[[bytes], Any]:
    """CPython's built-in SHA-256, which is not OpenSSL's (``_sha2`` since Python 3.12, ``_sha256`` before)."""
    try:
        import _sha2  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        import _sha256  # type: ignore[import-not-found,unused-ignore]

        return cast("Callable[[bytes], Any]", _sha256.sha256)
    return cast("Callable[[bytes], Any]", _sha2.sha256)


_sha256_again = _second_sha256()


class SealingRefusedError(Exception):
    """The ledger in the database contradicts the anchor or itself; it was frozen, nothing was signed."""


@dataclass(frozen=True)
class Sealed:
    """A checkpoint just signed, or the last one when nothing was new."""

    size: int
    note: str
    new: bool


@contextmanager
def _one_sealer() -> Iterator[None]:
    path = current_node().anchor / "seal.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _other_connection() -> Iterator[BaseDatabaseWrapper]:
    other = connections.create_connection("default")
    try:
        yield other
    finally:
        other.close()


def seal_now() -> Sealed | None:
    """Signs a checkpoint over everything committed so far and sends it to the cosigners.

    Must be called outside any transaction. Returns None when the ledger is empty. Raises Frozen when the ledger
    is frozen and SealingRefusedError when this attempt froze it.
    """
    freezing.refuse_when_frozen()
    with _one_sealer(), _other_connection() as other:
        sealed = _seal(other)
    if sealed and sealed.new:
        from copes.foundation.journal.cosigning import ask_cosigners

        ask_cosigners(sealed.size, sealed.note)
    return sealed


def _seal(other: BaseDatabaseWrapper) -> Sealed | None:
    folder = current_node().anchor
    old = anchor.read_anchor(folder)
    with other.cursor() as cursor:
        edge_size, edge_hashes = _edge(cursor)
        if edge_size < old.size:
            _refuse(
                f"the database holds {edge_size} records, but {old.size} were signed: an old backup or a lost log tail"
            )
        if edge_size == 0:
            return None
        cursor.execute("SELECT note FROM journal_checkpoint WHERE size = %s", [edge_size])
        row = cursor.fetchone()
        if row and edge_size == old.size:
            return Sealed(edge_size, row[0], new=False)
        compact = _recompute(cursor, old, edge_size)
    if compact.root() != CompactRange.load(edge_hashes).root():
        _refuse(f"the records up to {edge_size} do not give the root that the database states")
    # A commit is seen a moment before it is on disk (config/sqlite, config/postgresql); nothing is signed before.
    other.make_durable()  # type: ignore[attr-defined]  # both of our backends have it
    head = anchor.move_anchor(folder, old, compact) if compact.size > old.size else old
    note = sign_checkpoint(Checkpoint(current_node().origin, head.size, head.root), ledger_signer())
    anchor.keep_note(folder, head, note)
    _store(other, head, note)
    return Sealed(head.size, note, new=True)


def _edge(cursor: Any) -> tuple[int, bytes]:
    cursor.execute("SELECT size, hashes FROM journal_edge WHERE id = 1")
    row = cursor.fetchone()
    return (row[0], bytes(row[1])) if row else (0, b"")


def _recompute(cursor: Any, old: anchor.Anchor, size: int) -> CompactRange:
    compact = old.compact()
    while compact.size < size:
        end = min(compact.size + BATCH, size)
        cursor.execute(
            'SELECT "index", leaf, jwt FROM journal_entry WHERE "index" >= %s AND "index" < %s ORDER BY "index"',
            [compact.size, end],
        )
        expected = compact.size
        hashes = []
        for index, leaf, jwt in cursor.fetchall():
            if index != expected:
                _refuse(f"record {expected} is missing")
            again = _sha256_again(jwt.encode("ascii")).digest()
            if again != bytes(leaf):
                _refuse(f"record {index} does not have the hash that was written with it")
            hashes.append(_sha256_again(b"\x00" + again).digest())
            expected += 1
        if expected != end:
            _refuse(f"record {expected} is missing")
        compact.extend(hashes)
    return compact


def _store(other: BaseDatabaseWrapper, head: anchor.Anchor, note: str) -> None:
    with other.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_checkpoint (size, root, note, sealed_at) VALUES (%s, %s, %s, %s)",
            [
                head.size,
                head.root,
                note,
                datetime.now(tz=UTC).replace(tzinfo=None if other.vendor == "sqlite" else UTC),
            ],
        )


def _refuse(reason: str) -> None:
    freezing.freeze(reason)
    raise SealingRefusedError(reason)
