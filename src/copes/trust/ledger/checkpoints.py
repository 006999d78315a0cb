"""Checkpoints: the ledger's size and root as a signed note (C2SP tlog-checkpoint v1.0.0)."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from copes.trust.errors import LedgerError, NoteError
from copes.trust.ledger.merkle import EMPTY_ROOT, HASH_BYTES
from copes.trust.ledger.notes import (
    COSIGNATURE,
    SIGNATURE,
    NoteSigner,
    Verified,
    Verifier,
    open_note,
    sign_note,
    strict_base64,
)

MAX_TREE_SIZE = 2**63 - 1
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a ledger said it was: its origin, its number of entries, its root (32 bytes).

    ``extensions`` are further lines; this ledger writes none and keeps those of others.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The note's text."""
        root = b64encode(self.root).decode("ascii")
        return "".join(f"{line}\n" for line in (self.origin, str(self.size), root, *self.extensions))


def parse_size(text: str) -> int:
    """A tree size: decimal, no leading zeros, at most 2**63-1. Raises LedgerError."""
    if not _DECIMAL.fullmatch(text) or int(text) > MAX_TREE_SIZE:
        raise LedgerError("checkpoint.size", "{text!r} is not the size of a tree", text=text[:40])
    return int(text)


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in a note's text. Raises LedgerError for any other form, NoteError for a bad root."""
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() != "" or not all(lines):
        raise LedgerError("checkpoint.form", "this is not a checkpoint: origin, size and root, a line each")
    origin, size, encoded, *extensions = lines
    root = strict_base64(encoded)
    if len(root) != HASH_BYTES:
        raise LedgerError("checkpoint.root", "the checkpoint's root has not 32 bytes")
    checkpoint = Checkpoint(origin, parse_size(size), root, tuple(extensions))
    if checkpoint.size == 0 and root != EMPTY_ROOT:
        raise LedgerError("checkpoint.root", "the checkpoint of an empty ledger has another root")
    return checkpoint


def sign_checkpoint(checkpoint: Checkpoint, signer: NoteSigner) -> str:
    """The checkpoint as a note signed by the ledger's own key, whose name is the origin.

    Signing is a promise of append-only history: the caller has checked consistency with every earlier one.
    Raises LedgerError for another name or a checkpoint that could not be read back.
    """
    if signer.name != checkpoint.origin:
        raise LedgerError(
            "checkpoint.key-name",
            "the key of {name} does not sign for {origin}",
            name=signer.name,
            origin=checkpoint.origin,
        )
    if parse_checkpoint(checkpoint.text()) != checkpoint:
        raise LedgerError("checkpoint.form", "this checkpoint cannot be written")
    return sign_note(checkpoint.text(), [signer])


def open_checkpoint(
    note: bytes | str, log: Verifier, cosigners: Sequence[Verifier] = ()
) -> tuple[Checkpoint, list[Verified]]:
    """The checkpoint and the cosignatures that hold, once the ledger's own signature holds.

    The list names cosigners only, never the ledger itself. Raises NoteError when a signature by a key given
    here fails or the ledger's is missing, LedgerError for another form or origin, or for keys of the wrong
    type.
    """
    if log.type != SIGNATURE or any(each.type != COSIGNATURE for each in cosigners):
        raise LedgerError("checkpoint.key-type", "the ledger's key signs and its cosigners' keys cosign")
    opened = open_note(note, [log, *cosigners])
    if (log.name, log.key_id) not in {(each.name, each.key_id) for each in opened.verified}:
        raise NoteError("checkpoint.unsigned", "the checkpoint is not signed by {name}", name=log.name)
    checkpoint = parse_checkpoint(opened.text)
    if checkpoint.origin != log.name:
        raise LedgerError(
            "checkpoint.origin",
            "this is a checkpoint of {origin}, not of {name}",
            origin=checkpoint.origin,
            name=log.name,
        )
    return checkpoint, [each for each in opened.verified if each.time is not None]
