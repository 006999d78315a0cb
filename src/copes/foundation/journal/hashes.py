"""Reading hashes and proofs out of the ledger's tables, tile by tile."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from copes.foundation.journal.tree import WIDTH, tile_id
from copes.trust.ledger.merkle import consistency_proof, inclusion_proof, leaf_hash, node_hash, root_of

LEVELS = 8  # a tile covers eight levels of the tree


class HashReader:
    """Reads complete subtrees of the ledger; every tile is fetched once."""

    def __init__(self) -> None:
        self._tiles: dict[tuple[int, int], list[bytes]] = {}
        self._subtrees: dict[tuple[int, int], bytes] = {}

    def __call__(self, level: int, index: int) -> bytes:
        """The root of the complete subtree ``index`` at ``level`` (0: leaf hashes)."""
        tile_level, height = divmod(level, LEVELS)
        known = self._subtrees.get((level, index))
        if known is None:
            if height == 0:
                number, place = divmod(index, WIDTH)
                known = self.tile(tile_level, number)[place]
            else:
                known = node_hash(self(level - 1, 2 * index), self(level - 1, 2 * index + 1))
            self._subtrees[level, index] = known
        return known

    def tile(self, level: int, number: int) -> list[bytes]:
        """The hashes of a tile, as many as there are."""
        found = self._tiles.get((level, number))
        if found is None:
            found = self._tiles[level, number] = _read_tile(level, number)
        return found


def _read_tile(level: int, number: int) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM journal_tile WHERE id = %s", [tile_id(level, number)])
        row = cursor.fetchone()
        if row:
            return _split(bytes(row[0]))
        if level == 0:
            return [leaf_hash(leaf) for leaf in read_leaves(number * WIDTH, (number + 1) * WIDTH)]
    roots = []
    for child in range(WIDTH):
        below = _full_tile(level - 1, number * WIDTH + child)
        if below is None:
            break
        roots.append(root_of(below))
    return roots


def _full_tile(level: int, number: int) -> list[bytes] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM journal_tile WHERE id = %s", [tile_id(level, number)])
        row = cursor.fetchone()
    return _split(bytes(row[0])) if row else None


def _split(data: bytes) -> list[bytes]:
    return [data[at : at + 32] for at in range(0, len(data), 32)]


def read_leaves(start: int, end: int) -> list[bytes]:
    """Leaf data of the entries from ``start`` up to, not including, ``end``."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT leaf FROM journal_entry WHERE "index" >= %s AND "index" < %s ORDER BY "index"',
            [start, end],
        )
        return [bytes(row[0]) for row in cursor.fetchall()]


def inclusion_proofs(indexes: Iterable[int], size: int) -> dict[int, list[bytes]]:
    """Inclusion proofs (RFC 6962 §2.1.1) of entries in the tree of ``size``."""
    reader = HashReader()
    return {index: inclusion_proof(index, size, reader) for index in indexes}


def consistency(old: int, size: int) -> list[bytes]:
    """The consistency proof (RFC 6962 §2.1.2) between two sizes; empty when ``old`` is 0 or equals ``size``."""
    if old in (0, size):
        return []
    return consistency_proof(old, size, HashReader())
