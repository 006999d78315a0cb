"""Verifies a ledger as copes-verify does, and now and then checks some of its signatures bare, for comparison.

A process of its own: ``python -m benchmarks.checking LEDGER VKEY PUBLIC-KEY-IN-HEX``; prints JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

EVERY, SOME = 5_000, 250  # of so many records, so many signatures are checked bare


class Bare:
    """Checks signatures with ``cryptography`` and nothing else, and takes the time."""

    def __init__(self, ledger: Path, public: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        self.key = Ed25519PublicKey.from_public_bytes(public)
        self.records = (ledger / "records.sdjwt").open("rb") if (ledger / "records.sdjwt").exists() else None
        self.checked, self.seconds, self.aside = 0, 0.0, 0.0

    def heard(self, done: int, _size: int) -> None:
        """Progress of the verification, every thousand records."""
        if self.records is None or done % EVERY:
            return
        began = time.process_time()
        pairs = self._pairs(self.records)
        ready = time.process_time()
        for signature, said in pairs:
            self.key.verify(signature, said)
        ended = time.process_time()
        self.checked += len(pairs)
        self.seconds += ended - ready
        self.aside += ended - began

    def _pairs(self, records) -> list[tuple[bytes, bytes]]:
        from copes.trust.records.jose import unb64u

        pairs = []
        for number, line in zip(range(EVERY), records, strict=False):
            if 2 <= number < SOME:
                said, _, signature = line.partition(b"~")[0].rpartition(b".")
                pairs.append((unb64u(signature.decode("ascii")), said))
        return pairs


def main(ledger: Path, vkey: str, public: bytes) -> None:
    """Prints what the verification and the bare checks took, and whether everything held."""
    from copes.trust.verifier.anchors import Anchors
    from copes.trust.verifier.cli import check

    bare = Bare(ledger, public)
    busy, wall = time.process_time(), time.perf_counter()
    outcome = check(ledger, Anchors(keys=[vkey]), bare.heard)
    busy, wall = time.process_time() - busy - bare.aside, time.perf_counter() - wall
    each = bare.seconds / bare.checked if bare.checked else 0
    print(json.dumps({"busy": busy, "wall": wall, "each": each, "checked": bare.checked, "code": outcome.code()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], bytes.fromhex(sys.argv[3]))
