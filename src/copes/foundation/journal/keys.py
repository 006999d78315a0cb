"""The node's own keys: one signs its records, one signs checkpoints, one cosigns partners' checkpoints."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from copes.foundation.config.current import current_node
from copes.foundation.config.secrets import read_secret, write_secret
from copes.trust.ledger.notes import NoteSigner
from copes.trust.records.jose import b64u, unb64u
from copes.trust.records.private import PrivateKey


def generate_node_keys(secrets: Path, origin: str) -> None:
    """Generates the node's three keys. Raises FileExistsError rather than overwrite one."""
    write_secret(secrets / "node.key", b64u(PrivateKey.generate("EdDSA").to_bytes()))
    write_secret(secrets / "ledger.key", b64u(NoteSigner.generate(origin, cosigner=False).to_bytes()))
    cosigner = f"{origin}/cosigner"
    write_secret(secrets / "cosigner.key", b64u(NoteSigner.generate(cosigner, cosigner=True).to_bytes()))


@lru_cache(maxsize=16)
def _node_key(path: Path) -> PrivateKey:
    return PrivateKey.from_bytes(unb64u(read_secret(path)))


@lru_cache(maxsize=16)
def _note_signer(path: Path) -> NoteSigner:
    return NoteSigner.from_bytes(unb64u(read_secret(path)))


def node_key() -> PrivateKey:
    """The key that signs the node's own records."""
    return _node_key(current_node().secrets / "node.key")


def ledger_signer() -> NoteSigner:
    """The key that signs checkpoints (note type 0x01)."""
    return _note_signer(current_node().secrets / "ledger.key")


def cosigner_signer() -> NoteSigner:
    """The key that cosigns partners' checkpoints (note type 0x04)."""
    return _note_signer(current_node().secrets / "cosigner.key")
