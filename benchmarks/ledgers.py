"""Making a big ledger without a node: small records, one officer, tiles as they are exported."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from copes.trust.ledger.checkpoints import Checkpoint, sign_checkpoint
from copes.trust.ledger.merkle import leaf_hash
from copes.trust.ledger.notes import NoteSigner
from copes.trust.ledger.tiles import TILE_WIDTH, TileTree, encode_bundle, entries_path
from copes.trust.records.ids import uuid7
from copes.trust.records.jose import b64u, unb64u
from copes.trust.records.private import PrivateKey
from copes.trust.records.sdjwt import Salted, issue, leaf_data

ORIGIN = "bench.example/ledger"
BATCH = 64 * TILE_WIDTH


@dataclass(frozen=True)
class Made:
    """What a verifier of the ledger is told, and the raw public key that signed all but its first records."""

    vkey: str
    public: bytes


def make_ledger(folder: Path, size: int) -> Made:
    """Writes checkpoint, ledger.vkey, records.sdjwt, tiles and entry bundles of ``size`` records."""
    node, officer = PrivateKey.generate("EdDSA"), PrivateKey.generate("EdDSA")
    log = NoteSigner.generate(ORIGIN, cosigner=False)
    folder.mkdir()
    tree = TileTree()
    with (folder / "records.sdjwt").open("w", encoding="ascii") as out:
        for first in range(0, size, BATCH):
            signed = [
                issue(claims, key) for claims, key in _claims(first, min(first + BATCH, size), node, officer, log.vkey)
            ]
            out.writelines(each.compact() + "\n" for each in signed)
            leaves = [leaf_data(each.jwt) for each in signed]
            _bundles(folder, first, leaves)
            for tile in tree.extend(map(leaf_hash, leaves)):
                _write(folder / tile.path, tile.data)
    for tile in tree.partial_tiles():
        _write(folder / tile.path, tile.data)
    note = sign_checkpoint(Checkpoint(ORIGIN, tree.size, tree.root()), log)
    (folder / "checkpoint").write_text(note, encoding="utf-8")
    (folder / "ledger.vkey").write_text(log.vkey + "\n", encoding="utf-8")
    return Made(log.vkey, unb64u(officer.jwk["x"]))


def _bundles(folder: Path, first: int, leaves: list[bytes]) -> None:
    for at in range(0, len(leaves), TILE_WIDTH):
        chosen = leaves[at : at + TILE_WIDTH]
        _write(folder / entries_path((first + at) // TILE_WIDTH, len(chosen)), encode_bundle(chosen))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


class _Facts:
    agency, person, case = uuid7(), uuid7(), uuid7()


def _claims(first: int, end: int, node: PrivateKey, officer: PrivateKey, vkey: str):
    for index in range(first, end):
        if index == 0:
            yield _common({"node": True}, "node.created/1", _node_body(node, vkey)), node
        elif index == 1:
            yield _common({"node": True}, "key.enrolled/1", _key_body(officer)), node
        else:
            actor = {"officer": _Facts.person, "agency": _Facts.agency, "role": "investigator"}
            body = {"text": Salted(f"Note {index}: nothing found")}
            yield {**_common(actor, "case.note_added/1", body), "sub": _Facts.case}, officer


def _common(actor: dict[str, object], kind: str, body: dict[str, object]) -> dict[str, object]:
    return {
        "jti": uuid7(),
        "kind": kind,
        "iss": ORIGIN,
        "occurred_at": "2026-01-02T03:04:05+01:00",
        "iat": int(time.time()),
        "actor": actor,
        "assurance": "node",
        "body": body,
    }


def _node_body(node: PrivateKey, vkey: str) -> dict[str, object]:
    return {
        "origin": ORIGIN,
        "agency": _Facts.agency,
        "agency_name": "Bench",
        "country": "FR",
        "practice": False,
        "node_key": dict(node.jwk),
        "ledger_key": vkey,
    }


def _key_body(officer: PrivateKey) -> dict[str, object]:
    said = f"copes-key-possession/1\n{ORIGIN}\n{_Facts.person}\n{officer.kid}\n"
    return {
        "key": dict(officer.jwk),
        "kid": officer.kid,
        "officer": _Facts.person,
        "agency": _Facts.agency,
        "assurance": "node",
        "not_before": 0,
        "not_after": 2**40,
        "proof": b64u(officer.sign(said.encode("ascii"))),
    }
