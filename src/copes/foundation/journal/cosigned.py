"""Cosignatures that verify: only those of configured cosigners, under their own keys, count for anything."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from functools import lru_cache

from copes.foundation.config.current import current_node
from copes.trust.errors import TrustError
from copes.trust.ledger.notes import Verifier, open_note


def proven_lines(note: str, lines: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the stored (name, line) pairs those that cosign ``note`` under a configured cosigner's key, by name."""
    vkeys = tuple(cosigner.vkey for cosigner in current_node().cosigners)
    return [(name, line) for name, line in sorted(lines) if _proves(note, name, line, vkeys)]


@lru_cache(maxsize=512)
def _proves(note: str, name: str, line: str, vkeys: tuple[str, ...]) -> bool:
    if "\n" in line:
        return False
    for vkey in vkeys:
        verifier = Verifier.from_vkey(vkey)
        if verifier.name != name:
            continue
        try:
            opened = open_note(f"{note}{line}\n", [verifier])
        except TrustError:
            return False
        return any(found.name == name and found.time is not None for found in opened.verified)
    return False


def cosigned_at(line: str) -> int:
    """The time that a cosignature line states, in seconds (C2SP tlog-cosignature: the eight bytes after the key id)."""
    return int.from_bytes(base64.b64decode(line.rpartition(" ")[2])[4:12], "big")
