"""A ledger on disk checked by Go's own transparency-log code and by sigstore's, whole and tampered with."""

from __future__ import annotations

import shutil
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import CompletedProcess
from threading import Thread

import pytest

from copes.trust.errors import LedgerError, NoteError
from copes.trust.ledger.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint
from copes.trust.ledger.merkle import inclusion_proof, leaf_hash
from copes.trust.ledger.notes import NoteSigner, add_signatures
from copes.trust.ledger.tiles import (
    TileReader,
    TileTree,
    bundles_of,
    decode_bundle,
    encode_bundle,
    entries_path,
    tile_path,
)
from tests.interop import tools

pytestmark = pytest.mark.interop

SIZE = 600
ORIGIN = "customs.example/ledger"
SIGNER = NoteSigner.generate(ORIGIN)
COSIGNER = NoteSigner.generate("prosecutor.example/witness", cosigner=True)


@dataclass(frozen=True)
class Served:
    """A ledger as the files a tlog-tiles client fetches."""

    folder: Path

    @property
    def note(self) -> str:
        return (self.folder / "checkpoint").read_text()

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def write(self, path: str, data: bytes) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    def flip(self, path: str, at: int) -> None:
        data = bytearray(self.read(path))
        data[at] ^= 1
        self.write(path, bytes(data))

    def reader(self) -> TileReader:
        checkpoint, _ = open_checkpoint(self.note, SIGNER.verifier)
        return TileReader(self.read, checkpoint.size, checkpoint.root)


def publish(folder: Path, entries: list[bytes], signer: NoteSigner = SIGNER) -> Served:
    """Write a whole ledger: tiles, bundles, checkpoint with a cosignature, verifier key."""
    served = Served(folder)
    tree = TileTree()
    for tile in [*tree.extend(leaf_hash(each) for each in entries), *tree.partial_tiles()]:
        served.write(tile.path, tile.data)
    for index, width in bundles_of(len(entries)):
        served.write(entries_path(index, width), encode_bundle(entries[index * 256 : index * 256 + width]))
    note = sign_checkpoint(Checkpoint(ORIGIN, tree.size, tree.root()), signer)
    text = note.partition("\n\n")[0] + "\n"
    served.write("checkpoint", add_signatures(note, [COSIGNER.cosign(text, 1_790_000_000)]).encode())
    served.write("ledger.vkey", f"{SIGNER.vkey}\n".encode())
    return served


def records(count: int = SIZE) -> list[bytes]:
    return [sha256(b"record %d" % number).digest() for number in range(count)]


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return publish(tmp_path_factory.mktemp("ledger"), records())


@pytest.fixture
def ledger(original: Served, tmp_path: Path) -> Served:
    """A copy to tamper with."""
    return Served(Path(shutil.copytree(original.folder, tmp_path / "ledger")))


def check_with_go(served: Served, index: int = 0) -> CompletedProcess[str]:
    return tools.run(tools.ledger_check(), served.folder, served.folder / "ledger.vkey", str(index))


def check_with_node(served: Served, index: int, changes: dict[str, object] | None = None) -> CompletedProcess[str]:
    reader = served.reader()
    entry = decode_bundle(served.read(entries_path(index // 256, min(256, SIZE - index // 256 * 256))))[index % 256]
    _, key_id, encoded = SIGNER.vkey.split("+", 2)
    given = {
        "checkpoint": served.note,
        "name": ORIGIN,
        "key": encoded,
        "key_id": key_id,
        "index": index,
        "hashes": [b64encode(each).decode() for each in inclusion_proof(index, SIZE, reader)],
        "entry": b64encode(entry).decode(),
    }
    return tools.node("ledger.mjs", {**given, **(changes or {})})


# --- Go: golang.org/x/mod/sumdb/note and tlog


@pytest.mark.parametrize("size", [1, 255, 256, 257, 600])
def test_go_proves_a_whole_ledger(tmp_path: Path, size: int) -> None:
    served = publish(tmp_path, records(size))
    for index in {0, size // 2, size - 1}:
        answer = check_with_go(served, index)
        assert answer.returncode == 0, answer.stderr
        assert answer.stdout.splitlines() == [
            f"checkpoint signed: {size} entries",
            "root recomputed from all entries",
            "every tile proven and equal to its entries",
            f"entry {index} included, the tree of {index + 1} is a prefix",
        ]


def test_go_proves_a_ledger_served_over_http(original: Served) -> None:
    """The same program on the same files as a web server gives them, stopped at the first altered one."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(original.folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        answer = tools.run(tools.ledger_check(), address, original.folder / "ledger.vkey", "599")
        missing = tools.run(tools.ledger_check(), f"{address}tile", original.folder / "ledger.vkey", "599")
        server.shutdown()
    assert answer.returncode == 0, answer.stderr
    assert missing.returncode == 1
    assert "404" in missing.stderr


def flip_entry(served: Served) -> None:
    served.flip(entries_path(1), 2 + 34 * 7)


def flip_leaf_tile(served: Served) -> None:
    served.flip(tile_path(0, 1), 32 * 9)


def flip_upper_tile(served: Served) -> None:
    served.flip(tile_path(1, 0, 2), 40)


def flip_partial_tile(served: Served) -> None:
    served.flip(tile_path(0, 2, SIZE - 512), 5)


def remove_entry(served: Served) -> None:
    kept = decode_bundle(served.read(entries_path(0)))
    served.write(entries_path(0), encode_bundle(kept[:4] + kept[5:]))


def swap_entries(served: Served) -> None:
    kept = decode_bundle(served.read(entries_path(0)))
    kept[4], kept[5] = kept[5], kept[4]
    served.write(entries_path(0), encode_bundle(kept))


def repeat_entry(served: Served) -> None:
    kept = decode_bundle(served.read(entries_path(0)))
    served.write(entries_path(0), encode_bundle([*kept[:5], kept[4], *kept[6:]]))


def truncate(served: Served) -> None:
    (served.folder / entries_path(2, SIZE - 512)).unlink()


def shrink_checkpoint(served: Served) -> None:
    served.write("checkpoint", served.note.replace(f"\n{SIZE}\n", f"\n{SIZE - 1}\n").encode())


def another_key(served: Served) -> None:
    entries = records()
    entries[3] = sha256(b"rewritten").digest()
    publish(served.folder, entries, NoteSigner.generate(ORIGIN))


def another_ledger(served: Served) -> None:
    other = NoteSigner.generate("other.example/ledger")
    root = open_checkpoint(served.note, SIGNER.verifier)[0].root
    served.write("checkpoint", sign_checkpoint(Checkpoint("other.example/ledger", SIZE, root), other).encode())


TAMPERINGS = [
    flip_entry,
    flip_leaf_tile,
    flip_upper_tile,
    flip_partial_tile,
    remove_entry,
    swap_entries,
    repeat_entry,
    truncate,
    shrink_checkpoint,
    another_key,
    another_ledger,
]


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_go_refuses_a_tampered_ledger(ledger: Served, tamper: Callable[[Served], None]) -> None:
    tamper(ledger)
    answer = check_with_go(ledger, 300)
    assert answer.returncode == 1
    assert answer.stderr.strip()


def read_whole(served: Served) -> None:
    """Every tile and every entry, with this project's own reader."""
    hashes = list(served.reader().leaf_hashes())
    entries = [each for place in bundles_of(SIZE) for each in decode_bundle(served.read(entries_path(*place)))]
    if [leaf_hash(each) for each in entries] != hashes:
        raise LedgerError("test.entries", "the entries are not those of the tiles")


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_the_reader_here_refuses_what_go_refuses(ledger: Served, tamper: Callable[[Served], None]) -> None:
    tamper(ledger)
    with pytest.raises((LedgerError, OSError)):
        read_whole(ledger)


def test_go_cannot_see_a_false_cosignature(ledger: Served) -> None:
    """Its note package knows Ed25519 keys only, so a cosigner's line is one of an unknown key; ours checks it."""
    head, _, line = ledger.note.rstrip("\n").rpartition("\n")
    data = bytearray(b64decode(line.rsplit(" ", 1)[1]))
    data[-1] ^= 1
    forged = f"{head}\n— {COSIGNER.name} {b64encode(bytes(data)).decode()}\n"
    ledger.write("checkpoint", forged.encode())
    assert check_with_go(ledger).returncode == 0
    with pytest.raises(NoteError, match="does not hold"):
        open_checkpoint(forged, SIGNER.verifier, [COSIGNER.verifier])


def test_the_reader_here_reads_a_whole_ledger(original: Served) -> None:
    read_whole(original)


# --- npm: @sigstore/verify


@pytest.mark.parametrize("index", [0, 255, 256, 511, 599])
def test_sigstore_proves_an_entry(original: Served, index: int) -> None:
    answer = check_with_node(original, index)
    assert (answer.returncode, answer.stdout) == (0, f"entry {index} of {SIZE} included"), answer.stderr


def test_sigstore_refuses_what_does_not_hold(original: Served) -> None:
    other = NoteSigner.generate(ORIGIN)
    hashes = [b64encode(each).decode() for each in inclusion_proof(300, SIZE, original.reader())]
    root = open_checkpoint(original.note, SIGNER.verifier)[0].root
    for change in (
        {"entry": b64encode(sha256(b"rewritten").digest()).decode()},
        {"index": 301},
        {"hashes": hashes[1:]},
        {"hashes": [*hashes, hashes[0]]},
        {"hashes": [b64encode(bytes(32)).decode(), *hashes[1:]]},
        {"checkpoint": original.note.replace(f"\n{SIZE}\n", f"\n{SIZE + 1}\n")},
        {"checkpoint": sign_checkpoint(Checkpoint(ORIGIN, SIZE, root), other)},
        {"checkpoint": sign_checkpoint(Checkpoint(ORIGIN, SIZE, bytes(32)), SIGNER)},
        {"key": other.vkey.split("+", 2)[2], "key_id": other.vkey.split("+", 2)[1]},
        {"name": "other.example/ledger"},
    ):
        assert check_with_node(original, 300, change).returncode == 1, change


def test_sigstore_cannot_see_the_rest_of_the_ledger_nor_a_second_signature(ledger: Served) -> None:
    """It proves one entry against one good signature.

    So it does not notice an altered tile the proof does not need, nor a failing signature by the same key beside
    the good one, for which signed-note asks the whole note to be refused; ours does.
    """
    bad = bytearray(b64decode(SIGNER.sign("x\n").rsplit(" ", 1)[1]))
    forged = f"{ledger.note}— {ORIGIN} {b64encode(bytes(bad)).decode()}\n"
    assert check_with_node(ledger, 300, {"checkpoint": forged}).returncode == 0
    with pytest.raises(NoteError, match="does not hold"):
        open_checkpoint(forged, SIGNER.verifier)
    proven = check_with_node(ledger, 0)
    flip_partial_tile_entry = decode_bundle(ledger.read(entries_path(2, SIZE - 512)))
    ledger.write(entries_path(2, SIZE - 512), encode_bundle([bytes(32), *flip_partial_tile_entry[1:]]))
    assert check_with_node(ledger, 0).stdout == proven.stdout != ""
    assert check_with_go(ledger, 0).returncode == 1
