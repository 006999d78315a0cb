"""The Merkle tree of RFC 6962 §2.1 with SHA-256: roots, proofs, and their verification (RFC 9162 §2.1.3,
§2.1.4).

A *subtree hash* is named by (level, index): the hash over leaves ``index << level`` to ``(index + 1) <<
level``.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from copes.trust.errors import LedgerError, ProofError

EMPTY_ROOT = sha256(b"").digest()
HASH_BYTES = 32
ReadSubtree = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(0x00 || data): what stands in the tree for an entry."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right): what stands for two neighbours."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, level by level; the empty tree's is ``EMPTY_ROOT``. A million in about a
    second.
    """
    row = list(leaf_hashes)
    if not row:
        return EMPTY_ROOT
    while len(row) > 1:
        odd = row[-1:] if len(row) & 1 else []
        pairs = iter(row)
        row = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]
        row += odd
    return row[0]


class CompactRange:
    """A growing tree by its right edge: one hash per set bit of ``size``, biggest subtree first.

    Raises LedgerError when the number of hashes does not fit the size.
    """

    __slots__ = ("hashes", "size")

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.hashes = list(hashes)
        if size < 0 or len(self.hashes) != size.bit_count() or any(len(each) != HASH_BYTES for each in self.hashes):
            raise LedgerError("ledger.edge", "the tree's edge does not fit its size {size}", size=size)

    def append(self, leaf_hash: bytes) -> None:
        """Add one leaf hash on the right."""
        self.extend((leaf_hash,))

    def extend(self, leaf_hashes: Iterable[bytes]) -> None:
        """Add leaf hashes on the right, in order."""
        size, hashes = self.size, self.hashes
        for each in leaf_hashes:
            bits, top = size, each
            while bits & 1:
                top = sha256(b"\x01" + hashes.pop() + top).digest()
                bits >>= 1
            hashes.append(top)
            size += 1
        self.size = size

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        return _fold(self.hashes)

    def copy(self) -> "CompactRange":
        """Another range of the same size that grows on its own."""
        return CompactRange(self.size, self.hashes)

    def dump(self) -> bytes:
        """8 bytes of size, big-endian, then the hashes."""
        return self.size.to_bytes(8, "big") + b"".join(self.hashes)

    @classmethod
    def load(cls, data: bytes) -> "CompactRange":
        """What ``dump`` wrote. Raises LedgerError."""
        rest = data[8:]
        if len(data) < 8 or len(rest) % HASH_BYTES:
            raise LedgerError("ledger.edge", "this is not the kept edge of a tree")
        cut = range(0, len(rest), HASH_BYTES)
        return cls(int.from_bytes(data[:8], "big"), [rest[at : at + HASH_BYTES] for at in cut])


def _fold(hashes: Sequence[bytes]) -> bytes:
    """The hash over neighbouring complete subtrees, biggest first."""
    if not hashes:
        return EMPTY_ROOT
    top = hashes[-1]
    for left in reversed(hashes[:-1]):
        top = node_hash(left, top)
    return top


def _range_root(start: int, end: int, read: ReadSubtree) -> bytes:
    """The hash over leaves ``start`` to ``end`` of a subtree as RFC 6962 splits them (start is aligned)."""
    hashes = []
    while start < end:
        level = (end - start).bit_length() - 1
        hashes.append(read(level, start >> level))
        start += 1 << level
    return _fold(hashes)


def _split(size: int) -> int:
    """The largest power of two smaller than ``size``."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_proof(index: int, size: int, read: ReadSubtree) -> list[bytes]:
    """The audit path of leaf ``index`` in the tree of ``size`` (RFC 6962 §2.1.1), from the leaf up.

    ``read(level, index)`` gives the hash of a complete subtree. Raises ProofError for an index outside the
    tree.
    """
    if not 0 <= index < size:
        raise ProofError("proof.index", "there is no entry {index} in a tree of {size}", index=index, size=size)
    proof, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_range_root(middle, end, read))
            end = middle
        else:
            proof.append(_range_root(start, middle, read))
            start = middle
    return proof[::-1]


def consistency_proof(old_size: int, new_size: int, read: ReadSubtree) -> list[bytes]:
    """The proof that the tree of ``old_size`` is a prefix of that of ``new_size`` (RFC 6962 §2.1.2).

    Empty when the old tree is empty or the sizes are equal. Raises ProofError for sizes out of order.
    """
    if not 0 <= old_size <= new_size:
        raise ProofError("proof.sizes", "a tree of {old} is no prefix of one of {new}", old=old_size, new=new_size)
    if old_size in {0, new_size}:
        return []
    proof, start, end = [], 0, new_size
    while end != old_size:
        middle = start + _split(end - start)
        if old_size <= middle:
            proof.append(_range_root(middle, end, read))
            end = middle
        else:
            proof.append(_range_root(start, middle, read))
            start = middle
    if start:
        proof.append(_range_root(start, end, read))
    return proof[::-1]


def _check_hashes(*hashes: bytes) -> None:
    if any(len(each) != HASH_BYTES for each in hashes):
        raise ProofError("proof.hash-length", "a hash in the proof has not 32 bytes")


def verify_inclusion(index: int, size: int, leaf_hash: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Return when the proof shows ``leaf_hash`` at ``index`` under ``root`` (RFC 9162 §2.1.3.2).

    Raises ProofError otherwise, also for hashes that have not 32 bytes.
    """
    if not 0 <= index < size:
        raise ProofError("proof.index", "there is no entry {index} in a tree of {size}", index=index, size=size)
    _check_hashes(leaf_hash, root, *proof)
    place, last, top = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            raise ProofError("proof.length", "the inclusion proof of entry {index} is too long", index=index)
        if place & 1 or place == last:
            top = node_hash(sibling, top)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            top = node_hash(top, sibling)
        place, last = place >> 1, last >> 1
    if last or top != root:
        raise ProofError("proof.inclusion", "entry {index} is not in the ledger as claimed", index=index)


def verify_consistency(old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Return when the proof shows the old tree to be a prefix of the new one (RFC 9162 §2.1.4.2).

    Everything starts with the empty tree: old size 0 asks for an empty proof and the empty root. Raises
    ProofError otherwise.
    """
    if not 0 <= old_size <= new_size:
        raise ProofError("proof.sizes", "a tree of {old} is no prefix of one of {new}", old=old_size, new=new_size)
    _check_hashes(old_root, new_root, *proof)
    for size, root in ((old_size, old_root), (new_size, new_root)):
        if size == 0 and root != EMPTY_ROOT:
            raise ProofError("proof.empty-root", "an empty tree has another root")
    if old_size in {0, new_size}:
        if proof or (old_size == new_size and old_root != new_root):
            raise ProofError("proof.consistency", "two trees of size {size} differ", size=new_size)
        return
    _walk_consistency(old_size, new_size, proof, old_root, new_root)


def _walk_consistency(old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    refusal = ProofError(
        "proof.consistency", "the tree of {new} does not continue that of {old}", old=old_size, new=new_size
    )
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        raise refusal
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_top = new_top = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise refusal
        if place & 1 or place == last:
            old_top, new_top = node_hash(sibling, old_top), node_hash(sibling, new_top)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new_top = node_hash(new_top, sibling)
        place, last = place >> 1, last >> 1
    if last or old_top != old_root or new_top != new_root:
        raise refusal
