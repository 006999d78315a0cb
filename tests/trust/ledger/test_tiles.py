"""The ledger as files: a published log, trees of every awkward size, and tiles someone altered."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copes.trust.errors import LedgerError
from copes.trust.ledger.checkpoints import open_checkpoint
from copes.trust.ledger.merkle import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from copes.trust.ledger.notes import Verifier
from copes.trust.ledger.tiles import (
    TileReader,
    TileTree,
    bundles_of,
    decode_bundle,
    encode_bundle,
    entries_path,
    full_tiles_after,
    partial_width,
    tile_path,
    tiles_of,
)
from tests.trust.anything import read_or_refused

PUBLISHED = Path(__file__).parents[2] / "vectors" / "tlog-tiles"
PUBLISHED_KEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"


def hashes(count: int) -> list[bytes]:
    return [leaf_hash(number.to_bytes(4, "big")) for number in range(count)]


def files_of(leaves: list[bytes]) -> tuple[TileTree, dict[str, bytes]]:
    tree = TileTree()
    found = {tile.path: tile.data for tile in tree.extend(leaves)}
    found.update({tile.path: tile.data for tile in tree.partial_tiles()})
    return tree, found


@pytest.mark.parametrize("size", range(1, 16))
def test_every_checkpoint_of_the_published_log_is_reproduced_from_its_entries(size: int) -> None:
    note = (PUBLISHED / f"checkpoint.{size}").read_bytes()
    checkpoint, cosigned = open_checkpoint(note, Verifier.from_vkey(PUBLISHED_KEY))
    assert (checkpoint.size, cosigned) == (size, [])
    bundle = decode_bundle((PUBLISHED / entries_path(0, size)).read_bytes())
    tree, files = files_of([leaf_hash(each) for each in bundle])
    assert tree.root() == checkpoint.root
    assert files == {f"tile/0/000.p/{size}": (PUBLISHED / f"tile/0/000.p/{size}").read_bytes()}
    assert encode_bundle(bundle) == (PUBLISHED / entries_path(0, size)).read_bytes()
    reader = TileReader(lambda path: (PUBLISHED / path).read_bytes(), size, checkpoint.root)
    for index in range(size):
        proof = inclusion_proof(index, size, reader)
        verify_inclusion(index, size, leaf_hash(bundle[index]), proof, checkpoint.root)


def test_the_published_log_only_ever_grew() -> None:
    roots = {
        size: open_checkpoint((PUBLISHED / f"checkpoint.{size}").read_bytes(), Verifier.from_vkey(PUBLISHED_KEY))[
            0
        ].root
        for size in range(16)
    }
    reader = TileReader(lambda path: (PUBLISHED / path).read_bytes(), 15, roots[15])
    for old in range(16):
        verify_consistency(old, 15, consistency_proof(old, 15, reader), roots[old], roots[15])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (tile_path(0, 0), "tile/0/000"),
        (tile_path(0, 1234067), "tile/0/x001/x234/067"),
        (tile_path(0, 1000), "tile/0/x001/000"),
        (tile_path(3, 999, 12), "tile/3/999.p/12"),
        (tile_path(0, 1234, 1), "tile/0/x001/234.p/1"),
        (entries_path(273, 112), "tile/entries/273.p/112"),
    ],
)
def test_paths_are_those_of_the_standard(path: str, expected: str) -> None:
    assert path == expected


@pytest.mark.parametrize(
    ("level", "index", "width"), [(-1, 0, 256), (64, 0, 256), (0, -1, 256), (0, 0, 0), (0, 0, 257)]
)
def test_names_of_tiles_that_cannot_be_are_refused(level: int, index: int, width: int) -> None:
    with pytest.raises(LedgerError):
        tile_path(level, index, width)


def test_a_tree_of_70_000_has_the_tiles_the_standard_names() -> None:
    """The example of C2SP tlog-tiles, partial tiles."""
    found = list(tiles_of(70_000))
    assert sum(level == 0 and width == 256 for level, _, width in found) == 273
    assert [each for each in found if each[2] != 256] == [(0, 273, 112), (1, 1, 17), (2, 0, 1)]
    assert (1, 0, 256) in found
    assert list(bundles_of(70_000))[-1] == (273, 112)
    assert list(tiles_of(256)) == [(0, 0, 256), (1, 0, 1)]


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 66_000])
def test_trees_at_the_edges_of_tiles(size: int) -> None:
    leaves = hashes(size)
    tree, files = files_of(leaves)
    assert tree.root() == root_of(leaves)
    assert set(files) == {tile_path(*each) for each in tiles_of(size)}
    assert TileTree.load(tree.dump()).root() == tree.root()
    assert [tile.width for tile in tree.partial_tiles()] == [
        w for level in range(4) if (w := partial_width(level, size))
    ]
    reader = TileReader(files.__getitem__, size, tree.root())
    for index in {0, size // 2, size - 1, 255, 256} & set(range(size)):
        verify_inclusion(index, size, leaves[index], inclusion_proof(index, size, reader), tree.root())
    for old in {1, size // 3, 256, size - 1, size} & set(range(1, size + 1)):
        proof = consistency_proof(old, size, reader)
        verify_consistency(old, size, proof, root_of(leaves[:old]), tree.root())
    assert list(reader.leaf_hashes()) == leaves


@given(st.lists(st.integers(1, 700), max_size=4))
def test_a_tree_grown_in_batches_hands_out_each_tile_once(batches: list[int]) -> None:
    leaves = hashes(sum(batches))
    tree, at, seen = TileTree(), 0, []
    for batch in batches:
        filled = tree.extend(leaves[at : at + batch])
        assert [(each.level, each.index) for each in sorted(filled, key=lambda each: (each.level, each.index))] == list(
            full_tiles_after(at, at + batch)
        )
        seen += [each.path for each in filled]
        at += batch
        tree = TileTree.load(tree.dump())
        assert tree.root() == root_of(leaves[:at])
    assert len(seen) == len(set(seen))


def test_one_flipped_bit_in_any_tile_is_found() -> None:
    size = 70_000
    leaves = hashes(size)
    tree, files = files_of(leaves)
    honest = TileReader(files.__getitem__, size, tree.root())
    assert list(honest.leaf_hashes()) == leaves
    for path in files:
        bent = dict(files)
        data = bytearray(bent[path])
        data[len(data) // 2] ^= 0x10
        bent[path] = bytes(data)
        if ".p/" in path:
            with pytest.raises(LedgerError, match="root"):
                TileReader(bent.__getitem__, size, tree.root())
        else:
            level, index = int(path.split("/")[1]), int(path.split("/")[2])
            reader = TileReader(bent.__getitem__, size, tree.root())
            with pytest.raises(LedgerError, match="altered"):
                reader.tile(level, index)


@pytest.mark.parametrize(
    "change",
    [lambda data: b"", lambda data: data[:-1], lambda data: data[:-32], lambda data: data + data[:32]],
)
def test_a_cut_or_grown_tile_is_refused(change) -> None:
    leaves = hashes(300)
    tree, files = files_of(leaves)
    for path in files:
        bent = {**files, path: change(files[path])}
        with pytest.raises(LedgerError):
            list(TileReader(bent.__getitem__, 300, tree.root()).leaf_hashes())


def test_a_missing_tile_is_named_and_a_full_one_stands_in_for_a_partial_one() -> None:
    leaves = hashes(512)
    small, _ = files_of(leaves[:300])
    _, files = files_of(leaves)
    served = {path: data for path, data in files.items() if path.startswith("tile/0/")}
    served["tile/1/000.p/1"] = files["tile/1/000.p/2"][:32]
    reader = TileReader(served.__getitem__, 300, small.root())
    assert list(reader.leaf_hashes()) == leaves[:300]
    del served["tile/0/001"]
    with pytest.raises(LedgerError, match=r"tile/0/001\.p/44 is missing"):
        TileReader(served.__getitem__, 300, small.root())


def test_a_reader_answers_only_for_its_own_tree() -> None:
    tree, files = files_of(hashes(300))
    reader = TileReader(files.__getitem__, 300, tree.root())
    for level, index in ((0, 300), (8, 1), (9, 0), (0, -1), (-1, 0)):
        with pytest.raises(LedgerError):
            reader.read(level, index)


@given(st.lists(st.binary(max_size=40), max_size=256))
def test_bundles_give_back_their_entries(entries: list[bytes]) -> None:
    assert decode_bundle(encode_bundle(entries)) == entries


@given(st.binary(max_size=3000))
def test_any_bytes_as_bundle_or_state_are_read_or_refused(data: bytes) -> None:
    assert read_or_refused(lambda: encode_bundle(decode_bundle(data))) in {None, data}
    assert read_or_refused(lambda: TileTree.load(data).dump()) in {None, data}


def test_an_entry_over_the_limit_is_refused() -> None:
    encode_bundle([b"x" * 65_535])
    with pytest.raises(LedgerError):
        encode_bundle([b"x" * 65_536])
    with pytest.raises(LedgerError):
        decode_bundle(b"\x00\x00" * 257)
