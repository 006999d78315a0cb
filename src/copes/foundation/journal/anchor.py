"""The anchor: the highest head this node ever decided to sign, kept apart from the database and its backups.

A lost tail of the write-ahead log and a rolled-back backup are invisible inside the database; here they show.
The store is one SQLite file with one row, moved only by compare-and-swap, before the checkpoint is signed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from copes.trust.ledger.merkle import CompactRange


class AnchorMovedError(Exception):
    """Another process moved the anchor meanwhile: read it again and start over."""


@dataclass(frozen=True)
class Anchor:
    """A head: size, and the compact range from which the root follows."""

    size: int
    hashes: bytes
    note: str

    def compact(self) -> CompactRange:
        """The tree at this head, ready to grow."""
        return CompactRange.load(self.hashes) if self.size else CompactRange()

    @property
    def root(self) -> bytes:
        """Root hash at this head."""
        return self.compact().root()


EMPTY = Anchor(size=0, hashes=b"", note="")


@contextmanager
def _store(folder: Path) -> Iterator[sqlite3.Connection]:
    folder.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(folder / "heads.sqlite3", timeout=30, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS head (id INTEGER PRIMARY KEY CHECK (id = 1),"
            " size INTEGER NOT NULL, hashes BLOB NOT NULL, note TEXT NOT NULL)"
        )
        yield connection
    finally:
        connection.close()


def read_anchor(folder: Path) -> Anchor:
    """The anchor in ``folder``; the empty tree when there is none yet."""
    with _store(folder) as connection:
        row = connection.execute("SELECT size, hashes, note FROM head WHERE id = 1").fetchone()
    return Anchor(size=row[0], hashes=bytes(row[1]), note=row[2]) if row else EMPTY


def move_anchor(folder: Path, old: Anchor, compact: CompactRange) -> Anchor:
    """Moves the anchor from ``old`` to a bigger head, durably. Raises AnchorMovedError when it is not at ``old``."""
    if compact.size < old.size:
        raise ValueError("an anchor never moves back")
    dumped = compact.dump()
    with _store(folder) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if old.size == 0:
            connection.execute("INSERT OR IGNORE INTO head (id, size, hashes, note) VALUES (1, 0, x'', '')")
        moved = connection.execute(
            "UPDATE head SET size = ?, hashes = ?, note = '' WHERE id = 1 AND size = ? AND hashes = ?",
            (compact.size, dumped, old.size, old.hashes),
        ).rowcount
        connection.execute("COMMIT")
    if moved != 1:
        raise AnchorMovedError
    return Anchor(size=compact.size, hashes=dumped, note="")


def keep_note(folder: Path, anchor: Anchor, note: str) -> None:
    """Keeps the signed checkpoint beside its head: a second copy apart from the database."""
    with _store(folder) as connection:
        connection.execute("UPDATE head SET note = ? WHERE id = 1 AND size = ?", (note, anchor.size))
