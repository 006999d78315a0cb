"""The tree: constants of RFC 6962, a naive second tree, other people's proofs, good and bad."""

from __future__ import annotations

import json
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copes.trust.errors import LedgerError, ProofError
from copes.trust.ledger.merkle import (
    EMPTY_ROOT,
    CompactRange,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

VECTORS = Path(__file__).parents[2] / "vectors" / "merkle"


def load(name: str) -> dict[str, dict]:
    return json.loads((VECTORS / f"{name}.json").read_text())


def raw(text: str | None) -> bytes:
    return b64decode(text) if text else b""


def naive_root(leaves: list[bytes]) -> bytes:
    """MTH as RFC 6962 §2.1 writes it, by recursion."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def naive_path(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH as RFC 6962 §2.1.1 writes it."""
    if len(leaves) == 1:
        return []
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if index < split:
        return [*naive_path(index, leaves[:split]), naive_root(leaves[split:])]
    return [*naive_path(index - split, leaves[split:]), naive_root(leaves[:split])]


def naive_subproof(old: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF as RFC 6962 §2.1.2 writes it."""
    if old == len(leaves):
        return [] if whole else [naive_root(leaves)]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if old <= split:
        return [*naive_subproof(old, leaves[:split], whole), naive_root(leaves[split:])]
    return [*naive_subproof(old - split, leaves[split:], False), naive_root(leaves[:split])]


def entries(count: int) -> list[bytes]:
    return [f"entry {number}".encode() for number in range(count)]


def reader(leaves: list[bytes]):
    return lambda level, index: naive_root(leaves[index << level : (index + 1) << level])


def test_constants_of_the_published_implementation() -> None:
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert leaf_hash(b"L123456").hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    assert node_hash(b"N123", b"N456").hex() == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"


@pytest.mark.parametrize("size", [*range(20), 255, 256, 257, 511, 700])
def test_all_ways_to_a_root_agree_with_the_definition(size: int) -> None:
    leaves = entries(size)
    hashes = [leaf_hash(each) for each in leaves]
    grown = CompactRange()
    for each in hashes:
        grown.append(each)
    assert root_of(hashes) == grown.root() == naive_root(leaves)
    assert CompactRange.load(grown.dump()).root() == grown.root()


@given(st.lists(st.binary(max_size=8), max_size=70), st.integers(0, 70))
def test_a_range_grown_in_two_steps_is_the_same_tree(leaves: list[bytes], cut: int) -> None:
    first = CompactRange()
    first.extend(leaf_hash(each) for each in leaves[:cut])
    second = CompactRange.load(first.dump())
    second.extend(leaf_hash(each) for each in leaves[cut:])
    assert second.root() == naive_root(leaves)
    assert second.size == len(leaves)
    assert first.root() == naive_root(leaves[:cut])


@given(st.data())
def test_inclusion_proofs_are_those_of_the_definition_and_hold_nowhere_else(data: st.DataObject) -> None:
    leaves = entries(data.draw(st.integers(1, 50)))
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = inclusion_proof(index, len(leaves), reader(leaves))
    assert proof == naive_path(index, leaves)
    root, leaf = naive_root(leaves), leaf_hash(leaves[index])
    verify_inclusion(index, len(leaves), leaf, proof, root)
    for other in range(len(leaves)):
        if other != index:
            with pytest.raises(ProofError):
                verify_inclusion(other, len(leaves), leaf, proof, root)
    for place in range(len(proof)):
        bent = [*proof]
        bent[place] = bytes([bent[place][0] ^ 1]) + bent[place][1:]
        with pytest.raises(ProofError):
            verify_inclusion(index, len(leaves), leaf, bent, root)
    for longer in ([*proof, proof[-1] if proof else leaf], [leaf, *proof], proof[:-1] if proof else [leaf]):
        with pytest.raises(ProofError):
            verify_inclusion(index, len(leaves), leaf, longer, root)


@given(st.data())
def test_consistency_proofs_are_those_of_the_definition_and_refuse_a_fork(data: st.DataObject) -> None:
    leaves = entries(data.draw(st.integers(1, 50)))
    old = data.draw(st.integers(1, len(leaves)))
    proof = consistency_proof(old, len(leaves), reader(leaves))
    assert proof == naive_subproof(old, leaves, True)
    old_root, root = naive_root(leaves[:old]), naive_root(leaves)
    verify_consistency(old, len(leaves), proof, old_root, root)
    rewritten = data.draw(st.integers(0, old - 1))
    forked = [*leaves]
    forked[rewritten] = b"rewritten"
    forked_proof = consistency_proof(old, len(leaves), reader(forked))
    with pytest.raises(ProofError):
        verify_consistency(old, len(leaves), forked_proof, old_root, naive_root(forked))


def test_inclusion_vectors() -> None:
    cases = load("inclusion")
    assert len(cases) == 98
    for name, case in cases.items():
        check_verdict(name, case, case["leafIdx"], case["treeSize"])


def test_subtree_inclusion_vectors() -> None:
    """A subtree proves inclusion like a tree of its own, once its bounds are a subtree's."""
    cases = load("subtreeinclusion")
    assert len(cases) == 204
    for name, case in cases.items():
        start, end = case["start"], case["end"]
        width = end - start
        aligned = 0 <= start < end and start % (1 << (width - 1).bit_length()) == 0
        index, size = (case["leafIdx"] - start, width) if aligned else (0, 0)
        check_verdict(name, case, index, size)


def check_verdict(name: str, case: dict, index: int, size: int) -> None:
    proof = [raw(each) for each in case["proof"] or []]
    held = True
    try:
        verify_inclusion(index, size, raw(case["leafHash"]), proof, raw(case["root"]))
    except ProofError:
        held = False
    assert held is not case["wantErr"], (name, case["desc"])


# The vectors write roots as "don't care 2" where only sizes matter to their verifier. Here a root that has not
# 32 bytes is refused whatever the sizes.
NO_HASH_AS_ROOT = {
    "additional/sizes-are-equal-one-and-proof-is-empty",
}


def consistency_verdict(case: dict, old: int, new: int) -> bool:
    proof = [raw(each) for each in case["proof"] or []]
    try:
        verify_consistency(old, new, proof, raw(case["root1"]), raw(case["root2"]))
    except ProofError:
        return False
    return True


def test_consistency_vectors() -> None:
    cases = load("consistency")
    assert len(cases) == 98
    differ = {
        name
        for name, case in cases.items()
        if consistency_verdict(case, case["size1"], case["size2"]) is case["wantErr"]
    }
    assert differ == NO_HASH_AS_ROOT
    for name in differ:
        assert len(raw(cases[name]["root1"])) != 32


def test_subtree_consistency_vectors() -> None:
    """Subtrees that start at 0 are trees. Others (16 cases) are for subtree cosignatures, which are not used here."""
    cases = load("subtreeconsistency")
    assert len(cases) == 118
    here = {name: case for name, case in cases.items() if case["start"] == 0}
    assert len(here) == 102
    differ = {
        name for name, case in here.items() if consistency_verdict(case, case["end"], case["size"]) is case["wantErr"]
    }
    assert differ == {
        "additional/sizes-are-equal-one-and-proof-is-empty",
        "additional/subtree-is-empty-sizes-are-equal-zero-subtree-root-valid-tree-root-random-proof-is-empty",
    }
    for name in differ:
        assert len(raw(here[name]["root2"])) != 32


def test_conventions_at_size_zero() -> None:
    """The published vectors refuse an old size of 0; RFC 6962 and C2SP tlog-witness start every log there.

    Here an empty tree is a prefix of every tree, asks for an empty proof, and has one root only.
    """
    root = naive_root(entries(5))
    verify_consistency(0, 5, [], EMPTY_ROOT, root)
    verify_consistency(0, 0, [], EMPTY_ROOT, EMPTY_ROOT)
    for old, new, proof, old_root, new_root in (
        (0, 5, [], root, root),
        (0, 5, [root], EMPTY_ROOT, root),
        (0, 0, [], EMPTY_ROOT, root),
        (0, 0, [], root, root),
        (5, 0, [], root, EMPTY_ROOT),
        (-1, 0, [], EMPTY_ROOT, EMPTY_ROOT),
    ):
        with pytest.raises(ProofError):
            verify_consistency(old, new, proof, old_root, new_root)
    with pytest.raises(ProofError):
        verify_inclusion(0, 0, EMPTY_ROOT, [], EMPTY_ROOT)


def test_a_hash_of_another_length_is_refused_even_where_nothing_is_hashed() -> None:
    """An empty leaf hash equal to an empty root is a proof of nothing."""
    for leaf in (b"", b"x" * 31, b"x" * 33):
        with pytest.raises(ProofError, match="32 bytes"):
            verify_inclusion(0, 1, leaf, [], leaf)
        with pytest.raises(ProofError, match="32 bytes"):
            verify_consistency(1, 1, [], leaf, leaf)
    with pytest.raises(ProofError, match="32 bytes"):
        verify_inclusion(0, 2, b"x" * 32, [b"y" * 31], b"z" * 32)


def test_an_edge_that_does_not_fit_its_size_is_refused() -> None:
    good = CompactRange(3, [b"a" * 32, b"b" * 32]).dump()
    for bad in (b"", good[:7], good[:-1], good[:-32], good + b"c" * 32, (4).to_bytes(8, "big") + good[8:]):
        with pytest.raises(LedgerError):
            CompactRange.load(bad)
    with pytest.raises(LedgerError):
        CompactRange(1, [b"short"])


def test_proofs_outside_the_tree_are_refused_when_asked_for() -> None:
    leaves = entries(3)
    for index in (-1, 3):
        with pytest.raises(ProofError):
            inclusion_proof(index, 3, reader(leaves))
    with pytest.raises(ProofError):
        consistency_proof(4, 3, reader(leaves))
