"""The tree in the database: its edge, entries and full tiles. Raw SQL: this is the path every act takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from copes.foundation.journal.acting import Acting
from copes.foundation.journal.statements import run, select
from copes.foundation.refusals import Refusal
from copes.trust.ledger.merkle import CompactRange, leaf_hash, root_of
from copes.trust.records.sdjwt import Signed

WIDTH = 256
_LOCK = "SELECT 1 FROM journal_edge WHERE id = 1 FOR UPDATE"
_BOTH = (
    "SELECT size, hashes, last_iat, officer, not_before, not_after, ended_index"
    " FROM journal_edge LEFT JOIN journal_signing_key ON kid = %s WHERE id = 1"
)
_ENTRY = 'INSERT INTO journal_entry ("index", jti, kind, case_id, leaf, jwt) VALUES (%s, %s, %s, %s, %s, %s)'
_DISCLOSURE = "INSERT INTO journal_disclosure (entry, digest, path, encoded) VALUES (%s, %s, %s, %s)"
_SET_EDGE = "UPDATE journal_edge SET size = %s, hashes = %s, last_iat = %s WHERE id = 1"
_FIRST_EDGE = "INSERT INTO journal_edge (size, hashes, last_iat, id) VALUES (%s, %s, %s, 1)"

KeyRow = tuple[str, int, int, int | None]
Placed = tuple[Mapping[str, Any], Signed, bytes]
"""Claims, the signed record, and its leaf data."""


@dataclass(slots=True)
class TreeEdge:
    """The right edge of the tree under lock."""

    size: int
    hashes: bytes
    last_iat: int


def lock_edge(db: str, kid: str) -> tuple[TreeEdge, KeyRow | None]:
    """The edge, locked until the transaction ends so that appends come one after another, and the signing key.

    SQLite holds the write lock since the transaction began (IMMEDIATE). PostgreSQL waits for the row's lock first, and
    reads edge and key in a statement of its own after that (READ COMMITTED: each statement sees what was committed
    when it began), so that a key revoked meanwhile is seen as revoked. The key is None when it was never enrolled.
    """
    connection = connections[db]
    if connection.vendor == "postgresql":
        connection.share_sync()  # type: ignore[attr-defined]  # our own backend
        run(_LOCK, [[]], db)
    found = select(_BOTH, [kid], db)
    if not found:
        return TreeEdge(size=0, hashes=b"", last_iat=0), None
    size, hashes, last_iat, officer, not_before, not_after, ended = found[0]
    key = None if officer is None else (officer, not_before, not_after, ended)
    return TreeEdge(size, bytes(hashes), last_iat), key


def check_signer(edge: TreeEdge, key: KeyRow | None, acting: Acting, now: int) -> None:
    """Refuses when the signing key does not count at this place of the ledger.

    The first record of a ledger states the node's own key, so nothing can be checked before it.
    Raises Refusal with code ``key.not_valid``.
    """
    if acting.signer is None:
        raise ValueError("an act needs a signer")
    if key is None:
        good = edge.size == 0 and not acting.officer
    else:
        officer, not_before, not_after, ended = key
        good = officer == acting.officer and ended is None and not_before <= now <= not_after
    if not good:
        raise Refusal(
            "key.not_valid",
            _("Your signing key is not enrolled, has expired, or was revoked."),
            _("Ask an administrator to enrol a new key for you. Nothing was recorded."),
        )


def insert_entries(db: str, first: int, records: Sequence[Placed]) -> None:
    """Inserts records and their salted fields from index ``first`` on."""
    entries: list[tuple[Any, ...]] = []
    salted: list[tuple[Any, ...]] = []
    for index, (claims, signed, leaf) in enumerate(records, start=first):
        entries.append((index, claims["jti"], claims["kind"], claims.get("sub"), leaf, signed.jwt))
        salted.extend((index, item.digest, item.path, item.encoded) for item in signed.disclosures)
    run(_ENTRY, entries, db)
    run(_DISCLOSURE, salted, db)


def extend(db: str, edge: TreeEdge, leaves: Sequence[bytes], iat: int) -> None:
    """Grows the tree by ``leaves`` (leaf data), stores tiles that became full, and moves the edge."""
    compact = CompactRange.load(edge.hashes) if edge.size else CompactRange()
    compact.extend(leaf_hash(leaf) for leaf in leaves)
    for number in range(edge.size // WIDTH, compact.size // WIDTH):
        with connections[db].cursor() as cursor:
            _store_full_tiles(cursor, number)
    moved = [compact.size, compact.dump(), max(iat, edge.last_iat)]
    run(_SET_EDGE if edge.size else _FIRST_EDGE, [moved], db)


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
