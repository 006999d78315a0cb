"""The tree in the database: its edge, entries and full tiles. Raw SQL: this is the path every act takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from copes.foundation.journal.acting import Acting
from copes.foundation.refusals import Refusal
from copes.trust.ledger.merkle import CompactRange, leaf_hash, root_of
from copes.trust.records.sdjwt import Signed, leaf_data

WIDTH = 256
_READ_EDGE = "SELECT size, hashes, last_iat FROM journal_edge WHERE id = 1"
_LOCK_EDGE = "SELECT size, hashes, last_iat FROM journal_edge WHERE id = 1 FOR UPDATE"


@dataclass(slots=True)
class TreeEdge:
    """The right edge of the tree under lock."""

    size: int
    hashes: bytes
    last_iat: int


def lock_edge(cursor: CursorWrapper, db: str) -> TreeEdge:
    """Reads the edge and holds its lock until the transaction ends, so that appends come one after another.

    SQLite holds the write lock since the transaction began (IMMEDIATE); PostgreSQL locks the row, and reads it
    anew after waiting (READ COMMITTED).
    """
    cursor.execute(_READ_EDGE if connections[db].vendor == "sqlite" else _LOCK_EDGE)
    row = cursor.fetchone()
    if row is None:
        return TreeEdge(size=0, hashes=b"", last_iat=0)
    return TreeEdge(size=row[0], hashes=bytes(row[1]), last_iat=row[2])


def check_signer(cursor: CursorWrapper, acting: Acting, now: int) -> None:
    """Refuses when the signing key does not count at this place of the ledger.

    The first record of a ledger states the node's own key, so nothing can be checked before it.
    Raises Refusal with code ``key.not_valid``.
    """
    if acting.signer is None:
        raise ValueError("an act needs a signer")
    cursor.execute(
        "SELECT officer, not_before, not_after, ended_index FROM journal_signing_key WHERE kid = %s",
        [acting.signer.kid],
    )
    row = cursor.fetchone()
    if row is None:
        cursor.execute("SELECT COUNT(*) FROM (SELECT 1 FROM journal_entry LIMIT 1) e")
        (entries,) = cursor.fetchone()
        good = entries == 0 and not acting.officer
    else:
        officer, not_before, not_after, ended = row
        good = officer == acting.officer and ended is None and not_before <= now <= not_after
    if not good:
        raise Refusal(
            "key.not_valid",
            _("Your signing key is not enrolled, has expired, or was revoked."),
            _("Ask an administrator to enrol a new key for you. Nothing was recorded."),
        )


def insert_entries(cursor: CursorWrapper, first: int, records: Sequence[tuple[Mapping[str, Any], Signed]]) -> None:
    """Inserts records and their salted fields from index ``first`` on."""
    entries: list[tuple[Any, ...]] = []
    salted: list[tuple[Any, ...]] = []
    for index, (claims, signed) in enumerate(records, start=first):
        entries.append((index, claims["jti"], claims["kind"], claims.get("sub"), leaf_data(signed.jwt), signed.jwt))
        salted.extend((index, item.digest, item.path, item.encoded) for item in signed.disclosures)
    _insert(
        cursor,
        'INSERT INTO journal_entry ("index", jti, kind, case_id, leaf, jwt) VALUES (%s, %s, %s, %s, %s, %s)',
        entries,
    )
    _insert(
        cursor,
        "INSERT INTO journal_disclosure (entry, digest, path, encoded) VALUES (%s, %s, %s, %s)",
        salted,
    )


def _insert(cursor: CursorWrapper, sql: str, rows: list[tuple[Any, ...]]) -> None:
    if len(rows) == 1:
        cursor.execute(sql, rows[0])
    elif rows:
        cursor.executemany(sql, rows)


def extend(cursor: CursorWrapper, edge: TreeEdge, leaves: Sequence[bytes], iat: int) -> None:
    """Grows the tree by ``leaves`` (leaf data), stores tiles that became full, and moves the edge."""
    compact = CompactRange.load(edge.hashes) if edge.size else CompactRange()
    compact.extend(leaf_hash(leaf) for leaf in leaves)
    for number in range(edge.size // WIDTH, compact.size // WIDTH):
        _store_full_tiles(cursor, number)
    last_iat = max(iat, edge.last_iat)
    if edge.size:
        cursor.execute(
            "UPDATE journal_edge SET size = %s, hashes = %s, last_iat = %s WHERE id = 1",
            [compact.size, compact.dump(), last_iat],
        )
    else:
        cursor.execute(
            "INSERT INTO journal_edge (id, size, hashes, last_iat) VALUES (1, %s, %s, %s)",
            [compact.size, compact.dump(), last_iat],
        )


def tile_id(level: int, index: int) -> str:
    """The key of a full tile in its table."""
    return f"{level}/{index}"


def _store_full_tiles(cursor: CursorWrapper, number: int) -> None:
    cursor.execute(
        'SELECT leaf FROM journal_entry WHERE "index" >= %s AND "index" < %s ORDER BY "index"',
        [number * WIDTH, (number + 1) * WIDTH],
    )
    hashes = [leaf_hash(bytes(row[0])) for row in cursor.fetchall()]
    level = 0
    while True:
        cursor.execute(
            "INSERT INTO journal_tile (id, data) VALUES (%s, %s)", [tile_id(level, number), b"".join(hashes)]
        )
        if (number + 1) % WIDTH:
            return
        level, number = level + 1, number // WIDTH
        hashes = [_tile_root(cursor, level - 1, number * WIDTH + child) for child in range(WIDTH)]


def _tile_root(cursor: CursorWrapper, level: int, index: int) -> bytes:
    cursor.execute("SELECT data FROM journal_tile WHERE id = %s", [tile_id(level, index)])
    data = bytes(cursor.fetchone()[0])
    return root_of([data[at : at + 32] for at in range(0, len(data), 32)])
